package shop

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/hidden"
	"kassa/pos/till"
	"kassa/storage/backup"
)

// sell rings up one sale paid by card.
func sell(t *testing.T, s *Shop, a pos.Actor, d *till.DemoShop) *pos.Sale {
	t.Helper()
	v, err := s.Till.Add(t.Context(), a, d.Products[0].ID, 1000, nil)
	require.NoError(t, err)
	_, _, err = s.Till.Tender(t.Context(), a, pos.Card, v.Totals.Due)
	require.NoError(t, err)
	sale, err := s.Till.FinishSale(t.Context(), a)
	require.NoError(t, err)
	return sale
}

func agree(*Shop, *till.RestorePlan) error { return nil }

// The numbers go on above those of the data that was replaced; what there is of
// sales and shifts is not told by them.
func TestRestore_WhatIsThereIsCounted(t *testing.T) {
	s, c, d := copying(t)
	a := owner(t, s, d)
	_, err := s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	sell(t, s, a, d)
	copied, err := s.Backup(t.Context(), a, "")
	require.NoError(t, err)
	c.Move(time.Hour) // the shift's end makes a copy of its own
	sell(t, s, a, d)
	_, err = s.Till.CloseShift(t.Context(), a, 0)
	require.NoError(t, err)
	_, err = s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	_, err = Restore(t.Context(), Options{Home: s.Home.Dir, Clock: c}, copied, hidden.Text{}, agree)
	require.NoError(t, err)
	again, err := Open(t.Context(), Options{Home: s.Home.Dir, Clock: c, HashCost: cheap})
	require.NoError(t, err)
	defer again.Close()
	a = owner(t, again, d)
	assert.EqualValues(t, 3, sell(t, again, a, d).Number)
	_, err = again.Till.CloseShift(t.Context(), a, 0)
	require.NoError(t, err)
	_, err = again.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	n, err := again.Till.Count(t.Context(), till.System())
	require.NoError(t, err)
	assert.EqualValues(t, 2, n.Sales)
	assert.EqualValues(t, 2, n.Shifts)
}

