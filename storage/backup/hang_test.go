package backup_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/storage/backup"
)

// hanging lets the files of copies in a folder be such that to write to them never
// comes back, as on a network that is gone: a pipe nobody reads. release lets it
// come back with an error.
func hanging(t *testing.T, folder string) (create func(string) (*os.File, error), release func()) {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() { r.Close(); w.Close() })
	return func(path string) (*os.File, error) {
		if filepath.Dir(path) == folder {
			return w, nil
		}
		return os.Create(path)
	}, func() { r.Close() }
}

// TestMake_AFolderThatHangs: it is given up and told of, the others get their
// copies, and it is not tried again before it has come back.
func TestMake_AFolderThatHangs(t *testing.T) {
	s, gone, stick := newShelf(t), t.TempDir(), t.TempDir()
	var release func()
	s.order.Create, release = hanging(t, gone)
	s.order.Patience = func() time.Duration { return 200 * time.Millisecond }
	r := s.make(s.own(), backup.Target{Folder: gone}, backup.Target{Folder: stick})
	assert.Equal(t, []string{"", "backup.stalled", ""}, []string{idOf(r[0].Err), idOf(r[1].Err), idOf(r[2].Err)})
	assert.Len(t, names(t, stick), 2)

	s.order.Patience = func() time.Duration { return time.Hour }
	s.order.Now = noon.AddDate(0, 0, 1)
	r = s.make(backup.Target{Folder: gone})
	assert.Equal(t, "backup.stalled", idOf(r[0].Err), "the first try is still there")

	release()
	s.order.Create = nil
	require.Eventually(t, func() bool { return s.make(backup.Target{Folder: gone})[0].Err == nil }, 10*time.Second, 10*time.Millisecond)
	assert.Len(t, names(t, gone), 2, "nothing half made is left")
}

// TestMake_ASlowFolder: one that moves on is waited for, however long it takes.
func TestMake_ASlowFolder(t *testing.T) {
	s, stick := newShelf(t), t.TempDir()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	s.order.Create = func(path string) (*os.File, error) { return w, nil }
	began := make(chan struct{})
	go func() {
		defer close(began)
		b := make([]byte, 1<<15)
		for { // reads slower than it is written
			if _, err := r.Read(b); err != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	s.order.Patience = func() time.Duration { return 10 * time.Second }
	got := s.make(backup.Target{Folder: stick})
	assert.NotEqual(t, "backup.stalled", idOf(got[0].Err))
	<-began
}

func TestListWithin(t *testing.T) {
	s := newShelf(t)
	require.NoError(t, s.make(s.own())[0].Err)
	list, err := backup.ListWithin(context.Background(), s.order.Work, time.Hour)
	require.NoError(t, err)
	assert.Len(t, list, 1)
	_, err = backup.ListWithin(context.Background(), filepath.Join(s.order.Work, "none"), time.Hour)
	assert.Equal(t, "backup.folder-missing", idOf(err))
}
