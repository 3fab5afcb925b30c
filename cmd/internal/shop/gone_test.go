package shop

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/hidden"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/config"
)

// left is a home whose shop has a copy and whose database is gone.
func left(t *testing.T) (Options, config.Home, *till.DemoShop, string) {
	t.Helper()
	s, c, d := copying(t)
	file, err := s.Backup(t.Context(), owner(t, s, d), "")
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, os.Remove(s.Home.Database()))
	return Options{Home: s.Home.Dir, Clock: c, HashCost: cheap}, s.Home, d, file
}

// TestGone_NothingIsMadeOverIt opens a home whose database is gone in every way
// there is: each names the copy, and nothing is made or moved.
func TestGone_NothingIsMadeOverIt(t *testing.T) {
	o, home, d, file := left(t)
	before := tree(t, home.Dir)
	for name, open := range map[string]func(Options) error{
		"to sell":            func(o Options) error { _, err := Open(t.Context(), o); return err },
		"to look":            func(o Options) error { o.Beside = true; _, err := Open(t.Context(), o); return err },
		"without its keys":   func(o Options) error { o.Keyless = true; _, err := Open(t.Context(), o); return err },
		"the window's start": func(o Options) error { _, err := OpenOrCreate(t.Context(), o, false); return err },
		"the demo's start":   func(o Options) error { _, err := OpenOrCreate(t.Context(), o, true); return err },
		"init":               func(o Options) error { _, _, err := Create(t.Context(), o, false); return err },
	} {
		t.Run(name, func(t *testing.T) {
			err := open(o)
			assert.Equal(t, "shop.gone", errID(t, err))
			assert.True(t, IsGone(err) && Broken(err))
			assert.Equal(t, before, tree(t, home.Dir))
		})
	}
	_, err := Restore(t.Context(), o, file, hidden.Text{}, agree)
	require.NoError(t, err)
	s, err := Open(t.Context(), o)
	require.NoError(t, err)
	defer s.Close()
	_, err = s.Till.Login(t.Context(), d.Employees[0].PIN)
	require.NoError(t, err, "the PINs of before are right")
}

func TestGone_WhatCounts(t *testing.T) {
	put := func(name string) func(*testing.T, config.Home) {
		return func(t *testing.T, h config.Home) {
			path := filepath.Join(h.Dir, name)
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
			require.NoError(t, os.WriteFile(path, []byte("data"), 0o600))
		}
	}
	for name, c := range map[string]struct {
		put func(*testing.T, config.Home)
		id  string
	}{
		"a copy":                       {put("backups/kassa-20260301-210000.000.db"), "shop.gone"},
		"a copy made for an upgrade":   {put("backups/before-v14-20260301-210000.000.db"), "shop.gone"},
		"a database laid aside":        {put("aside-20260301-210000/kassa.db"), "shop.gone-bare"},
		"the log alone":                {put("kassa.db-wal"), "shop.gone-bare"},
		"settings somebody prepared":   {put("notes.txt"), ""},
		"a log of the program":         {put("logs/kassa.log"), ""},
		"a new database never renamed": {put("kassa.db.new"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("KASSA_SECRETS", "file")
			home, err := config.FindHome(filepath.Join(t.TempDir(), "home"))
			require.NoError(t, err)
			c.put(t, home)
			s, err := OpenOrCreate(t.Context(), Options{Home: home.Dir, HashCost: cheap, Clock: postest.NewClock()}, false)
			if c.id == "" {
				require.NoError(t, err)
				require.NoError(t, s.Close())
				return
			}
			assert.Equal(t, c.id, errID(t, err))
		})
	}
}

// TestCreate_Anew makes a new shop where somebody decided so: what the old one
// left is kept, and the new one has nothing of it.
func TestCreate_Anew(t *testing.T) {
	for name, spoil := range map[string]func(*testing.T, config.Home){
		"the database is gone": func(t *testing.T, h config.Home) { require.NoError(t, os.Remove(h.Database())) },
		"the database is no database": func(t *testing.T, h config.Home) {
			require.NoError(t, os.WriteFile(h.Database(), []byte("не база"), 0o600))
		},
		"the database has lost its keys": func(t *testing.T, h config.Home) { require.NoError(t, os.RemoveAll(h.Secrets())) },
	} {
		t.Run(name, func(t *testing.T) {
			s, c, d := copying(t)
			file, err := s.Backup(t.Context(), owner(t, s, d), "")
			require.NoError(t, err)
			require.NoError(t, s.Close())
			home := s.Home
			spoil(t, home)
			o := Options{Home: home.Dir, Clock: c, HashCost: cheap}
			_, _, err = Create(t.Context(), o, false)
			require.Error(t, err)
			o.Anew = true
			fresh, _, err := Create(t.Context(), o, false)
			require.NoError(t, err)
			defer fresh.Close()
			st, err := fresh.Till.Begin(t.Context())
			require.NoError(t, err)
			assert.True(t, st.FirstRun)
			assert.False(t, fresh.Settings().Demo, "the settings of the old one do not hold")
			kept, err := filepath.Glob(filepath.Join(home.Dir, "aside-*", "backups", filepath.Base(file)))
			require.NoError(t, err)
			assert.Len(t, kept, 1)
			config, err := filepath.Glob(filepath.Join(home.Dir, "aside-*", "config.toml"))
			require.NoError(t, err)
			assert.Len(t, config, 1)
			left, err := os.ReadDir(home.Backups())
			require.NoError(t, err)
			assert.Empty(t, left)
		})
	}
	t.Run("but not over a shop that is well", func(t *testing.T) {
		s, c, _ := copying(t)
		require.NoError(t, s.Close())
		before := tree(t, s.Home.Dir)
		_, _, err := Create(t.Context(), Options{Home: s.Home.Dir, Clock: c, Anew: true}, false)
		assert.Equal(t, "shop.exists", errID(t, err))
		assert.Equal(t, before, tree(t, s.Home.Dir))
	})
	t.Run("and where there is nothing it is the same as ever", func(t *testing.T) {
		t.Setenv("KASSA_SECRETS", "file")
		s, _, err := Create(t.Context(), Options{Home: filepath.Join(t.TempDir(), "home"), Anew: true, HashCost: cheap}, false)
		require.NoError(t, err)
		require.NoError(t, s.Close())
		aside, err := filepath.Glob(filepath.Join(s.Home.Dir, "aside-*"))
		require.NoError(t, err)
		assert.Empty(t, aside)
	})
}
