package images

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func TestAttached(t *testing.T) {
	dir := t.TempDir()
	at := func(name string, raw []byte) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, raw, 0o600))
		return path
	}
	raw, err := Attached{}.Read(at("a.pdf", []byte("%PDF")), 1<<20)
	require.NoError(t, err)
	assert.Equal(t, "%PDF", string(raw))
	for want, path := range map[string]string{
		"manual.file-missing": filepath.Join(dir, "none.pdf"), "manual.file-folder": dir,
		"manual.file-empty": at("empty.pdf", nil), "manual.proof-large": at("large.pdf", make([]byte, 1<<20+1)),
	} {
		_, err := Attached{}.Read(path, 1<<20)
		assert.Equal(t, want, id(err))
		assert.Equal(t, want == "manual.proof-large", pos.CodeOf(err) == pos.CodeLimit)
	}
	kept := filepath.Join(dir, "kept.pdf")
	require.NoError(t, Attached{}.Write(kept, []byte("%PDF")))
	st, err := os.Stat(kept)
	require.NoError(t, err)
	assert.EqualValues(t, 0o600, st.Mode().Perm())
	assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(Attached{}.Write(filepath.Join(dir, "none", "a.pdf"), nil)))
}
