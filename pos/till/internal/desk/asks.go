package desk

import (
	"cmp"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/wire"
)

// AskOrder asks the backend to note a payment, by a request in the outbox: it goes
// when there is a connection, and what becomes of it comes with the mirror. It needs
// RightManualCreate; allowed is the asker's group as it was found to hold for this
// request, nil where that is to be asked here.
func (o *Op) AskOrder(in *manual.Ask, allowed *pos.Group) error {
	g, err := o.mayAsk(allowed, func() error { return o.Demand(pos.RightManualCreate) })
	if err != nil {
		return err
	}
	rights := manual.RightsOf(g, o.Settings.Currency)
	rights.Create = true // by the group, or by somebody's approval
	detail := map[string]string{"offer": in.Offer, "merchant": in.Merchant}
	if in.Price != 0 {
		detail["sum"], detail["currency"] = Minor(in.Price), string(in.Currency)
	}
	if err := o.Note(pos.EventOrderAsked, in.ID, detail); err != nil {
		return err
	}
	return o.Tell(wire.OfOrder(in, o.person(), rights, o.At))
}

// AskRuling asks the backend for a decision on an order, likewise. request names it,
// and is the same in an attempt that went past the queue and got no answer. It needs
// RightManualDecide for the sum of the order that was seen.
func (o *Op) AskRuling(request string, seen *manual.Order, d *manual.Ruling, allowed *pos.Group) error {
	sum, in := d.Most(seen)
	shops := in == o.Settings.Currency
	g, err := o.mayAsk(allowed, func() error {
		if !shops {
			return o.Demand(pos.RightManualDecide)
		}
		return o.DemandSum(pos.RightManualDecide, sum)
	})
	if err != nil {
		return err
	}
	rights := manual.RightsOf(g, o.Settings.Currency)
	rights.Decide = true
	if rights.DecideCap != nil && shops {
		rights.DecideCap = new(max(*rights.DecideCap, sum)) // beyond it somebody approved
	}
	if err := o.Note(pos.EventOrderRuled, seen.ID, map[string]string{"decision": string(d.Decision), "request": request}); err != nil {
		return err
	}
	return o.Tell(wire.OfRuling(request, seen.ID, d, o.person(), rights, o.At))
}

// AskRefund asks the backend to give money of an order back, likewise. It needs
// RightManualRefund, for the sum where the money is given at once.
func (o *Op) AskRefund(seen *manual.Order, in *manual.AskRefund, allowed *pos.Group) error {
	sum, currency := cmp.Or(in.Amount, seen.Left()), seen.Terms().Currency
	capped := in.Finish && currency == o.Settings.Currency
	g, err := o.mayAsk(allowed, func() error {
		if !capped {
			return o.Demand(pos.RightManualRefund)
		}
		return o.DemandSum(pos.RightManualRefund, sum)
	})
	if err != nil {
		return err
	}
	rights := manual.RightsOf(g, o.Settings.Currency)
	rights.Refund = true
	if rights.RefundCap != nil && capped {
		rights.RefundCap = new(max(*rights.RefundCap, sum))
	}
	if err := o.Note(pos.EventOrderBack, seen.ID, map[string]string{"sum": Minor(sum), "currency": string(currency), "request": in.ID}); err != nil {
		return err
	}
	return o.Tell(wire.OfMoneyBack(seen.ID, in, currency, o.person(), rights, o.At))
}

// mayAsk is the asker's group, after what is needed was demanded unless it was before.
func (o *Op) mayAsk(allowed *pos.Group, demand func() error) (*pos.Group, error) {
	if allowed != nil {
		return allowed, nil
	}
	if err := demand(); err != nil {
		return nil, err
	}
	return o.OwnGroup()
}

func (o *Op) person() manual.Person { return manual.Person{ID: string(o.Actor.ID), Name: o.Actor.Name} }
