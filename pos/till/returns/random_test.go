package returns_test

// These tests bring back what was sold at random.

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// Sales at random, paid by everything there is, come back in parts, in exchange
// and after a repayment; in the end everything is where it was, and the books
// are right (the shop's own check at the end of every test).
func TestTill_RandomReturnsRestoreEverything(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := uncoded(t)
			r := rand.New(rand.NewPCG(seed, 7))
			s.Settings.Rules.RoundingStep = []money.Amount{0, 100}[r.IntN(2)]
			before := s.Person(tilltest.Anna)
			onShelf := shelf(s, "Молоко")
			var open []*pos.Sale
			for range 3 {
				open = append(open, randomSale(s, r))
			}
			for range 8 {
				if i := r.IntN(len(open)); randomPart(s, r, open[i]) && r.IntN(3) == 0 {
					if next := randomExchange(s, r); next != nil {
						open = append(open, next)
						continue
					}
				}
				finishOrDrop(s)
			}
			for i := len(open) - 1; i >= 0; i-- {
				if _, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: open[i].ID}); err != nil {
					tilltest.Refused(t, err, pos.CodeConflict, "return.all-back")
					continue
				}
				_, err := s.ReturnAll(s.Context(), s.Owner, "", true)
				require.NoError(t, err)
				back(s)
				allBack(s, open[i])
			}
			after := s.Person(tilltest.Anna)
			if after.Debt != before.Debt {
				t.Errorf("owes %v, owed %v", after.Debt, before.Debt)
			}
			if after.Points < before.Points {
				t.Errorf("has %d points, had %d", after.Points, before.Points)
			}
			if got := shelf(s, "Молоко"); got != onShelf {
				t.Errorf("the shelf holds %v, held %v", got, onShelf)
			}
		})
	}
}

// randomSale sells Anna something for some of everything.
func randomSale(s *tilltest.Shop, r *rand.Rand) *pos.Sale {
	s.Helper()
	for range 1 + r.IntN(3) {
		s.Ring(fmt.Sprintf("%d*%s", 1+r.IntN(4), []string{"milk", "bread", "apples"}[r.IntN(3)]))
	}
	if r.IntN(2) == 0 {
		_, err := s.DiscountCheque(s.Context(), s.Owner, pos.Discount{Percent: money.Percent(1 + r.IntN(2000))})
		require.NoError(s, err)
	}
	s.Customer(tilltest.Anna)
	return settle(s, r)
}

// settle pays the open cheque and finishes it.
func settle(s *tilltest.Shop, r *rand.Rand) *pos.Sale {
	s.Helper()
	payRandomly(s, r)
	sale := s.Finish()
	if sale.DebtAdded > 1 && r.IntN(2) == 0 {
		_, _, err := s.RepayDebt(s.Context(), s.Owner, sale.Customer, pos.Card, sale.DebtAdded/2)
		require.NoError(s, err)
	}
	return sale
}

func payRandomly(s *tilltest.Shop, r *rand.Rand) {
	s.Helper()
	v := s.Screen()
	if most := min(v.MaxPoints, int64(v.Totals.Due/100)); most > 0 && r.IntN(2) == 0 {
		s.Spend(1 + r.Int64N(most))
	}
	for _, m := range []pos.Method{pos.Credit, pos.Card} {
		if due := s.Screen().Totals.Due; due > 100 && r.IntN(2) == 0 {
			s.Pay(m, 1+money.Amount(r.Int64N(int64(due))))
		}
	}
	if due := s.Screen().Totals.Due; due > 0 {
		s.Cash(due)
	}
}

// randomPart picks a part of a sale; false when nothing is left of it.
func randomPart(s *tilltest.Shop, r *rand.Rand, sale *pos.Sale) bool {
	s.Helper()
	v, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: sale.ID})
	if err != nil {
		tilltest.Refused(s, err, pos.CodeConflict, "return.all-back")
		return false
	}
	for _, l := range v.Lines {
		if pieces := int(l.Left / money.One); pieces > 0 && r.IntN(2) == 0 {
			bring(s, sale, l.No, money.Quantity(1+r.IntN(pieces))*money.One)
		}
	}
	v, err = s.OpenReturn(s.Context())
	require.NoError(s, err)
	return len(v.Draft.Lines) > 0
}

// randomExchange takes something for the open return.
func randomExchange(s *tilltest.Shop, r *rand.Rand) *pos.Sale {
	s.Helper()
	_, err := s.StartExchange(s.Context(), s.Owner)
	require.NoError(s, err)
	s.Ring(fmt.Sprintf("%d*bread", 1+r.IntN(6)))
	payRandomly(s, r)
	v, err := s.OpenReturn(s.Context())
	require.NoError(s, err)
	ret, next, err := s.FinishExchange(s.Context(), s.Owner, "обмен")
	require.NoError(s, err)
	wholeSteps(s, ret)
	if ret.Total != v.Preview.Total || ret.Refunded(pos.Cash) != v.Preview.Refunded(pos.Cash) || ret.PointsKept != v.Preview.PointsKept {
		s.Errorf("stored %+v, shown %+v", ret, v.Preview)
	}
	return next
}

// wholeSteps asserts that cash was handed back in whole steps, unless it was the
// last of its sale: that gives back what was paid to the kopeck.
func wholeSteps(s *tilltest.Shop, ret *pos.Return) {
	s.Helper()
	step := s.Settings.Rules.RoundingStep
	if step == 0 || ret.OutOfDrawer()%step == 0 {
		return
	}
	v, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: ret.Sale})
	if err == nil {
		s.Errorf("%v in cash, and %+v may come back yet", ret.OutOfDrawer(), v.Lines)
		require.NoError(s, s.AbandonReturn(s.Context(), s.Owner))
	}
}

// finishOrDrop ends the open return, if there is one.
func finishOrDrop(s *tilltest.Shop) {
	s.Helper()
	v, err := s.OpenReturn(s.Context())
	require.NoError(s, err)
	switch {
	case v.Draft.ID == "":
	case len(v.Draft.Lines) == 0:
		require.NoError(s, s.AbandonReturn(s.Context(), s.Owner))
	default:
		ret := back(s)
		wholeSteps(s, ret)
		for _, m := range pos.RefundMethods {
			if ret.Refunded(m) != v.Preview.Refunded(m) {
				s.Errorf("%s: stored %v, shown %v", m, ret.Refunded(m), v.Preview.Refunded(m))
			}
		}
	}
}

// allBack asserts that the returns of a sale are the sale.
func allBack(s *tilltest.Shop, sale *pos.Sale) {
	s.Helper()
	list, _, err := s.CameBack(s.Context(), s.Owner, sale.ID)
	require.NoError(s, err)
	var total, vat money.Amount
	for i := range list {
		total, vat = total+list[i].Total, vat+list[i].VAT
	}
	if total != sale.Total || vat != sale.VAT {
		s.Errorf("sold %v with VAT %v, came back %v with %v", sale.Total, sale.VAT, total, vat)
	}
}
