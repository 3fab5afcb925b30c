package till_test

import (
	"context"
	"testing"
	"time"

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

func TestTill_Approval(t *testing.T) {
	t.Run("lets one action pass, once, and says who allowed it", func(t *testing.T) {
		c := newCounter(t)
		v := c.scan("gold")
		c.ok(c.discount(c.Context(), 500))
		err := c.discount(c.Context(), 501)
		e := c.refuses(err, pos.CodeForbidden, "till.over-cap")
		if e.Args["Right"] != pos.RightLineDiscount || e.Args["Sum"] != money.Amount(501) || e.Args["Cap"] != money.Amount(500) {
			t.Fatalf("told %v", e.Args)
		}
		if d := c.lastOf(pos.EventForbidden).Detail; d["right"] != "line.discount" || d["sum"] != "501" || d["cap"] != "500" {
			t.Fatalf("recorded %v", d)
		}
		r, ok := till.RefusedOf(err)
		if !ok || r != (till.Refused{Right: pos.RightLineDiscount, Sum: 501, Subject: string(v.Cheque.ID)}) {
			t.Fatalf("refused %v %v", r, ok)
		}
		a := c.approve(till.AskApproval{Right: r.Right, Sum: r.Sum, Subject: r.Subject, PIN: seniorPIN, Reason: " помята упаковка "})
		if a.GrantedBy != c.senior.ID || a.AskedBy != c.cashier.ID || a.Reason != "помята упаковка" || a.Expires.Sub(a.At) != pos.ApprovalLife {
			t.Fatalf("granted %+v", a)
		}
		c.ok(c.discount(c.with(a.ID), 501))
		d := c.lastOf(pos.EventDiscountGiven).Detail
		if d[pos.DetailApproval] != string(a.ID) || d[pos.DetailApprovedBy] != string(c.senior.ID) {
			t.Fatalf("the discount says %v", d)
		}
		list, err := c.Approvals(c.Context(), c.owner, c.clock.Now().Add(-time.Hour), c.clock.Now().Add(time.Hour))
		c.ok(err)
		if len(list) != 1 || !list[0].Used() || list[0].UsedFor != string(v.Cheque.ID) {
			t.Fatalf("listed %+v", list)
		}
		c.refuses(c.discount(c.with(a.ID), 502), pos.CodeForbidden, "approval.used")
		if c.happened(pos.EventApprovalGranted) != 1 || c.happened(pos.EventApprovalUsed) != 1 {
			t.Fatal("the trail tells otherwise")
		}
	})
	t.Run("stands in for a right the group does not have, and knows the sum", func(t *testing.T) {
		c := newCounter(t)
		c.scan("gold")
		_, err := c.DiscountCheque(c.Context(), c.cashier, pos.Discount{Percent: 1000})
		r, ok := till.RefusedOf(err)
		if !ok || r.Right != pos.RightChequeDiscount || r.Sum != 50_000 {
			t.Fatalf("refused %+v", r)
		}
		c.refuses(err, pos.CodeForbidden, "till.forbidden")
		a := c.approve(till.AskApproval{Right: r.Right, Sum: r.Sum, Subject: r.Subject, PIN: ownerPIN, Reason: "юбилей"})
		v, err := c.DiscountCheque(c.with(a.ID), c.cashier, pos.Discount{Percent: 1000})
		c.ok(err)
		if v.Totals.Total != 450_000 {
			t.Fatalf("total %v", v.Totals.Total)
		}
		// What was approved for one cheque does not grow with it.
		_, err = c.Scan(c.Context(), c.cashier, "milk", 0, nil)
		e := c.refuses(err, pos.CodeForbidden, "till.forbidden")
		if e.Args["Sum"] != money.Amount(51_000) {
			t.Fatalf("told %v", e.Args)
		}
	})
	t.Run("an operation that fails leaves it unused", func(t *testing.T) {
		c := newCounter(t)
		c.scan("milk")
		a := c.approve(ask(600))
		_, err := c.DiscountLine(c.with(a.ID), c.cashier, 9, pos.Discount{Sum: 600})
		c.refuses(err, pos.CodeNotFound, "line.unknown")
		c.ok(c.discount(c.with(a.ID), 600))
	})
	t.Run("one that was not needed stays unused", func(t *testing.T) {
		c := newCounter(t)
		c.scan("milk")
		a := c.approve(ask(600))
		c.ok(c.discount(c.with(a.ID), 400))
		if c.happened(pos.EventApprovalUsed) != 0 {
			t.Fatal("used without need")
		}
	})
	t.Run("survives the end of the process until it expires", func(t *testing.T) {
		c := newCounter(t)
		c.scan("milk")
		a := c.approve(ask(600))
		c.restart()
		c.clock.Move(pos.ApprovalLife - time.Second)
		c.ok(c.discount(c.with(a.ID), 600))
	})
	t.Run("a cap of nothing takes an approval for every sum", func(t *testing.T) {
		c := newCounter(t)
		_, err := c.CashIn(c.Context(), c.cashier, 1, "размен")
		c.refuses(err, pos.CodeForbidden, "till.over-cap")
		a := c.approve(till.AskApproval{Right: pos.RightCashIn, Sum: 1, PIN: seniorPIN, Reason: "размен"})
		_, err = c.CashIn(c.with(a.ID), c.cashier, 1, "размен")
		c.ok(err)
	})
	t.Run("opens a report once", func(t *testing.T) {
		c := newCounter(t)
		a := c.approve(till.AskApproval{Right: pos.RightReports, PIN: ownerPIN, Reason: "сверка"})
		_, err := c.Skips(c.with(a.ID), c.cashier, c.clock.Now(), c.clock.Now())
		c.ok(err)
		_, err = c.Skips(c.with(a.ID), c.cashier, c.clock.Now(), c.clock.Now())
		c.refuses(err, pos.CodeForbidden, "approval.used")
	})
	t.Run("gives nobody a right for good", func(t *testing.T) {
		c := newCounter(t)
		a := c.approve(till.AskApproval{Right: pos.RightEmployees, PIN: ownerPIN, Reason: "новый кассир"})
		b := c.approve(till.AskApproval{Right: pos.RightSettings, PIN: ownerPIN, Reason: "новый кассир"})
		err := c.SaveGroup(c.with(a.ID, b.ID), c.cashier, pos.Group{Name: "Свои", Rights: []pos.Right{pos.RightSettings}})
		c.refuses(err, pos.CodeForbidden, "group.beyond-own")
		if _, ok := till.RefusedOf(err); ok {
			t.Fatal("offered for approval")
		}
		_, err = c.AddEmployee(c.with(a.ID), c.cashier, "Нина", pos.GroupCashier, "903817")
		c.ok(err)
	})
}
