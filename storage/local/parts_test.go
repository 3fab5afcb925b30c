package local_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestStore_BackupClearsParts: a process killed in the middle of a copy leaves
// a file as large as the database, which the next copy removes. One that is
// being made, and what is not ours, stays.
func TestStore_BackupClearsParts(t *testing.T) {
	ctx := context.Background()
	s := open(t)
	dir := t.TempDir()
	now := time.Now()
	left := map[string]time.Duration{
		"kassa-20260101-120000.000.db.part":         2 * time.Hour,
		"kassa-20260101-120000.000.db.part-journal": 2 * time.Hour,
		"before-v12-20260101-120000.000.db.part":    2 * time.Hour,
		"kassa-20260102-120000.000.db.part":         time.Minute,
		"film.db.part":                              24 * time.Hour,
		"kassa-20260101-120000.000.db":              24 * time.Hour,
	}
	for name, age := range left {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now, now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	made, err := s.Backup(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	want := []string{"film.db.part", "kassa-20260101-120000.000.db", "kassa-20260102-120000.000.db.part", filepath.Base(made)}
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("left %q, want %q", names, want)
	}
}
