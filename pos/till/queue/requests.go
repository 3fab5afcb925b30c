package queue

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/till/store"
	"kassa/pos/wire"
)

// RequestOrder asks for a payment to be noted although the backend cannot be reached:
// it waits in the queue. What is known to be refused is refused at once, by the rules
// the backend holds it to and by what the mirror has. The order's id is made before
// the first attempt, past the queue or not; what is asked for already is not asked for
// twice. It needs RightManualCreate; allowed is the asker's group as it was found to
// hold for this request, nil where that is to be asked here.
func (t *Till) RequestOrder(ctx context.Context, a pos.Actor, in manual.Ask, allowed *pos.Group) error {
	return t.desk.Tend(ctx, a, "", func(o *op) error {
		was := answer{}
		err := o.eachAsked(in.ID, func(p wire.Payload) {
			if p, is := p.(*wire.OrderAsked); is {
				was.heard(sameAsk(p.Ask(), in))
			}
		})
		if err != nil || was.same {
			return err
		}
		tried := in
		if err := o.tryOrder(&tried); err != nil {
			return err
		}
		if err := was.taken(); err != nil {
			return err
		}
		return o.AskOrder(&in, allowed)
	})
}

// answer is whether a request of a name waits already.
type answer struct{ same, other bool }

func (a *answer) heard(same bool) { a.same, a.other = a.same || same, a.other || !same }

// taken refuses what comes by the name of something else.
func (a *answer) taken() error {
	if a.other {
		return pos.E(pos.CodeConflict, "manual.request-taken", nil)
	}
	return nil
}

func sameAsk(a, b manual.Ask) bool {
	when := sameTime(a.Date, b.Date)
	a.Date = b.Date
	return when && a == b
}

func sameRuling(a, b manual.Ruling) bool {
	same := sameTime(a.Date, b.Date) && (a.Price == nil) == (b.Price == nil) && (a.Price == nil || *a.Price == *b.Price)
	a.Date, a.Price = b.Date, b.Price
	return same && a == b
}

// sameTime compares to what is told of a moment.
func sameTime(a, b time.Time) bool { return a.IsZero() == b.IsZero() && a.UnixMilli() == b.UnixMilli() }

// eachAsked goes through the requests about an order that wait in the queue.
func (o *op) eachAsked(order string, fn func(wire.Payload)) error {
	list, err := o.OpenRequests(order)
	if err != nil {
		return err
	}
	for i := range list {
		if list[i].State != pos.OutboxWaiting {
			continue
		}
		p, err := wire.Decode(&list[i])
		if err != nil {
			return err
		}
		fn(p)
	}
	return nil
}

// tryOrder begins an order that is not kept, where the mirror has what it names.
func (o *op) tryOrder(in *manual.Ask) error {
	var offer *manual.Offer
	var among []string
	var err error
	if in.Offer != "" {
		if offer, err = mirrored[manual.Offer](o, exchange.ManualOffer, in.Offer); err != nil {
			return err
		}
		among = offer.Merchants
	}
	rows, err := o.ListMirrored(store.MirrorFilter{Kind: exchange.ManualMerchant, Limit: mostListed})
	if err != nil {
		return err
	}
	merchants, err := bodies[manual.Merchant](rows)
	if err == nil && len(merchants) == 0 {
		err = pos.E(pos.CodeNotFound, "exchange.not-here", nil)
	}
	if err != nil {
		return err
	}
	m, err := manual.Only(merchants, in.Merchant, among) // as the backend chooses
	if err != nil {
		return err
	}
	all := manual.AllRights() // those are asked with the request
	_, _, err = manual.Begin(in, offer, m, "", manual.Person{}, &all, o.At)
	return err
}

