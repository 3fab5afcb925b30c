package main

import (
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/storage"
)

func TestFront(t *testing.T) {
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	running := pos.E(pos.CodeUnavailable, storage.IDRunning, nil)
	home, err := os.MkdirTemp("", "kassa-front-") // a socket's name is short
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(home) })

	require.False(t, askFront(home, running), "nobody is there")
	forward := 0
	stop := hearFront(home, quiet, func() { forward++ })
	info, err := os.Stat(filepath.Join(home, frontName))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.True(t, askFront(home, running))
	require.True(t, askFront(home, running))
	require.False(t, askFront(home, pos.E(pos.CodeUnavailable, "storage.full", nil)), "another trouble is told")
	c, err := net.Dial("unix", filepath.Join(home, frontName))
	require.NoError(t, err)
	_, err = io.WriteString(c, "sell all\n")
	require.NoError(t, err)
	rest, _ := io.ReadAll(c)
	require.Empty(t, rest)
	stop()
	require.Equal(t, 2, forward)
	require.False(t, askFront(home, running), "a till that ends hears nobody")

	// One that was killed leaves its socket behind.
	require.NoError(t, os.WriteFile(filepath.Join(home, frontName), nil, 0o600))
	defer hearFront(home, quiet, func() { forward++ })()
	require.True(t, askFront(home, running))
	require.Equal(t, 3, forward)
}
