// Package check proves that what a till has stored is whole: every invariant of
// the shop over its whole history, read from the stored rows and computed anew,
// never taken from a summary. It changes nothing.
//
// It walks the journal and the sales side by side, once each, and keeps figures
// per account, shift and customer, none per sale. The numbers of the invariants
// (I1…I14, and those of later parts) are permanent; they are what support and the shop talk about.
package check

import (
	"fmt"
	"hash/fnv"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/figures"
	"kassa/pos/history"
	"kassa/pos/ledger"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/seal"
)

// Source is what a check reads. The store of package till is one.
type Source interface {
	EachEntry(from int64, fn func(*ledger.Entry) error) error
	EachEvent(from int64, fn func(*pos.Event) error) error
	EachSale(from int64, fn func(*pos.Sale) error) error
	EachShift(fn func(*pos.Shift) error) error
	EachCashMove(fn func(*pos.CashMove) error) error
	EachRepayment(fn func(*pos.Repayment) error) error
	EachReturn(fn func(*pos.Return) error) error
	EachCorrection(fn func(*pos.Correction) error) error
	EachChallenge(fn func(*confirm.Challenge) error) error
	EachOverride(fn func(*pos.Override) error) error
	EachApproval(fn func(*pos.Approval) error) error
	EachLot(fn func(*pos.Lot) error) error
	EachLotMove(fn func(*pos.LotMove) error) error
	EachDebt(fn func(*pos.Debt) error) error
	EachBalance(fn func(ledger.Account, money.Currency, int64) error) error
	EachProduct(fn func(*pos.Product) error) error
	EachStock(fn func(id pos.ProductID, moved money.Quantity) error) error
	EachCustomer(fn func(*pos.Customer) error) error
	EachPriceChange(fn func(*pos.PriceChange) error) error
	EachStockDoc(fn func(*pos.StockDoc) error) error
	EachStockMove(fn func(*pos.StockMove) error) error
	Meta(key string) (string, error)
	EachOutbox(fn func(*pos.OutboxMessage) error) error
	EachCertificate(fn func(*pos.Certificate) error) error
	EachCoupon(fn func(*pos.Coupon) error) error
	EachAwaited(fn func(*manual.Awaited) error) error
	EachCustomerGroup(fn func(*pos.CustomerGroup) error) error
	EachConsent(fn func(*pos.Consent) error) error
	EachMerge(fn func(*pos.Merge) error) error
	EachErasure(fn func(*pos.Erasure) error) error
	EngineProblems(quick bool) ([]string, error)
	Seals(quick bool, fn func(*seal.Record) error) (*seal.Stand, error)

	Standing() (history.Standing, error)
	FirstNumbers() (map[int64]history.Numbers, error)
	LedgerHead() (n int64, hash string, err error)
	AuditHead() (n int64, hash string, err error)
	LastSale() (*pos.Sale, error)
	Sale(id pos.SaleID) (*pos.Sale, error)
	OpenShift() (*pos.Shift, error)
	ShiftTotals(id pos.ShiftID) (*pos.ShiftReport, error)
	Balance(a ledger.Account, c money.Currency) (int64, error)

	FiguresState() (figures.State, error)
	EachFigure(d figures.Dim, from, to figures.Day, fn func(figures.Place, *figures.Sums) error) error
	FigureDays(from, to figures.Day) ([]figures.DayRows, error)
}

// Problem is one broken invariant.
type Problem struct {
	Invariant string // "I3"
	ID        string // translation id
	Args      pos.Args
}

// MaxProblems bounds a report: a damaged history breaks everything after it,
// and nobody reads further.
const MaxProblems = 200

