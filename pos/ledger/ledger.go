// Package ledger is the shop's one double-entry journal. Every balance is the
// sum of its postings; nothing in it is ever changed.
package ledger

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Account names one balance. Accounts of a customer carry the customer's id.
type Account string

// The shop's accounts. Assets and receivables grow with positive postings,
// income with negative ones. Which of them a tender stands on is told by the
// table of tenders, see AccountOf.
const (
	Drawer        Account = "drawer"
	CardMoney     Account = "card"
	TransferMoney Account = "transfer"
	Safe          Account = "safe"              // where the float comes from and the count goes to
	CashInOut     Account = "cash-in-out"       // the other side of cash in and out
	DrawerDiff    Account = "drawer-difference" // counted − expected
	Sales         Account = "sales"             // net of VAT
	VAT           Account = "vat"
	PointsPaid    Account = "points-paid"   // money value of points taken as tender
	PointsIssued  Account = "points-issued" // other side of points earned
	PointsSpent   Account = "points-spent"  // other side of points spent
	PointsLost    Account = "points-lost"   // other side of points forfeited
	Opening       Account = "opening"       // other side of opening balances
	Goods         Account = "goods"         // documents of the stock: their place in the chain, no money

	CertificatesGiven  Account = "certificates-given"  // other side of certificates issued without a sale
	CertificatesLapsed Account = "certificates-lapsed" // income: what nobody spent in time
)

// DebtOf is what a customer owes, in money.
func DebtOf(c pos.CustomerID) Account { return Account("debt:" + c) }

// PointsOf is what a customer may spend, in points. The shop owes it, yet it
// is kept positive: it is shown to people.
func PointsOf(c pos.CustomerID) Account { return Account("points:" + c) }

// CertificatePrefix begins the account of every gift certificate.
const CertificatePrefix = "certificate:"

// CertificateOf is what the shop owes on a gift certificate, in money. It grows
// with negative postings, as income does: a sale of one posts −sum, a payment
// with it +sum, a refund back onto it −sum.
func CertificateOf(number string) Account { return Account(CertificatePrefix + number) }

// AccountOf is where a tender stands, by the table of tenders: of a customer's
// debt the customer's account, of a certificate that one's. It is "" for a method
// the table does not know.
func AccountOf(m pos.Method, c pos.CustomerID, certificate string) Account {
	a := m.Account()
	switch a.Of {
	case pos.OfCustomer:
		return Account(a.Name + ":" + string(c))
	case pos.OfCertificate:
		return Account(a.Name + ":" + certificate)
	}
	return Account(a.Name)
}

// Kind names what an entry records.
type Kind string

// Kinds of entries.
const (
	KindSale       Kind = "sale"
	KindShiftOpen  Kind = "shift.open"
	KindShiftClose Kind = "shift.close"
	KindCash       Kind = "cash"
	KindRepayment  Kind = "repayment"
	KindOpening    Kind = "opening"
	KindStock      Kind = "stock"
	KindMerge      Kind = "customer.merge"
	KindErasure    Kind = "customer.erasure"

	KindCertificateIssue Kind = "certificate.issue"
	KindCertificateLapse Kind = "certificate.lapse"
)

// Posting moves an amount on one account. Amount is minor units of Currency;
// whole points for money.Points.
type Posting struct {
	Account  Account
	Currency money.Currency
	Amount   int64
}

// Entry is one balanced record of the journal, chained to its predecessor.
type Entry struct {
	N        int64 // 1, 2, 3… without gaps
	At       time.Time
	Kind     Kind
	Doc      string // id of the document it books
	Digest   string // hex SHA-256 of that document
	Shift    pos.ShiftID
	Employee pos.EmployeeID
	Reverses int64 // N of the entry this one corrects; 0 for none
	Postings []Posting
	Hash     string // hex SHA-256 over the predecessor's hash and this entry
}
