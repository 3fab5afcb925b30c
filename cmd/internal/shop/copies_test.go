package shop

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/backup"
	"kassa/storage/secret"
)

// cheap hashes PINs as fast as can be.
var cheap = till.HashCost{MemoryKiB: 8, Passes: 1}

// copying is a demo shop with a clock of its own.
func copying(t *testing.T) (*Shop, *postest.Clock, *till.DemoShop) {
	t.Helper()
	t.Setenv("KASSA_SECRETS", "file")
	c := postest.NewClock()
	s, d, err := Create(t.Context(), Options{Home: filepath.Join(t.TempDir(), "home"), Clock: c, HashCost: cheap, Version: "1.2.3"}, true)
	require.NoError(t, err)
	s.copyWork = 2
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s, c, d
}

// decide changes the settings of copies.
func decide(t *testing.T, s *Shop, a pos.Actor, change func(*pos.BackupSettings), phrase string) {
	t.Helper()
	set := s.Settings()
	change(&set.Backup)
	c := Change{Settings: set}
	if phrase != "" {
		c.Secrets = map[string]secret.Secret{PassphraseName: secret.New(phrase)}
	}
	require.NoError(t, s.SaveSettings(t.Context(), a, c))
}

func owner(t *testing.T, s *Shop, d *till.DemoShop) pos.Actor {
	t.Helper()
	a, err := s.Till.Login(t.Context(), d.Employees[0].PIN)
	require.NoError(t, err)
	return a
}

func standing(t *testing.T, s *Shop, folder string) pos.CopyStanding {
	t.Helper()
	list, err := s.Till.CopyStandings(t.Context())
	require.NoError(t, err)
	for _, c := range list {
		if c.Folder == folder {
			return c
		}
	}
	return pos.CopyStanding{}
}

func TestShop_Copies(t *testing.T) {
	t.Run("go to every folder of the settings, sealed only outside the shop's own", func(t *testing.T) {
		s, _, d := copying(t)
		a, stick := owner(t, s, d), t.TempDir()
		decide(t, s, a, func(b *pos.BackupSettings) { b.Folders, b.Seal = stick, pos.SealPassphrase }, "correct horse battery staple")
		path, err := s.Backup(t.Context(), a, "")
		require.NoError(t, err)
		assert.Equal(t, s.Home.Backups(), filepath.Dir(path))
		folders, err := s.Copies(t.Context(), a)
		require.NoError(t, err)
		require.Len(t, folders, 2)
		assert.False(t, folders[0].Copies[0].Sealed)
		assert.True(t, folders[1].Copies[0].Sealed && folders[1].Copies[0].Verified)
		assert.Equal(t, s.Settings().Shop, folders[1].Copies[0].Holds.Shop)
		assert.Equal(t, filepath.Base(folders[1].Copies[0].Path), folders[1].Standing.LastFile)
	})
	t.Run("need the right, and tell a stick that was pulled without touching the rest", func(t *testing.T) {
		s, _, d := copying(t)
		a := owner(t, s, d)
		gone := filepath.Join(t.TempDir(), "stick")
		decide(t, s, a, func(b *pos.BackupSettings) { b.Folders = gone }, "")
		path, err := s.Backup(t.Context(), a, "")
		var e *pos.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, "backup.folder-missing", e.ID)
		assert.FileExists(t, path, "the shop's own copy is there all the same")
		assert.Equal(t, "backup.folder-missing", standing(t, s, gone).Failed)
		require.Error(t, func() *pos.Error { c := standing(t, s, gone); e, _ := errors.AsType[*pos.Error](c.Problem()); return e }())
		require.NoError(t, os.Mkdir(gone, 0o700))
		_, err = s.Backup(t.Context(), a, "")
		require.NoError(t, err)
		assert.Empty(t, standing(t, s, gone).Failed, "a copy that succeeded ends the failure")

		for _, e := range d.Employees {
			if e.Group != pos.GroupCashier {
				continue
			}
			cashier, err := s.Till.Login(t.Context(), e.PIN)
			require.NoError(t, err)
			_, err = s.MakeCopies(t.Context(), cashier, CopyTo{})
			assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
			_, err = s.Copies(t.Context(), cashier)
			assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
		}
	})
	t.Run("a shop that seals and has no passphrase gets no open copy", func(t *testing.T) {
		s, _, d := copying(t)
		a, stick := owner(t, s, d), t.TempDir()
		decide(t, s, a, func(b *pos.BackupSettings) { b.Folders, b.Seal = stick, pos.SealPassphrase }, "")
		_, err := s.Backup(t.Context(), a, "")
		require.Error(t, err)
		assert.Equal(t, "backup.passphrase-missing", standing(t, s, stick).Failed)
		left, err := os.ReadDir(stick)
		require.NoError(t, err)
		assert.Empty(t, left)
	})
	t.Run("are made by the clock, missed ones are made up for, failed ones tried again later", func(t *testing.T) {
		s, c, d := copying(t)
		a := owner(t, s, d)
		stick := filepath.Join(t.TempDir(), "stick")
		decide(t, s, a, func(b *pos.BackupSettings) { b.Hours, b.Folders = 4, stick }, "")
		var told [][]pos.CopyResult
		s.OnCopies = func(r []pos.CopyResult) { told = append(told, r) }
		s.copyIfDue(t.Context())
		require.Len(t, told, 1)
		require.Error(t, CopyError(told[0]))
		c.Move(pos.CopyRetry - time.Minute)
		s.copyIfDue(t.Context())
		require.Len(t, told, 1, "not tried again at once")
		c.Move(time.Minute)
		require.NoError(t, os.Mkdir(stick, 0o700))
		s.copyIfDue(t.Context())
		require.Len(t, told, 2)
		require.NoError(t, CopyError(told[1]))
		c.Move(3 * time.Hour)
		s.copyIfDue(t.Context())
		require.Len(t, told, 2)
		c.Move(50 * time.Hour)
		s.copyIfDue(t.Context())
		require.Len(t, told, 3)
		list, err := backup.List(stick)
		require.NoError(t, err)
		assert.Len(t, list, 2)
	})
	t.Run("follow a closed shift unless the shop does not want it", func(t *testing.T) {
		for _, wanted := range []bool{true, false} {
			s, _, d := copying(t)
			a := owner(t, s, d)
			decide(t, s, a, func(b *pos.BackupSettings) { b.OnClose = wanted }, "")
			_, err := s.Till.OpenShift(t.Context(), a, 0)
			require.NoError(t, err)
			_, err = s.Till.CloseShift(t.Context(), a, 0)
			require.NoError(t, err)
			s.copies.Wait()
			assert.Equal(t, wanted, !standing(t, s, s.Home.Backups()).LastAt.IsZero())
		}
	})
}
