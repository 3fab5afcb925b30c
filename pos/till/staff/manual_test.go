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
		"another currency, which a cap cannot hold": {use: use(func(u *till.ManualUse) { u.Currency = "USD" }), by: "senior", capped: true, id: "manual.foreign-cap"},
		"another currency, without a cap":           {use: use(func(u *till.ManualUse) { u.Currency = "USD" }), by: "senior"},
		"another currency, without the right":       {use: use(func(u *till.ManualUse) { u.Currency = "USD" }), by: "cashier", id: "manual.foreign-cap"},
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
				require.Equal(t, till.Refused{Right: tt.right, Sum: r.Sum, Subject: "p1"}, r)
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
			require.True(t, g.Allows(tt.use.Right, tt.use.Sum) || tt.use.Currency != "RUB")
			require.True(t, !tt.use.Own || g.Has(pos.RightManualOwn))
			require.True(t, !tt.use.Correct || g.Has(pos.RightManualCorrect))
		})
	}
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
