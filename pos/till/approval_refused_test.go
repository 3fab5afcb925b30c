package till_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

func TestTill_Approve_Refuses(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*till.AskApproval)
		code   pos.Code
		id     string
	}{
		"a wrong PIN":               {func(a *till.AskApproval) { a.PIN = wrongPIN }, pos.CodeForbidden, "login.wrong"},
		"no PIN":                    {func(a *till.AskApproval) { a.PIN = "" }, pos.CodeForbidden, "login.wrong"},
		"one's own PIN":             {func(a *till.AskApproval) { a.PIN = cashierPIN }, pos.CodeForbidden, "approval.own"},
		"who may not so much":       {func(a *till.AskApproval) { a.Sum = 100_001 }, pos.CodeForbidden, "approval.granter-cap"},
		"who lacks the right too":   {func(a *till.AskApproval) { a.Right, a.Sum = pos.RightSettings, 0 }, pos.CodeForbidden, "approval.granter-right"},
		"no reason":                 {func(a *till.AskApproval) { a.Reason = " " }, pos.CodeInvalid, "reason.short"},
		"a reason without end":      {func(a *till.AskApproval) { a.Reason = strings.Repeat("ж", 201) }, pos.CodeInvalid, "reason.long"},
		"a right that is none":      {func(a *till.AskApproval) { a.Right = "fly" }, pos.CodeInvalid, "approval.right-unknown"},
		"a sum below nothing":       {func(a *till.AskApproval) { a.Sum = -1 }, pos.CodeInvalid, "approval.sum-range"},
		"a sum beyond every bound":  {func(a *till.AskApproval) { a.Sum = money.MaxAmount + 1 }, pos.CodeInvalid, "approval.sum-range"},
		"a sum where there is none": {func(a *till.AskApproval) { a.Right = pos.RightReports }, pos.CodeInvalid, "approval.sum-range"},
		"a subject that is no id":   {func(a *till.AskApproval) { a.Subject = "x\x00" }, pos.CodeInvalid, "approval.subject"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t)
			a := ask(600)
			tt.change(&a)
			got, err := c.Approve(c.Context(), c.cashier, a)
			c.refuses(err, tt.code, tt.id)
			require.Zero(t, got)
			require.Zero(t, c.happened(pos.EventApprovalGranted))
			if strings.HasPrefix(tt.id, "approval.") && tt.code == pos.CodeForbidden {
				require.Equal(t, tt.id, c.lastOf(pos.EventApprovalRefused).Detail["why"])
			}
		})
	}
	t.Run("wrong PINs lock the till as at login, also for the right one", func(t *testing.T) {
		c := newCounter(t)
		wrong := ask(600)
		wrong.PIN = wrongPIN
		for range pos.PINTries - 1 {
			_, err := c.Approve(c.Context(), c.cashier, wrong)
			c.refuses(err, pos.CodeForbidden, "login.wrong")
		}
		_, err := c.Approve(c.Context(), c.cashier, wrong)
		e := c.refuses(err, pos.CodeWait, "login.locked")
		require.Equal(t, c.clock.Now().Add(pos.PINLock), e.Args["Until"])
		c.restart()
		_, err = c.Approve(c.Context(), c.cashier, ask(600))
		c.refuses(err, pos.CodeWait, "login.locked")
		_, err = c.Login(c.Context(), ownerPIN)
		c.refuses(err, pos.CodeWait, "login.locked")
		c.clock.Move(pos.PINLock)
		c.approve(ask(600))
	})
	t.Run("one's own PIN does not begin the count anew", func(t *testing.T) {
		c := newCounter(t)
		wrong, own := ask(600), ask(600)
		wrong.PIN, own.PIN = wrongPIN, cashierPIN
		for range pos.PINTries - 1 {
			_, err := c.Approve(c.Context(), c.cashier, wrong)
			c.refuses(err, pos.CodeForbidden, "login.wrong")
			_, err = c.Approve(c.Context(), c.cashier, own)
			c.refuses(err, pos.CodeForbidden, "approval.own")
		}
		_, err := c.Approve(c.Context(), c.cashier, wrong)
		c.refuses(err, pos.CodeWait, "login.locked")
	})
	t.Run("somebody who left approves nothing and asks for nothing", func(t *testing.T) {
		c := newCounter(t)
		_, err := c.UpdateEmployee(c.Context(), c.owner, c.senior.ID, "Света", pos.GroupSeniorCashier, true, "")
		c.ok(err)
		_, err = c.Approve(c.Context(), c.cashier, ask(600))
		c.refuses(err, pos.CodeForbidden, "login.wrong")
		gone := ask(600)
		gone.PIN = ownerPIN
		_, err = c.Approve(c.Context(), c.senior, gone)
		c.refuses(err, pos.CodeForbidden, "till.not-logged-in")
		_, err = c.Approve(c.Context(), pos.Actor{}, gone)
		c.refuses(err, pos.CodeForbidden, "till.not-logged-in")
		_, err = c.Approve(c.Context(), till.System(), gone)
		c.refuses(err, pos.CodeForbidden, "till.not-logged-in")
	})
}

