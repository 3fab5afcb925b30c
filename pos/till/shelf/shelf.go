// Package shelf holds what the shop sells: goods, categories, tiles, prices,
// pictures, stock, and what a scanned or typed code names.
//
// Its Till is the till as this room sees it; package till joins the rooms into one.
package shelf

import (
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/staff"
)

// Till is the till as shelf sees it.
type Till struct {
	desk  desk.Room[*Op]
	staff *staff.Till
}

// New makes the room at a desk.
func New(d *desk.Desk, staff *staff.Till) *Till {
	t := &Till{staff: staff}
	t.desk = desk.In(d, t.On)
	return t
}

// Op is one operation here, with what the rooms below can do in it.
type Op struct {
	*desk.Op
	t       *Till
	shelves map[string]string // spelling of each category by its folded name, once somebody asked
	staff   *staff.Op
}

// On takes part in an operation that another room began.
func (t *Till) On(o *desk.Op) *Op {
	return &Op{Op: o, t: t, staff: t.staff.On(o)}
}
