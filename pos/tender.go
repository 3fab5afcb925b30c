package pos

import "kassa/pos/money"

// This file holds what a tender is: the methods, the table that tells all there is
// to know of each, and a tender on a cheque. The table is asked by the questions of
// tender_questions.go.

// Method names a way to pay, or a way a return gives back. It lives here because
// cheques, sales, returns, settings and the journal all speak of it. Methods are
// permanent words: they are stored, told to others and part of what is sealed.
type Method string

// The tenders a cashier can choose.
const (
	Cash          Method = "cash"
	Card          Method = "card"
	Transfer      Method = "transfer"
	Points        Method = "points"
	Credit        Method = "credit"
	ByCertificate Method = "certificate"
	Manual        Method = "manual" // money that moves outside the till, once somebody allowed its order
)

// Ways a payment may stand in a document beside them.
const (
	// Exchange is worth brought back and turned over to the sale it was
	// exchanged for: a refund of the return, a tender of the sale.
	Exchange Method = "exchange"
	// Withheld is money a return keeps for points its sale had earned and the
	// customer has spent meanwhile. It is a refund only, never a tender.
	Withheld Method = "withheld"
	// Rounding is what a part of a sale brought back is worth beyond a whole number
	// of the smallest coins in use. It waits until a later return of the sale gives
	// it back: there it stands below zero. It is a refund only.
	Rounding Method = "rounding"
)

// TenderTraits is a row of the table of tenders: everything that makes one way
// to pay differ from another. What is not true of a tender is left out.
type TenderTraits struct {
	Method Method
	Put    Put   // who puts it onto a document, and how
	Right  Right // to put it there; "" where nobody does by hand

	// Change says that more than what is due is taken and change given out of
	// it. It is true of one row.
	Change bool
	// Counter says that the till takes and hands back such money by itself, so
	// that it also repays a debt, goes back for goods without a receipt, and can
	// be what a tender was booked on by mistake.
	Counter bool
	// Promise says that it is no money of its own but a promise of the shop's or
	// the customer's. It buys goods, not gift certificates.
	Promise bool
	// NoEarn says that no points are earned on what it pays.
	NoEarn bool

	// Customer says that it belongs to the customer of the cheque.
	Customer bool
	// Code tells whether that customer confirms it, as the shop decided; nil where
	// no shop can ask for a code.
	Code func(*Settings) ConfirmPolicy
	// Elsewhere says that it is no payment before somebody elsewhere approved
	// it: until then its cheque waits.
	Elsewhere bool

	Account TenderAccount // where it stands in the journal
	Back    Method        // by which a return gives it back; "" where what stands behind it goes back instead
	Fiscal  FiscalKind
}

// tenders is the table. The order of its rows is that of the keys in the payment
// window, of reports, and of the postings of a sale: a row may be put in
// anywhere, but rows that are here must not change places, or no stored sale
// with both of them would be booked as its entry in the journal is sealed.
var tenders = []TenderTraits{
	{Method: Cash, Put: PutBySum, Right: RightSell, Change: true, Counter: true,
		Account: TenderAccount{Name: drawer}, Back: Cash, Fiscal: FiscalCash},
	{Method: Card, Put: PutBySum, Right: RightSell, Counter: true,
		Account: TenderAccount{Name: "card"}, Back: Card, Fiscal: FiscalElectronic},
	{Method: Transfer, Put: PutBySum, Right: RightSell, Counter: true,
		Account: TenderAccount{Name: "transfer"}, Back: Transfer, Fiscal: FiscalElectronic},
	{Method: Points, Put: PutByAsking, Right: RightPoints, Promise: true, NoEarn: true,
		Customer: true, Code: func(s *Settings) ConfirmPolicy { return s.ConfirmPoints },
		Account: TenderAccount{Name: "points-paid"}, Back: Points, Fiscal: FiscalDiscount},
	{Method: Credit, Put: PutBySum, Right: RightCredit, Promise: true,
		Customer: true, Code: func(s *Settings) ConfirmPolicy { return s.ConfirmCredit },
		Account: TenderAccount{Name: "debt", Of: OfCustomer}, Back: Credit, Fiscal: FiscalCredit},
	{Method: ByCertificate, Put: PutByAsking, Right: RightSell, Promise: true, NoEarn: true,
		Account: TenderAccount{Name: "certificate", Of: OfCertificate}, Back: ByCertificate, Fiscal: FiscalPrepaid},
	{Method: Manual, Put: PutByAsking, Right: RightManualCreate, Elsewhere: true,
		Account: TenderAccount{Name: "manual"}, Back: Manual, Fiscal: FiscalElectronic},
	{Method: Exchange, Put: PutByTill, Account: TenderAccount{Name: "exchange"}, Fiscal: FiscalOther},
	{Method: Withheld, Put: PutOnReturn, Account: TenderAccount{Name: "points-kept"}},
	{Method: Rounding, Put: PutOnReturn, Account: TenderAccount{Name: "rounding"}},
}

// Put says who puts a tender onto a document, and how.
type Put int

// Ways onto a document.
const (
	PutNowhere  Put = iota // a method this program does not know
	PutBySum               // the cashier, for a sum: Till.Tender
	PutByAsking            // the cashier, by an operation of its own, for a sum does not tell enough: how many points, which certificate
	PutByTill              // the till, onto a cheque: nobody adds it or takes it off by hand
	PutOnReturn            // the till, onto a return alone: what that keeps
)

// TenderAccount names the account of the journal on which a tender stands.
type TenderAccount struct {
	Name string
	Of   Owner
}

// Owner says whose account it is.
type Owner int

// Owners. The account of a customer or of a certificate carries its id or number
// behind the name.
const (
	OfShop Owner = iota // one for all
	OfCustomer
	OfCertificate
)

// drawer is the account of the money that lies in the drawer.
const drawer = "drawer"

// FiscalKind is what a tender is to the tax authority. The kinds are the sums by
// which a fiscal receipt of the Russian format is paid, with the tags of the tax
// service's order on formats (docs.cntd.ru/document/565778149): cash 1031,
// electronic 1081, advance 1215, credit 1216, other provision 1217. The fiscal
// services of other countries know some of them under names of their own.
//
// That is why credit, certificate and points stay three different things: goods
// on credit are a receipt that is due though no money moves, a certificate was
// taxed as an advance when it was sold, and points are no payment at all.
type FiscalKind string

// Kinds. A tender that stands in sales has one.
const (
	FiscalCash       FiscalKind = "cash"
	FiscalElectronic FiscalKind = "electronic"
	FiscalPrepaid    FiscalKind = "prepaid"  // an advance the shop took before
	FiscalCredit     FiscalKind = "credit"   // to be paid later
	FiscalOther      FiscalKind = "other"    // something given in return that is no money
	FiscalDiscount   FiscalKind = "discount" // no tender there: each line costs its share less
)

// Tender is a part of the payment. A tender of points or credit counts toward
// what is due as soon as it is entered, but the sale cannot be finished until
// its challenge is verified or overridden.
type Tender struct {
	No        int // 1-based, never reused within a cheque
	Method    Method
	Amount    money.Amount
	Points    int64       // for Points: how many
	Challenge ChallengeID // where a code is required

	Certificate string // where the method needs one: its number
	Order       string // where the method needs approval: the order that is approved
}
