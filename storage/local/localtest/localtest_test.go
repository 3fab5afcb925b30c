package localtest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/till/store"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
)

// TestDir_IsWhatAFirstOpeningLeaves compares a lent folder with one in which
// the store made everything itself.
func TestDir_IsWhatAFirstOpeningLeaves(t *testing.T) {
	type contents struct {
		Version    int64
		Statements []string
		Rows       map[string]int64
	}
	read := func(dir string) (c contents) {
		s, err := local.Open(t.Context(), local.Params{Dir: dir})
		require.NoError(t, err)
		defer s.Close()
		require.NoError(t, s.View(t.Context(), func(x store.Tx) (err error) {
			if c.Version, c.Statements, err = x.Schema(); err != nil {
				return err
			}
			c.Rows, err = x.RowCounts()
			return err
		}))
		return c
	}
	made, lent := read(t.TempDir()), read(localtest.Dir(t))
	require.NotEmpty(t, made.Statements)
	assert.Equal(t, made, lent)
}

func TestDir_SharesNothing(t *testing.T) {
	a, b := localtest.Dir(t), localtest.Dir(t)
	first, err := local.Open(t.Context(), local.Params{Dir: a})
	require.NoError(t, err)
	defer first.Close()
	second, err := local.Open(t.Context(), local.Params{Dir: b})
	require.NoError(t, err, "nobody else works in the folder")
	require.NoError(t, second.Close())
}
