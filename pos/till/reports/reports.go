// Package reports holds the figures of what was sold, kept as sums and read for
// reports, and how the day stands.
//
// Its Till is the till as this room sees it; package till joins the rooms into one.
package reports

import (
	"kassa/pos/till/clients"
	"kassa/pos/till/internal/desk"
)

// Till is the till as reports sees it.
type Till struct {
	desk    desk.Room[*op]
	clients *clients.Till
}

// New makes the room at a desk.
func New(d *desk.Desk, clients *clients.Till) *Till {
	t := &Till{clients: clients}
	t.desk = desk.Tending(d, t.on)
	return t
}

// op is one operation here, with what the rooms below can do in it.
type op struct {
	*desk.Op
	t       *Till
	clients *clients.Op
}

func (t *Till) on(o *desk.Op) *op {
	return &op{Op: o, t: t, clients: t.clients.On(o)}
}
