package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/ledger"
)

const anna, number = pos.CustomerID("anna"), "GC-1"

// paidBy is a sale of 1000 paid by one method, what was brought back for it by
// the same one, and the tender both tell of.
func paidBy(m pos.Method) (*pos.Sale, *pos.Return) {
	d := pos.Tender{No: 1, Method: m, Amount: 1000}
	f := pos.Refund{No: 1, Sale: "s", Of: m, Method: m, Amount: 1000, Customer: anna}
	if m.NeedsCertificate() {
		d.Certificate, f.Certificate = number, number
	}
	s := &pos.Sale{ID: "s", Customer: anna, Currency: "RUB", Total: 1000, VAT: 90, Tenders: []pos.SaleTender{{Tender: d}}}
	return s, &pos.Return{ID: "r", Sale: "s", Customer: anna, Currency: "RUB", Total: 1000, VAT: 90, Refunds: []pos.Refund{f}}
}

func sum(a ledger.Account, entries ...*ledger.Entry) (sum int64) {
	for _, e := range entries {
		for _, p := range e.Postings {
			if p.Account == a {
				sum += p.Amount
			}
		}
	}
	return sum
}

func TestTenders_BalanceOnTheirAccounts(t *testing.T) {
	for _, m := range pos.RefundMethods {
		t.Run(string(m), func(t *testing.T) {
			s, r := paidBy(m)
			a := ledger.AccountOf(m, anna, number)
			back := ledger.OfReturn(r)
			require.NoError(t, back.Check())
			require.EqualValues(t, -1000, sum(a, back))
			if !m.InSale() {
				return
			}
			sold := ledger.OfSale(s)
			require.NoError(t, sold.Check())
			require.EqualValues(t, 1000, sum(a, sold))
			require.Zero(t, sum(a, sold, back), "what came back is what was paid")
		})
	}
}

func TestAccountOf(t *testing.T) {
	want := map[pos.Method]ledger.Account{
		pos.Cash: ledger.Drawer, pos.Card: ledger.CardMoney, pos.Transfer: ledger.TransferMoney, pos.Points: ledger.PointsPaid,
		pos.Credit: ledger.DebtOf(anna), pos.ByCertificate: ledger.CertificateOf(number), pos.Exchange: ledger.Exchanged,
		pos.Withheld: ledger.PointsKept,
	}
	for m, a := range want {
		require.Equal(t, a, ledger.AccountOf(m, anna, number), "%s", m)
		require.Equal(t, a == ledger.Drawer, m.InDrawer(), "%s", m)
	}
	require.Empty(t, ledger.AccountOf("shells", anna, number), "a method nobody knows has no account")
}

// What is sealed cannot be booked in another order later.
func TestOfSale_PostsTendersInTheOrderTheyAlwaysHad(t *testing.T) {
	s := &pos.Sale{ID: "s", Customer: anna, Currency: "RUB", Total: 21, Change: 1, Tenders: []pos.SaleTender{
		{Tender: pos.Tender{Method: pos.Exchange, Amount: 7}}, {Tender: pos.Tender{Method: pos.ByCertificate, Amount: 3, Certificate: "B"}},
		{Tender: pos.Tender{Method: pos.Credit, Amount: 1}}, {Tender: pos.Tender{Method: pos.ByCertificate, Amount: 2, Certificate: "A"}},
		{Tender: pos.Tender{Method: pos.Points, Amount: 4}}, {Tender: pos.Tender{Method: pos.Card, Amount: 1}},
		{Tender: pos.Tender{Method: pos.Cash, Amount: 1}}, {Tender: pos.Tender{Method: pos.Transfer, Amount: 1}},
		{Tender: pos.Tender{Method: pos.Cash, Amount: 2}}}}
	e := ledger.OfSale(s)
	require.NoError(t, e.Check())
	require.Equal(t, []ledger.Posting{
		{Account: ledger.Drawer, Currency: "RUB", Amount: 2}, {Account: ledger.CardMoney, Currency: "RUB", Amount: 1},
		{Account: ledger.TransferMoney, Currency: "RUB", Amount: 1}, {Account: ledger.PointsPaid, Currency: "RUB", Amount: 4},
		{Account: ledger.DebtOf(anna), Currency: "RUB", Amount: 1}, {Account: ledger.Exchanged, Currency: "RUB", Amount: 7},
		{Account: ledger.CertificateOf("B"), Currency: "RUB", Amount: 3}, {Account: ledger.CertificateOf("A"), Currency: "RUB", Amount: 2},
		{Account: ledger.Sales, Currency: "RUB", Amount: -21},
	}, e.Postings)
}
