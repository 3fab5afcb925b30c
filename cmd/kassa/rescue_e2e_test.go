package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/recovery"
	"kassa/pos/till"
)

// A shop whose database is gone comes back from its newest copy by four keys; no
// empty shop is made in its place.
func TestE2E_TheDatabaseIsGone(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupOwner, "500")
	r.sell()
	s, ctx := r.stored()
	_, err := s.Backup(ctx, till.System(), "")
	require.NoError(t, err)
	require.NoError(t, s.Close())
	file := filepath.Join(r.home, "kassa.db")
	require.NoError(t, os.Remove(file))

	r.openTo("rescue", "error", "shop.gone")
	require.NoFileExists(t, file)
	r.key("F5")
	r.see("backup.restore", "step", "ask")
	r.key("Return")
	r.see("backup.restore", "step", "planned", "error", "")
	r.key("F9")
	r.see("backup.restore", "step", "done", "error", "")
	r.key("Return")
	r.see("login")
	require.NoError(t, r.till.Focus())
	r.login(pos.GroupOwner)
	r.see("sale", "lines", "0")
	r.menu("quit")
	require.NoError(t, r.till.Ended(patience))
	again, err := shop.Open(ctx, shop.Options{Home: r.home, Beside: true})
	require.NoError(t, err)
	defer again.Close()
	require.Len(t, r.sales(again, ctx), 1)
	r.sound(again, ctx)
}

// The owner of a shop whose folder of keys is lost gets in by the recovery code
// and a new PIN.
func TestE2E_TheKeysAreLost(t *testing.T) {
	r := newRig(t)
	s, ctx := r.stored()
	require.NoError(t, s.Close())
	s, err := shop.Open(ctx, shop.Options{Home: r.home})
	require.NoError(t, err)
	a, err := s.Till.Login(ctx, r.demo.Employees[0].PIN)
	require.NoError(t, err)
	code, err := s.Till.NewRecovery(ctx, a)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, os.RemoveAll(r.home+".secrets"))

	r.openTo("rescue", "error", "secret.pepper-lost")
	r.key("F7")
	r.see("recovery.enter")
	r.typed(recovery.Show(code))
	r.key("Return")
	r.typed("720541")
	r.key("Return")
	r.typed("720541")
	r.key("Return")
	r.see("recovery.code")
	r.till.Kill()

	again, err := shop.Open(context.Background(), shop.Options{Home: r.home})
	require.NoError(t, err)
	defer again.Close()
	_, err = again.Till.Login(ctx, "720541")
	require.NoError(t, err)
	_, err = again.Till.Login(ctx, r.demo.Employees[0].PIN)
	require.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
}
