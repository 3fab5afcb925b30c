package manual

import (
	"context"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
	pay "kassa/pos/manual"
)

// TakeOver takes what another backend kept for a till that turned to this one. The
// same again is no change: whoever was cut off brings all of it once more. What is
// here already stays: of merchants and offers, which are set up here from now on, and
// of an order unless the one brought is the same with more that happened to it. Money
// is booked here anew, in the journal of this backend.
func (m *Manual) TakeOver(ctx context.Context, till string, in pay.Handover) (out pay.Taken, err error) {
	for i := range in.Orders {
		if err := in.Orders[i].CheckBrought(till); err != nil {
			return out, err
		}
	}
	err = m.desk.Change(ctx, func(o *desk.Op) error {
		out = pay.Taken{}
		for i := range in.Merchants {
			if err := takeMerchant(o, in.Merchants[i], &out); err != nil {
				return err
			}
		}
		for i := range in.Offers {
			if err := takeOffer(o, in.Offers[i], &out); err != nil {
				return err
			}
		}
		for i := range in.Orders {
			if err := m.takeOrder(o, in.Orders[i], &out); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func takeMerchant(o *desk.Op, in pay.Merchant, out *pay.Taken) (err error) {
	in.Normal()
	if err := in.Check(); err != nil {
		return err
	}
	if len(in.Image) > 0 {
		if in.Image, err = pay.CleanImage(in.Image); err != nil {
			return err
		}
	}
	done, err := o.PutMerchant(&in, 0)
	out.Count(done)
	return err
}

func takeOffer(o *desk.Op, in pay.Offer, out *pay.Taken) error {
	in.Normal()
	merchants, err := o.Merchants()
	if err != nil {
		return err
	}
	if err := in.Check(merchants); err != nil {
		return err
	}
	done, err := o.PutOffer(&in, 0)
	out.Count(done)
	return err
}

// takeOrder stores an order, or what happened to it since this backend had it.
func (m *Manual) takeOrder(o *desk.Op, in pay.Kept, out *pay.Taken) error {
	here, err := kept(o, in.ID)
	if pos.CodeOf(err) == pos.CodeNotFound {
		here, err = nil, nil
	}
	if err != nil {
		return err
	}
	switch in.Grown(here) {
	case pay.NoFurther:
		return nil
	case pay.Apart:
		out.Apart++
		return o.OpenCase(&store.Case{ID: o.IDs.NewID(), Till: in.Till, Kind: store.CaseApart, About: in.ID, At: o.At,
			Detail: pos.Args{"here": string(here.State), "brought": string(in.State), "text": in.Text}})
	}
	had := &pay.Kept{}
	if here != nil {
		had = here
	}
	if err := takeProofs(o, &in); err != nil {
		return err
	}
	if err := book(o, &in, had); err != nil {
		return err
	}
	if err := m.storeBrought(o, &in, here); err != nil {
		return err
	}
	for i := len(had.Events); i < len(in.Events); i++ {
		if err := o.AddOrderEvent(in.ID, &in.Events[i]); err != nil {
			return err
		}
	}
	for i := range in.Refunds {
		if err := o.PutRefund(&in.Refunds[i]); err != nil {
			return err
		}
	}
	out.Taken++
	return nil
}

// storeBrought stores the order itself, beside here, nil for none.
func (m *Manual) storeBrought(o *desk.Op, in, here *pay.Kept) error {
	var done bool
	var err error
	if here == nil {
		done, err = m.add(o, &in.Order)
	} else {
		done, err = o.SaveOrder(&in.Order, here.Version)
	}
	if err == nil && !done {
		err = pos.E(pos.CodeConflict, "manual.request-taken", nil)
	}
	return err
}

// book books what was not booked here, and numbers all by this journal.
func book(o *desk.Op, in, had *pay.Kept) error {
	if !in.State.Paid() && in.State != pay.Refunded {
		in.Entry = 0
		return nil
	}
	there := map[string]int64{}
	for _, f := range had.Given() {
		there[f.ID] = f.Entry
	}
	given := in.Given() // before their numbers are others
	entry := had.Entry
	if entry == 0 {
		e := in.Received()
		if err := o.Book(e); err != nil {
			return err
		}
		entry = e.N
	}
	numbers := make([]int64, len(given))
	for i, f := range given {
		if numbers[i] = there[f.ID]; numbers[i] != 0 {
			continue
		}
		e := in.Booked(f, entry)
		if err := o.Book(e); err != nil {
			return err
		}
		numbers[i] = e.N
	}
	in.Entry = entry
	for i, f := range given {
		f.Entry = numbers[i]
	}
	return nil
}
