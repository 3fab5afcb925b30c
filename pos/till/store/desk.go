package store

import (
	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// Trail is the journal and the audit trail.
type Trail interface {
	LedgerHead() (n int64, hash string, err error) // 0 and "" when empty
	// AppendEntry stores a sealed entry and adds its postings to the stored
	// balances.
	AppendEntry(e *ledger.Entry) error
	Balance(a ledger.Account, c money.Currency) (int64, error) // 0 when never posted to
	AuditHead() (n int64, hash string, err error)
	AppendEvent(e *pos.Event) error                        // N and Hash already set
	Events(subject string, limit int) ([]pos.Event, error) // newest first; "" for all
	Meta(key string) (string, error)                       // "" when unset
	PutMeta(key, value string) error

	EachEntry(from int64, fn func(*ledger.Entry) error) error // by N
	EachEvent(from int64, fn func(*pos.Event) error) error    // by N
	EachBalance(fn func(ledger.Account, money.Currency, int64) error) error
}