func TestTill_WithApproval_Refuses(t *testing.T) {
	for name, tt := range map[string]struct {
		asked func(*counter) till.AskApproval
		wait  time.Duration
		off   money.Amount
		id    string
	}{
		"one that expired":             {func(*counter) till.AskApproval { return ask(600) }, pos.ApprovalLife, 600, "approval.expired"},
		"one from after the clock":     {func(*counter) till.AskApproval { return ask(600) }, -time.Second, 600, "approval.expired"},
		"a sum raised since":           {func(*counter) till.AskApproval { return ask(600) }, 0, 601, "approval.sum-raised"},
		"one of another right":         {func(*counter) till.AskApproval { a := ask(600); a.Right = pos.RightChequeDiscount; return a }, 0, 600, "till.over-cap"},
		"one for another cheque":       {func(*counter) till.AskApproval { a := ask(600); a.Subject = "another"; return a }, 0, 600, "till.over-cap"},
		"one that is still good, used": {func(c *counter) till.AskApproval { return ask(600) }, pos.ApprovalLife - time.Millisecond, 600, ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t)
			c.scan("gold")
			a := c.approve(tt.asked(c))
			c.clock.Move(tt.wait)
			err := c.discount(c.with(a.ID), tt.off)
			if tt.id == "" {
				c.ok(err)
				return
			}
			c.refuses(err, pos.CodeForbidden, tt.id)
			r, ok := till.RefusedOf(err)
			require.True(t, ok, "a new one can be asked for")
			require.Equal(t, tt.off, r.Sum)
			require.Zero(t, c.happened(pos.EventApprovalUsed))
			require.Equal(t, string(pos.RightLineDiscount), c.lastOf(pos.EventForbidden).Detail["right"])
			c.clock.Move(-tt.wait)
		})
	}
	t.Run("one that was given to somebody else", func(t *testing.T) {
		c := newCounter(t)
		_, err := c.AddEmployee(c.Context(), c.owner, "Нина", pos.GroupCashier, "903817")
		c.ok(err)
		nina, err := c.Login(c.Context(), "903817")
		c.ok(err)
		c.scan("gold")
		a := c.approve(ask(600))
		_, err = c.DiscountLine(c.with(a.ID), nina, 1, pos.Discount{Sum: 600})
		c.refuses(err, pos.CodeForbidden, "till.over-cap")
	})
	t.Run("one nobody gave", func(t *testing.T) {
		c := newCounter(t)
		c.scan("gold")
		c.refuses(c.discount(c.with("01900000-0000-7000-8000-00000000ffff"), 600), pos.CodeForbidden, "till.over-cap")
	})
	t.Run("the second time, whatever came between", func(t *testing.T) {
		c := newCounter(t)
		c.scan("gold")
		a := c.approve(ask(600))
		c.ok(c.discount(c.with(a.ID), 600))
		c.ok(c.discount(c.Context(), 0))
		c.restart()
		c.refuses(c.discount(c.with(a.ID), 600), pos.CodeForbidden, "approval.used")
		b := c.approve(ask(600))
		c.ok(c.discount(c.with(a.ID, b.ID), 600))
	})
}

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

