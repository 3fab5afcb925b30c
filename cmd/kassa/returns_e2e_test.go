package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// settle gives a reason, confirms where everything goes and finishes.
func (r *rig) settle() {
	r.t.Helper()
	r.see("returns.settle", "armed", "no")
	r.key("F1", "Return")
	r.see("returns.settle", "armed", "yes")
	r.key("Return")
}

func TestE2E_ReturnOfAMixedSale(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupOwner, "500")
	c := r.shopper(100, 100_000)
	r.ring(6)
	r.attach(c)
	r.key("F6")
	r.see("points")
	r.key("Return")
	r.see("code", "state", "sent", "operation", "points")
	r.typed(r.code(1))
	r.key("Return")
	r.see("sale", "tenders", "1")
	r.key("F9")
	r.see("payment")
	r.typed("30")
	r.key("Return")
	r.see("payment", "action", "credit")
	r.key("Return")
	r.see("credit", "customer", string(c.ID))
	r.key("Return")
	r.see("code", "state", "sent", "operation", "credit")
	r.typed(r.code(2))
	r.key("Return")
	r.see("payment", "due", "0.00", "action", "finish")
	r.key("Return")
	total := r.see("receipt").Facts["total"]
	r.key("Return")
	r.see("sale", "lines", "0")

	r.key("Prior")
	r.see("returns", "mode", "find", "found", "1")
	r.key("Return")
	r.see("returns", "mode", "pick", "picked", "0")
	r.key("F5")
	r.see("returns", "total", total)
	r.key("F9")
	r.settle()
	r.see("return", "number", "1", "total", total)
	r.key("Return")
	r.see("sale", "lines", "0")

	s, ctx := r.stored()
	sale := r.sales(s, ctx)[0]
	back, err := s.Till.Return(ctx, till.System(), "")
	require.NoError(t, err)
	require.Equal(t, sale.ID, back.Sale)
	require.Equal(t, sale.Total, back.Total)
	for _, m := range []pos.Method{pos.Cash, pos.Points, pos.Credit} {
		require.Positive(t, int64(sale.Paid(m)), m)
		require.Equal(t, sale.Paid(m), back.Refunded(m), m)
	}
	card, err := s.Till.CustomerCard(ctx, till.System(), c.ID)
	require.NoError(t, err)
	require.Equal(t, c.Points, card.Points)
	require.Equal(t, c.Debt, card.Debt)
	x, err := s.Till.XReport(ctx, till.System())
	require.NoError(t, err)
	require.Equal(t, money.Amount(50_000), x.Expected, "the float alone")
}

func TestE2E_ExchangeGoesOnAfterAKill(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupOwner, "500")
	cheap, dear := r.demo.Products[0], r.demo.Products[4]
	r.scan(cheap.Barcodes[0])
	r.see("sale", "lines", "1")
	r.paidInCash()

	r.key("Prior")
	r.see("returns", "found", "1")
	r.key("Return")
	r.see("returns", "mode", "pick")
	r.key("Return")
	r.see("returns", "picked", "1")
	r.till.Kill()
	r.open()
	r.login(pos.GroupOwner)
	r.see("returns", "mode", "pick", "picked", "1")
	r.key("F4")
	r.see("returns.reason", "error", "")
	r.key("F1")
	r.see("sale", "exchange", "true", "lines", "0")
	r.scan(dear.Barcodes[0])
	r.see("sale", "lines", "1", "due", dear.Price.Sub(cheap.Price).String())
	r.key("F9")
	r.see("payment", "due", dear.Price.Sub(cheap.Price).String())
	r.key("F2", "Return")
	r.see("payment", "due", "0.00", "action", "finish")
	r.key("Return")
	r.see("return", "total", cheap.Price.String(), "cash", "0.00")
	r.key("Return")
	r.see("sale", "exchange", "false")

	s, ctx := r.stored()
	sales := r.sales(s, ctx)
	require.Len(t, sales, 2)
	require.Equal(t, map[pos.Method]money.Amount{pos.Exchange: cheap.Price, pos.Card: dear.Price.Sub(cheap.Price)}, byMethod(sales[1]))
	back, err := s.Till.Return(ctx, till.System(), "")
	require.NoError(t, err)
	require.Equal(t, sales[0].ID, back.Sale)
	require.Equal(t, sales[1].ID, back.Exchange)
	require.Equal(t, cheap.Price, back.Refunded(pos.Exchange))
}

func TestE2E_ReturnWithoutReceiptIsApprovedByAnother(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupCashier, "500")
	r.key("Prior")
	r.see("returns", "mode", "find")
	r.key("F6")
	r.see("returns", "mode", "pick", "needs", string(pos.RightReturnNoProof))
	p := r.demo.Products[0]
	r.scan(p.Barcodes[0])
	r.see("returns", "picked", "1", "total", p.Price.String())
	r.key("F9")
	r.settle()
	r.see("approval")
	r.key("F2")
	r.login(pos.GroupOwner)
	r.see("return", "number", "1", "cash", p.Price.String())
	r.key("Return")
	r.see("sale")

	s, ctx := r.stored()
	back, err := s.Till.Return(ctx, till.System(), "")
	require.NoError(t, err)
	require.Empty(t, back.Sale)
	require.Equal(t, p.Price, back.Refunded(pos.Cash))
	x, err := s.Till.XReport(ctx, till.System())
	require.NoError(t, err)
	require.Equal(t, money.Amount(50_000).Sub(p.Price), x.Expected)
}
