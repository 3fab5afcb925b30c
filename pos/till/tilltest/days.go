package tilltest

// This file lives through days that the tests of several rooms begin with.

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/pos/till"
)

var busyDays shelf

// BusyDay is a demo shop with one of everything a self-check looks at: two
// shifts, sales by every tender, a skipped code, repayments and cash moves.
func BusyDay(t testing.TB) *Shop {
	t.Helper()
	return Busy(t).Open(t)
}

// Busy is the BusyDay as it ended.
func Busy(t testing.TB) *Snapshot {
	t.Helper()
	return busyDays.of(postest.NewClock(), usual(), func() *Shop { return busyDay(t) })
}

func busyDay(t testing.TB) *Shop {
	t.Helper()
	s := Demo(t)
	s.StartShift(10_000)
	s.Sell(-1, 2, func() { s.Pay(pos.Card, 30_000); s.Cash(50_000) })
	s.Sell(0, 1, func() { s.SpendConfirmed(100); s.Cash(28_900) })
	s.Sell(1, 1, func() { s.CreditConfirmed(30_000); s.Pay(pos.Transfer, 8_900) })
	s.Sender.Answer(postest.Ends(confirm.SendFailed))
	s.Who = s.Senior
	s.Sell(2, 1, func() {
		ch := s.Credit(38_900)
		_, err := s.SkipCode(s.Context(), s.Who, ch.ID, "связи нет, покупатель известен")
		require.NoError(t, err)
	})
	s.Who = s.Cashier
	_, _, err := s.RepayDebt(s.Context(), s.Who, s.Demo.Customers[1].ID, pos.Cash, 125_000)
	require.NoError(t, err)
	_, err = s.CashOut(s.Context(), s.Senior, 5_000, "хозтовары")
	require.NoError(t, err)
	_, err = s.CloseShift(s.Context(), s.Who, 200_000)
	require.NoError(t, err)
	s.StartShift(10_000)
	s.Sell(-1, 1, func() { s.Cash(38_900) })
	more, err := s.RollFigures(s.Context())
	require.NoError(t, err)
	require.True(t, more)
	return s
}

// Merged makes two cards of the demo shop into one: Anna, its customer 0, takes
// in Boris, customer 1, who owes and has points. It tells how both stood before.
func Merged(t testing.TB) (s *Shop, before [2]*till.CardView) {
	t.Helper()
	s = Demo(t)
	s.StartShift(10_000)
	s.Sell(0, 1, func() { s.Cash(38_900) })
	s.Sell(1, 2, func() { s.SpendConfirmed(20); s.CreditConfirmed(30_000); s.Pay(pos.Card, 45_800) })
	before = [2]*till.CardView{s.DemoPerson(0), s.DemoPerson(1)}
	_, err := s.RecordConsents(s.Context(), s.Owner, before[1].ID,
		[]till.Answer{{ConsentTo: pos.ConsentTo{Channel: pos.ChannelSMS, Purpose: pos.PurposeService}, Given: true}}, pos.ConsentPaper)
	require.NoError(t, err)
	_, err = s.MergeCustomers(s.Context(), s.Owner, till.MergeChoice{Survivor: before[0].ID, Duplicate: before[1].ID})
	require.NoError(t, err)
	return s, before
}

// ReturnsDay is a demo shop that asks for no codes, with a return of a mixed sale,
// one of an expired lot, an exchange, one without a receipt and a corrected tender.
func ReturnsDay(t testing.TB) *Shop {
	t.Helper()
	s := Demo(t)
	s.Settings.ConfirmPoints, s.Settings.ConfirmCredit = pos.ConfirmNever, pos.ConfirmNever
	s.Settings.Rules.PointsLife = 24 * time.Hour
	s.StartShift(10_000)
	take := func(sale *pos.Sale, qty int) {
		_, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: sale.ID})
		require.NoError(t, err)
		_, err = s.ReturnScan(s.Context(), s.Owner, s.Demo.Products[DemoGoods].Barcodes[0], money.Quantity(qty)*money.One, nil)
		require.NoError(t, err)
	}
	finish := func() {
		_, err := s.FinishReturn(s.Context(), s.Owner, "не подошло")
		require.NoError(t, err)
	}
	pay := func(m pos.Method) { s.Pay(m, s.Screen().Totals.Due) }
	mixed := s.Sell(0, 3, func() { s.Spend(100); s.Credit(20_000); pay(pos.Cash) })
	take(mixed, 1)
	finish()
	s.Sell(0, 3, func() { pay(pos.Cash) })
	expiring := s.Sell(0, 2, func() { s.Spend(120); pay(pos.Cash) })
	s.Clock.Move(48 * time.Hour)
	take(expiring, 2)
	finish()
	swap := s.Sell(-1, 2, func() { pay(pos.Card) })
	_, err := s.CorrectTender(s.Context(), s.Owner, swap.ID, pos.Card, pos.Transfer, 10_000, "перепутали кнопку")
	require.NoError(t, err)
	take(swap, 2)
	_, err = s.StartExchange(s.Context(), s.Owner)
	require.NoError(t, err)
	_, err = s.Scan(s.Context(), s.Owner, s.Demo.Products[DemoGoods].Barcodes[0], 0, nil)
	require.NoError(t, err)
	_, _, err = s.FinishExchange(s.Context(), s.Owner, "обмен")
	require.NoError(t, err)
	_, err = s.StartReturnWithoutReceipt(s.Context(), s.Owner)
	require.NoError(t, err)
	_, err = s.ReturnScan(s.Context(), s.Owner, s.Demo.Products[DemoGoods].Barcodes[0], 0, nil)
	require.NoError(t, err)
	finish()
	return s
}

