package backup_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/storage"
	"kassa/storage/backup"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// shelf is a store with the folder its copies go to.
type shelf struct {
	t     *testing.T
	home  string
	store *local.Store
	order backup.Order
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	home := localtest.Dir(t)
	s, err := local.Open(t.Context(), local.Params{Dir: home})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return &shelf{t: t, home: home, store: s, order: backup.Order{Store: s, Work: filepath.Join(home, "backups"), Now: noon, Program: "1.2.3"}}
}

// make makes copies and returns what became of each.
func (s *shelf) make(targets ...backup.Target) []pos.CopyResult {
	s.t.Helper()
	s.order.Targets = targets
	r, err := backup.Make(s.t.Context(), s.order)
	require.NoError(s.t, err)
	require.Len(s.t, r, len(targets))
	return r
}

func (s *shelf) own() backup.Target { return backup.Target{Folder: s.order.Work, Make: true} }

func phrase(text string) backup.Key {
	return backup.Key{Seal: pos.SealPassphrase, Passphrase: hidden.New(text), Work: 2}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func idOf(err error) string {
	if e, ok := err.(*pos.Error); ok {
		return e.ID
	}
	return ""
}

func TestMake(t *testing.T) {
	t.Run("lays a checked copy and its list in each folder, and leaves nothing else", func(t *testing.T) {
		s, stick := newShelf(t), t.TempDir()
		r := s.make(s.own(), backup.Target{Folder: stick})
		for i, dir := range []string{s.order.Work, stick} {
			require.NoError(t, r[i].Err)
			assert.Equal(t, []string{"kassa-20261121-120000.000.db", "kassa-20261121-120000.000.db.json"}, names(t, dir))
			list, err := backup.List(dir)
			require.NoError(t, err)
			require.Len(t, list, 1)
			c := list[0]
			assert.True(t, c.Verified && !c.Sealed && c.At.Equal(noon), "%+v", c)
			assert.Equal(t, "1.2.3", c.Program)
			require.NotNil(t, c.Holds)
			st, err := os.Stat(c.Path)
			require.NoError(t, err)
			assert.Equal(t, os.FileMode(0o600), st.Mode().Perm(), "nobody else reads it")
		}
	})
	t.Run("a sealed copy shows nothing of what is in it and opens with its passphrase alone", func(t *testing.T) {
		s, stick := newShelf(t), t.TempDir()
		r := s.make(backup.Target{Folder: stick, Key: phrase("четыре слова подряд")})
		require.NoError(t, r[0].Err)
		raw, err := os.ReadFile(r[0].Copy.Path)
		require.NoError(t, err)
		assert.False(t, strings.Contains(string(raw), "SQLite format"))
		sealed, err := backup.Sealed(r[0].Copy.Path)
		require.NoError(t, err)
		assert.True(t, sealed)
		to := filepath.Join(t.TempDir(), "open.db")
		for key, want := range map[string]string{"": "backup.sealed", "четыре слова рядом": "backup.wrong-key", "AGE-SECRET-KEY-1QQ": "backup.key-bad"} {
			err := backup.Unseal(t.Context(), r[0].Copy.Path, to, hidden.New(key))
			assert.Equal(t, want, idOf(err), key)
			assert.NoFileExists(t, to)
		}
		require.NoError(t, backup.Unseal(t.Context(), r[0].Copy.Path, to, hidden.New("четыре слова подряд")))
		holds, err := local.Contents(t.Context(), to)
		require.NoError(t, err)
		assert.Equal(t, r[0].Copy.Holds, holds)
	})
	t.Run("a copy sealed for a key is read back here and opened by its holder", func(t *testing.T) {
		s, stick := newShelf(t), t.TempDir()
		id, err := age.GenerateX25519Identity()
		require.NoError(t, err)
		r := s.make(backup.Target{Folder: stick, Key: backup.Key{Seal: pos.SealRecipient, Recipient: id.Recipient().String()}})
		require.NoError(t, r[0].Err)
		require.NoError(t, backup.Unseal(t.Context(), r[0].Copy.Path, filepath.Join(t.TempDir(), "open.db"), hidden.New(id.String())))
	})
	t.Run("one folder that refuses keeps none of the others from its copy", func(t *testing.T) {
		s, stick := newShelf(t), t.TempDir()
		file := filepath.Join(t.TempDir(), "file")
		require.NoError(t, os.WriteFile(file, nil, 0o600))
		gone := filepath.Join(t.TempDir(), "stick")
		r := s.make(s.own(),
			backup.Target{Folder: gone},
			backup.Target{Folder: file},
			backup.Target{Folder: stick, Key: backup.Key{Seal: pos.SealPassphrase}},
			backup.Target{Folder: stick, Key: backup.Key{Seal: pos.SealRecipient, Recipient: "age1no"}},
			backup.Target{Folder: stick})
		var ids []string
		for _, one := range r {
			ids = append(ids, idOf(one.Err))
		}
		assert.Equal(t, []string{"", "backup.folder-missing", "backup.no-folder", "backup.passphrase-missing", "backup.recipient-bad", ""}, ids)
		assert.NoDirExists(t, gone, "a stick that was pulled is not made up on the disk below")
		assert.Len(t, names(t, stick), 2, "an unreadable passphrase makes no open copy")
	})
	t.Run("a folder that cannot be written", func(t *testing.T) {
		if os.Getuid() == 0 {
			t.Skip("root writes everywhere")
		}
		s, stick := newShelf(t), t.TempDir()
		require.NoError(t, os.Chmod(stick, 0o500))
		r := s.make(backup.Target{Folder: stick})
		assert.Equal(t, storage.IDReadOnly, idOf(r[0].Err))
	})
	t.Run("keeps the newest and what is young enough, never foreign files", func(t *testing.T) {
		s, stick := newShelf(t), t.TempDir()
		keep := []string{"before-v3-20200101-000000.000.db", "letter.db", "kassa-notes.txt"}
		for _, n := range keep {
			require.NoError(t, os.WriteFile(filepath.Join(stick, n), []byte("x"), 0o600))
		}
		for i := range 4 {
			s.order.Now = noon.AddDate(0, 0, i)
			require.NoError(t, s.make(backup.Target{Folder: stick, Keep: 3})[0].Err)
		}
		assert.Len(t, names(t, stick), len(keep)+2*3)
		s.order.Now = noon.AddDate(0, 0, 30)
		require.NoError(t, s.make(backup.Target{Folder: stick, Keep: 3, Days: 7})[0].Err)
		got := names(t, stick)
		assert.Len(t, got, len(keep)+2)
		assert.Subset(t, got, keep)
		assert.Contains(t, got, "kassa-20261221-120000.000.db")
	})
	t.Run("stopped in the middle it leaves no copy", func(t *testing.T) {
		s, stick := newShelf(t), t.TempDir()
		s.order.Targets = []backup.Target{{Folder: stick}}
		s.order.Store = stopping{s.store, func(ctx context.Context) context.Context {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			return ctx
		}}
		_, err := backup.Make(t.Context(), s.order)
		require.Error(t, err)
		assert.Empty(t, names(t, stick))
		assert.Empty(t, names(t, s.order.Work))
	})
}

// stopping ends the context before the first copy is made.
type stopping struct {
	backup.Store
	stop func(context.Context) context.Context
}

func (s stopping) Snapshot(ctx context.Context, path string, files local.Files) (lacking, err error) {
	return s.Store.Snapshot(s.stop(ctx), path, files)
}

func TestList(t *testing.T) {
	t.Run("a copy whose size changed is not called verified any more", func(t *testing.T) {
		s := newShelf(t)
		r := s.make(s.own())
		f, err := os.OpenFile(r[0].Copy.Path, os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = f.WriteString("x")
		require.NoError(t, err)
		require.NoError(t, f.Close())
		list, err := backup.List(s.order.Work)
		require.NoError(t, err)
		assert.False(t, list[0].Verified)
	})
	t.Run("a list that is no list tells nothing", func(t *testing.T) {
		dir := t.TempDir()
		for _, text := range []string{"", "{", "[]", strings.Repeat("x", 1<<20), `{"holds":{"sales":"many"}}`} {
			require.NoError(t, os.WriteFile(filepath.Join(dir, "kassa-20261121-120000.000.db"), []byte("x"), 0o600))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "kassa-20261121-120000.000.db.json"), []byte(text), 0o600))
			list, err := backup.List(dir)
			require.NoError(t, err)
			require.Len(t, list, 1)
			assert.Nil(t, list[0].Holds)
			assert.False(t, list[0].Verified)
		}
	})
}

func TestCheckPassphrase(t *testing.T) {
	assert.Equal(t, "backup.passphrase-short", idOf(backup.CheckPassphrase(hidden.New("коротко"))))
	assert.NoError(t, backup.CheckPassphrase(hidden.New("достаточно длинная")))
}
