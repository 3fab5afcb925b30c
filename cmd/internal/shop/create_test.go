package shop

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
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
