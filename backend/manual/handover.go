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
// here already stays: of merchants and offers on a server, which are set up here from
// now on, and of an order unless the one brought is the same with more that happened to
// it. A carried backend, which a till goes back to, takes merchants and offers as the
// server has them. Money is booked here anew, in the journal of this backend. Whom the
// other forgot is forgotten here too.
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
	if err == nil && !done && o.Carried {
		done, err = renewMerchant(o, in)
	}
	out.Count(done)
	return err
}

// renewMerchant has the backend carried in a till take a merchant as the server has it
// that the till leaves: it was set up there, and what is here is from before.
func renewMerchant(o *desk.Op, in pay.Merchant) (bool, error) {
	here, err := o.Merchant(in.ID)
	if err != nil {
		return false, err
	}
	in.Version = here.Version
	if sameJSON(here, &in) {
		return false, nil
	}
	return o.PutMerchant(&in, here.Version)
}

// renewOffer is renewMerchant for an offer.
func renewOffer(o *desk.Op, in pay.Offer) (bool, error) {
	here, err := o.Offer(in.ID)
	if err != nil {
		return false, err
	}
	in.Version = here.Version
	if sameJSON(here, &in) {
		return false, nil
	}
	return o.PutOffer(&in, here.Version)
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
	if err == nil && !done && o.Carried {
		done, err = renewOffer(o, in)
	}
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
	if err := forgotten(o, &in, here); err != nil {
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
		if err := takeRefund(o, &in.Refunds[i]); err != nil {
			return err
		}
	}
	out.Taken++
	return nil
}

// takeRefund stores a refund of what is brought. It takes the place of none of another
// order, which may be another till's.
func takeRefund(o *desk.Op, in *pay.Refund) error {
	here, err := o.Refund(in.ID)
	switch {
	case err == nil && here.Order != in.Order:
		return pos.E(pos.CodeConflict, "manual.request-taken", nil)
	case err != nil && pos.CodeOf(err) != pos.CodeNotFound:
		return err
	}
	return o.PutRefund(in)
}

// forgotten has the customer of an order forgotten that one of the two backends was told
// to forget: who it is, is said when an order is made and never after, so where one of
// them names nobody it forgot. here is nil for an order that is not here.
func forgotten(o *desk.Op, in, here *pay.Kept) error {
	if here == nil || in.Customer == "" || in.Customer != here.Customer {
		return nil
	}
	there, was := in.Order, here.Order
	namedThere, namedHere := there.Forget(), was.Forget()
	if !namedHere {
		in.Forget()
	}
	if (!namedHere || namedThere) && len(in.Gone) <= len(here.Gone) {
		return nil
	}
	_, err := o.ForgetPayer(in.Customer)
	return err
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
