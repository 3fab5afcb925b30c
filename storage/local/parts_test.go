package local_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kassa/storage"
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

		// Of a process that ended, of one that lives, of our own, of another computer.
		partOf(t, "kassa-20260103-120000.000.db", ended(t)):                 0,
		partOf(t, "kassa-20260103-120000.000.db.age", ended(t)):             0,
		partOf(t, "kassa-20260103-120000.000.db", ended(t)) + "-journal":    0,
		partOf(t, "kassa-20260104-120000.000.db", os.Getppid()):             0,
		partOf(t, "kassa-20260105-120000.000.db", os.Getpid()):              time.Minute,
		partOf(t, "kassa-20260106-120000.000.db", os.Getpid()):              2 * time.Hour,
		"kassa-20260107-120000.000.db.on-the-office-computer-99999999.part": time.Minute,
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
	want := []string{partOf(t, "kassa-20260104-120000.000.db", os.Getppid()), partOf(t, "kassa-20260105-120000.000.db", os.Getpid()),
		"kassa-20260107-120000.000.db.on-the-office-computer-99999999.part", "film.db.part", "kassa-20260101-120000.000.db", "kassa-20260102-120000.000.db.part", filepath.Base(made)}
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("left %q, want %q", names, want)
	}
}

// partOf is what a process of this computer calls a copy it is making.
func partOf(t *testing.T, name string, pid int) string {
	t.Helper()
	own := fmt.Sprintf("-%d.part", os.Getpid())
	part := storage.PartName(name)
	if !strings.HasSuffix(part, own) {
		t.Fatalf("%s does not name its process", part)
	}
	return strings.TrimSuffix(part, own) + fmt.Sprintf("-%d.part", pid)
}

// ended is the number of a process that has ended.
func ended(t *testing.T) int {
	t.Helper()
	p := exec.Command(os.Args[0], "-test.run=^$")
	if err := p.Run(); err != nil {
		t.Fatal(err)
	}
	return p.Process.Pid
}
