// Package centraltest opens the backend's store for tests on each engine it can stand
// on, so that the tests of both are one suite.
package centraltest

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/storage/central"
	"kassa/storage/postgres"
	"kassa/storage/postgres/pgtest"
)

// Engines runs a test over an empty store on each engine. A package that does so has
// pgtest.Main as its TestMain.
func Engines(t *testing.T, test func(t *testing.T, s *central.Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, File(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// File is an empty store in a file, closed when the test ends.
func File(t testing.TB) *central.Store {
	t.Helper()
	s, err := central.OpenFile(t.Context(), filepath.Join(t.TempDir(), central.FileName), false, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// Postgres is an empty store in a database of PostgreSQL of its own, closed likewise.
func Postgres(t testing.TB) *central.Store {
	t.Helper()
	s, err := postgres.OpenBackend(t.Context(), pgtest.URL(t), nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}
