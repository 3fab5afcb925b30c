//go:build linux && (amd64 || arm64)

package local_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till/store"
	"kassa/storage"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
	"kassa/storage/storagetest/faultdisk"
)

// This file is a disk that takes everything and keeps nothing: what is answered
// must be true after a power cut and after a restart.

// onFaultdisk opens a store on the disk that breaks.
func onFaultdisk(t *testing.T, dir string) *local.Store {
	t.Helper()
	return openIn(t, local.Params{Dir: dir, VFS: faultdisk.Name, Renew: faultdisk.Renew})
}

// afterCut is what a power cut now would leave of the key.
func afterCut(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	require.NoError(t, faultdisk.PowerCut(dir, to, false))
	s := openIn(t, local.Params{Dir: to})
	defer s.Close()
	return meta(t, s, "k")
}

func TestUpdate_DiskNeverSyncs(t *testing.T) {
	defer faultdisk.Heal()
	dir := localtest.Dir(t)
	s := onFaultdisk(t, dir)
	require.NoError(t, putMeta(s, "k", "before"))
	require.NoError(t, s.Trouble())

	faultdisk.FailSyncAt(1, true)
	err := putMeta(s, "k", "first")
	require.ErrorIs(t, err, store.ErrUnknown)
	wantID(t, err, storage.IDUnknown)
	for range 3 {
		ran := false
		err := s.Update(context.Background(), func(x store.Tx) error { ran = true; return x.PutMeta("k", "later") })
		wantID(t, err, storage.IDDiskFails)
		require.False(t, errors.Is(err, store.ErrUnknown), "it was not even begun")
		require.False(t, ran)
		wantID(t, s.Trouble(), storage.IDDiskFails)
		require.Equal(t, "before", meta(t, s, "k"), "what was not kept is not shown")
	}
	require.Equal(t, "before", afterCut(t, dir))

	faultdisk.Heal()
	var found string
	require.NoError(t, s.Update(context.Background(), func(x store.Tx) (err error) { found, err = x.Meta("k"); return err }))
	require.Equal(t, "before", found, "the one in doubt came to nothing")
	require.NoError(t, s.Trouble())
	require.Equal(t, "before", afterCut(t, dir))
	require.NoError(t, putMeta(s, "k", "after"))
	require.Equal(t, "after", afterCut(t, dir))
}

// TestUpdate_SyncFailsOnce: the sync that follows a failed one has forgotten what
// it had to write.
func TestUpdate_SyncFailsOnce(t *testing.T) {
	defer faultdisk.Heal()
	for k := int64(1); k < 4; k++ {
		dir := localtest.Dir(t)
		s := onFaultdisk(t, dir)
		want := "before"
		require.NoError(t, putMeta(s, "k", want))
		faultdisk.FailSyncAt(k, false)
		for i := range 4 {
			next := fmt.Sprint("change ", i)
			err := putMeta(s, "k", next)
			if err == nil {
				want = next
			} else {
				wantID(t, err, storage.IDNotStored)
			}
			require.Equal(t, want, meta(t, s, "k"), "k=%d", k)
			require.Equal(t, want, afterCut(t, dir), "k=%d after change %d", k, i)
		}
		require.Equal(t, "change 3", want)
		faultdisk.Heal()
	}
}

// TestOpen_AfterDoubt kills the process while its disk fails in every way: what
// the next one reads, a power cut leaves, and so it does with what it writes.
func TestOpen_AfterDoubt(t *testing.T) {
	defer faultdisk.Heal()
	for k := int64(0); k < 12; k++ {
		next, err := killedInDoubt(t, k)
		again := onFaultdisk(t, next)
		read := meta(t, again, "k")
		if err == nil {
			require.Equal(t, "doubtful", read)
		}
		require.Equal(t, read, afterCut(t, next), "k=%d: read and then lost", k)
		require.NoError(t, putMeta(again, "k", "new"))
		require.Equal(t, "new", afterCut(t, next), "k=%d", k)
	}
}

