//go:build !windows

package sound

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// program puts a player of that name on the path.
func program(t *testing.T, dir, name, script string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700))
}

func TestSystem_TakesThePlayerThatWorks(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Setenv("TMPDIR", t.TempDir())
	heard := filepath.Join(dir, "heard")
	program(t, dir, "pw-play", "echo pw >>"+heard+"; echo no server >&2; exit 1")
	program(t, dir, "paplay", "echo pa >>"+heard+"; head -c 4 \"$1\" >>"+heard+"; echo >>"+heard)
	s := NewSystem()
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.NoError(t, s.Play(t.Context(), "scanned", wave(Scanned)))
	require.NoError(t, s.Play(t.Context(), "scanned", wave(Scanned)))
	got, err := os.ReadFile(heard)
	require.NoError(t, err)
	require.Equal(t, "pw\npa\nRIFF\npa\nRIFF\n", string(got), "the one that failed is not asked again")
}

func TestSystem_SaysWhyNothingIsHeard(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	t.Setenv("TMPDIR", t.TempDir())
	s := NewSystem()
	err := s.Play(t.Context(), "scanned", wave(Scanned))
	e, ok := errors.AsType[*pos.Error](err)
	require.True(t, ok)
	require.Equal(t, "sound.no-player", e.ID)

	program(t, dir, "aplay", "echo no device >&2; exit 1")
	err = s.Play(t.Context(), "scanned", wave(Scanned))
	e, ok = errors.AsType[*pos.Error](err)
	require.True(t, ok)
	require.Equal(t, "sound.failed", e.ID)
	require.ErrorContains(t, errors.Unwrap(err), "no device")

	require.NoError(t, s.Close())
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	require.NoError(t, err)
	require.Empty(t, left)
	require.NoError(t, s.Close(), "closing again is harmless")
}
