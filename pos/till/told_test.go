package till_test

// These tests read what all rooms of the till tell others.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
	"kassa/pos/wire"
)

func TestTill_TellsInPermanentForm(t *testing.T) {
	s := tilltest.TellingDay(t)
	s.Sound()
	kinds := map[pos.EventKind]bool{}
	for i, m := range s.Told() {
		p, err := wire.Decode(&m)
		require.NoError(t, err, string(m.Payload))
		again, err := wire.Pack(m.ID, m.Epoch, m.At, p)
		require.NoError(t, err)
		again.Seq, again.Payload = int64(i)+1, append(again.Payload, string(m.Payload[len(again.Payload):])...)
		require.Equal(t, again, &m, "what is told is what can be read, byte for byte")
		kinds[m.Kind] = true
	}
	for _, k := range wire.Kinds() {
		require.True(t, kinds[k], "%s is told by nobody", k)
	}
}

// last is the newest message of a kind, read.
func last[T wire.Payload](s *tilltest.Shop) (p T) {
	s.Helper()
	for _, m := range s.Told() {
		got, err := wire.Decode(&m)
		require.NoError(s, err)
		if got, ok := got.(T); ok {
			p = got
		}
	}
	return p
}

func TestTill_TellsCustomers(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	gleb := s.Demo.Customers[3].ID
	s.Sell(3, 1, func() { s.Cash(38_900) })
	require.Equal(t, string(gleb), s.Told()[len(s.Told())-1].Object, "what concerns a customer is told in the customer's order")

	s.Rephone(gleb, "+79000000099")
	card := last[*wire.Customer](s)
	require.Equal(t, []any{string(gleb), "+79000000099", false}, []any{card.ID, card.Phone, card.PhoneConfirmed})
	s.Sell(0, 1, func() { s.SpendConfirmed(10); s.Cash(37_900) })
	card = last[*wire.Customer](s)
	require.Equal(t, []any{string(s.Demo.Customers[0].ID), true}, []any{card.ID, card.PhoneConfirmed}, "a code came back right")

	_, err := s.MergeCustomers(s.Context(), s.Owner, till.MergeChoice{Survivor: gleb, Duplicate: s.Demo.Customers[4].ID})
	require.NoError(t, err)
	merged := last[*wire.CustomersMerged](s)
	require.Equal(t, string(gleb), merged.Card.MergedInto)
	require.Equal(t, "Дарья Голубева", merged.Card.Name)
	n := s.Form(3)
	n.Card = merged.Card.Loyalty
	_, err = s.UpdateCustomer(s.Context(), s.Owner, gleb, n)
	require.NoError(t, err)
	var lost *wire.Customer
	for _, m := range s.Told() {
		if p, err := wire.Decode(&m); err == nil && m.Subject == merged.Duplicate && m.Kind == pos.EventCustomerChanged {
			lost = p.(*wire.Customer)
		}
	}
	require.NotNil(t, lost, "the merged card lost its number, and others hear of it")
	require.Empty(t, lost.Loyalty)

	require.NoError(t, s.EraseCustomer(s.Context(), s.Owner, gleb, true))
	require.Equal(t, []string{string(gleb), merged.Duplicate}, last[*wire.CustomerErased](s).Cards)
	for _, m := range s.Told() {
		if m.Subject == string(gleb) || m.Subject == merged.Duplicate {
			require.NotContains(t, string(m.Payload), "Глеб")
			require.NotContains(t, string(m.Payload), "Дарья")
			require.NotContains(t, string(m.Payload), "+7900")
		}
	}
	require.True(t, last[*wire.CustomersMerged](s).Card.Forgotten)
}

// What is told after data was restored belongs to the epoch that began then.
func TestTill_TellsItsEpoch(t *testing.T) {
	s := tilltest.Demo(t)
	before := len(s.Told())
	require.NoError(t, s.Restored(s.Context(), s.Owner, &till.RestorePlan{File: "x.db", Epoch: 4}))
	s.StartShift(10_000)
	for i, m := range s.Told() {
		want := int64(1)
		if i >= before {
			want = 4
		}
		require.Equal(t, want, m.Epoch)
		require.Equal(t, int64(i)+1, m.Seq)
	}
}