// Whole checks every invariant over the whole history. The error is one of
// reading; what is broken is in the problems. zone is where the shop's days
// begin and end.
func Whole(src Source, c money.Currency, zone *time.Location) ([]Problem, error) {
	w := newWalk(src, c)
	w.zone = zone
	for _, step := range []func() error{
		w.beginFigures,
		w.epochs, w.engine, w.history, w.readDates, w.audit, w.returns, w.shifts, w.balances, w.customers, w.files, w.codes, w.approvals, w.stock, w.stockDocs, w.prices, w.offers, w.awaited, w.outbox,
		w.figures, w.firsts, w.allSeals,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return w.problems, nil
}

// walk is one check in progress: what the steps add up and compare.
type walk struct {
	Source
	currency money.Currency
	zone     *time.Location
	problems []Problem
	figured  *figured // nil while there are no stored sums

	posted map[balance]int64 // sum of postings
	floor  map[balance]bool  // accounts already reported to have gone below zero

	numbers    map[int64]int64           // the last number of each epoch
	first      map[int64]history.Numbers // with which epochs begin, as stored
	toldFirst  map[int64]history.Numbers // as the audit trail tells
	journalled map[ledger.Kind]int64

	shift       pos.ShiftID // the one open at this point of the journal
	cash        map[pos.ShiftID]money.Amount
	shiftDocs   map[pos.ShiftID]map[ledger.Kind]string // digests as booked
	docs        map[string]string                      // digests of cash moves and repayments as booked
	debtLimit   map[pos.CustomerID]money.Amount        // most that was ever owed after a sale
	protected   map[pos.ChallengeID]tender             // tenders that name a challenge
	overridden  int64
	debtOfSales map[pos.CustomerID]fromSales
	earned      map[pos.CustomerID]fromSales
	openings    map[pos.CustomerID]string // digests of what customers brought from before, as booked
	brought     map[pos.CustomerID]*brought
	periods     map[pos.CustomerID]uint64 // prints of when points can be spent: told in the audit trail − stored
	limits      map[pos.CustomerID]limit  // as the audit trail tells
	certs       certificates
	orders      map[string]paidBy           // by the order, as sales tell
	shelf       shelf                       // what documents did to the stock
	toTell      map[pos.EventKind]fromSales // documents the outbox has to tell of
	back        returned
	approved    map[pos.ApprovalID]approval
	dates       dates
	cards
}

type balance struct {
	account  ledger.Account
	currency money.Currency
}

// tender is what a sale tells of a tender whose challenge it names.
type tender struct {
	sale     pos.SaleID
	number   int64
	customer pos.CustomerID
	cashier  pos.EmployeeID
	total    money.Amount
	method   pos.Method
	amount   money.Amount
	points   int64
	over     bool   // the code was skipped
	digest   string // what the code stood for, as the audit trail tells; "" untold
	seen     int
}

// limit is a customer's credit limit: the highest there ever was, and the last.
type limit struct{ most, last money.Amount }

// fromSales adds up what sales made, debts or points of one customer, with a
// fingerprint of each, so that a changed date shows as well as a changed sum, in
// the memory of one number a customer.
type fromSales struct {
	sum    int64
	prints uint64
}

func (f fromSales) with(sale pos.SaleID, n int64, at time.Time) fromSales {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %d %d", sale, n, at.UnixMilli())
	return fromSales{sum: f.sum + n, prints: f.prints + h.Sum64()}
}

// periodPrint is the fingerprint of when the points of one sale can be spent.
func periodPrint(sale pos.SaleID, period string) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %s", sale, period)
	return h.Sum64()
}

func newWalk(src Source, c money.Currency) *walk {
	return &walk{
		Source: src, currency: c,
		toTell: map[pos.EventKind]fromSales{}, posted: map[balance]int64{}, floor: map[balance]bool{}, numbers: map[int64]int64{}, toldFirst: map[int64]history.Numbers{},
		journalled: map[ledger.Kind]int64{}, cash: map[pos.ShiftID]money.Amount{},
		shiftDocs: map[pos.ShiftID]map[ledger.Kind]string{}, docs: map[string]string{},
		debtLimit: map[pos.CustomerID]money.Amount{}, protected: map[pos.ChallengeID]tender{},
		debtOfSales: map[pos.CustomerID]fromSales{}, earned: map[pos.CustomerID]fromSales{},
		openings: map[pos.CustomerID]string{}, brought: map[pos.CustomerID]*brought{}, periods: map[pos.CustomerID]uint64{},
		limits: map[pos.CustomerID]limit{}, back: newReturned(), approved: map[pos.ApprovalID]approval{}, shelf: newShelf(), certs: newCertificates(), orders: map[string]paidBy{},
		cards: newCards(),
	}
}

func (w *walk) broken(invariant, id string, args pos.Args) {
	if len(w.problems) < MaxProblems {
		w.problems = append(w.problems, Problem{Invariant: invariant, ID: id, Args: args})
	}
}

// engine is I14: what the database says of itself.
func (w *walk) engine() error {
	said, err := w.EngineProblems(false)
	if err != nil {
		return err
	}
	for _, s := range said {
		w.broken("I14", "check.engine", pos.Args{"Detail": s})
	}
	return nil
}
