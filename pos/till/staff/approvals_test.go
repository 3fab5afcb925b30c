package staff_test

// These tests let somebody else approve what a cashier may not do alone. What is
// approved lies in other rooms, as it does at a till.

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// capped is a small shop whose cashier may take up to 5.00 off a line alone and
// whose senior cashier may go up to 1000.00.
func capped(t *testing.T) *tilltest.Shop {
	t.Helper()
	s := tilltest.Small(t)
	s.Cap(pos.GroupCashier, map[pos.Right]money.Amount{pos.RightLineDiscount: 500, pos.RightCashIn: 0})
	s.Cap(pos.GroupSeniorCashier, map[pos.Right]money.Amount{pos.RightLineDiscount: 100_000})
	return s
}

// approve lets somebody approve what the cashier asks for.
func approve(s *tilltest.Shop, ask till.AskApproval) pos.Approval {
	s.Helper()
	a, err := s.Approve(s.Context(), s.Cashier, ask)
	require.NoError(s, err)
	return a
}

// discount takes a sum off line 1 as the cashier, under approvals.
func discount(s *tilltest.Shop, off money.Amount, ids ...pos.ApprovalID) error {
	_, err := s.DiscountLine(with(ids...), s.Cashier, 1, pos.Discount{Sum: off})
	return err
}

// with carries approvals into an operation.
func with(ids ...pos.ApprovalID) context.Context {
	ctx := context.Background()
	for _, id := range ids {
		ctx = till.WithApproval(ctx, id)
	}
	return ctx
}

// ask asks the senior cashier for a discount of a sum on a line.
func ask(sum money.Amount) till.AskApproval {
	return till.AskApproval{Right: pos.RightLineDiscount, Sum: sum, PIN: tilltest.SeniorPIN, Reason: "помята упаковка"}
}

