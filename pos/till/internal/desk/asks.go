package desk

import (
	"strconv"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/wire"
)

// AskOrder asks the backend to note a payment, by a request in the outbox: it goes
// when there is a connection, and what becomes of it comes with the mirror. It needs
// RightManualCreate.
func (o *Op) AskOrder(in *manual.Ask) error {
	by, rights, err := o.asker(pos.RightManualCreate)
	if err != nil {
		return err
	}
	rights.Create = true // by the group, or by somebody's approval
	detail := map[string]string{"offer": in.Offer, "merchant": in.Merchant}
	if in.Price != 0 {
		detail["sum"], detail["currency"] = strconv.FormatInt(int64(in.Price), 10), string(in.Currency)
	}
	if err := o.Note(pos.EventOrderAsked, in.ID, detail); err != nil {
		return err
	}
	return o.Tell(wire.OfOrder(in, by, rights, o.At))
}

// AskRuling asks the backend for a decision on an order, likewise. request names it,
// and is the same in an attempt that went past the queue and got no answer. It needs
// RightManualDecide for the sum of the order that was seen.
func (o *Op) AskRuling(request string, seen *manual.Order, d *manual.Ruling) error {
	sum, in := seen.Requested.Price, seen.Requested.Currency
	if d.Price != nil {
		sum = max(sum, *d.Price)
	}
	demand := func() error { return o.Demand(pos.RightManualDecide) }
	if in == o.Settings.Currency {
		demand = func() error { return o.DemandSum(pos.RightManualDecide, sum) }
	}
	if err := demand(); err != nil {
		return err
	}
	by, rights, err := o.asker("")
	if err != nil {
		return err
	}
	rights.Decide = true
	if rights.DecideCap != nil && in == o.Settings.Currency {
		rights.DecideCap = new(max(*rights.DecideCap, sum)) // beyond it somebody approved
	}
	if err := o.Note(pos.EventOrderRuled, seen.ID, map[string]string{"decision": string(d.Decision), "request": request}); err != nil {
		return err
	}
	return o.Tell(wire.OfRuling(request, seen.ID, d, by, rights, o.At))
}

// asker is who asks, and what their group lets them, after a right was asked.
func (o *Op) asker(need pos.Right) (by manual.Person, r manual.Rights, err error) {
	if err := o.Demand(need); err != nil {
		return by, r, err
	}
	by = manual.Person{ID: string(o.Actor.ID), Name: o.Actor.Name}
	g, err := o.OwnGroup()
	if err != nil {
		return by, r, err
	}
	return by, manual.RightsOf(g, o.Settings.Currency), nil
}
