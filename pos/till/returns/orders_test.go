package returns_test

// These tests give back what manual payments paid.

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
	"kassa/pos/wire"
)

// backs are the refunds the backend was asked for.
func backs(s *tilltest.Shop) (all []wire.OrderBack) {
	s.Helper()
	for _, m := range s.Told() {
		p, err := wire.Decode(&m)
		require.NoError(s, err)
		if back, ok := p.(*wire.OrderBack); ok {
			all = append(all, *back)
		}
	}
	return all
}

// What two orders and cash paid goes back by each: money of an order by a refund the
// backend is asked for, and never more than the order paid.
func TestTill_ReturnsWhatOrdersPaid(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(100_000)
	s.Ring(slices.Repeat([]string{s.Demo.Products[tilltest.DemoGoods].Barcodes[0]}, 4)...) // 1556.00
	first := s.AskElsewhere(500_00)
	_, err := s.Recall(s.Context(), s.Who, first.Sale)
	require.NoError(t, err)
	second := s.AskElsewhere(300_00)
	s.Decided(first, manual.Approved, 500_00)
	s.Decided(second, manual.Approved, 300_00)
	_, err = s.Recall(s.Context(), s.Who, first.Sale)
	require.NoError(t, err)
	sale := s.PayAll(s.Screen())

	back := map[string]money.Amount{}
	var all money.Amount
	for i := range 4 {
		_, err = s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: sale.ID})
		require.NoError(t, err)
		_, err = s.ReturnLine(s.Context(), s.Owner, 1, money.One, "брак", true)
		require.NoError(t, err)
		r, err := s.FinishReturn(s.Context(), s.Owner, "брак")
		require.NoError(t, err)
		all = all.Add(r.Refunded(pos.Manual))
		clear(back)
		for _, b := range backs(s) {
			back[b.ID] += money.Amount(b.Amount)
			require.Equal(t, manual.Rights{Refund: true, Currency: "RUB"}, b.Rights())
			require.Equal(t, "брак", b.Ask().Reason)
		}
		require.Equal(t, all, back[first.Order]+back[second.Order], "return %d", i)
		require.Zero(t, back[second.Order]*(500_00-back[first.Order]), "the first order first")
	}
	require.Equal(t, map[string]money.Amount{first.Order: 500_00, second.Order: 300_00}, back)
}

// Who may not give money back elsewhere is refused by that right's name.
func TestTill_ReturnsWhatOrdersPaid_ByRight(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	sale := s.PaidElsewhere()
	groups, err := s.Groups(s.Context())
	require.NoError(t, err)
	g := groups[slices.IndexFunc(groups, func(g pos.Group) bool { return g.ID == s.Senior.Group })]
	g.Rights = slices.DeleteFunc(slices.Clone(g.Rights), func(r pos.Right) bool { return r == pos.RightManualRefund })
	require.NoError(t, s.SaveGroup(s.Context(), s.Owner, g))
	_, err = s.StartReturn(s.Context(), s.Senior, till.FindSale{ID: sale.ID})
	require.NoError(t, err)
	_, err = s.ReturnAll(s.Context(), s.Senior, "", true)
	require.NoError(t, err)
	_, err = s.FinishReturn(s.Context(), s.Senior, "брак")
	what, lifts := till.RefusedOf(err)
	require.True(t, lifts, "%v", err)
	require.Equal(t, till.Refused{Right: pos.RightManualRefund, Sum: sale.Total, Subject: what.Subject}, what)
	require.NoError(t, s.AbandonReturn(s.Context(), s.Senior))
	require.Empty(t, backs(s))
}