func TestTill_Approval(t *testing.T) {
	t.Run("lets one action pass, once, and says who allowed it", func(t *testing.T) {
		s := capped(t)
		v := s.Ring("gold")
		require.NoError(t, discount(s, 500))
		err := discount(s, 501)
		e := tilltest.Refused(t, err, pos.CodeForbidden, "till.over-cap")
		if e.Args["Right"] != pos.RightLineDiscount || e.Args["Sum"] != money.Amount(501) || e.Args["Cap"] != money.Amount(500) {
			t.Fatalf("told %v", e.Args)
		}
		if d := s.Last(pos.EventForbidden).Detail; d["right"] != "line.discount" || d["sum"] != "501" || d["cap"] != "500" {
			t.Fatalf("recorded %v", d)
		}
		r, ok := till.RefusedOf(err)
		if !ok || r != (till.Refused{Right: pos.RightLineDiscount, Sum: 501, Subject: string(v.Cheque.ID)}) {
			t.Fatalf("refused %v %v", r, ok)
		}
		a := approve(s, till.AskApproval{Right: r.Right, Sum: r.Sum, Subject: r.Subject, PIN: tilltest.SeniorPIN, Reason: " помята упаковка "})
		if a.GrantedBy != s.Senior.ID || a.AskedBy != s.Cashier.ID || a.Reason != "помята упаковка" || a.Expires.Sub(a.At) != pos.ApprovalLife {
			t.Fatalf("granted %+v", a)
		}
		require.NoError(t, discount(s, 501, a.ID))
		d := s.Last(pos.EventDiscountGiven).Detail
		if d[pos.DetailApproval] != string(a.ID) || d[pos.DetailApprovedBy] != string(s.Senior.ID) {
			t.Fatalf("the discount says %v", d)
		}
		list, err := s.Approvals(s.Context(), s.Owner, s.Clock.Now().Add(-time.Hour), s.Clock.Now().Add(time.Hour))
		require.NoError(t, err)
		if len(list) != 1 || !list[0].Used() || list[0].UsedFor != string(v.Cheque.ID) {
			t.Fatalf("listed %+v", list)
		}
		tilltest.Refused(t, discount(s, 502, a.ID), pos.CodeForbidden, "approval.used")
		if s.Happened(pos.EventApprovalGranted) != 1 || s.Happened(pos.EventApprovalUsed) != 1 {
			t.Fatal("the trail tells otherwise")
		}
	})
	t.Run("stands in for a right the group does not have, and knows the sum", func(t *testing.T) {
		s := capped(t)
		s.Ring("gold")
		_, err := s.DiscountCheque(s.Context(), s.Cashier, pos.Discount{Percent: 1000})
		r, ok := till.RefusedOf(err)
		if !ok || r.Right != pos.RightChequeDiscount || r.Sum != 50_000 {
			t.Fatalf("refused %+v", r)
		}
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		a := approve(s, till.AskApproval{Right: r.Right, Sum: r.Sum, Subject: r.Subject, PIN: tilltest.OwnerPIN, Reason: "юбилей"})
		v, err := s.DiscountCheque(with(a.ID), s.Cashier, pos.Discount{Percent: 1000})
		require.NoError(t, err)
		if v.Totals.Total != 450_000 {
			t.Fatalf("total %v", v.Totals.Total)
		}
		// What was approved for one cheque does not grow with it.
		_, err = s.Scan(s.Context(), s.Cashier, "milk", 0, nil)
		e := tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		if e.Args["Sum"] != money.Amount(51_000) {
			t.Fatalf("told %v", e.Args)
		}
	})
	t.Run("an operation that fails leaves it unused", func(t *testing.T) {
		s := capped(t)
		s.Ring("milk")
		a := approve(s, ask(600))
		_, err := s.DiscountLine(with(a.ID), s.Cashier, 9, pos.Discount{Sum: 600})
		tilltest.Refused(t, err, pos.CodeNotFound, "line.unknown")
		require.NoError(t, discount(s, 600, a.ID))
	})
	t.Run("one that was not needed stays unused", func(t *testing.T) {
		s := capped(t)
		s.Ring("milk")
		a := approve(s, ask(600))
		require.NoError(t, discount(s, 400, a.ID))
		if s.Happened(pos.EventApprovalUsed) != 0 {
			t.Fatal("used without need")
		}
	})
	t.Run("survives the end of the process until it expires", func(t *testing.T) {
		s := capped(t)
		s.Ring("milk")
		a := approve(s, ask(600))
		s.Restart()
		s.Clock.Move(pos.ApprovalLife - time.Second)
		require.NoError(t, discount(s, 600, a.ID))
	})
	t.Run("a cap of nothing takes an approval for every sum", func(t *testing.T) {
		s := capped(t)
		_, err := s.CashIn(s.Context(), s.Cashier, 1, "размен")
		tilltest.Refused(t, err, pos.CodeForbidden, "till.over-cap")
		a := approve(s, till.AskApproval{Right: pos.RightCashIn, Sum: 1, PIN: tilltest.SeniorPIN, Reason: "размен"})
		_, err = s.CashIn(with(a.ID), s.Cashier, 1, "размен")
		require.NoError(t, err)
	})
	t.Run("opens a report once", func(t *testing.T) {
		s := capped(t)
		a := approve(s, till.AskApproval{Right: pos.RightReports, PIN: tilltest.OwnerPIN, Reason: "сверка"})
		_, err := s.Skips(with(a.ID), s.Cashier, s.Clock.Now(), s.Clock.Now())
		require.NoError(t, err)
		_, err = s.Skips(with(a.ID), s.Cashier, s.Clock.Now(), s.Clock.Now())
		tilltest.Refused(t, err, pos.CodeForbidden, "approval.used")
	})
	t.Run("gives nobody a right for good", func(t *testing.T) {
		s := capped(t)
		a := approve(s, till.AskApproval{Right: pos.RightEmployees, PIN: tilltest.OwnerPIN, Reason: "новый кассир"})
		other := approve(s, till.AskApproval{Right: pos.RightSettings, PIN: tilltest.OwnerPIN, Reason: "новый кассир"})
		err := s.SaveGroup(with(a.ID, other.ID), s.Cashier, pos.Group{Name: "Свои", Rights: []pos.Right{pos.RightSettings}})
		tilltest.Refused(t, err, pos.CodeForbidden, "group.beyond-own")
		if _, ok := till.RefusedOf(err); ok {
			t.Fatal("offered for approval")
		}
		_, err = s.AddEmployee(with(a.ID), s.Cashier, "Нина", pos.GroupCashier, "903817")
		require.NoError(t, err)
	})
}