// TellingDay is an EventfulDay after which the shop asks its backend for everything
// that can be asked.
func TellingDay(t testing.TB) *Shop {
	t.Helper()
	s := EventfulDay(t)
	s.StartShift(10_000)
	s.givesBackElsewhere()
	s.asks()
	return s
}

// EventfulDay is a ReturnsDay on which everything else happened too that others are
// told of.
func EventfulDay(t testing.TB) *Shop {
	t.Helper()
	s := ReturnsDay(t)
	ok := func(_ any, err error) { t.Helper(); require.NoError(t, err) }

	a, err := s.Approve(s.Context(), s.Cashier, till.AskApproval{Right: pos.RightCashOut, Sum: 5000, PIN: s.Demo.Employees[1].PIN, Reason: "банк"})
	require.NoError(t, err)
	ok(s.CashOut(till.WithApproval(s.Context(), a.ID), s.Cashier, 4000, "хозтовары"))

	v, err := s.NewStockDoc(s.Context(), s.Owner, pos.StockDoc{Kind: pos.Receiving, Supplier: "Хлебозавод", Invoice: "17"})
	require.NoError(t, err)
	ok(s.PutStockLine(s.Context(), s.Owner, v.Doc.ID, pos.StockLine{Product: s.Demo.Products[0].ID, Qty: money.One, Cost: 3000, NewPrice: 5500}))
	ok(s.PostStock(s.Context(), s.Owner, v.Doc.ID))
	ok(s.ReverseStock(s.Context(), s.Owner, v.Doc.ID, "не та накладная"))

	ends := s.Clock.Now().Add(time.Hour)
	ok(s.IssueCertificate(s.Context(), s.Owner, till.NewCertificate{Number: "GC-77", Amount: 50_000, Expires: ends}, "приз"))
	ok(s.BlockCertificate(s.Context(), s.Owner, "GC-77", "потерян", false))
	ok(s.BlockCertificate(s.Context(), s.Owner, "GC-77", "нашёлся", true))
	s.Clock.Move(2 * time.Hour)
	ok(s.LapseCertificate(s.Context(), s.Owner, "GC-77"))

	s.Gather(pos.CustomerGroup{Name: "VIP", EarnRate: new(money.Percent(1000)), DueDays: new(30)}, 2)
	s.Rephone(s.Demo.Customers[3].ID, "+79000000099")
	ok(s.RecordConsents(s.Context(), s.Owner, s.Demo.Customers[1].ID,
		[]till.Answer{{ConsentTo: pos.ConsentTo{Channel: pos.ChannelSMS, Purpose: pos.PurposeService}, Given: true}}, pos.ConsentPaper))
	debt := s.DemoPerson(1).Debt
	_, _, err = s.RepayDebt(s.Context(), s.Cashier, s.Demo.Customers[1].ID, pos.Cash, debt)
	require.NoError(t, err)
	ok(s.MergeCustomers(s.Context(), s.Owner, till.MergeChoice{Survivor: s.Demo.Customers[3].ID, Duplicate: s.Demo.Customers[1].ID}))
	ok(s.ArchiveCustomer(s.Context(), s.Owner, s.Demo.Customers[4].ID, true))
	ok(s.ArchiveCustomer(s.Context(), s.Owner, s.Demo.Customers[4].ID, false))
	require.NoError(t, s.EraseCustomer(s.Context(), s.Owner, s.Demo.Customers[5].ID, true))
	ok(s.CloseShift(s.Context(), s.Cashier, 123_400))
	return s
}

// asks has the shop ask its backend for a payment, and for a decision, by what the
// mirror shows: a merchant and an order.
func (s *Shop) asks() {
	s.Helper()
	page := exchange.Changes{Anew: true, Next: "2"}
	merchant := manual.Merchant{ID: "merchant-1", Version: 1, Name: "Карта на карту", Account: "RUB", Transaction: "RUB", Currencies: []money.Currency{"RUB"}}
	for i, thing := range []any{
		merchant,
		manual.Order{ID: "order-1", Version: 1, State: manual.Open, Merchant: "merchant-1", Created: s.Clock.Now(),
			Requested: manual.Terms{Price: 100_000, Currency: "RUB", Date: s.Clock.Now()}},
	} {
		body, err := json.Marshal(thing)
		require.NoError(s, err)
		kind := []exchange.ChangeKind{exchange.ManualMerchant, exchange.ManualOrder}[i]
		page.Changes = append(page.Changes, exchange.Change{Kind: kind, ID: string(kind[len("manual."):]) + "-1", Version: 1, Body: body})
	}
	_, err := s.TakeChanges(s.Context(), "", "", page)
	require.NoError(s, err)
	require.NoError(s, s.RequestRuling(s.Context(), s.Owner, "request-1", "order-1", manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders}, nil))
	require.NoError(s, s.RequestOrder(s.Context(), s.Owner, manual.Ask{ID: "order-2", Where: manual.AtTill, Text: "Занятие", Price: 50_000, Merchant: "merchant-1"}, nil))

}
