package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// TestE2E_TilesByTouch sells from a tile of the sale screen with the pointer alone:
// the focus must not be lost to it, and a number typed afterwards takes another one.
func TestE2E_TilesByTouch(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupCashier, "1000")
	require.NoError(t, r.till.Click(240, 540)) // the second tile: the first are bananas, by weight
	r.see("sale", "lines", "1", "focus", "field")
	require.NoError(t, r.till.Click(240, 540))
	r.see("sale", "lines", "1", "qty", "2")
	r.typed("3")
	r.key("Return")
	r.see("sale", "lines", "2", "qty", "1")
	require.NoError(t, r.till.Click(1137, 653)) // payment
	seen := r.see("payment")
	r.key("Return")
	r.see("payment", "due", "0.00", "action", "finish")
	r.key("Return")
	r.see("receipt", "total", seen.Facts["total"])
	r.key("Return")
	r.see("sale", "lines", "0", "tiles", "12")
	s, ctx := r.stored()
	require.Len(t, r.sales(s, ctx), 1)
}
