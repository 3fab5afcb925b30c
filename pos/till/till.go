// Package till is what a cashier can do. Each method of Till is one business
// operation: it asks the right, loads, asks the rules of package pos, and saves
// the document, the journal entry, the audit record and the outbox row in one
// transaction. Printers, drawers and screens hear of it after it returned nil.
//
// Errors are *pos.Error. Every method may also return CodeForbidden without the
// right it names, CodeUnavailable when the disk or database refuses, and
// CodeInternal for a mistake of ours.
package till

import (
	"context"
	"log/slog"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
)

// Clock tells the time; tests own it.
type Clock interface{ Now() time.Time }

// IDs makes UUIDv7 texts; tests own it.
type IDs interface{ NewID() string }

// CodeSender brings a code to a customer. It returns when the provider
// answered or ctx ended, and never retries once the request may have left.
type CodeSender interface {
	SendCode(ctx context.Context, d confirm.Delivery) confirm.Result
}

// Params are what a till stands on. Log, HashCost and ShiftClosed may be zero;
// New panics without any of the others.
type Params struct {
	Store    Store
	Clock    Clock
	IDs      IDs
	Sender   CodeSender
	Settings func() pos.Settings // the current ones; called for each operation
	Pepper   []byte              // 32 secret bytes kept outside the database
	Log      *slog.Logger
	// HashCost lowers the cost of PIN and code hashes in tests; zero is the
	// cost of the policy.
	HashCost HashCost
	// ShiftClosed hears of a closed shift after it was stored, for the backup
	// that belongs to it; it returns at once. Optional.
	ShiftClosed func(pos.ShiftReport)
}

// HashCost are argon2id parameters. Zero values mean the policy's: 19 MiB, two
// passes, one lane.
type HashCost struct {
	MemoryKiB, Passes uint32
}

// SendTimeout bounds one sending of a code, in all.
const SendTimeout = 15 * time.Second

// ChequeView is a cheque with every figure a screen or a program shows.
type ChequeView struct {
	Cheque     pos.Cheque
	Totals     pos.Totals
	Customer   *pos.CustomerState  // nil for nobody
	Challenges []confirm.Challenge // of the tenders that need a code, in tender order
	MaxPoints  int64               // the most points this customer may spend on it
	Rules      pos.Rules           // that apply: the customer's group's, where it has its own

	// CouponGifts is what the promotion of each coupon on the cheque gives it; its
	// sum is 0 for nothing.
	CouponGifts map[string]pos.Given
}

// CardView is a customer's card.
type CardView struct {
	pos.CustomerState
	Lots    []pos.Lot  // usable and future ones with points left, soonest expiry first
	Debts   []pos.Debt // open, oldest first
	History []pos.HistoryItem
}

// Start is what a till finds when it is started.
type Start struct {
	Orderly    bool       // the process before ended in order
	LastSale   *pos.Sale  // nil when none was ever made
	OpenCheque bool       // the screen goes on with it
	Shift      *pos.Shift // the open one, nil when none
	StaleShift bool       // it was opened on an earlier day
	Problems   []Problem  // of the quick self-check; empty when all is well
	FirstRun   bool       // there is no employee yet: the owner must be made
}

// Problem is one broken invariant found by a self-check.
type Problem struct {
	Invariant string // "I3", as in the reliability reference
	ID        string // translation id
	Args      pos.Args
}

// NewCustomer is what adding a customer takes. Phone is as typed.
type NewCustomer struct {
	Name, Phone, Email, Card, Language string
	Birthday                           string // "MM-DD" or "YYYY-MM-DD"
	Note                               string
	Group                              pos.CustomerGroupID // "" for none
	CreditLimit                        money.Amount        // needs RightCreditLimit when not zero, as does a Group that lends
}

// FindCustomer names a customer by exactly one of its fields. Phone is as
// typed: a whole number, or at least its last four digits when only one
// customer has them.
type FindCustomer struct {
	ID    pos.CustomerID
	Phone string
	Card  string
}

// CashResult is the drawer after a movement.
type CashResult struct {
	Move     pos.CashMove
	Expected money.Amount
}
