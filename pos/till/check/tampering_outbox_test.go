package check_test

// These tests change what was told to others behind the till.

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// What was told stays told, whatever became of it.
func TestTill_SelfCheckKnowsAcknowledgedMessages(t *testing.T) {
	s := tilltest.TellingDay(t)
	list := s.Told()
	require.NoError(t, s.Store.Update(s.Context(), func(tx till.Tx) error {
		for i, m := range list {
			move := func() (bool, error) { return tx.AcknowledgeOutbox(m.ID, s.Clock.Now()) }
			if i%5 == 0 {
				move = func() (bool, error) { return tx.PutOutboxAside(m.ID, s.Clock.Now(), "не читается") }
			}
			if moved, err := move(); err != nil || !moved {
				return errors.Join(err, errors.New("did not move"))
			}
		}
		return nil
	}))
	s.Sound()
	v, err := s.Vitals(s.Context(), s.Owner)
	require.NoError(t, err)
	require.Equal(t, pos.OutboxCounts{Aside: int64(len(list)+4) / 5}, v.Outbox)

	day := s.Snapshot()
	for name, tt := range map[string]change{
		"acknowledged sales forgotten":      {`DELETE FROM outbox WHERE kind = 'sale.completed' AND state = 'acknowledged'`, "check.outbox"},
		"acknowledged returns forgotten":    {`DELETE FROM outbox WHERE kind = 'return.completed' AND state = 'acknowledged'`, "check.outbox-returns"},
		"a sale told twice":                 {`INSERT INTO outbox (id, kind, subject, payload, at) SELECT id||'x', kind, subject, payload, at FROM outbox WHERE kind = 'sale.completed' LIMIT 1`, "check.outbox"},
		"a shift's opening not told":        {`DELETE FROM outbox WHERE kind = 'shift.opened'`, "check.outbox-documents"},
		"a shift's count not told":          {`DELETE FROM outbox WHERE kind = 'shift.closed'`, "check.outbox-documents"},
		"cash not told":                     {`DELETE FROM outbox WHERE kind = 'cash.moved'`, "check.outbox-documents"},
		"cash told twice":                   {`INSERT INTO outbox (id, kind, subject, payload, at) SELECT id||'x', kind, subject, payload, at FROM outbox WHERE kind = 'cash.moved'`, "check.outbox-documents"},
		"a repayment told as another":       {`UPDATE outbox SET subject = 'x' WHERE kind = 'debt.repaid'`, "check.outbox-documents"},
		"a correction not told":             {`DELETE FROM outbox WHERE kind = 'tender.corrected'`, "check.outbox-documents"},
		"stock not told":                    {`DELETE FROM outbox WHERE kind = 'stock.posted'`, "check.outbox-documents"},
		"a certificate's issue not told":    {`DELETE FROM outbox WHERE kind = 'certificate.issued'`, "check.outbox-documents"},
		"a certificate's lapse not told":    {`DELETE FROM outbox WHERE kind = 'certificate.lapsed'`, "check.outbox-documents"},
		"a merge not told":                  {`DELETE FROM outbox WHERE kind = 'customer.merged'`, "check.outbox-documents"},
		"an erasure not told":               {`DELETE FROM outbox WHERE kind = 'customer.erased'`, "check.outbox-documents"},
		"an erasure told at another moment": {`UPDATE outbox SET at = at + 1 WHERE kind = 'customer.erased'`, "check.outbox-documents"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := day.Open(t)
			s.Tamper(tt.sql)
			problems := s.Problems()
			require.Len(t, problems, 1)
			require.Equal(t, tt.want, problems[0].ID)
			require.Equal(t, "I1", problems[0].Invariant)
		})
	}
}
