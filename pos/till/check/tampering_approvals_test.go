package check_test

// These tests change approvals behind the till.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// approvedDay is a shop in which one approval was used and one was not.
func approvedDay(t *testing.T) *tilltest.Shop {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	for i, sum := range []string{"банк", "хозтовары"} {
		a, err := s.Approve(s.Context(), s.Cashier, till.AskApproval{Right: pos.RightCashOut, Sum: 5000, PIN: s.Demo.Employees[1].PIN, Reason: sum})
		require.NoError(t, err)
		if i == 0 {
			_, err = s.CashOut(till.WithApproval(s.Context(), a.ID), s.Cashier, 4000, sum)
			require.NoError(t, err)
		}
	}
	return s
}

func TestTill_SelfCheckFindsTamperedApprovals(t *testing.T) {
	day := approvedDay(t).Snapshot()
	finds(t, day, `^I12$`, map[string]change{
		"a higher sum":              {`UPDATE approvals SET sum = 100000`, "check.approval-changed"},
		"somebody else allowed it":  {`UPDATE approvals SET granted_by = 'x'`, "check.approval-changed"},
		"another reason":            {`UPDATE approvals SET reason = 'по просьбе'`, "check.approval-changed"},
		"one that holds for longer": {`UPDATE approvals SET expires = expires + 1`, "check.approval-changed"},
		"one nobody gave":           {`INSERT INTO approvals SELECT n+1, id||'x', right, sum, subject, asked_by, granted_by, reason, at, expires, NULL, '', seal FROM approvals ORDER BY n DESC LIMIT 1`, "check.approval-changed"},
		"one taken out":             {`DELETE FROM approvals WHERE used_at IS NULL`, "check.approval-missing"},
		"a used one fresh again":    {`UPDATE approvals SET used_at = NULL, used_for = ''`, "check.approval-use"},
		"an unused one used":        {`UPDATE approvals SET used_at = at, used_for = 'x' WHERE used_at IS NULL`, "check.approval-use"},
		"used for something else":   {`UPDATE approvals SET used_for = 'x' WHERE used_at IS NOT NULL`, "check.approval-use"},
		"used at another time":      {`UPDATE approvals SET used_at = used_at + 1`, "check.approval-use"},
	})
}
