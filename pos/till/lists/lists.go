// Package lists holds whole lists that go in and out: imports, exports, and the
// demo shop, which is an import of our own files.
//
// Its Till is the till as this room sees it; package till joins the rooms into one.
package lists

import (
	"kassa/pos/till/clients"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/shelf"
	"kassa/pos/till/staff"
)

// Till is the till as lists sees it.
type Till struct {
	desk    desk.Room[*op]
	staff   *staff.Till
	clients *clients.Till
	shelf   *shelf.Till
}

// New makes the room at a desk.
func New(d *desk.Desk, staff *staff.Till, clients *clients.Till, shelf *shelf.Till) *Till {
	t := &Till{staff: staff, clients: clients, shelf: shelf}
	t.desk = desk.In(d, t.on)
	return t
}

// op is one operation here, with what the rooms below can do in it.
type op struct {
	*desk.Op
	t       *Till
	staff   *staff.Op
	clients *clients.Op
	shelf   *shelf.Op
}

func (t *Till) on(o *desk.Op) *op {
	return &op{Op: o, t: t, staff: t.staff.On(o), clients: t.clients.On(o), shelf: t.shelf.On(o)}
}