// TestOpen_CutWhileLooking: the power is cut at every step of the start that
// follows a doubt. Where the log is folded into the file without being written
// again first, the file is left with a half that nothing completes.
func TestOpen_CutWhileLooking(t *testing.T) {
	defer faultdisk.Heal()
	if n := brokenStarts(t, faultdisk.Renew); n != 0 {
		t.Errorf("%d power cuts left a broken file", n)
	}
	if brokenStarts(t, func(string) error { return nil }) == 0 {
		t.Error("nothing broke where the log was not written again either: the test proves nothing")
	}
}

func brokenStarts(t *testing.T, renew func(string) error) (broken int) {
	t.Helper()
	const mostSteps = 300
	for step, done := int64(1), false; !done; step += 2 {
		require.Less(t, step, int64(mostSteps), "the start took too many steps")
		next, _ := killedInDoubt(t, 0)
		faultdisk.FailAt(step, true)
		s, err := local.Open(context.Background(), local.Params{Dir: next, VFS: faultdisk.Name, Renew: renew})
		to := t.TempDir()
		require.NoError(t, faultdisk.PowerCut(next, to, true))
		done = faultdisk.Heal() < step
		if err == nil {
			require.NoError(t, s.Close())
		}
		if complains(to) {
			broken++
		}
	}
	return broken
}

// killedInDoubt is the folder a process left that was killed when everything had
// failed from the k-th operation of a change on, or with 0 from its sync on, and
// what it was told of the change.
func killedInDoubt(t *testing.T, k int64) (dir string, err error) {
	t.Helper()
	from, next := localtest.Dir(t), t.TempDir()
	s := onFaultdisk(t, from)
	require.NoError(t, putMeta(s, "k", "before"))
	if k == 0 {
		faultdisk.DieAtSync(1)
	} else {
		faultdisk.FailAt(k, true)
	}
	err = s.Update(context.Background(), func(x store.Tx) error {
		for i := range 20 {
			p := pos.Product{ID: pos.ProductID(rune('a' + i)), SKU: string(rune('a' + i)), Name: "Товар, записанный наполовину"}
			if err := x.PutProduct(&p); err != nil {
				return err
			}
		}
		return x.PutMeta("k", "doubtful")
	})
	faultdisk.Heal()
	require.NoError(t, faultdisk.Killed(from, next))
	require.NoError(t, s.Close())
	return next, err
}

// TestOpen_DiskNeverSyncs: a new shop is not made on such a disk, and one that was
// left in the middle is not begun.
func TestOpen_DiskNeverSyncs(t *testing.T) {
	defer faultdisk.Heal()
	faultdisk.FailSyncAt(1, true)
	fresh := t.TempDir()
	_, err := local.Open(context.Background(), local.Params{Dir: fresh, VFS: faultdisk.Name, Renew: faultdisk.Renew})
	require.Error(t, err)
	faultdisk.Heal()
	require.NoFileExists(t, dbFile(fresh))
	onFaultdisk(t, fresh)

	dir, next := localtest.Dir(t), t.TempDir()
	s := onFaultdisk(t, dir)
	require.NoError(t, putMeta(s, "k", "kept"))
	require.NoError(t, faultdisk.Killed(dir, next))
	for _, beside := range []bool{true, false} {
		faultdisk.FailSyncAt(1, true)
		_, err = local.Open(context.Background(), local.Params{Dir: next, VFS: faultdisk.Name, Renew: faultdisk.Renew, Beside: beside})
		wantID(t, err, storage.IDDiskFails)
		faultdisk.Heal()
	}
	require.Equal(t, "kept", meta(t, onFaultdisk(t, next), "k"))
}

// TestUpdate_FullOnlyAtSync: some disks find out that they are full when they are
// to keep what they took. The system is asked then, and the reserve given back.
func TestUpdate_FullOnlyAtSync(t *testing.T) {
	defer faultdisk.Heal()
	dir := localtest.Dir(t)
	s := onFaultdisk(t, dir)
	full := filepath.Join(dir, ".probe") // the file that asks
	require.NoError(t, os.Symlink("/dev/full", full))
	faultdisk.FailSyncAt(1, true)
	wantID(t, putMeta(s, "k", "v"), storage.IDUnknown)
	require.NoFileExists(t, filepath.Join(dir, storage.BallastName))
	require.NoError(t, os.Symlink("/dev/full", full))
	wantID(t, putMeta(s, "k", "v"), storage.IDFull)
	faultdisk.Heal()
	require.NoError(t, putMeta(s, "k", "v"))
}
