package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// A till whose log was deleted after a kill says at its start what is gone, sells
// nothing to a cashier, and goes on when the owner decides so by keys.
func TestE2E_DataWentBackwards(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupOwner, "500")
	r.sell()
	r.sell()
	r.till.Kill()
	require.NoError(t, os.Remove(filepath.Join(r.home, "kassa.db-wal")))

	r.open()
	r.login(pos.GroupCashier)
	r.see("history", "step", "ask")
	r.key("F9", "F9") // the cashier has no such key
	r.key("Escape")
	r.scan(r.demo.Products[0].Barcodes[0])
	r.see("sale", "lines", "0")
	r.key("ctrl+l")
	r.see("login")
	r.login(pos.GroupOwner)
	r.see("history", "step", "ask")
	r.key("F9")
	r.see("history", "step", "sure")
	r.key("F9")
	r.see("history", "step", "done", "error", "")
	r.key("Escape")
	r.see("shift.open")
	r.typed("500")
	r.key("Return")
	r.see("shift.opened")
	r.sell()

	s, ctx := r.stored()
	sales := r.sales(s, ctx)
	require.Len(t, sales, 1)
	require.EqualValues(t, 3, sales[0].Number, "the numbers of what is gone are not given again")
	require.EqualValues(t, 2, sales[0].Epoch)
	found, err := filepath.Glob(filepath.Join(r.home, "aside-*", "found.json"))
	require.NoError(t, err)
	require.Len(t, found, 1)
}
