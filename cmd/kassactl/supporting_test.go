package main

import (
	"archive/zip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unpacked are the files of a zip by name.
func unpacked(t *testing.T, file string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(file)
	require.NoError(t, err)
	defer z.Close()
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		raw, err := io.ReadAll(r)
		require.NoError(t, err)
		require.NoError(t, r.Close())
		files[f.Name] = string(raw)
	}
	return files
}

func TestSupport(t *testing.T) {
	home, _ := demo(t)
	file := filepath.Join(t.TempDir(), "bundle.zip")
	t.Run("holds what is needed to judge from afar", func(t *testing.T) {
		out, _, exit := call(t, home, "support", file, "--json")
		require.Zero(t, exit, out)
		files := unpacked(t, file)
		for _, name := range []string{"about.json", "settings.txt", "health.json", "schema.sql", "rows.json", "selfcheck.json", "log.jsonl"} {
			assert.Contains(t, files, name)
			assert.Contains(t, out, name)
		}
		assert.Contains(t, files["schema.sql"], "CREATE TABLE sales")
		assert.JSONEq(t, "[]", files["selfcheck.json"])
		var rows map[string]int64
		require.NoError(t, json.Unmarshal([]byte(files["rows.json"]), &rows))
		assert.Positive(t, rows["customers"])
	})
	t.Run("writes over nothing", func(t *testing.T) {
		_, _, exit := call(t, home, "support", file)
		assert.Equal(t, exitRefused, exit)
	})
	t.Run("is made of a shop that does not open, too", func(t *testing.T) {
		require.NoError(t, os.WriteFile(filepath.Join(home, "kassa.db"), []byte("this is no database at all, and long enough to be looked at"), 0o600))
		broken := filepath.Join(t.TempDir(), "broken.zip")
		out, _, exit := call(t, home, "support", broken)
		require.Zero(t, exit, out)
		files := unpacked(t, broken)
		assert.Contains(t, files["health.json"], `"name": "database"`)
		assert.Contains(t, files, "settings.txt")
		assert.NotContains(t, files, "rows.json")
	})
}
