package manual_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
	pay "kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/wire"
)

// sold is a sale that an order paid, as a till tells it.
func (t *told) sold(id, order string, sum money.Amount, in money.Currency) exchange.Command {
	s := &pos.Sale{ID: pos.SaleID(id), Till: "1", Epoch: 1, Number: 7, Shift: "s", Employee: "e", At: t.clock.Now(), Currency: in, Total: sum,
		Tenders: []pos.SaleTender{{Tender: pos.Tender{No: 1, Method: pos.Manual, Amount: sum, Order: order}}}}
	return t.command(wire.OfSale(s, s.Digest()))
}

// An order pays one sale, whoever tells it how often; what does not fit is booked as
// it happened and becomes a case.
func TestHeard_AnOrderPaysOneSale(t *testing.T) {
	engines(t, func(r *room) {
		till := r.till("t1")
		till.take(till.ask("p1"), till.ask("p2"), till.ask("p3"))
		for _, id := range []string{"p1", "p3"} {
			_, err := r.decide(manager, id+"d", id, pay.Approve, 1)
			require.NoError(r, err)
		}
		sale := till.sold("sale-1", "p1", 1000_00, "RUB")
		require.Equal(r, exchange.Applied, till.take(sale)[0].Verdict)
		require.Equal(r, exchange.Duplicate, till.take(sale)[0].Verdict)
		k, err := r.Order(r.Context(), "p1")
		require.NoError(r, err)
		require.Equal(r, "sale-1", k.Sale)
		require.Equal(r, pay.EventUsed, k.Events[len(k.Events)-1].Kind)
		require.Equal(r, pay.Approved, k.State)
		cases, err := r.ListCases(r.Context())
		require.NoError(r, err)
		require.Empty(r, cases, "all fits")

		for _, c := range []exchange.Command{
			till.sold("sale-2", "p1", 1000_00, "RUB"), till.sold("sale-3", "p2", 1000_00, "RUB"),
			till.sold("sale-4", "p3", 999_00, "RUB"), till.sold("sale-5", "nobody's", 1, "RUB"),
		} {
			require.Equal(r, exchange.Applied, till.take(c)[0].Verdict, "a fact is booked")
		}
		cases, err = r.ListCases(r.Context())
		require.NoError(r, err)
		odd := map[any]any{}
		for _, c := range cases {
			require.Equal(r, store.CaseOrder, c.Kind)
			odd[c.Detail["sale"]] = c.Detail["why"]
		}
		require.Equal(r, map[any]any{"sale-2": pay.OddTwice, "sale-3": pay.OddUnpaid, "sale-4": pay.OddSum, "sale-5": pay.OddUnknown}, odd)
		k, err = r.Order(r.Context(), "p1")
		require.NoError(r, err)
		require.Equal(r, "sale-1", k.Sale, "the first stays")
		_, err = r.AskRefund(r.Context(), owner, "p1", pay.AskRefund{ID: "back", Reason: "брак", Where: pay.AtTill, Finish: true})
		require.NoError(r, err)
		r.sound()
	})
}
