package store

import (
	"time"

	"kassa/pos/exchange"
)

// MirrorRow is what the till knows of one thing that is shared at the backend.
type MirrorRow struct {
	Kind    exchange.ChangeKind
	ID      string
	Version int64
	Body    []byte // JSON, as it came
	Came    time.Time
	// Past is which reading of the feed from its beginning it came by: what is of an
	// earlier one is replaced whatever its version, since a backend that was restored
	// counts anew from where its copy was.
	Past int64

	// By these orders are found; merchants and offers have none.
	State    string
	Customer string
	Made     time.Time
}

// MirrorFilter chooses rows of a kind; what is left empty chooses all.
type MirrorFilter struct {
	Kind     exchange.ChangeKind
	State    string
	Customer string
	Also     []string // other cards of that customer
	// After is the last row of the page before, by its time and id.
	After   time.Time
	AfterID string
	Limit   int
}

// Mirror is what the till keeps of what is shared at the backend, so that screens
// show it without a connection. It is no authority for anything.
type Mirror interface {
	// PutMirrored stores a row, new or in place of what is there.
	PutMirrored(r *MirrorRow) error
	// Mirrored returns one, CodeNotFound "exchange.not-here".
	Mirrored(kind exchange.ChangeKind, id string) (*MirrorRow, error)
	// ListMirrored lists those that fit, by Made, newest first.
	ListMirrored(f MirrorFilter) ([]MirrorRow, error)
	// CountMirrored counts those of a kind that fit by state; of a filter it asks the
	// kind and the customer with their cards alone.
	CountMirrored(f MirrorFilter) (map[string]int64, error)
	// ForgetMirrored removes what came by earlier readings than one, and counts it.
	ForgetMirrored(before int64) (int64, error)
}