func TestTill_Approve_Refuses(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*till.AskApproval)
		code   pos.Code
		id     string
	}{
		"a wrong PIN":               {func(a *till.AskApproval) { a.PIN = tilltest.WrongPIN }, pos.CodeForbidden, "login.wrong"},
		"no PIN":                    {func(a *till.AskApproval) { a.PIN = "" }, pos.CodeForbidden, "login.wrong"},
		"one's own PIN":             {func(a *till.AskApproval) { a.PIN = tilltest.CashierPIN }, pos.CodeForbidden, "approval.own"},
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
			s := capped(t)
			a := ask(600)
			tt.change(&a)
			got, err := s.Approve(s.Context(), s.Cashier, a)
			tilltest.Refused(t, err, tt.code, tt.id)
			require.Zero(t, got)
			require.Zero(t, s.Happened(pos.EventApprovalGranted))
			if strings.HasPrefix(tt.id, "approval.") && tt.code == pos.CodeForbidden {
				require.Equal(t, tt.id, s.Last(pos.EventApprovalRefused).Detail["why"])
			}
		})
	}
	t.Run("wrong PINs lock the till as at login, also for the right one", func(t *testing.T) {
		s := capped(t)
		wrong := ask(600)
		wrong.PIN = tilltest.WrongPIN
		for range pos.PINTries - 1 {
			_, err := s.Approve(s.Context(), s.Cashier, wrong)
			tilltest.Refused(t, err, pos.CodeForbidden, "login.wrong")
		}
		_, err := s.Approve(s.Context(), s.Cashier, wrong)
		e := tilltest.Refused(t, err, pos.CodeWait, "login.locked")
		require.Equal(t, s.Clock.Now().Add(pos.PINLock), e.Args["Until"])
		s.Restart()
		_, err = s.Approve(s.Context(), s.Cashier, ask(600))
		tilltest.Refused(t, err, pos.CodeWait, "login.locked")
		_, err = s.Login(s.Context(), tilltest.OwnerPIN)
		tilltest.Refused(t, err, pos.CodeWait, "login.locked")
		s.Clock.Move(pos.PINLock)
		approve(s, ask(600))
	})
	t.Run("one's own PIN does not begin the count anew", func(t *testing.T) {
		s := capped(t)
		wrong, own := ask(600), ask(600)
		wrong.PIN, own.PIN = tilltest.WrongPIN, tilltest.CashierPIN
		for range pos.PINTries - 1 {
			_, err := s.Approve(s.Context(), s.Cashier, wrong)
			tilltest.Refused(t, err, pos.CodeForbidden, "login.wrong")
			_, err = s.Approve(s.Context(), s.Cashier, own)
			tilltest.Refused(t, err, pos.CodeForbidden, "approval.own")
		}
		_, err := s.Approve(s.Context(), s.Cashier, wrong)
		tilltest.Refused(t, err, pos.CodeWait, "login.locked")
	})
	t.Run("somebody who left approves nothing and asks for nothing", func(t *testing.T) {
		s := capped(t)
		_, err := s.UpdateEmployee(s.Context(), s.Owner, s.Senior.ID, "Света", pos.GroupSeniorCashier, true, "")
		require.NoError(t, err)
		_, err = s.Approve(s.Context(), s.Cashier, ask(600))
		tilltest.Refused(t, err, pos.CodeForbidden, "login.wrong")
		gone := ask(600)
		gone.PIN = tilltest.OwnerPIN
		_, err = s.Approve(s.Context(), s.Senior, gone)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.not-logged-in")
		_, err = s.Approve(s.Context(), pos.Actor{}, gone)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.not-logged-in")
		_, err = s.Approve(s.Context(), till.System(), gone)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.not-logged-in")
	})
}

