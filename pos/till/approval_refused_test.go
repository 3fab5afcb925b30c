package till_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
)

// Every operation whose right has a sum asks for it with the sum that is given
// away, taken back, owed or moved.
func TestTill_Caps(t *testing.T) {
	ten := money.Amount(1000)
	for name, tt := range map[string]struct {
		right pos.Right
		sum   money.Amount // what the operation comes to
		do    func(*counter, pos.Actor) error
	}{
		"a discount on a line": {pos.RightLineDiscount, 5000, func(c *counter, a pos.Actor) error {
			_, err := c.DiscountLine(c.Context(), a, 1, pos.Discount{Percent: 100})
			return err
		}},
		"a discount on the cheque": {pos.RightChequeDiscount, 5000, func(c *counter, a pos.Actor) error {
			_, err := c.DiscountCheque(c.Context(), a, pos.Discount{Percent: 100})
			return err
		}},
		"a lower price": {pos.RightPrice, 10_000, func(c *counter, a pos.Actor) error {
			_, err := c.SetPrice(c.Context(), a, 1, 490_000)
			return err
		}},
		"a lower price as it is rung up": {pos.RightPrice, 2000, func(c *counter, a pos.Actor) error {
			price := money.Amount(9000)
			_, err := c.Scan(c.Context(), a, "milk", 2*money.One, &price)
			return err
		}},
		"a line taken off": {pos.RightRemove, 500_000, func(c *counter, a pos.Actor) error {
			_, err := c.RemoveLine(c.Context(), a, 1, "")
			return err
		}},
		"a piece taken off": {pos.RightRemove, 500_000, func(c *counter, a pos.Actor) error {
			if _, err := c.SetQty(c.Context(), c.owner, 1, 3*money.One); err != nil {
				return err
			}
			_, err := c.SetQty(c.Context(), a, 1, 2*money.One)
			return err
		}},
		"a cheque cancelled": {pos.RightCancel, 500_000, func(c *counter, a pos.Actor) error {
			_, err := c.CancelCheque(c.Context(), a, "ушёл")
			return err
		}},
		"a sale on credit": {pos.RightCredit, 20_000, func(c *counter, a pos.Actor) error {
			c.customer("2000001")
			_, _, err := c.Tender(c.Context(), a, pos.Credit, 20_000)
			return err
		}},
		"points": {pos.RightPoints, 5000, func(c *counter, a pos.Actor) error {
			c.customer("2000001")
			_, _, err := c.SpendPoints(c.Context(), a, 50)
			return err
		}},
		"a code gone without": {pos.RightSkipCredit, 20_000, func(c *counter, a pos.Actor) error {
			c.customer("2000001")
			ch := c.credit(20_000)
			c.clock.Move(5 * time.Minute)
			_, err := c.SkipCode(c.Context(), a, ch.ID, "нет связи")
			return err
		}},
		"a debt taken money for": {pos.RightRepay, 10_000, func(c *counter, a pos.Actor) error {
			_, _, err := c.RepayDebt(c.Context(), a, c.state("2000002").ID, pos.Cash, 10_000)
			return err
		}},
		"cash in": {pos.RightCashIn, 5000, func(c *counter, a pos.Actor) error {
			_, err := c.CashIn(c.Context(), a, 5000, "размен")
			return err
		}},
		"cash out": {pos.RightCashOut, 5000, func(c *counter, a pos.Actor) error {
			_, err := c.CashOut(c.Context(), a, 5000, "банк")
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t)
			c.caps(pos.GroupCashier, map[pos.Right]money.Amount{tt.right: ten})
			c.scan("gold")
			e := c.refuses(tt.do(c, c.cashier), pos.CodeForbidden, "till.over-cap")
			require.Equal(t, pos.Args{"Right": tt.right, "Sum": tt.sum, "Cap": ten}, without(e.Args, "Subject"))
		})
		t.Run(name+", within the cap", func(t *testing.T) {
			c := newCounter(t)
			c.caps(pos.GroupCashier, map[pos.Right]money.Amount{tt.right: tt.sum})
			c.scan("gold")
			c.ok(tt.do(c, c.cashier))
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
		give  func(*counter) error
	}{
		"a percentage off a line": {pos.RightLineDiscount, func(c *counter) error {
			_, err := c.DiscountLine(c.Context(), c.cashier, 1, pos.Discount{Percent: 1000})
			return err
		}},
		"a percentage off the cheque": {pos.RightChequeDiscount, func(c *counter) error {
			_, err := c.DiscountCheque(c.Context(), c.cashier, pos.Discount{Percent: 1000})
			return err
		}},
		"a lower price": {pos.RightPrice, func(c *counter) error {
			_, err := c.SetPrice(c.Context(), c.cashier, 1, 9000)
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t)
			c.caps(pos.GroupCashier, map[pos.Right]money.Amount{tt.right: 2000})
			c.scan("milk")
			c.ok(tt.give(c)) // 10.00
			_, err := c.SetQty(c.Context(), c.cashier, 1, 2*money.One)
			c.ok(err)
			_, err = c.SetQty(c.Context(), c.cashier, 1, 3*money.One)
			e := c.refuses(err, pos.CodeForbidden, "till.over-cap")
			require.Equal(t, tt.right, e.Args["Right"])
			_, err = c.SetQty(c.Context(), c.cashier, 1, money.One)
			c.ok(err)
		})
	}
}
