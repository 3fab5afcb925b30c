package payments_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// A payment in another currency under a cap is decided with the PIN of somebody
// without one, at the backend and by the queue, also where it is corrected into the
// shop's currency.
func TestPayments_AnotherCurrencyUnderACap(t *testing.T) {
	for name, c := range map[string]struct {
		cut bool
		to  money.Currency
	}{"at the backend": {}, "by the queue": {cut: true}, "corrected into the shop's": {to: "RUB"}} {
		t.Run(name, func(t *testing.T) {
			a := open(t)
			a.Cap(pos.GroupSeniorCashier, map[pos.Right]money.Amount{pos.RightManualDecide: 500_00, pos.RightManualRefund: 500_00})
			_, err := a.backend.PutMerchant(t.Context(), office, pay.Merchant{ID: "m2", Name: "Доллары", Account: "USD", Currencies: []money.Currency{"RUB", "USD"}})
			require.NoError(t, err)
			_, err = a.backend.New(t.Context(), office, pay.Ask{ID: "usd", Where: pay.AtTill, Text: "Занятие", Price: 10_00, Merchant: "m2"})
			require.NoError(t, err)
			a.relay.Notice()
			a.exchange()
			seen := a.stands("usd").Order
			ruling := pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders, Currency: c.to}
			a.cut = c.cut
			ctx := t.Context()
			for range 3 { // the decision, and the correction
				_, err = a.Decide(ctx, a.Senior, "d1", &seen, ruling)
				r, lifted := till.RefusedOf(err)
				if !lifted {
					break
				}
				allowed, err := a.Approve(t.Context(), a.Senior, till.AskApproval{Right: r.Right, Sum: r.Sum, Subject: r.Subject, PIN: a.Demo.Employees[0].PIN, Reason: "решил владелец"})
				require.NoError(t, err)
				ctx = till.WithApproval(ctx, allowed.ID)
			}
			if c.cut {
				tilltest.Refused(t, err, pos.CodeUnavailable, "manual.queued")
				a.cut = false
				a.Clock.Move(1 << 40)
				a.exchange()
			} else {
				require.NoError(t, err)
			}
			k := a.stands("usd")
			require.Equal(t, pay.Approved, k.State)
			require.Equal(t, string(a.Senior.ID), k.Decider.ID)
			require.Equal(t, 1+len(c.to)/3, a.Happened(pos.EventApprovalUsed))
			if c.cut || c.to != "" {
				return
			}
			_, err = a.AskRefund(t.Context(), a.Senior, &k.Order, pay.AskRefund{ID: "r1", Amount: 1_00, Reason: "брак", Where: pay.AtOrders, Finish: true})
			r, lifted := till.RefusedOf(err)
			require.True(t, lifted, "%v", err)
			allowed, err := a.Approve(t.Context(), a.Senior, till.AskApproval{Right: r.Right, Sum: r.Sum, Subject: r.Subject, PIN: a.Demo.Employees[0].PIN, Reason: "решил владелец"})
			require.NoError(t, err)
			_, err = a.AskRefund(till.WithApproval(t.Context(), allowed.ID), a.Senior, &k.Order, pay.AskRefund{ID: "r1", Amount: 1_00, Reason: "брак", Where: pay.AtOrders, Finish: true})
			require.NoError(t, err)
			require.EqualValues(t, 1_00, a.stands("usd").Refunded)
			a.Sound()
		})
	}
}
