package queue

import (
	"context"
	"strings"

	"kassa/pos"
)

// metaHandover tells whoever stood behind the till before what it has still to be
// brought from: "from:" and its address; "" for nothing.
const metaHandover = "queue.handover"

const handoverFrom = "from:"

// HandoverDue tells which backend, "" for the one carried in the till, has something
// that was not yet brought to the one of now.
func (t *Till) HandoverDue(ctx context.Context) (from string, due bool, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		kept, err := o.Meta(metaHandover)
		from, due = strings.CutPrefix(kept, handoverFrom)
		return err
	})
	return from, due, err
}

// HandedOver notes that all was brought to a backend, unless the till turned to
// another one meanwhile.
func (t *Till) HandedOver(ctx context.Context, server string) error {
	return t.desk.Tend(ctx, pos.Actor{}, "", func(o *op) error {
		now, err := o.Meta(metaServer)
		if err != nil || now != server {
			return err
		}
		return o.PutMeta(metaHandover, "")
	})
}

// handoverTo notes what a turn to a backend leaves to be brought. Whoever leaves a
// server has brought it before.
func (o *op) handoverTo(server string) error {
	before, err := o.Meta(metaServer)
	if err != nil || before == server {
		return err // joined again: what was due is due
	}
	if server == "" {
		return o.PutMeta(metaHandover, "")
	}
	return o.PutMeta(metaHandover, handoverFrom+before)
}