func TestTill_WithApproval_Refuses(t *testing.T) {
	for name, tt := range map[string]struct {
		asked func(*tilltest.Shop) till.AskApproval
		wait  time.Duration
		off   money.Amount
		id    string
	}{
		"one that expired":             {func(*tilltest.Shop) till.AskApproval { return ask(600) }, pos.ApprovalLife, 600, "approval.expired"},
		"one whose clock was put back": {func(*tilltest.Shop) till.AskApproval { return ask(600) }, pos.ApprovalLife, 600, "approval.expired"},
		"a sum raised since":           {func(*tilltest.Shop) till.AskApproval { return ask(600) }, 0, 601, "approval.sum-raised"},
		"one of another right":         {func(*tilltest.Shop) till.AskApproval { a := ask(600); a.Right = pos.RightChequeDiscount; return a }, 0, 600, "till.over-cap"},
		"one for another cheque":       {func(*tilltest.Shop) till.AskApproval { a := ask(600); a.Subject = "another"; return a }, 0, 600, "till.over-cap"},
		"one that is still good, used": {func(s *tilltest.Shop) till.AskApproval { return ask(600) }, pos.ApprovalLife - time.Millisecond, 600, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := capped(t)
			s.Ring("gold")
			a := approve(s, tt.asked(s))
			s.Clock.Move(tt.wait)
			if name == "one whose clock was put back" {
				s.Clock.Set(-tt.wait)
			}
			err := discount(s, tt.off, a.ID)
			if tt.id == "" {
				require.NoError(t, err)
				return
			}
			tilltest.Refused(t, err, pos.CodeForbidden, tt.id)
			r, ok := till.RefusedOf(err)
			require.True(t, ok, "a new one can be asked for")
			require.Equal(t, tt.off, r.Sum)
			require.Zero(t, s.Happened(pos.EventApprovalUsed))
			require.Equal(t, string(pos.RightLineDiscount), s.Last(pos.EventForbidden).Detail["right"])
			s.Clock.Move(-tt.wait)
		})
	}
	t.Run("one that was given to somebody else", func(t *testing.T) {
		s := capped(t)
		_, err := s.AddEmployee(s.Context(), s.Owner, "Нина", pos.GroupCashier, "903817")
		require.NoError(t, err)
		nina, err := s.Login(s.Context(), "903817")
		require.NoError(t, err)
		s.Ring("gold")
		a := approve(s, ask(600))
		_, err = s.DiscountLine(with(a.ID), nina, 1, pos.Discount{Sum: 600})
		tilltest.Refused(t, err, pos.CodeForbidden, "till.over-cap")
	})
	t.Run("one nobody gave", func(t *testing.T) {
		s := capped(t)
		s.Ring("gold")
		tilltest.Refused(t, discount(s, 600, "01900000-0000-7000-8000-00000000ffff"), pos.CodeForbidden, "till.over-cap")
	})
	t.Run("the second time, whatever came between", func(t *testing.T) {
		s := capped(t)
		s.Ring("gold")
		a := approve(s, ask(600))
		require.NoError(t, discount(s, 600, a.ID))
		require.NoError(t, discount(s, 0))
		s.Restart()
		tilltest.Refused(t, discount(s, 600, a.ID), pos.CodeForbidden, "approval.used")
		other := approve(s, ask(600))
		require.NoError(t, discount(s, 600, a.ID, other.ID))
	})
}

// TestTill_ApprovalAndACrash ends the process between the approval and its use,
// and after it: it is used once.
func TestTill_ApprovalAndACrash(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	ask := till.AskApproval{Right: pos.RightCashOut, Sum: 5000, PIN: s.Demo.Employees[1].PIN, Reason: "инкассация"}
	a, err := s.Approve(s.Context(), s.Cashier, ask)
	require.NoError(t, err)
	s.Restart()
	ctx := till.WithApproval(s.Context(), a.ID)
	_, err = s.CashOut(ctx, s.Cashier, 5000, "инкассация")
	require.NoError(t, err)
	s.Restart()
	_, err = s.CashOut(ctx, s.Cashier, 5000, "инкассация")
	tilltest.Refused(t, err, pos.CodeForbidden, "approval.used")
	r, err := s.XReport(s.Context(), s.Owner)
	require.NoError(t, err)
	require.EqualValues(t, 5000, r.CashOut)
}

// A promotion gives way to a discount by hand, so that takes off more than while
// the promotion stood: what is asked for is what it comes to in the end.
func TestTill_ApprovalOfADiscountWithItsPromotion(t *testing.T) {
	s := capped(t)
	s.Promote(tilltest.TenPercent("Десятая"))
	v := s.Ring("gold") // 5000.00
	require.EqualValues(t, 500_00, v.Totals.Offered)
	half := func(ids ...pos.ApprovalID) error {
		_, err := s.DiscountLine(with(ids...), s.Cashier, 1, pos.Discount{Percent: 1000})
		return err
	}
	r, ok := till.RefusedOf(half())
	require.True(t, ok)
	require.EqualValues(t, 500_00, r.Sum, "10 % of 5000.00, not of what the promotion left")
	a := approve(s, till.AskApproval{Right: r.Right, Sum: r.Sum, Subject: r.Subject, PIN: tilltest.SeniorPIN, Reason: "помята упаковка"})
	require.NoError(t, half(a.ID), "asked once")
	require.EqualValues(t, 500_00, s.Screen().Totals.Discount)
	require.Zero(t, s.Screen().Totals.Offered)
	tilltest.Refused(t, half(a.ID), pos.CodeForbidden, "approval.used")
}
