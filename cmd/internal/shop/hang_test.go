package shop

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// TestShop_AFolderThatHangs: a folder of copies that stops answering holds up
// neither the closing of the shift nor the end of the program, and is told of.
func TestShop_AFolderThatHangs(t *testing.T) {
	s, _, d := copying(t)
	a, gone := owner(t, s, d), t.TempDir()
	decide(t, s, a, func(b *pos.BackupSettings) { b.Folders, b.OnClose = gone, true }, "")
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	s.hurry = 100 * time.Millisecond
	s.createCopy = func(path string) (*os.File, error) {
		if filepath.Dir(path) == gone {
			return w, nil // nobody reads it: to write comes back never
		}
		return os.Create(path)
	}
	_, err = s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	_, err = s.Till.CloseShift(t.Context(), a, 0)
	require.NoError(t, err)
	_, made := s.ShiftCopies(t.Context(), 10*time.Millisecond)
	assert.False(t, made, "it is not said that they were made")

	require.NoError(t, s.Close())
	results, made := s.ShiftCopies(t.Context(), time.Second)
	require.True(t, made, "the end waited for the answer")
	require.Len(t, results, 2)
	assert.NoError(t, results[0].Err)
	assert.Equal(t, "backup.stalled", results[1].Err.(*pos.Error).ID)

	again, err := Open(t.Context(), Options{Home: s.Home.Dir, HashCost: cheap})
	require.NoError(t, err)
	defer again.Close()
	c := standing(t, again, gone)
	assert.Equal(t, "backup.stalled", c.Failed, "the next start knows it")
}

func TestShop_ShiftCopies(t *testing.T) {
	s, _, d := copying(t)
	a, gone := owner(t, s, d), filepath.Join(t.TempDir(), "pulled out")
	results, made := s.ShiftCopies(t.Context(), time.Second)
	assert.True(t, made && results == nil, "no shift was closed")
	decide(t, s, a, func(b *pos.BackupSettings) { b.Folders, b.OnClose = gone, true }, "")
	for range 2 {
		_, err := s.Till.OpenShift(t.Context(), a, 0)
		require.NoError(t, err)
		_, err = s.Till.CloseShift(t.Context(), a, 0)
		require.NoError(t, err)
		results, made = s.ShiftCopies(t.Context(), time.Minute)
		require.True(t, made)
		require.Len(t, results, 2)
		assert.NotNil(t, results[0].Copy)
		assert.Equal(t, "backup.folder-missing", results[1].Err.(*pos.Error).ID)
		assert.NoDirExists(t, gone)
	}
	decide(t, s, a, func(b *pos.BackupSettings) { b.OnClose = false }, "")
	_, err := s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	_, err = s.Till.CloseShift(t.Context(), a, 0)
	require.NoError(t, err)
	results, made = s.ShiftCopies(t.Context(), time.Second)
	assert.True(t, made && results == nil, "the settings want none")
}
