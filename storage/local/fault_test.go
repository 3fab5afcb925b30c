package local_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"kassa/pos"
	"kassa/pos/till/store"
	"kassa/storage"
	"kassa/storage/local"
	"kassa/storage/sqlite"
)

// wantID checks that err is a clear refusal with the id.
func wantID(t *testing.T, err error, id string) {
	t.Helper()
	var e *pos.Error
	if !errors.As(err, &e) || e.ID != id {
		t.Errorf("error = %v, want %s", err, id)
	}
}

// openIn opens a store whose opening must succeed, and closes it at the end.
func openIn(t *testing.T, p local.Params) *local.Store {
	t.Helper()
	s, err := local.Open(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func putMeta(s *local.Store, key, value string) error {
	return s.Update(context.Background(), func(x store.Tx) error { return x.PutMeta(key, value) })
}

func meta(t *testing.T, s *local.Store, key string) (value string) {
	t.Helper()
	err := s.View(context.Background(), func(x store.Tx) (err error) {
		value, err = x.Meta(key)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func dbFile(dir string) string { return filepath.Join(dir, sqlite.FileName) }

func TestOpen_OddPaths(t *testing.T) {
	for _, name := range []string{"a b", "что?где#когда%20", "Касса №1; DROP", "a'b\"c", "x&mode=ro", "file:y"} {
		if runtime.GOOS == "windows" && filepath.IsLocal(name) && name != "a b" {
			continue // signs Windows does not allow in names
		}
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name)
			s := openIn(t, local.Params{Dir: dir})
			if err := putMeta(s, "k", "v"); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(dbFile(dir)); err != nil {
				t.Errorf("the database is not where it was asked for: %v", err)
			}
			if got := meta(t, openIn(t, local.Params{Dir: dir}), "k"); got != "v" {
				t.Errorf("after re-opening: %q", got)
			}
		})
	}
}

func TestOpen_Refuses(t *testing.T) {
	tests := map[string]struct {
		spoil func(t *testing.T, dir string)
		id    string
	}{
		"an empty file": {func(t *testing.T, dir string) { write(t, dbFile(dir), nil) }, storage.IDEmpty},
		"a text":        {func(t *testing.T, dir string) { write(t, dbFile(dir), make([]byte, 9000)) }, storage.IDForeign},
		"a folder":      {func(t *testing.T, dir string) { mkdir(t, dbFile(dir)) }, storage.IDForeign},
		"a log without its database": {func(t *testing.T, dir string) { write(t, dbFile(dir)+"-wal", []byte("x")) },
			storage.IDEmpty},
		"another program's database": {func(t *testing.T, dir string) { execIn(t, dir, "CREATE TABLE t (a)") }, storage.IDForeign},
		"a newer schema": {func(t *testing.T, dir string) {
			openIn(t, local.Params{Dir: dir}).Close()
			execIn(t, dir, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
		}, storage.IDNewer},
		"a damaged first page": {func(t *testing.T, dir string) {
			openIn(t, local.Params{Dir: dir}).Close()
			damage(t, dbFile(dir), 100, 3000)
		}, storage.IDCorrupt},
		"a till that runs": {func(t *testing.T, dir string) { openIn(t, local.Params{Dir: dir}) }, storage.IDRunning},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			test.spoil(t, dir)
			before, _ := os.ReadFile(dbFile(dir))
			s, err := local.Open(context.Background(), local.Params{Dir: dir})
			if err == nil {
				s.Close()
			}
			wantID(t, err, test.id)
			if after, _ := os.ReadFile(dbFile(dir)); string(after) != string(before) {
				t.Error("the refused file was changed")
			}
		})
	}
	t.Run("a synchronised folder", func(t *testing.T) {
		_, err := local.Open(context.Background(), local.Params{Dir: filepath.Join(t.TempDir(), "OneDrive - Лавка", "kassa")})
		wantID(t, err, storage.IDSynced)
	})
}

func TestUpdate_DiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := openIn(t, local.Params{Dir: dir}).Close(); err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(dbFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	s := openIn(t, local.Params{Dir: dir, MaxPages: st.Size()/4096 + 20})
	if err := putMeta(s, "before", "kept"); err != nil {
		t.Fatal(err)
	}
	err = s.Update(context.Background(), func(x store.Tx) error {
		if err := x.PutMeta("first", "half"); err != nil {
			return err
		}
		// A caller that swallows the refusal must not get half stored.
		_ = x.PutMeta("big", string(make([]byte, 1<<20)))
		return nil
	})
	wantID(t, err, storage.IDFull)
	if got := meta(t, s, "first"); got != "" {
		t.Errorf("half of a refused change was stored: %q", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "ballast")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the reserve was not given back: %v", err)
	}
	if err := putMeta(s, "before", "and on"); err != nil {
		t.Errorf("after the refusal: %v", err)
	}
}

func TestOpen_DamagedPages(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, local.Params{Dir: dir})
	fill(t, s)
	s.Close()
	st, err := os.Stat(dbFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	// Zero every page but the first in turn, two at a time: reading may fail
	// or the self-check must complain; nothing may panic.
	whole, err := os.ReadFile(dbFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	pages := st.Size() / 4096
	for page := int64(1); page < pages; page += max(pages/12, 1) {
		write(t, dbFile(dir), whole)
		damage(t, dbFile(dir), page*4096, 4096)
		if complains(dir) {
			found++
		}
	}
	if found == 0 {
		t.Error("no damage was found at all")
	}
}

// complains opens a store and tells whether anything was said of damage.
func complains(dir string) bool {
	s, err := local.Open(context.Background(), local.Params{Dir: dir})
	if err != nil {
		return true
	}
	defer s.Close()
	var problems []string
	err = s.View(context.Background(), func(x store.Tx) (err error) {
		problems, err = x.EngineProblems(false)
		return err
	})
	return err != nil || len(problems) > 0
}

func TestOpen_CutLog(t *testing.T) {
	dir, cut := t.TempDir(), t.TempDir()
	s := openIn(t, local.Params{Dir: dir})
	for _, v := range []string{"1", "2", "3"} {
		if err := putMeta(s, "k", v); err != nil {
			t.Fatal(err)
		}
	}
	// A copy as a power cut leaves it: the log's last frames are missing.
	db, err := os.ReadFile(dbFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(dbFile(dir) + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	write(t, dbFile(cut), db)
	write(t, dbFile(cut)+"-wal", log[:len(log)-2000])
	again := openIn(t, local.Params{Dir: cut})
	if got := meta(t, again, "k"); got != "2" {
		t.Errorf("after the cut k = %q, want the last whole transaction", got)
	}
	if err := putMeta(again, "k", "4"); err != nil {
		t.Errorf("going on: %v", err)
	}
}

func TestClose_Twice(t *testing.T) {
	s := openIn(t, local.Params{Dir: t.TempDir()})
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	wantID(t, putMeta(s, "k", "v"), storage.IDClosed)
}

func TestEngine_Version(t *testing.T) {
	v, err := sqlite.Version(context.Background())
	if err != nil || !sqlite.AtLeast(v, sqlite.MinVersion) {
		t.Errorf("SQLite %q (%v), want at least %s", v, err, sqlite.MinVersion)
	}
	for have, want := range map[string]bool{"3.53.4": true, "3.54.0": true, "4.0": true, "3.53.3": false, "3.9.9": false, "3.53": false, "": false} {
		if sqlite.AtLeast(have, "3.53.4") != want {
			t.Errorf("AtLeast(%q) = %v", have, !want)
		}
	}
}

func fill(t *testing.T, s *local.Store) {
	t.Helper()
	err := s.Update(context.Background(), func(x store.Tx) error {
		for i := range 200 {
			p := pos.Product{ID: pos.ProductID(rune('a' + i)), SKU: string(rune('a' + i)), Name: "Товар для проверки повреждений"}
			if err := x.PutProduct(&p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
}

// damage overwrites a part of a file with bytes that mean nothing.
func damage(t *testing.T, path string, from, n int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	junk := make([]byte, n)
	for i := range junk {
		junk[i] = 0xA5
	}
	if _, err := f.WriteAt(junk, from); err != nil {
		t.Fatal(err)
	}
}

func execIn(t *testing.T, dir, text string) {
	t.Helper()
	db, err := sql.Open("sqlite", dbFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
}
