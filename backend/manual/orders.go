package manual

import (
	"context"
	"time"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/clock"
	pay "kassa/pos/manual"
)

// New notes what somebody says was paid. The order's id is that of the request.
func (m *Manual) New(ctx context.Context, from From, in pay.Ask) (*pay.Order, error) {
	in.Date = named(in.Date)
	return m.ask(ctx, from, in.ID, "new", in.ID, in, noting(in, time.Time{}))
}

// named is a time as a request names it: the same past the queue and in it, which
// keeps milliseconds.
func named(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

// noting carries out what New asks; asked is when, zero for now: what names no day was
// paid then.
func noting(in pay.Ask, asked time.Time) func(*asking) (*pay.Order, error) {
	return func(a *asking) (*pay.Order, error) {
		if told, err := a.begun(in.ID); told != nil || err != nil {
			return told, err
		}
		offer, merchant, err := a.meant(&in)
		if err != nil {
			return nil, err
		}
		if in.Date.IsZero() {
			in.Date = asked
		}
		if ahead := in.Date.Sub(a.At); ahead > 0 && ahead <= clock.Slack {
			in.Date = a.At // the till's clock is a little ahead of ours
		}
		order, event, err := pay.Begin(&in, offer, merchant, a.from.Till, a.from.By, &a.from.Rights, a.At)
		if err != nil {
			return nil, err
		}
		return a.add(order, event)
	}
}

// begun answers a request for an order that was begun before by the same one; nil for
// one that is new.
func (a *asking) begun(id string) (*pay.Order, error) {
	now, err := a.Order(id)
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return nil, err
	}
	return a.before(now)
}

// add stores an order that was made.
func (a *asking) add(order *pay.Order, event *pay.Event) (*pay.Order, error) {
	added, err := a.room.add(a.Op, order)
	if err != nil {
		return nil, err
	}
	if !added { // by the same request just now, or by another till
		now, err := a.OrderAlone(order.ID)
		if err != nil {
			return nil, err
		}
		told, err := a.before(now)
		if told == nil && err == nil {
			err = pos.E(pos.CodeConflict, "manual.request-taken", nil) // another till's is nobody's business here
		}
		return told, err
	}
	if err := a.AddOrderEvent(order.ID, event); err != nil {
		return nil, err
	}
	return order, a.answered(order)
}

// meant finds what is paid for and by which merchant.
func (a *asking) meant(in *pay.Ask) (offer *pay.Offer, merchant *pay.Merchant, err error) {
	var among []string
	if in.Offer != "" {
		if offer, err = a.Offer(in.Offer); err != nil {
			return nil, nil, err
		}
		among = offer.Merchants
	}
	all, err := a.Merchants()
	if err != nil {
		return nil, nil, err
	}
	merchant, err = pay.Only(all, in.Merchant, among)
	return offer, merchant, err
}

// Decide approves or declines an order, once: a request that comes again is
// answered as it was. CodeConflict with how the order stands in Args "Order" for
// whoever saw another version.
func (m *Manual) Decide(ctx context.Context, from From, request, order string, in pay.Ruling) (*pay.Order, error) {
	in.Date = named(in.Date)
	return m.ask(ctx, from, request, "decide", order, in, deciding(order, in))
}

// deciding carries out what Decide asks.
func deciding(order string, in pay.Ruling) func(*asking) (*pay.Order, error) {
	return func(a *asking) (*pay.Order, error) {
		return a.with(order, func(o *pay.Order) ([]*pay.Event, error) {
			merchant, err := a.Merchant(o.Merchant)
			if err != nil {
				return nil, err
			}
			if ahead := in.Date.Sub(a.At); ahead > 0 && ahead <= clock.Slack {
				in.Date = a.At
			}
			event, err := o.Decide(&in, merchant, a.from.By, &a.from.Rights, a.At)
			if err != nil {
				return nil, err
			}
			if o.State.Paid() {
				entry := o.Received()
				if err := a.Book(entry); err != nil {
					return nil, err
				}
				o.Entry = entry.N
			}
			return []*pay.Event{event}, nil
		})
	}
}

// with holds an order, changes it and stores it with what happened.
func (a *asking) with(id string, fn func(*pay.Order) ([]*pay.Event, error)) (*pay.Order, error) {
	o, err := a.OrderAlone(id)
	if err != nil {
		return nil, err
	}
	// Only now: the same request may have been carried out while this one waited.
	if told, err := a.before(o); told != nil || err != nil {
		return told, err
	}
	was := o.Version
	events, err := fn(o)
	if err != nil {
		return nil, err
	}
	if err := save(a.Op, o, was, events...); err != nil {
		return nil, err
	}
	return o, a.answered(o)
}

// save stores an order that was changed, unless somebody else did meanwhile.
func save(op *desk.Op, o *pay.Order, was int64, events ...*pay.Event) error {
	saved, err := op.SaveOrder(o, was)
	if err != nil {
		return err
	}
	if !saved {
		now, err := op.Order(o.ID)
		if err != nil {
			return err
		}
		return pos.E(pos.CodeConflict, "manual.changed", pos.Args{"Seen": was, "Now": now.Version, "Order": now})
	}
	for _, e := range events {
		if err := op.AddOrderEvent(o.ID, e); err != nil {
			return err
		}
	}
	return nil
}