func TestRestore(t *testing.T) {
	t.Run("goes on in a new epoch, tells what it lacks, and keeps the data from before", func(t *testing.T) {
		s, c, d := copying(t)
		a := owner(t, s, d)
		_, err := s.Till.OpenShift(t.Context(), a, 0)
		require.NoError(t, err)
		sell(t, s, a, d)
		copied, err := s.Backup(t.Context(), a, "")
		require.NoError(t, err)
		c.Move(time.Hour)
		lost := sell(t, s, a, d)
		home := s.Home.Dir
		_, err = Restore(t.Context(), Options{Home: home, Clock: c}, copied, hidden.Text{}, agree)
		assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err), "not while a till works there")
		require.NoError(t, s.Close())

		var seen till.RestorePlan
		aside, err := Restore(t.Context(), Options{Home: home, Clock: c}, copied, hidden.Text{}, func(_ *Shop, p *till.RestorePlan) error { seen = *p; return nil })
		require.NoError(t, err)
		assert.Equal(t, till.SalesAfter{Count: 1, Sum: lost.Total}, seen.Lost)
		assert.False(t, seen.Foreign || seen.LostPINs)
		assert.Empty(t, seen.Problems)
		assert.FileExists(t, filepath.Join(aside, "kassa.db"))

		again, err := Open(t.Context(), Options{Home: home, Clock: c, HashCost: cheap})
		require.NoError(t, err)
		defer again.Close()
		a, err = again.Till.Login(t.Context(), d.Employees[0].PIN)
		require.NoError(t, err)
		_, err = again.Till.Sale(t.Context(), a, lost.ID)
		assert.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
		next := sell(t, again, a, d)
		assert.Equal(t, lost.Epoch+1, next.Epoch)
		problems, err := again.Till.SelfCheck(t.Context(), a)
		require.NoError(t, err)
		assert.Empty(t, problems)
	})
	t.Run("brings a shop to a computer that has nothing of it, settings too; PINs are set anew", func(t *testing.T) {
		s, c, d := copying(t)
		a := owner(t, s, d)
		set := s.Settings()
		set.Shop, set.Backup.Keys = "Лавка, которую восстановили", false
		require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}))
		stick := t.TempDir()
		results, err := s.MakeCopies(t.Context(), a, CopyTo{Folder: stick, Key: backup.Key{Seal: pos.SealPassphrase, Passphrase: hidden.New("очень долгая фраза"), Work: 2}})
		require.NoError(t, err)
		home := filepath.Join(t.TempDir(), "home")
		_, err = Restore(t.Context(), Options{Home: home, Clock: c}, results[0].Copy.Path, hidden.New("не та фраза, что надо"), agree)
		assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
		_, err = Restore(t.Context(), Options{Home: home, Clock: c}, results[0].Copy.Path, hidden.New("очень долгая фраза"), func(_ *Shop, p *till.RestorePlan) error {
			assert.True(t, p.LostPINs)
			return nil
		})
		require.NoError(t, err)
		fresh, err := Open(t.Context(), Options{Home: home, Clock: c, HashCost: cheap})
		require.NoError(t, err)
		defer fresh.Close()
		assert.Equal(t, set.Shop, fresh.Settings().Shop)
		st, err := fresh.Till.Begin(t.Context())
		require.NoError(t, err)
		assert.True(t, st.KeysLost)
		assert.Empty(t, st.Problems)
		_, err = fresh.Till.Login(t.Context(), d.Employees[0].PIN)
		assert.Equal(t, "login.nobody", errID(t, err), "no PIN is wrong where there is none")
		assert.Equal(t, "login.nobody", lineOf(t, fresh, "keys").ID, "and the doctor says so")
		_, err = fresh.Till.CreateOwner(t.Context(), "Новый владелец", "720541")
		require.NoError(t, err)
		_, err = fresh.Till.Login(t.Context(), "720541")
		require.NoError(t, err)
	})
	t.Run("tells the copy of another till", func(t *testing.T) {
		one, _, _ := copying(t)
		other, _, d := copying(t)
		copied, err := other.Backup(t.Context(), owner(t, other, d), "")
		require.NoError(t, err)
		r, err := one.PlanRestore(t.Context(), till.System(), copied, hidden.Text{})
		require.NoError(t, err)
		assert.True(t, r.Foreign)
		require.NoError(t, r.Close())
		assert.NoDirExists(t, filepath.Join(one.Home.Dir, "restoring"))
	})
	t.Run("needs the right, and refused it changes nothing", func(t *testing.T) {
		s, c, d := copying(t)
		copied, err := s.Backup(t.Context(), owner(t, s, d), "")
		require.NoError(t, err)
		admin := d.Employees[len(d.Employees)-1]
		a, err := s.Till.Login(t.Context(), admin.PIN)
		require.NoError(t, err)
		_, err = s.PlanRestore(t.Context(), a, copied, hidden.Text{})
		assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
		require.NoError(t, s.Close())
		no := pos.E(pos.CodeConflict, "backup.looked", nil)
		_, err = Restore(t.Context(), Options{Home: s.Home.Dir, Clock: c}, copied, hidden.Text{}, func(*Shop, *till.RestorePlan) error { return no })
		require.ErrorIs(t, err, no)
		assert.NoFileExists(t, filepath.Join(s.Home.Dir, "restore.json"))
		assert.NoDirExists(t, filepath.Join(s.Home.Dir, "restoring"))
	})
	t.Run("saves a shop whose database is no database any more", func(t *testing.T) {
		s, c, d := copying(t)
		copied, err := s.Backup(t.Context(), owner(t, s, d), "")
		require.NoError(t, err)
		require.NoError(t, s.Close())
		require.NoError(t, os.WriteFile(s.Home.Database(), []byte("не база"), 0o600))
		aside, err := Restore(t.Context(), Options{Home: s.Home.Dir, Clock: c}, copied, hidden.Text{}, agree)
		require.NoError(t, err)
		kept, err := os.ReadFile(filepath.Join(aside, "kassa.db"))
		require.NoError(t, err)
		assert.Equal(t, "не база", string(kept), "whatever it was, it was not thrown away")
		again, err := Open(t.Context(), Options{Home: s.Home.Dir, Clock: c, HashCost: cheap})
		require.NoError(t, err)
		defer again.Close()
		_, err = again.Till.Login(t.Context(), d.Employees[0].PIN)
		require.NoError(t, err)
	})
}

// lineOf is what Health says of one thing of the data.
func lineOf(t *testing.T, s *Shop, name string) health.Line {
	t.Helper()
	lines := s.DataHealth(t.Context(), till.System(), true)
	i := slices.IndexFunc(lines, func(l health.Line) bool { return l.Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	return lines[i]
}
