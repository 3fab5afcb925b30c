package shop

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/storage/config"
	"kassa/storage/local"
)

// TestCreate_AfterAnInterruption cuts the making of a shop after each thing it
// lays down: the next attempt makes a shop whose PINs are right.
func TestCreate_AfterAnInterruption(t *testing.T) {
	for name, cut := range map[string]func(*testing.T, config.Home){
		"the folder": func(t *testing.T, h config.Home) { require.NoError(t, os.MkdirAll(h.Dir, 0o700)) },
		"the database": func(t *testing.T, h config.Home) {
			s, err := local.Open(t.Context(), local.Params{Dir: h.Dir})
			require.NoError(t, err)
			require.NoError(t, s.Close())
		},
		"the database and the secret": func(t *testing.T, h config.Home) {
			s, err := Open(t.Context(), Options{Home: h.Dir, Create: true})
			require.NoError(t, err)
			require.NoError(t, s.Close())
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("KASSA_SECRETS", "file")
			home, err := config.FindHome(filepath.Join(t.TempDir(), "home"))
			require.NoError(t, err)
			cut(t, home)
			s, d, err := Create(t.Context(), Options{Home: home.Dir, HashCost: cheap}, true)
			require.NoError(t, err)
			_, err = s.Till.Login(t.Context(), d.Employees[0].PIN)
			require.NoError(t, err)
			require.NoError(t, s.Close())
		})
	}
	t.Run("but a shop whose secret is lost stays as it is", func(t *testing.T) {
		t.Setenv("KASSA_SECRETS", "file")
		home, err := config.FindHome(filepath.Join(t.TempDir(), "home"))
		require.NoError(t, err)
		s, _, err := Create(t.Context(), Options{Home: home.Dir, HashCost: cheap}, true)
		require.NoError(t, err)
		require.NoError(t, s.Close())
		require.NoError(t, os.RemoveAll(home.Secrets()))
		_, err = Open(t.Context(), Options{Home: home.Dir})
		require.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
		_, _, err = Create(t.Context(), Options{Home: home.Dir}, true)
		require.Error(t, err)
	})
}

// A demo with a month behind it is sound in its home too, where the secrets, the
// witness and the seals stand beside it, and sells today.
func TestCreate_ADemoWithAMonth(t *testing.T) {
	t.Setenv("KASSA_SECRETS", "file")
	dir := filepath.Join(t.TempDir(), "home")
	s, d, err := Create(t.Context(), Options{Home: dir, HashCost: cheap, Month: true}, true)
	require.NoError(t, err)
	require.NotEmpty(t, d.Customers)
	require.Empty(t, s.Inbox.Messages(), "the codes of the month are not shown as today's")
	require.NoError(t, s.Close())
	s, err = OpenOrCreate(t.Context(), Options{Home: dir, HashCost: cheap, Month: true}, true)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.Nil(t, s.Missing())
	problems, err := s.Till.SelfCheck(t.Context(), till.System())
	require.NoError(t, err)
	require.Empty(t, problems)
	a, err := s.Till.Login(t.Context(), d.Employees[0].PIN)
	require.NoError(t, err)
	day, err := s.Till.Today(t.Context(), a)
	require.NoError(t, err)
	require.Positive(t, day.WasSales+day.Overdue.Count)
	c, err := s.Till.ClockSeen(t.Context())
	require.NoError(t, err)
	doubt, _ := c.Doubt()
	require.Empty(t, doubt)
	_, err = s.Till.OpenShift(t.Context(), a, 100_000)
	require.NoError(t, err)
}
