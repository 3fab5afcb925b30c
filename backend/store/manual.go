package store

import (
	"time"

	"kassa/pos/ledger"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// Manual is what is kept of manual payments. Nothing of it is ever deleted; what
// happened to an order and what is booked are never changed.
type Manual interface {
	// PutMerchant stores a merchant that was read with a version, 0 for a new one,
	// and raises that: false when there is another by now.
	PutMerchant(m *manual.Merchant, was int64) (bool, error)
	// Merchant returns one with its image, CodeNotFound "manual.merchant-unknown".
	Merchant(id string) (*manual.Merchant, error)
	// Merchants lists all by name, without their images.
	Merchants() ([]manual.Merchant, error)

	// PutOffer is PutMerchant for an offer.
	PutOffer(o *manual.Offer, was int64) (bool, error)
	// Offer returns one, CodeNotFound "manual.offer-unknown".
	Offer(id string) (*manual.Offer, error)
	Offers() ([]manual.Offer, error) // by text

	// AddOrder stores a new order: false when its id is taken. It counts as one whose
	// deadline has its job, which whoever adds it adds too.
	AddOrder(o *manual.Order) (bool, error)
	// SaveOrder stores an order that was read with a version: false when there is
	// another by now.
	SaveOrder(o *manual.Order, was int64) (bool, error)
	// Order returns one, CodeNotFound "manual.order-unknown".
	Order(id string) (*manual.Order, error)
	// OrderAlone is Order for a transaction that will write of it.
	OrderAlone(id string) (*manual.Order, error)
	// Orders lists those that fit, newest first.
	Orders(f OrderFilter) ([]manual.Order, error)
	// CountOrders counts those that fit by state.
	CountOrders(f OrderFilter) (map[manual.State]int64, error)
	// Overdue lists the ids of open orders whose deadline is not after a time, the
	// oldest first.
	Overdue(now time.Time, limit int) ([]string, error)
	// Untimed lists open orders whose deadline has no job: a program that knew of none
	// opened them.
	Untimed(limit int) ([]manual.Order, error)
	// SetTimed says that it has one by now: false when somebody said so before.
	SetTimed(id string) (bool, error)

	// ForgetPayer takes who somebody is out of their orders, which stay, by the id of
	// their card, and lists those of which it was. The files of their proofs go too.
	ForgetPayer(customer string) ([]string, error)

	AddOrderEvent(order string, e *manual.Event) error
	OrderEvents(order string) ([]manual.Event, error)

	// PutRefund stores a refund, new or changed.
	PutRefund(f *manual.Refund) error
	// Refund returns one, CodeNotFound "manual.refund-unknown".
	Refund(id string) (*manual.Refund, error)
	Refunds(order string) ([]manual.Refund, error) // in the order of asking

	// AddProof stores the file of a proof: false when its id is taken.
	AddProof(p *Proof) (bool, error)
	// Proof returns one with its file, CodeNotFound "manual.proof-unknown".
	Proof(id string) (*Proof, error)
	// Proofs lists those of an order by their ids, without their files; of one that
	// was brought before its order too.
	Proofs(order string) ([]Proof, error)
	// LooseProofs counts the files a till brought whose orders are not here yet; "" is
	// of all tills.
	LooseProofs(till string) (int64, error)
	// TieProofs says that the order of such files is here, or comes with this
	// transaction: from now on they are not swept.
	TieProofs(order string) error
	// SweepProofs removes such files that were brought by a time, and counts them.
	SweepProofs(by time.Time) (int64, error)

	// Book seals an entry behind the newest and stores it; it sets its number.
	Book(e *ledger.Entry) error
	// Entries lists the journal after a number, by number.
	Entries(after int64, limit int) ([]ledger.Entry, error)

	// Posted sums what was booked of manual payments in a time, by account, currency
	// and kind, in the order of the accounts.
	Posted(from, to time.Time) ([]manual.Posted, error)

	// Answered returns what a request of a till was answered, nil for one that was
	// not carried out.
	Answered(till, id string) (*Answered, error)
	// PutAnswered stores it, in the transaction that carries it out.
	PutAnswered(a *Answered) error
}

// OrderFilter chooses orders; what is left empty chooses all.
type OrderFilter struct {
	State    manual.State
	Merchant string
	Customer string
	Also     []string // other cards of that customer
	Currency money.Currency
	From, To time.Time // of making, To excluded
	// After is the last order of the page before, by its time and id.
	After   time.Time
	AfterID string
	Limit   int
}

// Proof is the file of a proof. What else is known of it stands in the history of its
// order.
type Proof struct {
	ID     string
	Order  string
	Loose  string // the till that brings it before its order, see LooseProofs; it is not read
	Digest string // of the file, as it was stored
	At     time.Time
	Gone   bool   // the file was taken away, to forget who somebody is
	File   []byte // none of one that is gone
}

// Answered is a request that was carried out with its answer. The same request is
// answered the same, however late it comes again.
type Answered struct {
	Till   string
	ID     string
	Digest string // of what was asked
	Answer []byte
	At     time.Time
}
