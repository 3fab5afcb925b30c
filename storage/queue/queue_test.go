package queue_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/storage/central"
	"kassa/storage/postgres"
	"kassa/storage/postgres/pgtest"
	"kassa/storage/queue"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// steps are those of River's tables this program was made for. A file of SQLite that is
// of our newest version is not looked at: whoever raises the number adds a migration of
// ours too, so that it is.
const steps = 8

// opened are a database of each engine as its driver of River's sees it.
func opened(t *testing.T) map[string]riverdriver.Driver[*sql.Tx] {
	file, err := central.OpenFile(t.Context(), filepath.Join(t.TempDir(), central.FileName), false, nil)
	require.NoError(t, err)
	server, err := postgres.OpenBackend(t.Context(), pgtest.URL(t), nil)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, file.Close()); assert.NoError(t, server.Close()) })
	return map[string]riverdriver.Driver[*sql.Tx]{"sqlite": riversqlite.New(file.W), "postgres": riverdatabasesql.New(server.W)}
}

// Opening a backend's database makes the tables of its jobs; making them again does
// nothing.
func TestMigrate(t *testing.T) {
	for name, driver := range opened(t) {
		t.Run(name, func(t *testing.T) {
			m, err := rivermigrate.New(driver, nil)
			require.NoError(t, err)
			require.Len(t, m.AllVersions(), steps)
			made, err := m.ExistingVersions(t.Context())
			require.NoError(t, err)
			require.Len(t, made, steps)
			require.NoError(t, queue.Migrate(t.Context(), driver, nil))
			sound, err := m.Validate(t.Context(), nil)
			require.NoError(t, err)
			require.True(t, sound.OK, sound.Messages)
		})
	}
}

// Of several programs that begin at once over an empty database one makes the tables.
func TestMigrate_AtOnce(t *testing.T) {
	url := pgtest.URL(t)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			s, err := postgres.OpenBackend(context.Background(), url, nil)
			if assert.NoError(t, err) {
				assert.NoError(t, s.Close())
			}
		})
	}
	wait.Wait()
}
