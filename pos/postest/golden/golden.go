// Package golden compares long answers with files that are read in review like
// code. Only tests import it: it adds the flag -update to their program.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Equal asserts that got is what the file of that name in testdata holds. With
// -update it writes the file instead, for the next reader of the change.
func Equal(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run the test with -update once, and read what it wrote")
	require.Equal(t, string(want), got, name)
}
