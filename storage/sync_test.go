package storage_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/storage"
)

func idOf(t *testing.T, err error) string {
	t.Helper()
	var e *pos.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, pos.CodeUnavailable, e.Code)
	return e.ID
}

func TestFileError_TellsWhatTheDiskIsLike(t *testing.T) {
	for err, want := range map[error]string{
		syscall.EROFS: storage.IDDiskReadOnly, syscall.EACCES: storage.IDReadOnly, syscall.ENOSPC: storage.IDFull, syscall.EIO: storage.IDIO,
	} {
		require.Equal(t, want, idOf(t, storage.FileError(&fs.PathError{Op: "sync", Path: "kassa.db-wal", Err: err}, "kassa.db-wal")))
	}
	require.NoError(t, storage.FileError(nil, ""))
}

// TestRenew_LeavesEveryByte: also of a file longer than what is read at once.
func TestRenew_LeavesEveryByte(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	for _, n := range []int{0, 1, 1 << 20, 2<<20 + 17} {
		want := bytes.Repeat([]byte("касса"), n/10+1)[:n]
		require.NoError(t, os.WriteFile(path, want, 0o600))
		require.NoError(t, storage.Renew(path))
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.True(t, bytes.Equal(want, got), "%d bytes", n)
	}
	require.Error(t, storage.Renew(filepath.Join(t.TempDir(), "none")))
}

func TestProbe(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, storage.Probe(dir))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
	require.Equal(t, storage.IDDiskFails, idOf(t, storage.Probe(filepath.Join(dir, "none"))))
}
