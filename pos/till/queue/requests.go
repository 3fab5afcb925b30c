package queue

import (
	"context"
	"encoding/json"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
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
		asked, err := o.asks(in.ID, func(p wire.Payload) bool { _, is := p.(*wire.OrderAsked); return is })
		if err != nil || asked {
			return err
		}
		tried := in
		if err := o.tryOrder(&tried); err != nil {
			return err
		}
		return o.AskOrder(&in, allowed)
	})
}

// asks reports that a request about an order waits in the queue.
func (o *op) asks(order string, is func(wire.Payload) bool) (bool, error) {
	list, err := o.OpenRequests(order)
	if err != nil {
		return false, err
	}
	for i := range list {
		if list[i].State != pos.OutboxWaiting {
			continue
		}
		p, err := wire.Decode(&list[i])
		if err != nil || is(p) {
			return err == nil, err
		}
	}
	return false, nil
}

// tryOrder begins an order that is not kept, where the mirror has what it names.
func (o *op) tryOrder(in *manual.Ask) error {
	var offer *manual.Offer
	var err error
	if in.Offer != "" {
		if offer, err = mirrored[manual.Offer](o, exchange.ManualOffer, in.Offer); err != nil {
			return err
		}
		if in.Merchant == "" && len(offer.Merchants) == 1 {
			in.Merchant = offer.Merchants[0]
		}
	}
	if in.Merchant == "" {
		return pos.E(pos.CodeInvalid, "manual.merchant-which", nil)
	}
	m, err := mirrored[manual.Merchant](o, exchange.ManualMerchant, in.Merchant)
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
		asked, err := o.asks(order, func(p wire.Payload) bool { r, is := p.(*wire.OrderRuled); return is && r.Request == request })
		if err != nil || asked {
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
		return o.AskRuling(request, seen, &d, allowed)
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
	pos.OutboxMessage                // its Trouble is why it was refused, once it was
	Order             *manual.Ask    // a payment that is asked to be noted, or
	Ruling            *manual.Ruling // a decision that is asked for
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
			}
			all = append(all, r)
		}
		return nil
	})
	return all, err
}
