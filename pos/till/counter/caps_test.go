package counter_test

// These tests ask of every operation whose right has a sum that it asks for the
// right with the sum.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/tilltest"
)

// Every operation whose right has a sum asks for it with the sum that is given
// away, taken back, owed or moved.
func TestTill_Caps(t *testing.T) {
	ten := money.Amount(1000)
	for name, tt := range map[string]struct {
		right pos.Right
		sum   money.Amount // what the operation comes to
		do    func(*tilltest.Shop, pos.Actor) error
	}{
		"a discount on a line": {pos.RightLineDiscount, 5000, func(s *tilltest.Shop, a pos.Actor) error {
			_, err := s.DiscountLine(s.Context(), a, 1, pos.Discount{Percent: 100})
			return err
		}},
		"a discount on the cheque": {pos.RightChequeDiscount, 5000, func(s *tilltest.Shop, a pos.Actor) error {
			_, err := s.DiscountCheque(s.Context(), a, pos.Discount{Percent: 100})
			return err
		}},
		"a lower price": {pos.RightPrice, 10_000, func(s *tilltest.Shop, a pos.Actor) error {
			_, err := s.SetPrice(s.Context(), a, 1, 490_000)
			return err
		}},
		"a lower price as it is rung up": {pos.RightPrice, 2000, func(s *tilltest.Shop, a pos.Actor) error {
			price := money.Amount(9000)
			_, err := s.Scan(s.Context(), a, "milk", 2*money.One, &price)
			return err
		}},
		"a line taken off": {pos.RightRemove, 500_000, func(s *tilltest.Shop, a pos.Actor) error {
			_, err := s.RemoveLine(s.Context(), a, 1, "")
			return err
		}},
		"a piece taken off": {pos.RightRemove, 500_000, func(s *tilltest.Shop, a pos.Actor) error {
			if _, err := s.SetQty(s.Context(), s.Owner, 1, 3*money.One); err != nil {
				return err
			}
			_, err := s.SetQty(s.Context(), a, 1, 2*money.One)
			return err
		}},
		"a cheque cancelled": {pos.RightCancel, 500_000, func(s *tilltest.Shop, a pos.Actor) error {
			_, err := s.CancelCheque(s.Context(), a, "ушёл")
			return err
		}},
		"a sale on credit": {pos.RightCredit, 20_000, func(s *tilltest.Shop, a pos.Actor) error {
			s.Customer(tilltest.Anna)
			_, _, err := s.Tender(s.Context(), a, pos.Credit, 20_000)
			return err
		}},
		"points": {pos.RightPoints, 5000, func(s *tilltest.Shop, a pos.Actor) error {
			s.Customer(tilltest.Anna)
			_, _, err := s.SpendPoints(s.Context(), a, 50)
			return err
		}},
		"a code gone without": {pos.RightSkipCredit, 20_000, func(s *tilltest.Shop, a pos.Actor) error {
			s.Customer(tilltest.Anna)
			ch := s.Credit(20_000)
			s.Clock.Move(5 * time.Minute)
			_, err := s.SkipCode(s.Context(), a, ch.ID, "нет связи")
			return err
		}},
		"a debt taken money for": {pos.RightRepay, 10_000, func(s *tilltest.Shop, a pos.Actor) error {
			_, _, err := s.RepayDebt(s.Context(), a, s.Person(tilltest.Boris).ID, pos.Cash, 10_000)
			return err
		}},
		"cash in": {pos.RightCashIn, 5000, func(s *tilltest.Shop, a pos.Actor) error {
			_, err := s.CashIn(s.Context(), a, 5000, "размен")
			return err
		}},
		"cash out": {pos.RightCashOut, 5000, func(s *tilltest.Shop, a pos.Actor) error {
			_, err := s.CashOut(s.Context(), a, 5000, "банк")
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := tilltest.Small(t)
			s.Cap(pos.GroupCashier, map[pos.Right]money.Amount{tt.right: ten})
			s.Ring("gold")
			e := tilltest.Refused(t, tt.do(s, s.Cashier), pos.CodeForbidden, "till.over-cap")
			require.Equal(t, pos.Args{"Right": tt.right, "Sum": tt.sum, "Cap": ten}, without(e.Args, "Subject"))
		})
		t.Run(name+", within the cap", func(t *testing.T) {
			t.Parallel()
			s := tilltest.Small(t)
			s.Cap(pos.GroupCashier, map[pos.Right]money.Amount{tt.right: tt.sum})
			s.Ring("gold")
			require.NoError(t, tt.do(s, s.Cashier))
		})
	}
}

func without(args pos.Args, key string) pos.Args {
	left := pos.Args{}
	for k, v := range args {
		if k != key {
			left[k] = v
		}
	}
	return left
}

// A small cheque is no way around a cap: what was given weighs more with every
// piece.
func TestTill_CapsWatchWhatGrows(t *testing.T) {
	for name, tt := range map[string]struct {
		right pos.Right
		give  func(*tilltest.Shop) error
	}{
		"a percentage off a line": {pos.RightLineDiscount, func(s *tilltest.Shop) error {
			_, err := s.DiscountLine(s.Context(), s.Cashier, 1, pos.Discount{Percent: 1000})
			return err
		}},
		"a percentage off the cheque": {pos.RightChequeDiscount, func(s *tilltest.Shop) error {
			_, err := s.DiscountCheque(s.Context(), s.Cashier, pos.Discount{Percent: 1000})
			return err
		}},
		"a lower price": {pos.RightPrice, func(s *tilltest.Shop) error {
			_, err := s.SetPrice(s.Context(), s.Cashier, 1, 9000)
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := tilltest.Small(t)
			s.Cap(pos.GroupCashier, map[pos.Right]money.Amount{tt.right: 2000})
			s.Ring("milk")
			require.NoError(t, tt.give(s)) // 10.00
			_, err := s.SetQty(s.Context(), s.Cashier, 1, 2*money.One)
			require.NoError(t, err)
			_, err = s.SetQty(s.Context(), s.Cashier, 1, 3*money.One)
			e := tilltest.Refused(t, err, pos.CodeForbidden, "till.over-cap")
			require.Equal(t, tt.right, e.Args["Right"])
			_, err = s.SetQty(s.Context(), s.Cashier, 1, money.One)
			require.NoError(t, err)
		})
	}
}
