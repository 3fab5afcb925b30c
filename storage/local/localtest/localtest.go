// Package localtest lends a test the folder of a till: one in which nothing has
// happened yet, whose database is made once in a process, or one with a database
// that is at hand. To make the database by its migrations, and the reserve on the
// disk by writing it, costs more than most tests do themselves.
package localtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kassa/storage"
	"kassa/storage/local"
	"kassa/storage/sqlite"
)

var empty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "kassa-once-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, err := local.Open(context.Background(), local.Params{Dir: dir})
	if err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, sqlite.FileName))
})

// Dir returns a folder of the test's own in which local.Open finds the empty
// database of the newest schema.
func Dir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	Lay(t, dir)
	return dir
}

// With returns a folder of the test's own with a database that a till left there.
// The reserve on the disk is lent as a hole, since nothing here fills the disk.
func With(t testing.TB, database []byte) string {
	t.Helper()
	dir := t.TempDir()
	lay(t, dir, database)
	return dir
}

// Lay puts into an empty folder what Dir lends.
func Lay(t testing.TB, dir string) {
	t.Helper()
	database, err := empty()
	if err != nil {
		t.Fatal(err)
	}
	lay(t, dir, database)
}

func lay(t testing.TB, dir string, database []byte) {
	t.Helper()
	reserve := filepath.Join(dir, storage.BallastName)
	if err := errors.Join(os.WriteFile(filepath.Join(dir, sqlite.FileName), database, 0o600),
		os.WriteFile(reserve, nil, 0o600), os.Truncate(reserve, storage.BallastSize)); err != nil {
		t.Fatal(err)
	}
}
