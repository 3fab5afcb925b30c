package labels

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

func open(t *testing.T, look shoptest.Look) *shoptest.Shop {
	t.Helper()
	s := shoptest.Open(t, look.Size, look.Lang)
	s.SetTheme(theme.New(look.Mode, look.Scale))
	s.Login(pos.GroupOwner)
	Open(s.Env, nil, nil)
	return s
}

func TestLabels_ByKeysAlone(t *testing.T) {
	s := open(t, shoptest.Looks[0])
	s.Shows("labels", "goods", "0", "labels", "0")
	s.Scan(0)
	s.Scan(0)
	s.Shows("labels", "goods", "1", "labels", "2")
	uitest.Type(s.Window, "кофе")
	require.NotEqual(t, "0", s.Facts["labels"]["found"])
	uitest.Press(s.Window, keys.Enter)
	s.Shows("labels", "goods", "2", "labels", "3", "found", "0")
	uitest.Press(s.Window, "+", "+", "-")
	s.Shows("labels", "labels", "4")
	uitest.Press(s.Window, keys.Up, "F3", "F3", "F3")
	s.Shows("labels", "layout", "a4")
	uitest.Press(s.Window, keys.Del)
	s.Shows("labels", "goods", "1", "labels", "2")
	s.Fine()

	path := filepath.Join(t.TempDir(), "ценники.pdf")
	uitest.Press(s.Window, "Ctrl+S")
	s.Shows("savepdf", "file", "Ценники.pdf")
	uitest.Press(s.Window, "Ctrl+A")
	uitest.Type(s.Window, path)
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	s.Shows("savepdf.done", "file", path)
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(raw[:8]), "%PDF-")

	uitest.Press(s.Window, "Ctrl+S", "Ctrl+A")
	uitest.Type(s.Window, path)
	uitest.Press(s.Window, keys.Enter)
	s.Shows("savepdf", "asked", "yes")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("savepdf.done")
}

func TestLabels_WhatCannotBe(t *testing.T) {
	s := open(t, shoptest.Looks[0])
	uitest.Press(s.Window, "Ctrl+S", keys.Del, "+", keys.Enter)
	s.Shows("labels", "labels", "0")
	s.Clock.Advance(time.Second)
	uitest.Scan(s.Window, "4601234567893")
	assert.Equal(t, "not_found", s.Facts["labels"]["error"])
	s.Scan(0)
	uitest.Press(s.Window, "Ctrl+S", "Ctrl+A")
	uitest.Type(s.Window, "/no/such/folder/x.pdf")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("savepdf", "error", "unavailable")
	s.Fine()
}

// TestLabels_OnALabelPrinter: the whole list goes to the printer as one job, and what
// did not come out stays in the queue.
func TestLabels_OnALabelPrinter(t *testing.T) {
	s := shoptest.Open(t, shoptest.Looks[0].Size, "ru")
	path := s.LabelPrinter(pos.LabelZPL)
	s.Settings.LabelPrinter.Paper = pos.Label58x30
	s.Login(pos.GroupOwner)
	Open(s.Env, nil, nil)
	s.Shows("labels", "layout", "58x30")
	s.Scan(0)
	s.Scan(0)
	s.Scan(1)
	s.Shows("labels.preview", "paper", "58x30", "drawn", "true")
	uitest.Press(s.Window, "Ctrl+P")
	s.Shows("labels.printed", "ok", "true")
	assert.True(t, uitest.HasText(s.Window, "Этикетки напечатаны."))
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(raw), "^XA"), "two kinds of labels")
	assert.Contains(t, string(raw), "^PQ2\n")
	assert.Contains(t, string(raw), "^PQ1\n")

	uitest.Press(s.Window, "F3", "F3")
	s.Shows("labels", "layout", "a4")
	uitest.Press(s.Window, "Ctrl+P")
	assert.Equal(t, "invalid", s.Facts["labels"]["error"], "no label printer takes sheets")
	uitest.Press(s.Window, "F3")
	s.Settings.LabelPrinter.Address = filepath.Join(path, "no", "way")
	uitest.Press(s.Window, "Ctrl+P")
	s.Shows("labels.printed", "ok", "false")
	assert.Equal(t, "failed", s.Facts["printed"]["state"])
	assert.Equal(t, "labels", s.Facts["printed"]["kind"])
	assert.Equal(t, 1, s.Env.Print.Open())
	s.Fine()
}

func TestLabels_WithoutALabelPrinter(t *testing.T) {
	s := open(t, shoptest.Looks[0])
	s.Scan(0)
	uitest.Press(s.Window, "Ctrl+P")
	assert.Equal(t, "unavailable", s.Facts["labels"]["error"])
	assert.True(t, uitest.HasText(s.Window, "Принтер этикеток не настроен"))
}

func TestOldPrice(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	change := func(what pos.PriceKind, from, to money.Amount, days int) pos.PriceChange {
		return pos.PriceChange{What: what, From: from, To: to, At: now.AddDate(0, 0, -days)}
	}
	p := &pos.Product{Price: 80_00}
	for name, tt := range map[string]struct {
		changes []pos.PriceChange
		want    money.Amount
	}{
		"none":        {nil, 0},
		"lowered":     {[]pos.PriceChange{change(pos.PriceCost, 9, 5, 1), change(pos.PriceSelling, 100_00, 80_00, 3), change(pos.PriceSelling, 1, 100_00, 5)}, 100_00},
		"raised":      {[]pos.PriceChange{change(pos.PriceSelling, 70_00, 80_00, 3), change(pos.PriceSelling, 100_00, 70_00, 5)}, 0},
		"long ago":    {[]pos.PriceChange{change(pos.PriceSelling, 100_00, 80_00, 31)}, 0},
		"another now": {[]pos.PriceChange{change(pos.PriceSelling, 100_00, 90_00, 3)}, 0},
	} {
		assert.Equal(t, tt.want, oldPrice(p, tt.changes, now), name)
	}
}

func TestModel(t *testing.T) {
	var m model
	m.add(pos.Product{ID: "a", SKU: "1"})
	m.set(0, 5000)
	assert.Equal(t, most, m.total())
	m.set(7, 1)
	m.set(0, 0)
	assert.Zero(t, m.total())
}

func TestModel_Take(t *testing.T) {
	var m model
	m.take(Choice{Product: pos.Product{ID: "a"}, Count: 3})
	m.take(Choice{Product: pos.Product{ID: "b"}})
	m.take(Choice{Product: pos.Product{ID: "a"}, Count: 2})
	assert.Equal(t, []int{5, 1}, []int{m.rows[0].count, m.rows[1].count})
}

func TestPieces(t *testing.T) {
	piece, weighed := &pos.Product{}, &pos.Product{Flags: pos.ProductFlags{Weighed: true}}
	for qty, want := range map[money.Quantity]int{12_000: 12, 12_500: 12, 400: 1, money.MaxQuantity: most} {
		assert.Equal(t, want, Pieces(piece, qty), qty)
		assert.Equal(t, 1, Pieces(weighed, qty), qty)
	}
}

func TestLabels_Looks(t *testing.T) {
	for _, look := range shoptest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			s := open(t, look)
			s.Scan(0)
			s.Scan(1)
			s.Picture("labels-" + look.Name)
		})
	}
}
