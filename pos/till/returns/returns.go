// Package returns holds what comes back: returns, exchanges, and the correction
// of a tender.
//
// Its Till is the till as this room sees it; package till joins the rooms into one.
package returns

import (
	"kassa/pos"
	"kassa/pos/till/clients"
	"kassa/pos/till/counter"
	"kassa/pos/till/drawer"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/shelf"
	"kassa/pos/till/staff"
)

// Till is the till as returns sees it.
type Till struct {
	desk    desk.Room[*op]
	staff   *staff.Till
	drawer  *drawer.Till
	clients *clients.Till
	shelf   *shelf.Till
	counter *counter.Till
}

// New makes the room at a desk.
func New(d *desk.Desk, staff *staff.Till, drawer *drawer.Till, clients *clients.Till, shelf *shelf.Till, counter *counter.Till) *Till {
	t := &Till{staff: staff, drawer: drawer, clients: clients, shelf: shelf, counter: counter}
	t.desk = desk.In(d, t.on)
	counter.OnExchange(func(o *desk.Op, c *pos.Cheque) error { return t.on(o).followOpen(c) },
		func(o *desk.Op, c *pos.Cheque) (pos.Brought, error) { return t.on(o).brought(c) })
	return t
}

// op is one operation here, with what the rooms below can do in it.
type op struct {
	*desk.Op
	t       *Till
	staff   *staff.Op
	drawer  *drawer.Op
	clients *clients.Op
	shelf   *shelf.Op
	counter *counter.Op
}

func (t *Till) on(o *desk.Op) *op {
	return &op{Op: o, t: t, staff: t.staff.On(o), drawer: t.drawer.On(o), clients: t.clients.On(o), shelf: t.shelf.On(o), counter: t.counter.On(o)}
}
