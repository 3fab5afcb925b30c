package desk

import (
	"kassa/pos"
	"kassa/pos/exchange"
)

// OnChange has fn called for each change of a kind at the backend as the till takes
// it, in the same transaction, after it is in the mirror: what a room makes of it is
// kept together with it or not at all. fn may hear of the same change again, as when
// the feed is read from its beginning, and does nothing twice. Its error keeps the
// whole page from being taken, so that it comes again: what is merely unexpected is
// no error. It is called while the till is put together.
func (d *Desk) OnChange(kind exchange.ChangeKind, fn func(*Op, *exchange.Change) error) {
	if d.changes == nil {
		d.changes = map[exchange.ChangeKind][]func(*Op, *exchange.Change) error{}
	}
	d.changes[kind] = append(d.changes[kind], fn)
}

// Changed tells the rooms of a change, see OnChange.
func (o *Op) Changed(c *exchange.Change) error {
	for _, fn := range o.d.changes[c.Kind] {
		if err := fn(o, c); err != nil {
			return err
		}
	}
	return nil
}

// OnRefused has fn called for each request of a kind that the backend refused for good,
// in the transaction that notes it. It is called while the till is put together.
func (d *Desk) OnRefused(kind pos.EventKind, fn func(*Op, *pos.OutboxMessage) error) {
	if d.refusals == nil {
		d.refusals = map[pos.EventKind][]func(*Op, *pos.OutboxMessage) error{}
	}
	d.refusals[kind] = append(d.refusals[kind], fn)
}

// Refused tells the rooms of a request that was refused, see OnRefused.
func (o *Op) Refused(message string) error {
	m, err := o.OutboxMessage(message)
	if err != nil {
		return err
	}
	for _, fn := range o.d.refusals[m.Kind] {
		if err := fn(o, m); err != nil {
			return err
		}
	}
	return nil
}
