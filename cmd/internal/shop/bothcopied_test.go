package shop

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/hidden"
	"kassa/pos/manual"
	"kassa/storage/central"
)

// A copy brings back what stood behind the till too, as it was at its moment.
func TestRestore_BringsBackWhatStoodBehindTheTill(t *testing.T) {
	s, c, d := copying(t)
	a := owner(t, s, d)
	paidFor(t, s, a, "one")
	copied, err := s.Backup(t.Context(), a, "")
	require.NoError(t, err)
	dead := filepath.Join(s.Home.Backups(), "kassa-20260302-120000.000-behind.db.on-nowhere-1.part")
	require.NoError(t, os.WriteFile(dead, nil, 0o600))
	long := c.Now().Add(-2 * time.Hour)
	require.NoError(t, os.Chtimes(dead, long, long))
	_, err = s.Backup(t.Context(), a, "")
	require.NoError(t, err)
	left, err := filepath.Glob(filepath.Join(s.Home.Backups(), "*.part"))
	require.NoError(t, err)
	require.Empty(t, left, "what was laid down for it is gone, by whomever")
	m := manualOf(t, s, a)
	_, err = m.Decide(t.Context(), m.Asker, "yes", "one", manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders})
	require.NoError(t, err)
	paidFor(t, s, a, "two")
	require.NoError(t, s.Close())

	aside, err := Restore(t.Context(), Options{Home: s.Home.Dir, Clock: c}, copied, hidden.Text{}, agree)
	require.NoError(t, err)
	assert.FileExists(t, filepath.Join(aside, central.FileName))
	_, err = os.Stat(filepath.Join(s.Home.Images(), central.FileName))
	assert.ErrorIs(t, err, os.ErrNotExist)
	again, err := Open(t.Context(), Options{Home: s.Home.Dir, Clock: c, HashCost: cheap})
	require.NoError(t, err)
	defer again.Close()
	a = owner(t, again, d)
	m = manualOf(t, again, a)
	one, err := m.Order(t.Context(), "one")
	require.NoError(t, err)
	assert.Equal(t, manual.Open, one.State)
	_, err = m.Order(t.Context(), "two")
	assert.Error(t, err)
	assert.Nil(t, again.TellAll(t.Context()).Trouble, "and the till tells it what it lacks")
}