// AskRefund asks for money back. With Finish, whoever may decide their own has it
// allowed and given in the same moment: three events, one transaction.
func (m *Manual) AskRefund(ctx context.Context, from From, order string, in pay.AskRefund) (*pay.Order, error) {
	return m.ask(ctx, from, in.ID, "refund", order, in, refunding(order, in))
}

// refunding carries out what AskRefund asks.
func refunding(order string, in pay.AskRefund) func(*asking) (*pay.Order, error) {
	return func(a *asking) (*pay.Order, error) {
		return a.with(order, func(o *pay.Order) ([]*pay.Event, error) {
			if _, err := a.Refund(in.ID); pos.CodeOf(err) != pos.CodeNotFound {
				if err == nil {
					err = pos.E(pos.CodeConflict, "manual.request-taken", pos.Args{"Order": o})
				}
				return nil, err
			}
			f, event, err := o.AskBack(&in, a.from.By, &a.from.Rights, a.At)
			if err != nil {
				return nil, err
			}
			events := []*pay.Event{event}
			if in.Finish {
				for _, step := range []pay.RefundStep{pay.AllowRefund, pay.GiveRefund} {
					event, err := a.advance(o, f, step, in.Where)
					if err != nil {
						return nil, err
					}
					events = append(events, event)
				}
			}
			return events, a.PutRefund(f)
		})
	}
}

// RefundMove is a step of a refund.
type RefundMove struct {
	Refund string         `json:"refund" maxLength:"64"`
	Step   pay.RefundStep `json:"step" enum:"approve,refuse,done"`
	Where  pay.Place      `json:"where" enum:"till,orders,card"`
}

// AdvanceRefund allows a refund, refuses it, or says that the money was given.
func (m *Manual) AdvanceRefund(ctx context.Context, from From, request, order string, in RefundMove) (*pay.Order, error) {
	return m.ask(ctx, from, request, "refund-step", order, in, func(a *asking) (*pay.Order, error) {
		return a.with(order, func(o *pay.Order) ([]*pay.Event, error) {
			f, err := a.Refund(in.Refund)
			if err != nil {
				return nil, err
			}
			event, err := a.advance(o, f, in.Step, in.Where)
			if err != nil {
				return nil, err
			}
			return []*pay.Event{event}, a.PutRefund(f)
		})
	})
}

// advance takes a refund on, and books what is given.
func (a *asking) advance(o *pay.Order, f *pay.Refund, step pay.RefundStep, where pay.Place) (*pay.Event, error) {
	event, err := o.Advance(f, step, where, a.from.By, &a.from.Rights, a.At)
	if err != nil || step != pay.GiveRefund {
		return event, err
	}
	entry := o.Returned(f, a.from.By)
	if err := a.Book(entry); err != nil {
		return nil, err
	}
	f.Entry = entry.N
	return event, nil
}

// Choice chooses orders to list; what is empty chooses all.
type Choice = pay.Choice

// MostOrders is how many orders a page has at most.
const MostOrders = 100

// Page is a page of orders, newest first.
type Page = pay.Page

// Takings tells what came by each merchant in a time, as it is booked: from
// included, to excluded; a time that is zero bounds nothing.
func (m *Manual) Takings(ctx context.Context, from, to time.Time) (rows []pay.Takings, err error) {
	err = m.desk.Look(ctx, func(o *desk.Op) error {
		merchants, err := o.Merchants()
		if err != nil {
			return err
		}
		posted, err := o.Posted(from, to)
		rows = pay.SumUp(posted, merchants)
		return err
	})
	return rows, err
}

// ListOrders lists orders, after it declined those whose time ran out: nobody is
// shown one as open that is not.
func (m *Manual) ListOrders(ctx context.Context, c Choice) (p Page, err error) {
	if _, err := m.ExpireOrders(ctx); err != nil {
		return p, err
	}
	limit := c.Limit
	if limit <= 0 || limit > MostOrders {
		limit = MostOrders
	}
	err = m.desk.Look(ctx, func(o *desk.Op) error {
		f := store.OrderFilter{Merchant: c.Merchant, Customer: c.Customer, Also: c.Also, From: c.From, To: c.To}
		if p.Counts, err = o.CountOrders(f); err != nil {
			return err
		}
		if c.After != "" {
			last, err := o.Order(c.After)
			if err != nil {
				return err
			}
			f.After, f.AfterID = last.Created, last.ID
		}
		f.State, f.Limit = c.State, limit+1
		if p.Orders, err = o.Orders(f); err != nil {
			return err
		}
		if p.More = len(p.Orders) > limit; p.More {
			p.Orders = p.Orders[:limit]
		}
		return nil
	})
	return p, err
}

// Order is one with all that happened to it. CodeNotFound "manual.order-unknown".
func (m *Manual) Order(ctx context.Context, id string) (k *pay.Kept, err error) {
	if _, err := m.ExpireOrders(ctx); err != nil {
		return nil, err
	}
	err = m.desk.Look(ctx, func(o *desk.Op) error { k, err = kept(o, id); return err })
	return k, err
}

func kept(o *desk.Op, id string) (*pay.Kept, error) {
	order, err := o.Order(id)
	if err != nil {
		return nil, err
	}
	k := &pay.Kept{Order: *order}
	if k.Events, err = o.OrderEvents(id); err != nil {
		return nil, err
	}
	if k.Refunds, err = o.Refunds(id); err != nil || order.Proofs == 0 {
		return k, err
	}
	files, err := o.Proofs(id)
	for i := range files {
		if files[i].Gone {
			k.Gone = append(k.Gone, files[i].ID)
		}
	}
	return k, err
}
