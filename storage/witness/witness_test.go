package witness_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/storage/witness"
)

var pepper = bytes.Repeat([]byte{7}, 32)

const origin = "3fa9c2d17be048653fa9c2d17be04865"

func stands(epoch, events int64) history.Standing {
	return history.Standing{Origin: origin, Epoch: epoch, Events: events, Head: "h", Entries: events / 2, Journal: "j", Sale: events / 3,
		Most: history.Numbers{history.Sales: events / 3, history.Shifts: 2}}
}

func read(t *testing.T, w *witness.File) (history.Standing, bool) {
	t.Helper()
	s, ok, err := w.Read()
	require.NoError(t, err)
	return s, ok
}

func TestFile(t *testing.T) {
	t.Run("remembers the latest, in whatever order it hears", func(t *testing.T) {
		dir := t.TempDir()
		w := witness.At(dir, origin, pepper)
		_, ok := read(t, w)
		assert.False(t, ok)
		for _, s := range []history.Standing{stands(1, 5), stands(1, 9), stands(1, 7), stands(2, 3), stands(1, 20)} {
			require.NoError(t, w.Keep(s))
		}
		require.NoError(t, w.Close())
		s, ok := read(t, witness.At(dir, origin, pepper))
		assert.True(t, ok)
		assert.Equal(t, stands(2, 3), s, "an epoch is later than all before it")
		require.NoError(t, w.Keep(stands(2, 4)), "it opens again")
		require.NoError(t, w.Sync())
		s, _ = read(t, w)
		assert.EqualValues(t, 4, s.Events)
		require.NoError(t, w.Close())
	})
	t.Run("believes nothing that is not sealed, and goes on", func(t *testing.T) {
		dir := t.TempDir()
		w := witness.At(dir, origin, pepper)
		require.NoError(t, w.Keep(stands(1, 5)))
		require.NoError(t, w.Keep(stands(1, 6)))
		require.NoError(t, w.Close())
		text, err := os.ReadFile(w.Path())
		require.NoError(t, err)
		edited := strings.Replace(string(text), `"events":6`, `"events":3`, 1)
		require.NoError(t, os.WriteFile(w.Path(), []byte(edited), 0o600))
		s, ok := read(t, w)
		assert.True(t, ok)
		assert.EqualValues(t, 5, s.Events, "the other slot")
		_, _, err = witness.At(dir, origin, bytes.Repeat([]byte{8}, 32)).Read()
		e, _ := errors.AsType[*pos.Error](err)
		require.NotNil(t, e)
		assert.Equal(t, "witness.damaged", e.ID, "sealed under other keys")
		mine := witness.At(dir, origin, pepper)
		require.NoError(t, mine.Keep(stands(1, 7)))
		require.NoError(t, mine.Close())
		s, _ = read(t, mine)
		assert.EqualValues(t, 7, s.Events)
	})
	t.Run("is as old as the other slot where one was torn", func(t *testing.T) {
		dir := t.TempDir()
		w := witness.At(dir, origin, pepper)
		require.NoError(t, w.Keep(stands(1, 5)))
		require.NoError(t, w.Keep(stands(1, 6)))
		before, err := os.ReadFile(w.Path())
		require.NoError(t, err)
		require.NoError(t, w.Keep(stands(1, 123456)))
		require.NoError(t, w.Close())
		after, err := os.ReadFile(w.Path())
		require.NoError(t, err)
		for cut := 0; cut < len(after); cut += 13 {
			torn := append(append([]byte{}, after[:cut]...), before[min(cut, len(before)):]...)
			require.NoError(t, os.WriteFile(w.Path(), torn, 0o600))
			s, ok := read(t, w)
			require.True(t, ok, "cut at %d", cut)
			require.Contains(t, []int64{5, 6, 123456}, s.Events, "cut at %d", cut)
			require.Contains(t, []history.Standing{stands(1, 5), stands(1, 6), stands(1, 123456)}, s)
		}
	})
	t.Run("knows no other history", func(t *testing.T) {
		dir := t.TempDir()
		w := witness.At(dir, origin, pepper)
		require.NoError(t, w.Keep(stands(1, 5)))
		require.NoError(t, w.Close())
		_, ok := read(t, witness.At(dir, "00"+origin, pepper))
		assert.False(t, ok)
		_, ok = read(t, witness.At(dir, "not hex", pepper))
		assert.False(t, ok)
	})
	t.Run("is kept by several at once and never goes back", func(t *testing.T) {
		dir := t.TempDir()
		var all sync.WaitGroup
		for k := range 4 {
			w := witness.At(dir, origin, pepper)
			all.Go(func() {
				for n := range int64(200) {
					_ = w.Keep(stands(1, 4*n+int64(k)+1))
				}
				_ = w.Close()
			})
		}
		all.Wait()
		s, ok := read(t, witness.At(dir, origin, pepper))
		assert.True(t, ok, "a slot is whole whoever writes the other")
		assert.Equal(t, stands(1, s.Events), s)
	})
	t.Run("says what the disk refuses", func(t *testing.T) {
		w := witness.At(filepath.Join(t.TempDir(), "gone"), origin, pepper)
		assert.Error(t, w.Keep(stands(1, 5)))
		assert.NoError(t, w.Sync())
		assert.NoError(t, w.Close())
	})
}
