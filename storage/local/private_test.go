package local_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"kassa/pos/till/store"
	"kassa/storage/local"
)

// TestStore_IsPrivate keeps phones and debts from other users of the computer,
// also where they may enter the folder.
func TestStore_IsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("file modes tell nothing there")
	}
	ctx := context.Background()
	dir, copies := t.TempDir(), t.TempDir()
	for _, d := range []string{dir, copies} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s, err := local.Open(ctx, local.Params{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Update(ctx, func(x store.Tx) error { return x.PutMeta("k", "v") }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Backup(ctx, copies); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, pattern := range []string{filepath.Join(dir, "kassa.db*"), filepath.Join(copies, "*")} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			st, err := os.Stat(f)
			if err != nil {
				t.Fatal(err)
			}
			seen++
			if st.Mode().Perm() != 0o600 {
				t.Errorf("%s has the mode %o", filepath.Base(f), st.Mode().Perm())
			}
		}
	}
	if seen < 3 {
		t.Errorf("%d files seen: the database, its log and a copy are expected", seen)
	}
}
