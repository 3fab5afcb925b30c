package till_test

import (
	"context"
	"testing"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

const (
	ownerPIN   = "482915"
	cashierPIN = "739152"
	seniorPIN  = "615243"
	wrongPIN   = "111222"
)

// counter is a shop whose cashier may take 10 % off a line up to 5.00 alone and
// whose senior cashier may go up to 1000.00.
type counter struct {
	*shop
	senior pos.Actor
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	s := newShop(t)
	_, err := s.AddEmployee(s.Context(), s.owner, "Света", pos.GroupSeniorCashier, seniorPIN)
	s.ok(err)
	c := &counter{shop: s}
	c.senior, err = s.Login(s.Context(), seniorPIN)
	s.ok(err)
	c.caps(pos.GroupCashier, map[pos.Right]money.Amount{pos.RightLineDiscount: 500, pos.RightCashIn: 0})
	c.caps(pos.GroupSeniorCashier, map[pos.Right]money.Amount{pos.RightLineDiscount: 100_000})
	return c
}

// caps gives a preset group caps, and the rights they are of.
func (c *counter) caps(id pos.GroupID, caps map[pos.Right]money.Amount) {
	c.Helper()
	for _, g := range pos.PresetGroups() {
		if g.ID != id {
			continue
		}
		for r := range caps {
			g.Rights = append(g.Rights, r)
		}
		g.Caps = caps
		c.ok(c.SaveGroup(c.Context(), c.owner, g))
	}
}

func (c *counter) approve(ask till.AskApproval) pos.Approval {
	c.Helper()
	a, err := c.Approve(c.Context(), c.cashier, ask)
	c.ok(err)
	return a
}

// discount takes a sum off line 1 as the cashier.
func (c *counter) discount(ctx context.Context, off money.Amount) error {
	_, err := c.DiscountLine(ctx, c.cashier, 1, pos.Discount{Sum: off})
	return err
}

func (c *counter) with(ids ...pos.ApprovalID) context.Context {
	ctx := c.Context()
	for _, id := range ids {
		ctx = till.WithApproval(ctx, id)
	}
	return ctx
}

// lastOf is the newest event of a kind.
func (c *counter) lastOf(k pos.EventKind) pos.Event {
	c.Helper()
	var last pos.Event
	c.ok(c.store.View(c.Context(), func(tx till.Tx) error {
		return tx.EachEvent(1, func(e *pos.Event) error {
			if e.Kind == k {
				last = *e
			}
			return nil
		})
	}))
	if last.N == 0 {
		c.Fatalf("no event %s", k)
	}
	return last
}

func ask(sum money.Amount) till.AskApproval {
	return till.AskApproval{Right: pos.RightLineDiscount, Sum: sum, PIN: seniorPIN, Reason: "помята упаковка"}
}
