package backup

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/till/store"
	"kassa/storage"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
)

// cut is how a process ends in the middle of a step.
type cut string

// TestFinish_KilledAtEachStep ends the process at every step there is: what is
// found afterwards is the old data or the new, whole, and the next start ends
// what was begun, with the old data aside.
func TestFinish_KilledAtEachStep(t *testing.T) {
	steps := map[string]bool{}
	home, _ := placed(t)
	_, err := finish(home, func(step string) { steps[step] = true })
	require.NoError(t, err)
	require.Greater(t, len(steps), 8)
	for step := range steps {
		t.Run(step, func(t *testing.T) {
			home, aside := placed(t)
			kill(t, home, step)
			// The log of the old data was moved aside whole before it went.
			found := told(t, home)
			assert.Contains(t, []string{"old", "new"}, found)
			if found == "old" {
				assert.FileExists(t, filepath.Join(home, markerName))
			}
			_, err := Finish(home)
			require.NoError(t, err)
			assert.Equal(t, "new", told(t, home))
			assert.Equal(t, "old", told(t, aside))
			behindIs(t, home, "new", "")
			behindIs(t, aside, "old", "old")
			assert.NoFileExists(t, filepath.Join(home, markerName))
			assert.NoDirExists(t, filepath.Join(home, stageName))
			done, err := Finish(home)
			require.NoError(t, err)
			assert.False(t, done)
		})
	}
	t.Run("and again while it is ended", func(t *testing.T) {
		for step := range steps {
			home, aside := placed(t)
			kill(t, home, "aside whole")
			kill(t, home, step)
			_, err := Finish(home)
			require.NoError(t, err)
			assert.Equal(t, "new", told(t, home))
			assert.Equal(t, "old", told(t, aside))
		}
	})
}

func TestFinish(t *testing.T) {
	t.Run("waits while a till works in the folder", func(t *testing.T) {
		home, _ := placed(t)
		lock, err := storage.LockDir(home)
		require.NoError(t, err)
		done, err := Finish(home)
		require.NoError(t, err)
		assert.False(t, done)
		assert.Equal(t, "old", told(t, home))
		require.NoError(t, lock.Release())
	})
	t.Run("a marker that is none is refused with the data untouched", func(t *testing.T) {
		for _, text := range []string{"", "{", `{"aside":"../../elsewhere"}`} {
			home, _ := placed(t)
			require.NoError(t, os.WriteFile(filepath.Join(home, markerName), []byte(text), 0o600))
			_, err := Finish(home)
			assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
			assert.Equal(t, "old", told(t, home))
		}
	})
}

func TestNewStage_Refuses(t *testing.T) {
	home := t.TempDir()
	write(t, home, "old")
	good := filepath.Join(t.TempDir(), "good.db")
	from := t.TempDir()
	write(t, from, "copy")
	require.NoError(t, copyFile(filepath.Join(from, "kassa.db"), good))
	raw, err := os.ReadFile(good)
	require.NoError(t, err)
	file := func(name string, b []byte) string {
		path := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(path, b, 0o600))
		return path
	}
	flipped := append([]byte{}, raw...)
	for i := len(flipped) / 2; i < len(flipped)/2+8192; i++ {
		flipped[i] ^= 0xff
	}
	for name, c := range map[string]struct{ path, id string }{
		"no file":        {filepath.Join(home, "none.db"), "backup.no-file"},
		"a folder":       {home, "backup.is-folder"},
		"an empty file":  {file("empty.db", nil), "backup.empty"},
		"a letter":       {file("letter.db", []byte(strings.Repeat("Уважаемые коллеги! ", 400))), "backup.not-copy"},
		"half a copy":    {file("half.db", raw[:len(raw)/2]), "backup.damaged"},
		"a damaged copy": {file("flipped.db", flipped), "backup.damaged"},
		"half a sealed":  {file("half.age", []byte("age-encryption.org/v1\n-> scrypt")), "backup.damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewStage(t.Context(), home, c.path, hidden.New("какая-то фраза"))
			e, ok := err.(*pos.Error)
			require.True(t, ok, "%v", err)
			assert.Equal(t, c.id, e.ID)
			assert.Equal(t, c.path, e.Args["Path"], "it is told of the file that was given")
			assert.NoDirExists(t, filepath.Join(home, stageName))
			assert.Equal(t, "old", told(t, home))
		})
	}
	s, err := NewStage(t.Context(), home, good, hidden.Text{})
	require.NoError(t, err)
	require.NoError(t, s.Drop())
}

// placed is a home whose data says "old" and in which a copy that says "new" was
// placed; a log lies beside the old data.
func placed(t *testing.T) (home, aside string) {
	t.Helper()
	home = t.TempDir()
	write(t, home, "old")
	from := t.TempDir()
	write(t, from, "new")
	s, err := NewStage(t.Context(), home, filepath.Join(from, "kassa.db"), hidden.Text{})
	require.NoError(t, err)
	for path, word := range map[string]string{filepath.Join(home, storage.BackendFile): "old", filepath.Join(home, storage.BackendFile+"-wal"): "old",
		filepath.Join(s.Dir, storage.BackendFile): "new"} {
		require.NoError(t, os.WriteFile(path, []byte(word), 0o600))
	}
	aside, err = s.Place(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC), "[shop]\nname = \"x\"\n")
	require.NoError(t, err)
	return home, aside
}

// behindIs holds what stands behind the till in a folder, and its log, to words; "" is
// for no file.
func behindIs(t *testing.T, dir, data, log string) {
	t.Helper()
	for end, want := range map[string]string{"": data, "-wal": log} {
		got, err := os.ReadFile(filepath.Join(dir, storage.BackendFile+end))
		if want == "" {
			assert.ErrorIs(t, err, fs.ErrNotExist)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
	}
}

func TestFinish_WhatStandsBehindAnotherShopGoesAside(t *testing.T) {
	for foreign, want := range map[bool]string{false: "old", true: ""} {
		home := t.TempDir()
		write(t, home, "old")
		from := t.TempDir()
		write(t, from, "new")
		require.NoError(t, os.WriteFile(filepath.Join(home, storage.BackendFile), []byte("old"), 0o600))
		s, err := NewStage(t.Context(), home, filepath.Join(from, "kassa.db"), hidden.Text{})
		require.NoError(t, err)
		s.Foreign = foreign
		aside, err := s.Place(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC), "")
		require.NoError(t, err)
		_, err = Finish(home)
		require.NoError(t, err)
		behindIs(t, home, want, "")
		behindIs(t, aside, "old", "")
	}
}

// kill ends a finish at a step.
func kill(t *testing.T, home, step string) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil && p != cut(step) {
			panic(p)
		}
	}()
	_, _ = finish(home, func(now string) {
		if now == step {
			panic(cut(step))
		}
	})
}

// write makes a till's data in an empty folder that say a word.
func write(t *testing.T, dir, word string) {
	t.Helper()
	localtest.Lay(t, dir)
	s, err := local.Open(t.Context(), local.Params{Dir: dir})
	require.NoError(t, err)
	require.NoError(t, s.Update(t.Context(), func(tx store.Tx) error { return tx.PutMeta("word", word) }))
	require.NoError(t, s.Close())
}

func told(t *testing.T, dir string) (word string) {
	t.Helper()
	s, err := local.Open(t.Context(), local.Params{Dir: dir, Beside: true})
	require.NoError(t, err)
	require.NoError(t, s.View(t.Context(), func(tx store.Tx) (err error) { word, err = tx.Meta("word"); return err }))
	require.NoError(t, s.Close())
	return word
}
