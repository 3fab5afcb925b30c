package upkeep_test

// These tests begin and end the day of the program, and ask for the self-check.

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_BeginAndEnd(t *testing.T) {
	s := tilltest.Small(t)
	first, err := s.Begin(s.Context())
	require.NoError(t, err)
	if !first.Orderly || first.LastSale != nil || first.FirstRun || first.OpenCheque {
		t.Errorf("first start %+v", first)
	}
	s.Ring("milk")
	s.Cash(10_000)
	sale := s.Finish()
	s.Restart()
	crashed, err := s.Begin(s.Context())
	require.NoError(t, err)
	if crashed.Orderly || crashed.LastSale == nil || crashed.LastSale.ID != sale.ID {
		t.Errorf("start after a crash %+v", crashed)
	}
	require.NoError(t, s.End(s.Context()))
	s.Restart()
	orderly, err := s.Begin(s.Context())
	require.NoError(t, err)
	if !orderly.Orderly {
		t.Error("an orderly stop was not noticed")
	}
}

// A right that came with this version is the owner's at once: who else could give it.
func TestTill_TheOwnerHoldsWhatIsNew(t *testing.T) {
	s := tilltest.Small(t)
	cut := pos.Group{ID: pos.GroupOwner, Rights: slices.DeleteFunc(slices.Clone(pos.Rights), func(r pos.Right) bool { return r == pos.RightQueue })}
	require.NoError(t, s.Store.Update(t.Context(), func(tx till.Tx) error { return tx.PutGroup(&cut) }))
	require.NoError(t, s.Till.PauseQueue(s.Context(), s.Owner))
	s.Sound()
}

// The start finds what lies at the ends of the history.
func TestTill_BeginFindsTampering(t *testing.T) {
	day := tilltest.Busy(t)
	for name, tt := range map[string]struct{ sql, want string }{
		"the last sale":         {`UPDATE sale_lines SET name = 'Хлеб' WHERE sale = (SELECT max(n) FROM sales)`, "check.sale-changed"},
		"the last entry":        {`UPDATE entries SET at = at + 1 WHERE n = (SELECT max(n) FROM entries)`, "check.journal-hash"},
		"the last audit record": {`UPDATE events SET at = at + 1 WHERE n = (SELECT max(n) FROM events)`, "check.audit-hash"},
		"the drawer":            {`UPDATE balances SET amount = amount + 1 WHERE account = 'drawer'`, "check.drawer"},
	} {
		t.Run(name, func(t *testing.T) {
			s := day.Open(t)
			s.Tamper(tt.sql)
			start, err := s.Begin(s.Context())
			require.NoError(t, err)
			require.Contains(t, tilltest.IDs(start.Problems), tt.want)
		})
	}
	t.Run("and nothing in an honest shop", func(t *testing.T) {
		s := tilltest.BusyDay(t)
		s.Restart()
		start, err := s.Begin(s.Context())
		require.NoError(t, err)
		require.Empty(t, start.Problems)
		empty := tilltest.Empty(t)
		start, err = empty.Begin(s.Context())
		require.NoError(t, err)
		require.Empty(t, start.Problems)
		require.True(t, start.FirstRun)
	})
}

func TestTill_SelfCheck(t *testing.T) {
	s := tilltest.BusyDay(t)
	require.Empty(t, s.Problems())
	require.Equal(t, pos.EventVerified, s.Kinds()[0])
	_, err := s.SelfCheck(s.Context(), s.Cashier)
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
}
