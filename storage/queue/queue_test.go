package queue_test

import (
	"context"
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

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
	"kassa/storage/sqlite"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// made says how new River's tables are in a file of SQLite of each of our versions since
// there are jobs: River's newest of that day. A file that is of our newest version is not
// looked at, so River's tables become newer with a migration of ours only: rows are
// added, with the migration, and never changed. One may say nothing but SELECT 1.
var made = []struct {
	ours  string
	river int
}{
	{"00008_jobs.sql", 8},
	{"00009_caps.sql", 8},
	{"00010_loose.sql", 8},
	{"00011_clock.sql", 8},
}

// steps are those of River's tables this program was made for.
var steps = made[len(made)-1].river

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

// A file of any version of ours with the tables River had then is brought to River's
// newest when it is opened: an upgrade of River is not noticed otherwise before jobs fail
// in a shop.
func TestMigrate_FilesOfEveryVersion(t *testing.T) {
	all, err := fs.Glob(central.Schema("sqlite"), "*.sql")
	require.NoError(t, err)
	since := all[slices.Index(all, made[0].ours):]
	for i, m := range made {
		require.Less(t, i, len(since), "%s is no migration", m.ours)
		require.Equal(t, since[i], m.ours)
	}
	require.Len(t, since, len(made), "a migration of ours says which tables of River its files have")
	for i := range made {
		t.Run(made[i].ours, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), central.FileName)
			fileOf(t, path, i)
			s, err := central.OpenFile(t.Context(), path, false, nil)
			require.NoError(t, err)
			defer func() { assert.NoError(t, s.Close()) }()
			m, err := rivermigrate.New(riversqlite.New(s.W), nil)
			require.NoError(t, err)
			there, err := m.ExistingVersions(t.Context())
			require.NoError(t, err)
			require.Len(t, there, len(m.AllVersions()), "River's newest needs a migration of ours, and a row above")
			sound, err := m.Validate(t.Context(), nil)
			require.NoError(t, err)
			require.True(t, sound.OK, sound.Messages)
		})
	}
}

// fileOf makes a file as a program left it whose newest migration was that of a row.
func fileOf(t *testing.T, path string, row int) {
	t.Helper()
	ours := fstest.MapFS{}
	all, err := fs.Glob(central.Schema("sqlite"), "*.sql")
	require.NoError(t, err)
	for _, name := range all[:slices.Index(all, made[row].ours)+1] {
		text, err := fs.ReadFile(central.Schema("sqlite"), name)
		require.NoError(t, err)
		ours[name] = &fstest.MapFile{Data: text}
	}
	theirs := func(ctx context.Context, db *sql.DB) error {
		m, err := rivermigrate.New(riversqlite.New(db), nil)
		if err == nil {
			_, err = m.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: made[row].river})
		}
		return err
	}
	p, err := sqlite.OpenPools(t.Context(), sqlite.Params{Dir: filepath.Dir(path), File: filepath.Base(path), AppID: 1262572354, Migrations: ours, Before: theirs})
	require.NoError(t, err)
	require.NoError(t, p.Close())
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
