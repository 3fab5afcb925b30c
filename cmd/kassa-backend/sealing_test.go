package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/storage/central"
	"kassa/storage/secret"
)

// serving opens a database as serve does and returns what the log said.
func serving(t *testing.T, o options, then func(b *backend.Backend, s *central.Store)) (said string, err error) {
	t.Helper()
	var log strings.Builder
	p := &program{log: slog.New(slog.NewJSONHandler(&log, nil)), options: o}
	b, s, err := p.open(t.Context(), false)
	if err != nil {
		return log.String(), err
	}
	if then != nil {
		then(b, s)
	}
	require.NoError(t, s.Close())
	return log.String(), nil
}

const clearSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// Beside a database in a file the key is made once; what lay in clear is sealed; a key
// that is lost is not replaced by one under which nothing opens.
func TestProgram_SealsSecrets(t *testing.T) {
	dir := t.TempDir()
	o := options{database: "sqlite:" + filepath.Join(dir, "backend.db")}
	path := filepath.Join(dir, keyName)
	code, _, _ := said(t, o.database, nil, "person", "add", "olga@example.ru")
	require.Equal(t, exitDone, code)
	require.NoFileExists(t, path, "whoever only adds a person makes no key, perhaps as another user")
	person := func(s *central.Store) (p store.Person) {
		require.NoError(t, s.Look(t.Context(), func(x store.Tx) error {
			all, err := x.ListPeople()
			p = all[0]
			return err
		}))
		return p
	}
	said, err := serving(t, o, func(b *backend.Backend, s *central.Store) {
		require.True(t, b.MayOffer())
		require.NoError(t, s.Change(t.Context(), func(x store.Tx) error {
			p := person(s)
			p.Secret = clearSecret // as before there was a key
			return x.PutPerson(&p)
		}))
	})
	require.NoError(t, err)
	require.Contains(t, said, keyName)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	said, err = serving(t, o, func(_ *backend.Backend, s *central.Store) {
		require.NotContains(t, person(s).Secret, clearSecret[:8])
		require.NotEmpty(t, person(s).Secret)
	})
	require.NoError(t, err)
	require.Contains(t, said, "sealed")
	said, err = serving(t, o, nil)
	require.NoError(t, err)
	require.Empty(t, said, "once")

	kept, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.Remove(path))
	said, err = serving(t, o, func(b *backend.Backend, _ *central.Store) { require.False(t, b.MayOffer()) })
	require.NoError(t, err, "tills are served all the same")
	require.Contains(t, said, `"level":"ERROR"`)
	require.NoFileExists(t, path)
	_, err = secret.MakeSealKey(path)
	require.NoError(t, err)
	_, err = serving(t, o, nil)
	require.Equal(t, pos.CodeUnavailable, pos.CodeOf(err), "another key")
	require.NoError(t, os.WriteFile(path, kept, 0o600))
	_, err = serving(t, o, func(b *backend.Backend, _ *central.Store) { require.True(t, b.MayOffer()) })
	require.NoError(t, err)
}

// Copies that share a database share a key somebody brought: none is made, and without
// one none can be set up.
func TestProgram_KeyOfCopies(t *testing.T) {
	dir := t.TempDir()
	s, err := central.OpenFile(t.Context(), filepath.Join(dir, "backend.db"), false, nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	path := filepath.Join(dir, "shared.key")
	sealer := func(o options) (backend.Sealer, string, error) {
		var log strings.Builder
		p := &program{log: slog.New(slog.NewJSONHandler(&log, nil)), options: o}
		k, err := p.sealer(t.Context(), s, false)
		return k, log.String(), err
	}
	none, told, err := sealer(options{database: "postgres://db"})
	require.NoError(t, err)
	require.Nil(t, none)
	require.Contains(t, told, "--secret-key-file")
	_, _, err = sealer(options{database: "postgres://db", secretKey: path})
	require.Equal(t, pos.CodeNotFound, pos.CodeOf(err), "what somebody named has to be there")
	require.NoFileExists(t, path)

	code, out, _ := said(t, "", nil, "secret-key", path)
	require.Equal(t, exitDone, code)
	require.Contains(t, out, path)
	code, _, told = said(t, "", nil, "secret-key", path)
	require.Equal(t, exitRefused, code)
	require.Contains(t, told, "уже есть")
	key, _, err := sealer(options{database: "postgres://db", secretKey: path})
	require.NoError(t, err)
	require.NotNil(t, key)
	require.NoError(t, os.WriteFile(path, []byte("nothing of the kind"), 0o600))
	_, _, err = sealer(options{database: "postgres://db", secretKey: path})
	require.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
}
