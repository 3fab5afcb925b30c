// Package store says what a till keeps: one transaction over everything, made of
// the needs of each room, a file each. Engines implement it; one conformance
// suite holds them to it.
package store

import (
	"context"
	"errors"
)

// Store keeps everything. View sees one consistent state and changes nothing;
// Update is one durable transaction: when it returns nil the change survives a
// power cut, when fn returns an error nothing of it is kept.
//
// When a commit fails Update finds out what became of it and answers accordingly.
// Only where the disk keeps nothing that is written it returns ErrUnknown; from
// then on Update refuses with CodeUnavailable, fn not run, until the disk keeps
// what is written. So a transaction of Update that runs tells the truth about
// those before it, and the till asks there by the document's id before it says
// anything.
type Store interface {
	View(ctx context.Context, fn func(Tx) error) error
	Update(ctx context.Context, fn func(Tx) error) error
	// Wipe makes the room free of what was deleted, so that whoever reads the files
	// of the store byte by byte finds nothing of it. Work goes on meanwhile. What
	// could not be ended is ended when the store is opened next.
	Wipe(ctx context.Context) error
	Sealing
}

// ErrUnknown says that nobody can tell whether a transaction was kept.
var ErrUnknown = errors.New("till: the outcome of the commit is unknown")

// Tx reads and writes within one transaction. Every getter of one thing
// returns a *pos.Error with CodeNotFound when it is not there. Slices come
// back in the order the comments say. An Each… walks all there is in constant
// memory, for the self-check and for exports; an error from fn ends the walk and
// is returned.
type Tx interface {
	// The desk.
	Trail
	Outbox
	Mirror
	// The staff.
	People
	Approvals
	// The drawer.
	Shifts
	// The clients.
	Customers
	CustomerFiles
	// The shelf.
	Products
	Goods
	// The counter.
	Cheques
	Sales
	Challenges
	Awaiting
	Offers
	// What comes back, lists, reports, upkeep.
	Returns
	Lists
	Figures
	Care
	Health
	Prints
	Seals
}
