// Package counter holds the cheque on the screen until it is a stored sale: its
// lines, discounts, tenders, codes, coupons and certificates.
//
// Its Till is the till as this room sees it; package till joins the rooms into one.
package counter

import (
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/till/clients"
	"kassa/pos/till/drawer"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/shelf"
	"kassa/pos/till/staff"
)

// Till is the till as counter sees it.
type Till struct {
	desk    desk.Room[*Op]
	staff   *staff.Till
	drawer  *drawer.Till
	clients *clients.Till
	shelf   *shelf.Till

	flights    flights                                          // the codes on their way
	exchanging func(*desk.Op, *pos.Cheque) error                // hears of every change of a cheque that is paid with a return
	brought    func(*desk.Op, *pos.Cheque) (pos.Brought, error) // tells what stands behind that
}

// New makes the room at a desk.
func New(d *desk.Desk, staff *staff.Till, drawer *drawer.Till, clients *clients.Till, shelf *shelf.Till) *Till {
	t := &Till{staff: staff, drawer: drawer, clients: clients, shelf: shelf}
	t.desk = desk.In(d, t.On)
	d.OnChange(exchange.ManualOrder, func(o *desk.Op, c *exchange.Change) error { return t.On(o).orderChanged(c) })
	d.OnRefused(pos.EventOrderAsked, func(o *desk.Op, m *pos.OutboxMessage) error { return t.On(o).orderRefused(m) })
	return t
}

// Op is one operation here, with what the rooms below can do in it.
type Op struct {
	*desk.Op
	t       *Till
	staff   *staff.Op
	drawer  *drawer.Op
	clients *clients.Op
	shelf   *shelf.Op
}

// On takes part in an operation that another room began.
func (t *Till) On(o *desk.Op) *Op {
	return &Op{Op: o, t: t, staff: t.staff.On(o), drawer: t.drawer.On(o), clients: t.clients.On(o), shelf: t.shelf.On(o)}
}

// OnExchange tells the counter who makes the tender of an exchange follow a
// change of its cheque, and who tells what had paid for the goods behind it: both
// is known where the goods come back. They are called in the operation that
// changes or prices the cheque.
func (t *Till) OnExchange(follow func(*desk.Op, *pos.Cheque) error, brought func(*desk.Op, *pos.Cheque) (pos.Brought, error)) {
	t.exchanging, t.brought = follow, brought
}
