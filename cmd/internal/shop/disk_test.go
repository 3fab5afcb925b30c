//go:build linux && (amd64 || arm64)

package shop

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/till"
	"kassa/storage"
	"kassa/storage/config"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
	"kassa/storage/storagetest/faultdisk"
)

// TestShop_TellsOfTheDiskAndGoesOn: while the disk keeps nothing that is what is
// said of it, and when it is well the till goes on without being asked.
func TestShop_TellsOfTheDiskAndGoesOn(t *testing.T) {
	defer faultdisk.Heal()
	dir := localtest.Dir(t)
	store, err := local.Open(t.Context(), local.Params{Dir: dir, VFS: faultdisk.Name, Renew: faultdisk.Renew})
	require.NoError(t, err)
	defer store.Close()
	s := &Shop{Store: store, Home: config.Home{Dir: dir}, Log: slog.New(slog.DiscardHandler)}
	put := func() error {
		return store.Update(context.Background(), func(tx till.Tx) error { return tx.PutMeta("k", "v") })
	}
	require.NoError(t, put())
	require.NotEqual(t, health.Bad, health.Worst(s.diskHealth()))

	faultdisk.FailSyncAt(1, true)
	require.Error(t, put())
	for range 2 {
		s.tryDisk(t.Context())
		lines := s.diskHealth()
		require.Equal(t, health.Bad, lines[0].State)
		require.Equal(t, storage.IDDiskFails, lines[0].Err.(*pos.Error).ID)
	}
	faultdisk.Heal()
	s.tryDisk(t.Context())
	require.NotEqual(t, health.Bad, health.Worst(s.diskHealth()))
	require.NoFileExists(t, filepath.Join(dir, ".probe"))
}

// TestDiskHealth_NothingCanBeWritten: a folder in which a small file cannot be
// kept is told of, whatever room there is.
func TestDiskHealth_NothingCanBeWritten(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, ".probe"), 0o700)) // the file has no place
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".probe", "full"), nil, 0o600))
	lines := DiskHealth(dir)
	require.Equal(t, health.Bad, lines[0].State)
	require.Equal(t, storage.IDDiskFails, lines[0].Err.(*pos.Error).ID)
}

// TestFileHealth_LogThatGrows: a disk that keeps the log and not the file is told of
// before it is full.
func TestFileHealth_LogThatGrows(t *testing.T) {
	file := filepath.Join(t.TempDir(), "kassa.db")
	require.NoError(t, os.WriteFile(file, []byte("x"), 0o600))
	require.NoError(t, os.WriteFile(file+"-wal", nil, 0o600))
	require.Equal(t, health.Good, FileHealth(file, 1).State)
	require.NoError(t, os.Truncate(file+"-wal", 600<<20))
	l := FileHealth(file, 1)
	require.Equal(t, health.Warn, l.State)
	require.Equal(t, int64(600), l.Args["Log"])
}
