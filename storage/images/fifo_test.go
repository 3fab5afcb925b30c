//go:build unix

package images

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A pipe nobody writes to must not be waited for.
func TestKeeper_Take_RefusesAPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "photo.jpg")
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	_, err := newKeeper(t).Take(path)
	assert.Equal(t, "picture.special", id(err))
}
