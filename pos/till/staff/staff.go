// Package staff holds who works here: employees, groups and their rights, PINs,
// login and approvals on the spot.
//
// Its Till is the till as this room sees it; package till joins the rooms into one.
package staff

import (
	"time"

	"kassa/pos/till/internal/desk"
)

// Till is the till as staff sees it.
type Till struct {
	desk desk.Room[*Op]
}

// New makes the room at a desk.
func New(d *desk.Desk) *Till {
	t := &Till{}
	t.desk = desk.Tending(d, t.On)
	d.OnNewKeys(func(o *desk.Op) error { return t.On(o).voidPINs() })
	d.OnGap(func(o *desk.Op, by time.Duration) error { return t.On(o).moveLocks(by) })
	return t
}

// Op is one operation here, with what the rooms below can do in it.
type Op struct {
	*desk.Op
	t *Till
}

// On takes part in an operation that another room began.
func (t *Till) On(o *desk.Op) *Op {
	return &Op{Op: o, t: t}
}
