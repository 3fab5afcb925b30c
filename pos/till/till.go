// Package till is what a cashier can do. Each method of Till is one business
// operation: it asks the right, loads, asks the rules of package pos, and saves
// the document, the journal entry, the audit record and the outbox row in one
// transaction. Printers, drawers and screens hear of it after it returned nil.
//
// The operations live in rooms, a package per family (counter, returns, clients,
// shelf, staff, drawer, lists, reports, upkeep, queue) over one desk; this package joins
// them. A room knows the rooms below it and none above.
//
// Errors are *pos.Error. Every method may also return CodeForbidden without the
// right it names, CodeUnavailable when the disk or database refuses, and
// CodeInternal for a mistake of ours.
package till

import (
	"kassa/pos"
	"kassa/pos/till/clients"
	"kassa/pos/till/counter"
	"kassa/pos/till/drawer"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/lists"
	"kassa/pos/till/queue"
	"kassa/pos/till/reports"
	"kassa/pos/till/returns"
	"kassa/pos/till/shelf"
	"kassa/pos/till/staff"
	"kassa/pos/till/upkeep"
)

// The rooms under names of their own, so that each can be embedded.
type (
	atStaff   = staff.Till
	atDrawer  = drawer.Till
	atClients = clients.Till
	atShelf   = shelf.Till
	atCounter = counter.Till
	atReturns = returns.Till
	atLists   = lists.Till
	atReports = reports.Till
	atUpkeep  = upkeep.Till
	atQueue   = queue.Till
)

// Till is one cash register over its store. It is safe for use by several
// goroutines; operations run one after another.
type Till struct {
	desk *desk.Desk
	*atStaff
	*atDrawer
	*atClients
	*atShelf
	*atCounter
	*atReturns
	*atLists
	*atReports
	*atUpkeep
	*atQueue
}

// New makes a till. It panics when a required parameter is missing.
func New(p Params) *Till {
	d := desk.New(p)
	t := &Till{desk: d, atStaff: staff.New(d), atDrawer: drawer.New(d)}
	t.atClients = clients.New(d, t.atStaff, t.atDrawer)
	t.atShelf = shelf.New(d, t.atStaff)
	t.atCounter = counter.New(d, t.atStaff, t.atDrawer, t.atClients, t.atShelf)
	t.atReturns = returns.New(d, t.atStaff, t.atDrawer, t.atClients, t.atShelf, t.atCounter)
	t.atLists = lists.New(d, t.atStaff, t.atClients, t.atShelf)
	t.atReports = reports.New(d, t.atClients)
	t.atUpkeep = upkeep.New(d, t.atStaff, t.atClients, t.atCounter)
	t.atQueue = queue.New(d)
	return t
}

// NewID makes an id nothing has yet, for a request that names itself before the
// first try and keeps the name through every further one.
func (t *Till) NewID() string { return t.desk.NewID() }

// Settings are the current ones.
func (t *Till) Settings() pos.Settings { return t.desk.Settings() }
