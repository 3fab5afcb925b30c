package shop

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/manual"
	"kassa/storage"
)

// What somebody changes in backend.db past the program is found, each by its own name.
func TestVerifyBehind_FindsWhatWasChanged(t *testing.T) {
	for what, change := range map[string]string{
		manual.FaultSum:     `UPDATE manual_orders SET body = CAST(json_set(CAST(body AS TEXT), '$.refunded', 500) AS BLOB)`,
		manual.FaultHistory: `DELETE FROM manual_events WHERE n = 1`,
		manual.FaultChain:   `UPDATE journal SET at = at + 1`,
		manual.FaultProof:   `UPDATE manual_proofs SET file = CAST('%PDF' AS BLOB)`,
	} {
		s, a := open(t)
		faults, err := s.VerifyBehind(t.Context())
		require.NoError(t, err)
		require.Empty(t, faults, "there is none yet")
		paidFor(t, s, a, "one")
		attach(t, s, a, "one", "f1")
		m := manualOf(t, s, a)
		_, err = m.Decide(t.Context(), m.Asker, "yes", "one", manual.Ruling{Decision: manual.Approve, Version: 2, Where: manual.AtOrders})
		require.NoError(t, err)
		faults, err = s.VerifyBehind(t.Context())
		require.NoError(t, err)
		require.Empty(t, faults)
		db, err := sql.Open("sqlite", filepath.Join(s.Home.Dir, storage.BackendFile))
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), change)
		require.NoError(t, err)
		require.NoError(t, db.Close())
		faults, err = s.VerifyBehind(t.Context())
		require.NoError(t, err)
		var found []string
		for _, f := range faults {
			found = append(found, f.What)
		}
		assert.Contains(t, found, what)
	}
}
