package tilltest

// This file looks at what a test did: refusals, the store, the trail, the books.

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
)

// Refused asserts a refusal of a code, and of an id unless it is "".
func Refused(t testing.TB, err error, code pos.Code, id string) *pos.Error {
	t.Helper()
	var e *pos.Error
	require.ErrorAs(t, err, &e, "want %s %s", code, id)
	if id != "" {
		require.Equal(t, id, e.ID)
	}
	require.Equal(t, code, e.Code)
	return e
}

// Look reads the store beside the till.
func (s *Shop) Look(fn func(till.Tx) error) {
	s.Helper()
	require.NoError(s, s.Store.View(s.Context(), fn))
}

// Stored is a product as it is stored.
func (s *Shop) Stored(sku string) pos.Product {
	s.Helper()
	var p *pos.Product
	s.Look(func(tx till.Tx) (err error) { p, err = tx.ProductBySKU(sku); return err })
	return *p
}

// Balance is what the books hold of an account in a currency.
func (s *Shop) Balance(a ledger.Account, c money.Currency) (sum int64) {
	s.Helper()
	s.Look(func(tx till.Tx) (err error) { sum, err = tx.Balance(a, c); return err })
	return sum
}

// Trail is all that was recorded, newest first.
func (s *Shop) Trail() []pos.Event {
	s.Helper()
	var all []pos.Event
	s.Look(func(tx till.Tx) error {
		return tx.EachEvent(1, func(e *pos.Event) error { all = append(all, *e); return nil })
	})
	slices.Reverse(all)
	return all
}

// Kinds are the kinds of the trail, newest first.
func (s *Shop) Kinds() []pos.EventKind {
	s.Helper()
	var kinds []pos.EventKind
	for _, e := range s.Trail() {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

// Happened counts the events of a kind.
func (s *Shop) Happened(k pos.EventKind) (n int) {
	s.Helper()
	for _, is := range s.Kinds() {
		if is == k {
			n++
		}
	}
	return n
}

// Last is the newest event of a kind; there must be one.
func (s *Shop) Last(k pos.EventKind) pos.Event {
	s.Helper()
	all := s.Trail()
	i := slices.IndexFunc(all, func(e pos.Event) bool { return e.Kind == k })
	require.GreaterOrEqual(s, i, 0, "no event %s", k)
	return all[i]
}

// Told are all messages to others, in their order.
func (s *Shop) Told() (list []pos.OutboxMessage) {
	s.Helper()
	s.Look(func(tx till.Tx) error {
		return tx.EachOutbox(func(m *pos.OutboxMessage) error { list = append(list, *m); return nil })
	})
	return list
}

// Sound asserts that the self-check finds nothing in the whole history.
func (s *Shop) Sound() {
	s.Helper()
	problems, err := s.SelfCheck(s.Context(), till.System())
	require.NoError(s, err)
	for _, p := range problems {
		s.Errorf("self-check: %s %s %v", p.Invariant, p.ID, p.Args)
	}
}

// Problems are what the self-check finds.
func (s *Shop) Problems() []till.Problem {
	s.Helper()
	problems, err := s.SelfCheck(s.Context(), s.Owner)
	require.NoError(s, err)
	return problems
}

// IDs are the ids of problems.
func IDs(problems []till.Problem) []string {
	var ids []string
	for _, p := range problems {
		ids = append(ids, p.ID)
	}
	return ids
}
