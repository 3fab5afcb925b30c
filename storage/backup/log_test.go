package backup

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/hidden"
	"kassa/pos/till/store"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
)

// TestNewStage_TakesTheLogAlong restores data of a computer that was switched off:
// what was stored last is in the log beside the file.
func TestNewStage_TakesTheLogAlong(t *testing.T) {
	dir, off, home := t.TempDir(), t.TempDir(), t.TempDir()
	write(t, home, "old")
	localtest.Lay(t, dir)
	s, err := local.Open(t.Context(), local.Params{Dir: dir})
	require.NoError(t, err)
	require.NoError(t, s.Update(t.Context(), func(tx store.Tx) error { return tx.PutMeta("word", "newest") }))
	for _, end := range []string{"", "-wal"} { // as the power cut left them
		raw, err := os.ReadFile(filepath.Join(dir, "kassa.db"+end))
		require.NoError(t, err)
		require.NotEmpty(t, raw)
		require.NoError(t, os.WriteFile(filepath.Join(off, "kassa.db"+end), raw, 0o600))
	}
	require.NoError(t, s.Close())

	st, err := NewStage(t.Context(), home, filepath.Join(off, "kassa.db"), hidden.Text{})
	require.NoError(t, err)
	assert.Equal(t, "newest", told(t, st.Dir))
	require.NoError(t, st.Drop())
	left, err := os.ReadFile(filepath.Join(off, "kassa.db-wal"))
	require.NoError(t, err)
	assert.NotEmpty(t, left, "what was given stays as it is")
	assert.Equal(t, "old", told(t, home))
}
