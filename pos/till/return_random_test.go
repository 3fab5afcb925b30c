package till_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// Sales at random, paid by everything there is, come back in parts, in exchange
// and after a repayment; in the end everything is where it was, and the books
// are right (the shop's own check at the end of every test).
func TestTill_RandomReturnsRestoreEverything(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s := uncoded(t)
			r := rand.New(rand.NewPCG(seed, 7))
			s.set.Rules.RoundingStep = []money.Amount{0, 100}[r.IntN(2)]
			before := s.state("2000001")
			shelf := s.shelf("Молоко")
			var open []*pos.Sale
			for range 3 {
				open = append(open, s.randomSale(r))
			}
			for range 8 {
				if i := r.IntN(len(open)); s.randomPart(r, open[i]) && r.IntN(3) == 0 {
					if next := s.randomExchange(r); next != nil {
						open = append(open, next)
						continue
					}
				}
				s.finishOrDrop()
			}
			for i := len(open) - 1; i >= 0; i-- {
				if _, err := s.StartReturn(s.Context(), s.owner, till.FindSale{ID: open[i].ID}); err != nil {
					s.refuses(err, pos.CodeConflict, "return.all-back")
					continue
				}
				_, err := s.ReturnAll(s.Context(), s.owner, "", true)
				s.ok(err)
				s.back()
				s.allBack(open[i])
			}
			after := s.state("2000001")
			if after.Debt != before.Debt {
				t.Errorf("owes %v, owed %v", after.Debt, before.Debt)
			}
			if after.Points < before.Points {
				t.Errorf("has %d points, had %d", after.Points, before.Points)
			}
			if got := s.shelf("Молоко"); got != shelf {
				t.Errorf("the shelf holds %v, held %v", got, shelf)
			}
		})
	}
}

// randomSale sells Anna something for some of everything.
func (s *shop) randomSale(r *rand.Rand) *pos.Sale {
	s.Helper()
	for range 1 + r.IntN(3) {
		s.scan(fmt.Sprintf("%d*%s", 1+r.IntN(4), []string{"milk", "bread", "apples"}[r.IntN(3)]))
	}
	if r.IntN(2) == 0 {
		_, err := s.DiscountCheque(s.Context(), s.owner, pos.Discount{Percent: money.Percent(1 + r.IntN(2000))})
		s.ok(err)
	}
	s.customer("2000001")
	return s.settle(r)
}

// settle pays the open cheque and finishes it.
func (s *shop) settle(r *rand.Rand) *pos.Sale {
	s.Helper()
	s.payRandomly(r)
	sale := s.finish()
	if sale.DebtAdded > 1 && r.IntN(2) == 0 {
		_, _, err := s.RepayDebt(s.Context(), s.owner, sale.Customer, pos.Card, sale.DebtAdded/2)
		s.ok(err)
	}
	return sale
}

func (s *shop) payRandomly(r *rand.Rand) {
	s.Helper()
	v := s.cheque()
	if most := min(v.MaxPoints, int64(v.Totals.Due/100)); most > 0 && r.IntN(2) == 0 {
		s.spend(1 + r.Int64N(most))
	}
	for _, m := range []pos.Method{pos.Credit, pos.Card} {
		if due := s.cheque().Totals.Due; due > 100 && r.IntN(2) == 0 {
			s.paid(m, 1+money.Amount(r.Int64N(int64(due))))
		}
	}
	if due := s.cheque().Totals.Due; due > 0 {
		s.cash(due)
	}
}

// randomPart picks a part of a sale; false when nothing is left of it.
func (s *shop) randomPart(r *rand.Rand, sale *pos.Sale) bool {
	s.Helper()
	v, err := s.StartReturn(s.Context(), s.owner, till.FindSale{ID: sale.ID})
	if err != nil {
		s.refuses(err, pos.CodeConflict, "return.all-back")
		return false
	}
	for _, l := range v.Lines {
		if pieces := int(l.Left / money.One); pieces > 0 && r.IntN(2) == 0 {
			s.bring(sale, l.No, money.Quantity(1+r.IntN(pieces))*money.One)
		}
	}
	v, err = s.OpenReturn(s.Context())
	s.ok(err)
	return len(v.Draft.Lines) > 0
}

// randomExchange takes something for the open return.
func (s *shop) randomExchange(r *rand.Rand) *pos.Sale {
	s.Helper()
	_, err := s.StartExchange(s.Context(), s.owner)
	s.ok(err)
	s.scan(fmt.Sprintf("%d*bread", 1+r.IntN(6)))
	s.payRandomly(r)
	v, err := s.OpenReturn(s.Context())
	s.ok(err)
	ret, next, err := s.FinishExchange(s.Context(), s.owner, "обмен")
	s.ok(err)
	if ret.Total != v.Preview.Total || ret.Refunded(pos.Cash) != v.Preview.Refunded(pos.Cash) || ret.PointsKept != v.Preview.PointsKept {
		s.Errorf("stored %+v, shown %+v", ret, v.Preview)
	}
	return next
}

// finishOrDrop ends the open return, if there is one.
func (s *shop) finishOrDrop() {
	s.Helper()
	v, err := s.OpenReturn(s.Context())
	s.ok(err)
	switch {
	case v.Draft.ID == "":
	case len(v.Draft.Lines) == 0:
		s.ok(s.AbandonReturn(s.Context(), s.owner))
	default:
		ret := s.back()
		for _, m := range pos.RefundMethods {
			if ret.Refunded(m) != v.Preview.Refunded(m) {
				s.Errorf("%s: stored %v, shown %v", m, ret.Refunded(m), v.Preview.Refunded(m))
			}
		}
	}
}

// allBack asserts that the returns of a sale are the sale.
func (s *shop) allBack(sale *pos.Sale) {
	s.Helper()
	list, _, err := s.CameBack(s.Context(), s.owner, sale.ID)
	s.ok(err)
	var total, vat money.Amount
	for i := range list {
		total, vat = total+list[i].Total, vat+list[i].VAT
	}
	if total != sale.Total || vat != sale.VAT {
		s.Errorf("sold %v with VAT %v, came back %v with %v", sale.Total, sale.VAT, total, vat)
	}
}
