package shop

import (
	"crypto/sha256"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // to make files that are almost a copy

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/storage/backup"
	"kassa/storage/config"
)

const (
	phrase = "очень долгая фраза"
	other  = "совсем другая фраза"
)

// tree is what lies in a home, by name, but for the reserve on the disk and what
// only says that somebody works there.
func tree(t *testing.T, home string) map[string][32]byte {
	t.Helper()
	found := map[string][32]byte{}
	require.NoError(t, filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		found[strings.TrimPrefix(path, home)] = sha256.Sum256(raw)
		return err
	}))
	return found
}

// altered is a copy of a file after statements.
func altered(t *testing.T, file string, statements ...string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), filepath.Base(file))
	require.NoError(t, os.WriteFile(path, raw, 0o600))
	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(t, err)
	for _, one := range statements {
		_, err = db.Exec(one)
		require.NoError(t, err, one)
	}
	require.NoError(t, db.Close())
	return path
}

// badFiles are what people give to a restore beside a good copy.
func badFiles(t *testing.T, plain, sealed string) map[string]struct {
	path, id string
	key      hidden.Text
} {
	t.Helper()
	type file = struct {
		path, id string
		key      hidden.Text
	}
	raw, err := os.ReadFile(plain)
	require.NoError(t, err)
	closed, err := os.ReadFile(sealed)
	require.NoError(t, err)
	as := func(name string, b []byte) string {
		path := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(path, b, 0o600))
		return path
	}
	spoilt := append([]byte{}, raw...)
	for i := len(spoilt) / 2; i < len(spoilt)/2+16384; i++ {
		spoilt[i] ^= 0xff
	}
	none := filepath.Join(t.TempDir(), "kassa-20260101-000000.000.db")
	return map[string]file{
		"nothing there":              {path: none, id: "backup.no-file"},
		"a folder":                   {path: t.TempDir(), id: "backup.is-folder"},
		"an empty file":              {path: as("kassa-20260102-000000.000.db", nil), id: "backup.empty"},
		"a list of goods":            {path: as("goods.csv", []byte(strings.Repeat("1;Молоко;95\n", 900))), id: "backup.not-copy"},
		"half a copy":                {path: as("half.db", raw[:len(raw)/2]), id: "backup.damaged"},
		"the first page of a copy":   {path: as("page.db", raw[:4096]), id: "backup.damaged"},
		"a damaged copy":             {path: as("spoilt.db", spoilt), id: "backup.damaged"},
		"a database of another kind": {path: altered(t, as("contacts.db", nil), "CREATE TABLE people (name)", "INSERT INTO people VALUES ('Анна')"), id: "backup.not-copy"},
		"a copy of a newer program":  {path: altered(t, plain, "INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (99999, 1, 0)"), id: "backup.newer"},
		"a copy without its sales":   {path: altered(t, plain, "PRAGMA foreign_keys = off", "DROP TABLE sales"), id: "backup.damaged"},
		"half a sealed copy":         {path: as("half.db.age", closed[:len(closed)/2]), key: hidden.New(phrase), id: "backup.damaged"},
		"a sealed copy, no key":      {path: sealed, id: "backup.sealed"},
		"a sealed copy, another's":   {path: sealed, key: hidden.New(other), id: "backup.wrong-key"},
	}
}

// TestRestore_ABadFile gives a restore what is no good copy: the file is blamed
// by the name it was given under, and the living shop stays as it is.
func TestRestore_ABadFile(t *testing.T) {
	s, c, d := copying(t)
	a := owner(t, s, d)
	plain, err := s.Backup(t.Context(), a, "")
	require.NoError(t, err)
	results, err := s.MakeCopies(t.Context(), a, CopyTo{Folder: t.TempDir(), Key: backup.Key{Seal: pos.SealPassphrase, Passphrase: hidden.New(phrase), Work: 2}})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	home, w := s.Home, s.Words("ru")
	before := tree(t, home.Dir)
	for name, f := range badFiles(t, plain, results[0].Copy.Path) {
		t.Run(name, func(t *testing.T) {
			_, err := Restore(t.Context(), Options{Home: home.Dir, Clock: c}, f.path, f.key, agree)
			e, ok := errors.AsType[*pos.Error](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, f.id, e.ID, "%v", e)
			said := w.Error(err)
			assert.Contains(t, said, f.path, "the file given is named")
			assert.NotContains(t, said, home.Database())
			assert.NotContains(t, said, config.HomeVariable)
			assert.Equal(t, before, tree(t, home.Dir), "the living shop is as it was")
		})
	}
	_, err = Restore(t.Context(), Options{Home: home.Dir, Clock: c}, plain, hidden.Text{}, agree)
	require.NoError(t, err, "and a good copy still goes in")
}
