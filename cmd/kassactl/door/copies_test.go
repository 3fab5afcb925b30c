package door_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// TestShiftClose_TellsOfItsCopies: the shift is closed whatever became of them, and
// who closed it is told.
func TestShiftClose_TellsOfItsCopies(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	closing := func(results []pos.CopyResult, made bool) reply {
		c.session.Copies = func(context.Context) ([]pos.CopyResult, bool) { return results, made }
		c.must(`{"cmd":"shift.open","float":"0.00"}`)
		r := c.must(`{"cmd":"shift.close","counted":"0.00"}`)
		require.Contains(t, r.Result, "report")
		return r
	}
	assert.NotContains(t, closing(nil, true).Result, "copies", "none were wanted")
	assert.Equal(t, true, closing(nil, false).Result["copies_pending"])
	got := closing([]pos.CopyResult{
		{Folder: "/home/kassa/backups", Copy: &pos.Copy{Path: "/home/kassa/backups/kassa-20261121-120000.000.db"}},
		{Folder: "/media/stick", Err: pos.E(pos.CodeUnavailable, "backup.folder-missing", pos.Args{"Path": "/media/stick"})},
	}, true).Result["copies"].([]any)
	require.Len(t, got, 2)
	assert.Equal(t, "kassa-20261121-120000.000.db", got[0].(map[string]any)["file"])
	assert.Equal(t, "/media/stick", got[1].(map[string]any)["folder"])
	assert.Equal(t, "unavailable", got[1].(map[string]any)["error"].(map[string]any)["code"])
}
