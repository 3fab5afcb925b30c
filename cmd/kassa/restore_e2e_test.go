package main

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // to look into the data laid aside

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/ui/shell"
)

// sell rings up the first product and pays for it in cash.
func (r *rig) sell() {
	r.t.Helper()
	r.scan(r.demo.Products[0].Barcodes[0])
	r.see("sale", "lines", "1")
	r.paidInCash()
}

// menu opens an entry of the menu.
func (r *rig) menu(place string) {
	r.t.Helper()
	r.key("F10")
	r.see("menu")
	r.key(string(shell.MenuKey(place)))
}

// A till that was restored by keys begins anew by itself and goes on in a new
// epoch; what was sold after the copy lies aside.
func TestE2E_RestoreByKeys(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupOwner, "500")
	r.sell()
	r.menu("backup")
	r.see("backup")
	r.key("F5")
	copied := r.see("backup", "found", "1", "error", "").Facts["path"]
	require.FileExists(t, copied)
	r.key("Escape")
	r.sell()

	r.menu("backup")
	r.see("backup", "found", "1")
	r.key("F8")
	r.see("backup.restore", "step", "ask")
	r.login(pos.GroupOwner)
	r.see("backup.restore", "step", "planned", "error", "")
	r.key("F9")
	r.see("backup.restore", "step", "done", "error", "")
	r.key("Return")

	// The same pipe tells what the program shows that began in its place.
	r.see("login")
	require.NoError(t, r.till.Focus())
	r.login(pos.GroupOwner)
	r.see("sale", "lines", "0")
	r.sell()
	r.menu("quit")
	require.NoError(t, r.till.Ended(patience))

	s, err := shop.Open(context.Background(), shop.Options{Home: r.home, Beside: true})
	require.NoError(t, err)
	defer s.Close()
	ctx := context.Background()
	sales := r.sales(s, ctx)
	require.Len(t, sales, 2, "the one of the copy and the one after it")
	require.Equal(t, sales[0].Epoch+1, sales[1].Epoch)
	r.sound(s, ctx)

	aside, err := filepath.Glob(filepath.Join(r.home, "aside-*", "kassa.db"))
	require.NoError(t, err)
	require.Len(t, aside, 1)
	_, err = os.Stat(aside[0])
	require.NoError(t, err)
	db, err := sql.Open("sqlite", "file:"+aside[0]+"?mode=ro")
	require.NoError(t, err)
	defer db.Close()
	var count, newest int
	require.NoError(t, db.QueryRow("SELECT count(*), max(epoch) FROM sales").Scan(&count, &newest))
	require.Equal(t, 2, count, "both sales lie aside")
	require.EqualValues(t, sales[0].Epoch, newest)
}
