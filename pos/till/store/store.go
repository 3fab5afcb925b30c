package store

import (
	"context"
	"errors"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// Store keeps everything. View sees one consistent state and changes nothing;
// Update is one durable transaction: when it returns nil the change survives a
// power cut, when fn returns an error nothing of it is kept.
//
// When the outcome of a commit is unknown Update re-opens the database, asks
// whether the transaction's mark is there, and answers accordingly; only where
// even that fails it returns ErrUnknown, and the till asks again by the
// document's id before it says anything.
type Store interface {
	View(ctx context.Context, fn func(Tx) error) error
	Update(ctx context.Context, fn func(Tx) error) error
}

// ErrUnknown says that nobody can tell whether a transaction was kept.
var ErrUnknown = errors.New("till: the outcome of the commit is unknown")

// Tx reads and writes within one transaction. Every getter of one thing
// returns a *pos.Error with CodeNotFound when it is not there. Slices come
// back in the order the comments say.
type Tx interface {
	Products
	People
	Customers
	Cheques
	Sales
	Returns
	Shifts
	Challenges
	Trail
	History
	Approvals
	Figures
	Goods
	Bulk
	Offers
	Prints
	CustomerFiles
	Care
	Health
}

// Products is the catalogue.
type Products interface {
	Product(id pos.ProductID) (*pos.Product, error)
	ProductBySKU(sku string) (*pos.Product, error)
	// ProductsByBarcode matches the whole code exactly; archived ones are left out.
	ProductsByBarcode(code string) ([]pos.Product, error)
	// SearchProducts finds by fragment (three runes or more) or word beginning,
	// most sold first, archived ones left out. Barcodes and SKU are searched too
	// when the text is digits.
	SearchProducts(text string, limit int) ([]pos.Product, error)
	// ListProducts pages through the catalogue by name, after the given name and id.
	ListProducts(afterName string, afterID pos.ProductID, limit int) ([]pos.Product, error)
	// PutProduct inserts or replaces, barcodes and search index included.
	// CodeConflict when the SKU or a barcode belongs to another product.
	PutProduct(p *pos.Product) error
	// MoveStock adds qty to the stock and leaves a row that names the document.
	MoveStock(id pos.ProductID, qty money.Quantity, doc string, at time.Time) error
	// CountSold raises the product's sold counter, by which searches are ordered.
	CountSold(id pos.ProductID, times int64) error
	ProductCount() (int64, error)
}

// People are the employees and their groups.
type People interface {
	Employee(id pos.EmployeeID) (*pos.Employee, error)
	Employees() ([]pos.Employee, error) // by name, archived last
	EmployeesByPINTag(tag string) ([]pos.Employee, error)
	PutEmployee(e *pos.Employee) error
	Group(id pos.GroupID) (*pos.Group, error)
	Groups() ([]pos.Group, error) // presets in their order, then by name
	PutGroup(g *pos.Group) error
	LoginGuard() (pos.LoginGuard, error)
	PutLoginGuard(g pos.LoginGuard) error
}

// Customers with their lots and debts.
type Customers interface {
	Customer(id pos.CustomerID) (*pos.Customer, error)
	CustomerByPhone(e164 string) (*pos.Customer, error)
	CustomerByCard(card string) (*pos.Customer, error)
	// SearchCustomers finds by name fragment, phone digits (the last four
	// suffice) or card number; best first.
	SearchCustomers(text string, limit int) ([]pos.Customer, error)
	ListCustomers(afterName string, afterID pos.CustomerID, limit int) ([]pos.Customer, error)
	// PutCustomer inserts or replaces; CodeConflict when phone or card belong
	// to another customer.
	PutCustomer(c *pos.Customer) error
	Lots(id pos.CustomerID) ([]pos.Lot, error)   // with points left, soonest expiry first
	Debts(id pos.CustomerID) ([]pos.Debt, error) // open, oldest first
	PutLot(l *pos.Lot) error
	PutLotMoves(moves []pos.LotMove, at time.Time) error
	PutDebt(d *pos.Debt) error
	PutRepayment(r *pos.Repayment) error
	History(id pos.CustomerID, limit int) ([]pos.HistoryItem, error) // newest first
}

// Cheques are the open and parked ones; finished ones are Sales.
type Cheques interface {
	OpenCheque() (*pos.Cheque, error) // CodeNotFound when none is open
	Cheque(id pos.SaleID) (*pos.Cheque, error)
	ParkedCheques() ([]pos.Cheque, error) // oldest first, with lines
	PutChequeHead(c *pos.Cheque) error    // everything but lines and tenders
	PutChequeLine(id pos.SaleID, l *pos.Line) error
	PutTender(id pos.SaleID, t *pos.Tender) error
	DeleteTender(id pos.SaleID, no int) error
	DeleteCheque(id pos.SaleID) error // lines and tenders too; when it became a sale
}

// Sales are finished cheques.
type Sales interface {
	NextSaleNumber() (int64, error)
	PutSale(s *pos.Sale) error
	Sale(id pos.SaleID) (*pos.Sale, error)
	SaleByNumber(n int64) (*pos.Sale, error)
	LastSale() (*pos.Sale, error)
	// ListSales returns heads without lines, newest first, of a shift or (with
	// "") of all, before the given number (0: from the end).
	ListSales(shift pos.ShiftID, before int64, limit int) ([]pos.Sale, error)
	PutOverride(o *pos.Override) error
	Overrides(from, to time.Time) ([]pos.Override, error) // oldest first
}

// Shifts and the drawer.
type Shifts interface {
	OpenShift() (*pos.Shift, error) // CodeNotFound when none is open
	Shift(id pos.ShiftID) (*pos.Shift, error)
	LastShift() (*pos.Shift, error)
	ListShifts(limit int) ([]pos.Shift, error) // newest first
	NextShiftNumber() (int64, error)
	PutShift(s *pos.Shift) error
	PutCashMove(m *pos.CashMove) error
	// ShiftTotals sums a shift: everything of a ShiftReport but Shift, Till,
	// Employee, Expected, Counted, Difference, Head and At. Its cost does not
	// depend on other shifts.
	ShiftTotals(id pos.ShiftID) (*pos.ShiftReport, error)
}

// Challenges are the customers' codes.
type Challenges interface {
	Challenge(id pos.ChallengeID) (*confirm.Challenge, error)
	ChallengesOf(sale pos.SaleID) ([]confirm.Challenge, error) // oldest first, all states
	PutChallenge(c *confirm.Challenge) error
	// ConsumeChallenge moves a verified challenge to consumed and erases its
	// hash. It reports false when it was not verified (any more): the caller
	// rolls back.
	ConsumeChallenge(id pos.ChallengeID, at time.Time) (bool, error)
	// InFlightChallenges are those left in created or sending by a process
	// that ended.
	InFlightChallenges() ([]confirm.Challenge, error)
	// PutSend inserts a message, or replaces the one with the same phone, time
	// and challenge.
	PutSend(s confirm.Send) error
	// SendsTo lists the messages to a phone since a time, oldest first.
	SendsTo(phone string, since time.Time) ([]confirm.Send, error)
}

// Trail is the journal, the audit trail and the outbox.
type Trail interface {
	LedgerHead() (n int64, hash string, err error) // 0 and "" when empty
	// AppendEntry stores a sealed entry and adds its postings to the stored
	// balances.
	AppendEntry(e *ledger.Entry) error
	Balance(a ledger.Account, c money.Currency) (int64, error) // 0 when never posted to
	AuditHead() (n int64, hash string, err error)
	AppendEvent(e *pos.Event) error                        // N and Hash already set
	Events(subject string, limit int) ([]pos.Event, error) // newest first; "" for all
	Enqueue(m *pos.OutboxMessage) error
	Meta(key string) (string, error) // "" when unset
	PutMeta(key, value string) error
}

// History walks everything that was ever stored, for the self-check and for
// exports, in constant memory. An error from fn ends the walk and is returned.
type History interface {
	EachEntry(from int64, fn func(*ledger.Entry) error) error // by N
	EachEvent(from int64, fn func(*pos.Event) error) error    // by N
	EachSale(from int64, fn func(*pos.Sale) error) error      // by number, with lines and tenders
	EachShift(fn func(*pos.Shift) error) error                // by number
	EachCashMove(fn func(*pos.CashMove) error) error          // oldest first
	EachRepayment(fn func(*pos.Repayment) error) error        // oldest first, with parts
	EachChallenge(fn func(*confirm.Challenge) error) error    // oldest first
	EachOverride(fn func(*pos.Override) error) error          // oldest first
	EachLot(fn func(*pos.Lot) error) error                    // used up ones too
	EachLotMove(fn func(*pos.LotMove) error) error
	EachDebt(fn func(*pos.Debt) error) error // paid ones too
	EachBalance(fn func(ledger.Account, money.Currency, int64) error) error
	EachProduct(fn func(*pos.Product) error) error                         // by SKU, archived ones too
	EachStock(fn func(id pos.ProductID, moved money.Quantity) error) error // sum of the moves of each product
	EachCustomer(fn func(*pos.Customer) error) error                       // by name
	EachOutbox(fn func(*pos.OutboxMessage) error) error                    // oldest first
	// EngineProblems are what the database says of itself: integrity_check,
	// foreign_key_check, version; quick is the short form for the start.
	EngineProblems(quick bool) ([]string, error)
}
