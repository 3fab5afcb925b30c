package main

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/sms/smstest"
)

// The end-to-end tests run the built program in a real window on a display of
// its own and work it by keys alone. What they trust is the database it leaves,
// not only what it says on the screen.

func TestE2E_MixedCashAndCard(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupCashier, "1000")
	a, b := r.demo.Products[0], r.demo.Products[1]
	r.scan(a.Barcodes[0])
	r.see("sale", "lines", "1", "sku", a.SKU)
	r.scan(b.Barcodes[0])
	r.see("sale", "lines", "2", "sku", b.SKU)
	total := a.Price.Add(b.Price)

	r.key("F9")
	r.see("payment", "total", total.String())
	r.typed("10")
	r.key("Return")
	r.see("payment", "paid", "10.00")
	r.key("F2")
	r.see("payment", "method", "card", "amount", total.Sub(1000).String())
	r.key("Return")
	r.see("payment", "due", "0.00", "action", "finish")
	r.key("Return")
	r.see("receipt", "total", total.String())
	r.key("Return")
	r.see("sale", "lines", "0")

	s, ctx := r.stored()
	sales := r.sales(s, ctx)
	require.Len(t, sales, 1)
	require.Equal(t, total, sales[0].Total)
	require.Equal(t, map[pos.Method]money.Amount{pos.Cash: 1000, pos.Card: total.Sub(1000)}, byMethod(sales[0]))
	x, err := s.Till.XReport(ctx, till.System())
	require.NoError(t, err)
	require.Equal(t, money.Amount(100_000+1000), x.Expected, "the float and the cash")
}

func TestE2E_PointsWithOneWrongCode(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupCashier, "500")
	c := r.shopper(100, 0)
	r.ring(6)
	r.attach(c)

	r.key("F6")
	asked := r.see("points")
	r.key("Return")
	r.see("code", "state", "sent", "operation", "points", "left", "5")
	code := r.code(1)
	r.typed(otherThan(code))
	r.key("Return")
	r.see("code", "left", "4")
	r.typed(code)
	r.key("Return")
	r.see("sale", "tenders", "1")

	r.key("F9")
	paying := r.see("payment", "action", "accept")
	r.key("Return")
	r.see("payment", "due", "0.00", "action", "finish")
	r.key("Return")
	r.see("receipt")

	s, ctx := r.stored()
	sale := r.sales(s, ctx)[0]
	require.Equal(t, asked.Facts["max"], asked.Facts["amount"], "the most allowed is proposed")
	require.Equal(t, asked.Facts["max"], num(sale.PointsSpent))
	require.Equal(t, paying.Facts["amount"], byMethod(sale)[pos.Cash].String())
	card, err := s.Till.CustomerCard(ctx, till.System(), c.ID)
	require.NoError(t, err)
	require.Equal(t, c.Points-sale.PointsSpent+sale.PointsEarned, card.Points)
	requireCode(t, s, ctx, sale, pos.Points)
	require.Empty(t, r.sms.Breaches())
}

func TestE2E_CreditByPayingLess(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupCashier, "500")
	c := r.shopper(0, 100_000)
	r.ring(4)
	total := r.attach(c)

	r.key("F9")
	r.see("payment")
	r.typed("30")
	r.key("Return")
	r.see("payment", "paid", "30.00", "action", "credit")
	r.key("Return")
	r.see("credit", "customer", string(c.ID), "error", "")
	r.key("Return")
	r.see("code", "state", "sent", "operation", "credit")
	require.Empty(t, r.look(func(s *shop.Shop, ctx context.Context) []pos.Sale { return r.sales(s, ctx) }), "nothing is stored before the code")
	r.typed(r.code(1))
	r.key("Return")
	r.see("payment", "due", "0.00", "action", "finish")
	r.key("Return")
	r.see("receipt")

	s, ctx := r.stored()
	sale := r.sales(s, ctx)[0]
	owed := total.Sub(3000)
	require.Equal(t, map[pos.Method]money.Amount{pos.Cash: 3000, pos.Credit: owed}, byMethod(sale))
	require.Equal(t, owed, sale.DebtAdded)
	card, err := s.Till.CustomerCard(ctx, till.System(), c.ID)
	require.NoError(t, err)
	require.Equal(t, c.Debt.Add(owed), card.Debt)
	requireCode(t, s, ctx, sale, pos.Credit)
}

