// Package clients holds the customers: their cards, groups, consents, points
// and debts, merging and erasing them, and what becomes void when they change.
//
// Its Till is the till as this room sees it; package till joins the rooms into one.
package clients

import (
	"kassa/pos/till/drawer"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/staff"
)

// Till is the till as clients sees it.
type Till struct {
	desk   desk.Room[*Op]
	staff  *staff.Till
	drawer *drawer.Till
}

// New makes the room at a desk.
func New(d *desk.Desk, staff *staff.Till, drawer *drawer.Till) *Till {
	t := &Till{staff: staff, drawer: drawer}
	t.desk = desk.In(d, t.On)
	d.OnNewKeys(func(o *desk.Op) error { return t.On(o).freshKeys() })
	return t
}

// Op is one operation here, with what the rooms below can do in it.
type Op struct {
	*desk.Op
	t      *Till
	staff  *staff.Op
	drawer *drawer.Op
}

// On takes part in an operation that another room began.
func (t *Till) On(o *desk.Op) *Op {
	return &Op{Op: o, t: t, staff: t.staff.On(o), drawer: t.drawer.On(o)}
}
