// Package localtest lends a test the folder of a till that was opened once
// and in which nothing has happened yet. To make the database by its
// migrations, and the reserve on the disk by writing it, costs more than most
// tests do themselves.
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

// Once is a folder that is made once in a process and lent many times, as it is
// after Make: a till's closed store. The reserve on the disk is lent as a hole,
// since nothing here fills the disk.
type Once struct {
	Make func(dir string) error

	once     sync.Once
	database []byte
	err      error
}

var empty = Once{Make: func(dir string) error {
	store, err := local.Open(context.Background(), local.Params{Dir: dir})
	if err != nil {
		return err
	}
	return store.Close()
}}

// Dir returns a folder of the test's own in which local.Open finds the empty
// database of the newest schema.
func Dir(t testing.TB) string {
	t.Helper()
	return empty.Dir(t)
}

// Dir returns a folder of the test's own with what Make left.
func (o *Once) Dir(t testing.TB) string {
	t.Helper()
	o.once.Do(func() { o.database, o.err = o.made() })
	dir := t.TempDir()
	reserve := filepath.Join(dir, storage.BallastName)
	if err := errors.Join(o.err, os.WriteFile(filepath.Join(dir, sqlite.FileName), o.database, 0o600),
		os.WriteFile(reserve, nil, 0o600), os.Truncate(reserve, storage.BallastSize)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func (o *Once) made() ([]byte, error) {
	dir, err := os.MkdirTemp("", "kassa-once-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := o.Make(dir); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, sqlite.FileName))
}
