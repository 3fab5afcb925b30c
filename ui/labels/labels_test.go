package labels

import (
	"os"
	"path/filepath"
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
