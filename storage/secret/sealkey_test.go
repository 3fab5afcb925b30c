package secret_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/storage/secret"
)

// What a key sealed opens under the same key, for the same place, and not otherwise.
func TestSealKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "backend.key")
	_, err := secret.ReadSealKey(path)
	require.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
	made, err := secret.MakeSealKey(path)
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	_, err = secret.MakeSealKey(path)
	require.Equal(t, pos.CodeConflict, pos.CodeOf(err), "a key is never written over")

	sealed, err := made.Seal("person:a", "JBSWY3DPEHPK3PXP")
	require.NoError(t, err)
	again, err := made.Seal("person:a", "JBSWY3DPEHPK3PXP")
	require.NoError(t, err)
	assert.NotEqual(t, sealed, again)
	assert.NotContains(t, sealed, "JBSWY3DP")
	assert.True(t, made.Sealed(sealed))
	assert.False(t, made.Sealed("JBSWY3DPEHPK3PXP"))
	read, err := secret.ReadSealKey(path)
	require.NoError(t, err)
	plain, err := read.Unseal("person:a", sealed)
	require.NoError(t, err)
	require.Equal(t, "JBSWY3DPEHPK3PXP", plain)

	other, err := secret.MakeSealKey(filepath.Join(t.TempDir(), "other"))
	require.NoError(t, err)
	for name, open := range map[string]func() (string, error){
		"another place": func() (string, error) { return read.Unseal("person:b", sealed) },
		"another key":   func() (string, error) { return other.Unseal("person:a", sealed) },
		"changed":       func() (string, error) { return read.Unseal("person:a", sealed[:len(sealed)-4]+"AAAA") },
		"cut":           func() (string, error) { return read.Unseal("person:a", sealed[:40]) },
		"in clear":      func() (string, error) { return read.Unseal("person:a", "JBSWY3DPEHPK3PXP") },
		"nothing":       func() (string, error) { return read.Unseal("person:a", "") },
	} {
		_, err := open()
		require.Equal(t, pos.CodeUnavailable, pos.CodeOf(err), name)
	}
}

// A key made by age-keygen is one; what is none is told without a word of it.
func TestReadSealKey(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	_, err := secret.MakeSealKey(good)
	require.NoError(t, err)
	raw, err := os.ReadFile(good)
	require.NoError(t, err)
	write := func(text string) string {
		path := filepath.Join(dir, "key")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	_, err = secret.ReadSealKey(write("# created: 2026-11-30\n# public key: age1…\n" + string(raw)))
	require.NoError(t, err)
	for _, bad := range []string{"#\n", "AGE-SECRET-KEY-1QQQQ", strings.ToLower(string(raw))[:30], "-----BEGIN PRIVATE KEY-----\n"} {
		_, err := secret.ReadSealKey(write(bad))
		require.Equal(t, pos.CodeUnavailable, pos.CodeOf(err), bad)
		require.NotContains(t, err.Error(), "QQQQ")
	}
}

// A program that was killed between making the file and writing into it left an empty
// one, with which no server would begin any more.
func TestSealKey_WhoseMakingWasCutOffIsMadeAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "backend.key")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	_, err := secret.ReadSealKey(path)
	require.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
	made, err := secret.MakeSealKey(path)
	require.NoError(t, err)
	kept, err := secret.ReadSealKey(path)
	require.NoError(t, err)
	sealed, err := made.Seal("person:1", "SECRET")
	require.NoError(t, err)
	clear, err := kept.Unseal("person:1", sealed)
	require.NoError(t, err)
	require.Equal(t, "SECRET", clear)
	_, err = secret.MakeSealKey(path)
	require.Equal(t, pos.CodeConflict, pos.CodeOf(err), "one with a key in it stays")
}