// RequestRuling asks for a decision on an order although the backend cannot be
// reached: it waits in the queue. Whoever decided first wins: this one is answered
// with a conflict then, which the queue shows. request names the decision, and is made
// before the first attempt. It needs RightManualDecide for the order's sum; allowed as
// for RequestOrder.
func (t *Till) RequestRuling(ctx context.Context, a pos.Actor, request, order string, d manual.Ruling, allowed *pos.Group) error {
	return t.desk.Tend(ctx, a, "", func(o *op) error {
		was := answer{}
		err := o.eachAsked(order, func(p wire.Payload) {
			if p, is := p.(*wire.OrderRuled); is && p.Request == request {
				was.heard(sameRuling(p.Ruling(), d))
			}
		})
		if err != nil || was.same {
			return err
		}
		seen, err := mirrored[manual.Order](o, exchange.ManualOrder, order)
		if err != nil {
			return err
		}
		m, err := mirrored[manual.Merchant](o, exchange.ManualMerchant, seen.Merchant)
		if err != nil {
			return err
		}
		tried, all := *seen, manual.AllRights()
		if _, err := tried.Decide(&d, m, manual.Person{}, &all, o.At); err != nil {
			return err
		}
		if err := was.taken(); err != nil {
			return err
		}
		return o.AskRuling(request, seen, &d, allowed)
	})
}

// RequestRefund asks for money of an order back although the backend cannot be
// reached: it waits in the queue. The order is as it was seen, or as the mirror has it
// where that is later. What waits already is counted, so that no more is asked for than
// is left. The id of the refund is made before the first attempt. It needs
// RightManualRefund; allowed as for RequestOrder.
func (t *Till) RequestRefund(ctx context.Context, a pos.Actor, seen *manual.Order, in manual.AskRefund, allowed *pos.Group) error {
	return t.desk.Tend(ctx, a, "", func(o *op) error {
		known, err := mirrored[manual.Order](o, exchange.ManualOrder, seen.ID)
		if err != nil {
			return err
		}
		if seen.Version > known.Version { // somebody read it there since it came here
			known = seen
		}
		tried, was := *known, answer{}
		err = o.eachAsked(known.ID, func(p wire.Payload) {
			back, is := p.(*wire.OrderBack)
			switch {
			case !is:
			case back.Refund == in.ID:
				was.heard(back.Ask() == in)
			default:
				tried.Pending = tried.Pending.Add(cmp.Or(back.Ask().Amount, tried.Left()))
			}
		})
		if err != nil || was.same {
			return err
		}
		all := manual.AllRights()
		if _, _, err := tried.AskBack(&in, manual.Person{}, &all, o.At); err != nil {
			return err
		}
		if err := was.taken(); err != nil {
			return err
		}
		return o.AskRefund(known, &in, allowed)
	})
}

// mirrored reads a thing of the mirror. CodeNotFound "exchange.not-here".
func mirrored[T any](o *op, kind exchange.ChangeKind, id string) (*T, error) {
	row, err := o.Mirrored(kind, id)
	if err != nil {
		return nil, err
	}
	v := new(T)
	return v, json.Unmarshal(row.Body, v)
}

// Request is what was asked of the backend and is not answered yes yet.
type Request struct {
	pos.OutboxMessage                   // its Trouble is why it was refused, once it was
	Order             *manual.Ask       // a payment that is asked to be noted, or
	Ruling            *manual.Ruling    // a decision that is asked for, or
	Refund            *manual.AskRefund // money that is asked back
}

// Requests are those that wait or were refused, in the order in which they were asked
// for; of one order where it is named.
func (t *Till) Requests(ctx context.Context, order string) (all []Request, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		all = nil
		list, err := o.OpenRequests(order)
		if err != nil {
			return err
		}
		for _, m := range list {
			p, err := wire.Decode(&m)
			if err != nil {
				return err
			}
			r := Request{OutboxMessage: m}
			switch p := p.(type) {
			case *wire.OrderAsked:
				ask := p.Ask()
				r.Order = &ask
			case *wire.OrderRuled:
				ruling := p.Ruling()
				r.Ruling = &ruling
			case *wire.OrderBack:
				back := p.Ask()
				r.Refund = &back
			}
			all = append(all, r)
		}
		return nil
	})
	return all, err
}
