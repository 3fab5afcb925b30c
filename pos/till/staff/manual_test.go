package staff_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// What a request about a manual payment may do is what the asker's group may, with
// what somebody else allowed once.
func TestTill_AllowManual(t *testing.T) {
	use := func(change func(*till.ManualUse)) till.ManualUse {
		u := till.ManualUse{Right: pos.RightManualDecide, Sum: 1000_00, Currency: "RUB", Subject: "p1"}
		change(&u)
		return u
	}
	caps := map[pos.Right]money.Amount{pos.RightManualDecide: 500_00}
	for name, tt := range map[string]struct {
		use    till.ManualUse
		by     string // "cashier" or "senior"
		capped bool
		id     string // of the refusal, "" for none
		right  pos.Right
		lifted bool
	}{
		"the right is there":                        {use: use(func(*till.ManualUse) {}), by: "senior"},
		"the right is not":                          {use: use(func(*till.ManualUse) {}), by: "cashier", id: "till.forbidden", right: pos.RightManualDecide, lifted: true},
		"beyond the cap":                            {use: use(func(*till.ManualUse) {}), by: "senior", capped: true, id: "till.over-cap", right: pos.RightManualDecide, lifted: true},
		"within the cap":                            {use: use(func(u *till.ManualUse) { u.Sum = 500_00 }), by: "senior", capped: true},
		"what one noted oneself":                    {use: use(func(u *till.ManualUse) { u.Own = true }), by: "senior", id: "approval.author", right: pos.RightManualDecide, lifted: true},
		"another currency, which a cap cannot hold": {use: use(func(u *till.ManualUse) { u.Currency = "USD" }), by: "senior", capped: true, id: "manual.foreign-cap", right: pos.RightManualDecide, lifted: true},
		"another currency, without a cap":           {use: use(func(u *till.ManualUse) { u.Currency = "USD" }), by: "senior"},
		"another currency, without the right":       {use: use(func(u *till.ManualUse) { u.Currency = "USD" }), by: "cashier", id: "till.forbidden", right: pos.RightManualDecide, lifted: true},
		"another currency, which one noted oneself": {use: use(func(u *till.ManualUse) { u.Currency, u.Own = "USD", true }), by: "senior", id: "approval.author", right: pos.RightManualDecide, lifted: true},
		"a return in another currency":              {use: till.ManualUse{Right: pos.RightManualRefund, Sum: 5, Currency: "USD", Subject: "p1"}, by: "cashier", id: "till.forbidden", right: pos.RightManualRefund, lifted: true},
		"what has no sum":                           {use: till.ManualUse{Right: pos.RightManualCreate, Subject: "p1"}, by: "cashier"},
		"a correction without the right":            {use: use(func(u *till.ManualUse) { u.Correct = true }), by: "senior", id: "till.forbidden", right: pos.RightManualCorrect, lifted: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := tilltest.Small(t)
			if tt.capped {
				s.Cap(pos.GroupSeniorCashier, caps)
			}
			who := s.Cashier
			if tt.by == "senior" {
				who = s.Senior
			}
			g, err := s.AllowManual(s.Context(), who, tt.use)
			if tt.id != "" {
				tilltest.Refused(t, err, pos.CodeForbidden, tt.id)
				r, ok := till.RefusedOf(err)
				require.Equal(t, tt.lifted, ok)
				if !ok {
					return
				}
				want := till.Refused{Right: tt.right, Sum: r.Sum, Subject: "p1"}
				if tt.use.Currency == "USD" {
					want.Subject, want.Currency = "p1 USD", "USD"
				}
				require.Equal(t, want, r)
				allowed, err := s.Approve(s.Context(), who, till.AskApproval{Right: r.Right, Sum: r.Sum, Subject: r.Subject, PIN: tilltest.OwnerPIN, Reason: "решил владелец"})
				require.NoError(t, err)
				ctx := till.WithApproval(s.Context(), allowed.ID)
				g, err = s.AllowManual(ctx, who, tt.use)
				require.NoError(t, err)
				_, err = s.AllowManual(ctx, who, tt.use)
				tilltest.Refused(t, err, pos.CodeForbidden, "approval.used")
				require.Equal(t, 1, s.Happened(pos.EventApprovalUsed))
				require.Equal(t, "p1", s.Last(pos.EventApprovalUsed).Detail["used_for"])
			}
			if err == nil {
				require.True(t, g.Has(tt.use.Right))
			}
			require.True(t, g.Allows(tt.use.Right, tt.use.Sum))
			if _, capped := g.Cap(tt.use.Right); tt.use.Currency == "USD" {
				require.False(t, capped, "a cap in another currency says nothing")
			}
			require.True(t, !tt.use.Own || g.Has(pos.RightManualOwn))
			require.True(t, !tt.use.Correct || g.Has(pos.RightManualCorrect))
		})
	}
	t.Run("another currency is allowed by somebody without a cap, for that currency alone", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Cap(pos.GroupSeniorCashier, caps)
		dollars := use(func(u *till.ManualUse) { u.Sum, u.Currency = 1_00, "USD" })
		_, err := s.AllowManual(s.Context(), s.Cashier, dollars)
		r, ok := till.RefusedOf(err)
		require.True(t, ok)
		approve := func(subject, pin string) (pos.Approval, error) {
			return s.Approve(s.Context(), s.Cashier, till.AskApproval{Right: r.Right, Sum: 100_00, Subject: subject, PIN: pin, Reason: "решил старший"})
		}
		_, err = approve(r.Subject, tilltest.SeniorPIN)
		tilltest.Refused(t, err, pos.CodeForbidden, "approval.granter-foreign")
		for _, subject := range []string{"", "p1", "p1 EUR", "p2 USD"} { // the senior may allow so much in roubles, the owner everything
			pin := tilltest.SeniorPIN
			if len(subject) > 2 {
				pin = tilltest.OwnerPIN
			}
			a, err := approve(subject, pin)
			require.NoError(t, err, subject)
			_, err = s.AllowManual(till.WithApproval(s.Context(), a.ID), s.Cashier, dollars)
			tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		}
		a, err := approve(r.Subject, tilltest.OwnerPIN)
		require.NoError(t, err)
		more := dollars
		more.Sum = 100_01
		_, err = s.AllowManual(till.WithApproval(s.Context(), a.ID), s.Cashier, more)
		tilltest.Refused(t, err, pos.CodeForbidden, "approval.sum-raised")
		_, err = s.AllowManual(till.WithApproval(s.Context(), a.ID), s.Cashier, dollars)
		require.NoError(t, err)
	})
	t.Run("the stored group stays as it is", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Cap(pos.GroupSeniorCashier, caps)
		before, err := s.OwnGroup(s.Context(), s.Senior)
		require.NoError(t, err)
		allowed, err := s.Approve(s.Context(), s.Senior, till.AskApproval{Right: pos.RightManualDecide, Sum: 1000_00, Subject: "p1", PIN: tilltest.OwnerPIN, Reason: "решил владелец"})
		require.NoError(t, err)
		_, err = s.AllowManual(till.WithApproval(s.Context(), allowed.ID), s.Senior, use(func(*till.ManualUse) {}))
		require.NoError(t, err)
		after, err := s.OwnGroup(s.Context(), s.Senior)
		require.NoError(t, err)
		require.Equal(t, before, after)
	})
}
