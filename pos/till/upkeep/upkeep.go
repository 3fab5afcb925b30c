// Package upkeep looks after the till itself: start and end, health, copies and
// restoring, the history of settings, the print jobs, the self-check.
//
// Its Till is the till as this room sees it; package till joins the rooms into one.
package upkeep

import (
	"kassa/pos/till/clients"
	"kassa/pos/till/counter"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/staff"
)

// Till is the till as upkeep sees it.
type Till struct {
	desk    desk.Room[*op]
	staff   *staff.Till
	clients *clients.Till
	counter *counter.Till
	watched watched
}

// New makes the room at a desk.
func New(d *desk.Desk, staff *staff.Till, clients *clients.Till, counter *counter.Till) *Till {
	t := &Till{staff: staff, clients: clients, counter: counter}
	t.desk = desk.Tending(d, t.on)
	d.OnNewKeys(func(o *desk.Op) error { return t.on(o).sealSettings(nil) })
	d.OnCodes(func(o *desk.Op) error { return t.on(o).codesDecided() })
	return t
}

// op is one operation here, with what the rooms below can do in it.
type op struct {
	*desk.Op
	t       *Till
	staff   *staff.Op
	clients *clients.Op
	counter *counter.Op
}

func (t *Till) on(o *desk.Op) *op {
	return &op{Op: o, t: t, staff: t.staff.On(o), clients: t.clients.On(o), counter: t.counter.On(o)}
}