func TestTill_GroupsWithCaps(t *testing.T) {
	manager := func(t *testing.T) (*counter, pos.Actor) {
		c := newCounter(t)
		c.ok(c.SaveGroup(c.Context(), c.owner, pos.Group{Name: "Управляющие",
			Rights: []pos.Right{pos.RightEmployees, pos.RightLineDiscount}, Caps: map[pos.Right]money.Amount{pos.RightLineDiscount: 1000}}))
		groups, err := c.Groups(c.Context())
		c.ok(err)
		_, err = c.AddEmployee(c.Context(), c.owner, "Марк", groups[len(groups)-1].ID, "847261")
		c.ok(err)
		a, err := c.Login(c.Context(), "847261")
		c.ok(err)
		return c, a
	}
	t.Run("nobody gives a higher cap than one's own, or none", func(t *testing.T) {
		c, mark := manager(t)
		g := pos.Group{Name: "Стажёры", Rights: []pos.Right{pos.RightLineDiscount}}
		c.refuses(c.SaveGroup(c.Context(), mark, g), pos.CodeForbidden, "group.beyond-own")
		g.Caps = map[pos.Right]money.Amount{pos.RightLineDiscount: 1001}
		c.refuses(c.SaveGroup(c.Context(), mark, g), pos.CodeForbidden, "group.beyond-own")
		g.Caps[pos.RightLineDiscount] = 1000
		c.ok(c.SaveGroup(c.Context(), mark, g))
	})
	t.Run("the trail tells which caps were set and lifted", func(t *testing.T) {
		c := newCounter(t)
		require.Equal(t, "line.discount=100000", c.lastOf(pos.EventGroupChanged).Detail["caps"])
		c.caps(pos.GroupSeniorCashier, nil)
		require.Equal(t, "line.discount=", c.lastOf(pos.EventGroupChanged).Detail["caps"])
	})
	t.Run("a cap of a right that was taken goes with it", func(t *testing.T) {
		c := newCounter(t)
		c.ok(c.SaveGroup(c.Context(), c.owner, pos.Group{ID: pos.GroupCashier, Rights: []pos.Right{pos.RightSell},
			Caps: map[pos.Right]money.Amount{pos.RightLineDiscount: 500}}))
		groups, err := c.Groups(c.Context())
		c.ok(err)
		require.Empty(t, groups[3].Caps)
	})
	t.Run("a group is deleted once nobody is in it", func(t *testing.T) {
		c, mark := manager(t)
		c.refuses(c.DeleteGroup(c.Context(), c.owner, mark.Group), pos.CodeConflict, "group.in-use")
		_, err := c.UpdateEmployee(c.Context(), c.owner, mark.ID, "Марк", mark.Group, true, "")
		c.ok(err)
		c.refuses(c.DeleteGroup(c.Context(), c.owner, mark.Group), pos.CodeConflict, "group.in-use")
		_, err = c.UpdateEmployee(c.Context(), c.owner, mark.ID, "Марк", pos.GroupCashier, true, "")
		c.ok(err)
		c.refuses(c.DeleteGroup(c.Context(), c.cashier, mark.Group), pos.CodeForbidden, "till.forbidden")
		c.ok(c.DeleteGroup(c.Context(), c.owner, mark.Group))
		c.refuses(c.DeleteGroup(c.Context(), c.owner, mark.Group), pos.CodeNotFound, "group.unknown")
		c.refuses(c.DeleteGroup(c.Context(), c.owner, pos.GroupCashier), pos.CodeConflict, "group.preset")
	})
}
