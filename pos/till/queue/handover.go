package queue

import (
	"context"
	"strings"

	"kassa/pos"
)

// metaHandover tells whoever stood behind the till before what it has still to be
// brought from: "from:" and its address; then which server was left for good and has
// still to be forgotten: "left:" and its address; "" for nothing.
const metaHandover = "queue.handover"

const (
	handoverFrom = "from:"
	handoverLeft = "left:"
)

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
// another one meanwhile. The server it was brought from is left.
func (t *Till) HandedOver(ctx context.Context, server string) error {
	return t.desk.Tend(ctx, pos.Actor{}, "", func(o *op) error {
		now, err := o.Meta(metaServer)
		if err != nil || now != server {
			return err
		}
		kept, err := o.Meta(metaHandover)
		if err != nil {
			return err
		}
		from, due := strings.CutPrefix(kept, handoverFrom)
		if !due {
			return nil
		}
		return o.leave(from)
	})
}

// Left is a server the till has nothing to do with any more and that was not
// forgotten yet, "" for none: what lets the till in there can go.
func (t *Till) Left(ctx context.Context) (server string, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		kept, err := o.Meta(metaHandover)
		if left, is := strings.CutPrefix(kept, handoverLeft); is {
			server = left
		}
		return err
	})
	return server, err
}

// ForgetLeft notes that a server that was left is forgotten.
func (t *Till) ForgetLeft(ctx context.Context, server string) error {
	return t.desk.Tend(ctx, pos.Actor{}, "", func(o *op) error {
		kept, err := o.Meta(metaHandover)
		if err != nil || kept != handoverLeft+server {
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
		return o.leave(before)
	}
	return o.PutMeta(metaHandover, handoverFrom+before)
}

// leave notes that nothing is to be brought from a backend any more.
func (o *op) leave(server string) error {
	if server == "" { // the one that is carried is never left
		return o.PutMeta(metaHandover, "")
	}
	return o.PutMeta(metaHandover, handoverLeft+server)
}