func TestE2E_BrokenProvider(t *testing.T) {
	r := newRig(t)
	r.sms.Break(smstest.RefuseRequest(220)) // its server is in trouble: no balance would open the way only after two minutes
	r.begin(pos.GroupCashier, "500")
	c := r.shopper(100, 0)
	r.ring(6)
	r.attach(c)
	r.key("F6")
	r.see("points")
	r.key("Return")
	// A cashier without the right is not offered to go on, and the key does
	// nothing either.
	r.see("code", "state", "send_failed", "skippable", "no")
	r.key("F8", "Escape")
	r.see("sale", "tenders", "1")
	r.key("F9")
	r.see("payment")
	r.key("Return")
	r.see("payment", "action", "code")
	r.key("Escape")
	r.see("sale")

	// One who has the right goes on, with a reason.
	r.key("ctrl+l")
	r.see("login")
	r.login(pos.GroupSeniorCashier)
	r.see("sale", "tenders", "2")
	r.key("F9")
	r.see("payment", "action", "code")
	r.key("Return")
	r.see("code", "state", "send_failed", "skippable", "yes")
	r.key("F8")
	r.see("code.skip", "operation", "points")
	r.typed("no network")
	r.key("Return")
	r.see("payment", "action", "finish")
	r.key("Return")
	r.see("receipt")

	s, ctx := r.stored()
	sale := r.sales(s, ctx)[0]
	require.Positive(t, sale.PointsSpent)
	skips, err := s.Till.Skips(ctx, till.System(), sale.At.AddDate(0, 0, -1), sale.At.AddDate(0, 0, 1))
	require.NoError(t, err)
	require.Len(t, skips, 1)
	require.Equal(t, sale.ID, skips[0].Sale)
	require.Equal(t, "no network", skips[0].Reason)
	require.Equal(t, "failed", skips[0].Cause)
	require.Empty(t, r.sms.Messages())
}

func TestE2E_SettingsBalanceAndTestSMS(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupOwner, "0")
	r.key("F10")
	r.see("menu")
	r.key("1")
	r.see("settings", "tab", "shop")
	for range 3 {
		r.key("Next")
	}
	r.see("settings", "tab", "integrations")
	r.key("F5")
	r.see("settings", "balance", "412.56")
	r.key("F6")
	r.see("settings.send")
	r.typed("+79000000077")
	r.key("Return")
	r.see("settings.send", "sent", "yes")
	got := r.sms.Messages()
	require.Len(t, got, 1)
	require.Equal(t, "79000000077", got[0].To)
}

func TestE2E_KilledInTheMiddleGoesOn(t *testing.T) {
	r := newRig(t)
	r.begin(pos.GroupCashier, "500")
	r.ring(3)
	r.till.Kill()

	r.open()
	r.login(pos.GroupCashier)
	before := r.see("sale", "lines", "3")
	r.key("F9")
	r.see("payment", "total", before.Facts["total"])
	r.key("Return")
	r.see("payment", "action", "finish")
	r.key("Return")
	r.see("receipt", "total", before.Facts["total"])

	s, ctx := r.stored()
	require.Len(t, r.sales(s, ctx), 1)
}

// ring scans the first n demo goods.
func (r *rig) ring(n int) {
	r.t.Helper()
	for i, p := range r.demo.Products[:n] {
		r.scan(p.Barcodes[0])
		r.see("sale", "lines", num(int64(i+1)), "sku", p.SKU)
	}
}

// attach finds the customer by phone and puts them on the cheque; it returns
// the cheque's total.
func (r *rig) attach(c pos.CustomerState) money.Amount {
	r.t.Helper()
	r.key("F3")
	r.see("customer.find")
	r.typed(c.Phone[len(c.Phone)-10:])
	r.see("customer.find", "found", "1")
	r.key("Return")
	s := r.see("sale", "customer", string(c.ID))
	total, err := money.ParseAmount(s.Facts["total"])
	require.NoError(r.t, err)
	return total
}

// code reads the customer's phone: the code of the newest of n messages.
func (r *rig) code(n int) string {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	got, err := r.sms.WaitMessages(ctx, n)
	require.NoError(r.t, err)
	return got[len(got)-1].Code()
}

// look opens the shop beside the running window.
func (r *rig) look(fn func(*shop.Shop, context.Context) []pos.Sale) []pos.Sale {
	r.t.Helper()
	ctx := context.Background()
	s, err := shop.Open(ctx, shop.Options{Home: r.home, Beside: true})
	require.NoError(r.t, err)
	defer s.Close()
	return fn(s, ctx)
}

// requireCode demands that the sale's tender was confirmed by a code that is
// used up.
func requireCode(t *testing.T, s *shop.Shop, ctx context.Context, sale pos.Sale, m pos.Method) {
	t.Helper()
	for _, d := range sale.Tenders {
		if d.Method == m {
			require.Nil(t, d.Override)
			require.NotEmpty(t, d.Challenge)
			ch, err := s.Till.Challenge(ctx, d.Challenge)
			require.NoError(t, err)
			require.Equal(t, "consumed", string(ch.State))
			require.Empty(t, ch.CodeHash)
			return
		}
	}
	t.Fatalf("the sale has no tender %s", m)
}

func byMethod(s pos.Sale) map[pos.Method]money.Amount {
	sums := map[pos.Method]money.Amount{}
	for _, d := range s.Tenders {
		sums[d.Method] = sums[d.Method].Add(d.Amount)
	}
	return sums
}

// otherThan is a code that is wrong for sure.
func otherThan(code string) string {
	last := code[len(code)-1]
	return code[:len(code)-1] + string('0'+(last-'0'+1)%10)
}

func num(n int64) string { return strings.TrimSuffix(money.Amount(n*100).String(), ".00") }

// The computer shuts down: the toolkit ends its loop at the signal while the till
// is still writing that it ended in order.
func TestE2E_ASignalEndsTheTillInOrder(t *testing.T) {
	r := newRig(t)
	for range 3 {
		s, ctx := r.stored()
		start, err := s.Till.Begin(ctx)
		require.NoError(t, err)
		require.True(t, start.Orderly)
		require.NoError(t, s.Till.End(ctx))
		r.open()
	}
}
