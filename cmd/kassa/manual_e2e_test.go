package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/manual"
)

// place opens a place of the menu by its key.
func (r *rig) place(key, shows string, facts ...string) {
	r.t.Helper()
	r.key("F10")
	r.see("menu")
	r.key(key)
	r.see(shows, facts...)
}

// setUp makes a merchant, whose new card fill sees and types in, and what is paid for at 1500, by
// keys.
func (r *rig) setUp(fill func(), offer string) {
	r.t.Helper()
	r.place("1", "settings", "tab", "shop")
	r.key("Next", "Next", "Next")
	r.see("settings", "tab", "integrations")
	r.key("shift+F4")
	r.see("merchants", "rows", "0")
	r.key("F3")
	r.see("merchants.kind")
	r.key("Return")
	fill()
	r.key("ctrl+s")
	r.see("merchants", "rows", "1", "error", "")
	r.key("Escape")
	r.see("settings")
	r.key("Escape")
	r.place("p", "payables", "rows", "0")
	r.key("F3")
	r.see("payables.card", "chosen", "1")
	r.key("Tab")
	r.typed(offer)
	r.key("Tab")
	r.typed("1500")
	r.see("payables.card", "wrong", "")
	r.key("ctrl+s")
	r.see("payables", "rows", "1", "error", "")
	r.key("Escape")
}

// Manual payments from nothing to a decision, in the real window by keys: a merchant
// with its fees and its picture, what is paid for, an order by the customer's word,
// approved; and the books afterwards.
func TestE2E_ManualPayments(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupOwner, "500")

	r.setUp(func() {
		r.see("merchants.card", "net", "1000.00")
		r.typed("Card")
		r.key("Tab", "Tab", "ctrl+a")
		r.typed("2.5")
		r.see("merchants.card", "net", "975.00")
		r.key("Tab", "ctrl+a")
		r.typed("10")
		r.see("merchants.card", "net", "965.00")
		r.key("F7")
		r.see("merchants.card", "more", "true")
		r.typed("Your name")
		r.key("ctrl+i")
		r.see("merchants.image")
		r.typed(picture(t))
		r.key("Return")
		r.see("merchants.card", "image", "yes")
	}, "Sewing course")

	r.place("m", "orders", "found", "0")
	r.key("F2")
	r.see("orders.add", "offers", "1")
	r.key("F4")
	r.typed("Mending")
	r.key("Tab")
	r.typed("300")
	r.key("ctrl+Return")
	r.see("orders", "found", "1", "open", "1", "state", "open")
	r.key("F9")
	r.see("orders", "found", "1", "open", "0", "state", "approved")
	r.key("Escape")
	r.see("sale")

	s, ctx := r.stored()
	owner, err := s.Till.Login(ctx, r.pin(pos.GroupOwner))
	require.NoError(t, err)
	b, err := s.Manual(ctx, owner)
	require.NoError(t, err)
	all, err := b.Merchants(ctx)
	require.NoError(t, err)
	require.Len(t, all, 1)
	m, err := b.Merchant(ctx, all[0].ID)
	require.NoError(t, err)
	assert.NotEmpty(t, m.Image)
	assert.Equal(t, "Your name", m.Hint)
	offers, err := b.Offers(ctx)
	require.NoError(t, err)
	require.Len(t, offers, 1)
	assert.Equal(t, []string{m.ID}, offers[0].Merchants)
	taken, err := s.Payments().Orders(ctx, owner, manual.Choice{})
	require.NoError(t, shop.Spoken(err))
	require.Len(t, taken.Orders, 1)
	o := taken.Orders[0]
	assert.Equal(t, manual.Approved, o.State)
	require.NotNil(t, o.Fees)
	assert.EqualValues(t, 300_00-7_50-10_00, o.Fees.Net)
}

// pin is that of the first employee of a group.
func (r *rig) pin(g pos.GroupID) string {
	r.t.Helper()
	for _, e := range r.demo.Employees {
		if e.Group == g {
			return e.PIN
		}
	}
	r.t.Fatalf("the demo has nobody of group %s", g)
	return ""
}

// picture is the path of a picture as somebody may choose it.
func picture(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, image.NewGray(image.Rect(0, 0, 300, 200))))
	path := filepath.Join(t.TempDir(), "card.png")
	require.NoError(t, os.WriteFile(path, out.Bytes(), 0o600))
	return path
}
