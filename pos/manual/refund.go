package manual

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// RefundState is where a refund stands. Words are permanent.
type RefundState string

// The states of a refund.
const (
	RefundAsked    RefundState = "requested"
	RefundApproved RefundState = "approved"
	RefundRefused  RefundState = "refused"
	RefundDone     RefundState = "done"
)

// Refund is money of an order that goes back, whole or in part: asked for, allowed
// or not, and given.
type Refund struct {
	ID      string       `json:"id"`
	Order   string       `json:"order"`
	Amount  money.Amount `json:"amount" doc:"In the currency that was confirmed"`
	Reason  string       `json:"reason"`
	State   RefundState  `json:"state" enum:"requested,approved,refused,done"`
	Author  Person       `json:"author"`
	Decider Person       `json:"decider"`
	Asked   time.Time    `json:"requested"`
	Decided time.Time    `json:"decided,omitzero"`
	Done    time.Time    `json:"done,omitzero"`
	Entry   int64        `json:"entry,omitempty" doc:"Number of the journal's entry that booked it"`
}

// AskRefund asks for a refund.
type AskRefund struct {
	ID     string       `json:"id" maxLength:"64" doc:"Made before the first attempt and kept through every retry"`
	Amount money.Amount `json:"amount,omitempty" doc:"All that is left unless given"`
	Reason string       `json:"reason" maxLength:"4000"`
	Where  Place        `json:"where" enum:"till,orders,card"`
	Finish bool         `json:"finish,omitempty" doc:"Allow it and give the money at once, where whoever asks may decide their own"`
}

// Left is how much of an order can still be asked back.
func (o *Order) Left() money.Amount {
	if !o.State.Paid() || o.Confirmed == nil {
		return 0
	}
	return o.Confirmed.Price.Sub(o.Refunded).Sub(o.Pending)
}

// AskBack begins a refund. No more goes back than was confirmed, with what others
// already ask for.
func (o *Order) AskBack(a *AskRefund, by Person, r *Rights, now time.Time) (*Refund, *Event, error) {
	if !r.Refund {
		return nil, nil, lacking(pos.RightManualRefund)
	}
	if err := demandStep(o, Refunded, ByStaff, a.Where); err != nil {
		return nil, nil, err
	}
	if err := checkID(a.ID); err != nil {
		return nil, nil, err
	}
	if err := checkName("reason", a.Reason); err != nil {
		return nil, nil, err
	}
	amount, left := a.Amount, o.Left()
	if amount == 0 {
		amount = left
	}
	switch {
	case amount < 0:
		return nil, nil, pos.E(pos.CodeInvalid, "manual.price-low", nil)
	case left == 0 || amount > left:
		return nil, nil, pos.E(pos.CodeLimit, "manual.refund-much", pos.Args{"Left": ShowSum(left, o.Confirmed.Currency) + " " + string(o.Confirmed.Currency)})
	}
	f := &Refund{ID: a.ID, Order: o.ID, Amount: amount, Reason: a.Reason, State: RefundAsked, Author: by, Asked: now}
	o.Pending = o.Pending.Add(amount)
	return f, o.step(EventRefundAsked, o.State, a.Where, by, now, &Event{Refund: f.ID, Amount: amount, Reason: a.Reason}), nil
}

// RefundStep is what is done with a refund. Words are permanent.
type RefundStep string

// The steps.
const (
	AllowRefund  RefundStep = "approve"
	RefuseRefund RefundStep = "refuse"
	GiveRefund   RefundStep = "done"
)

// refundSteps are the states from which a step leads on.
var refundSteps = map[RefundStep]RefundState{AllowRefund: RefundAsked, RefuseRefund: RefundAsked, GiveRefund: RefundApproved}

// Advance takes a refund of the order on: allowed, refused, or given. When all is
// given the order is refunded.
func (o *Order) Advance(f *Refund, step RefundStep, where Place, by Person, r *Rights, now time.Time) (*Event, error) {
	from, known := refundSteps[step]
	switch {
	case !known:
		return nil, pos.E(pos.CodeInvalid, "manual.refund-step", nil)
	case !r.Refund:
		return nil, lacking(pos.RightManualRefund)
	case f.Order != o.ID:
		return nil, pos.E(pos.CodeNotFound, "manual.refund-unknown", nil)
	case f.State != from:
		return nil, pos.E(pos.CodeConflict, "manual.refund-state", pos.Args{"State": string(f.State), "Order": o})
	}
	if err := demandStep(o, Refunded, ByStaff, where); err != nil {
		return nil, err
	}
	event := &Event{Refund: f.ID, Amount: f.Amount}
	if step == GiveRefund {
		f.State, f.Done = RefundDone, now
		o.Pending, o.Refunded = o.Pending.Sub(f.Amount), o.Refunded.Add(f.Amount)
		to := o.State
		if o.Refunded == o.Confirmed.Price {
			to = Refunded
		}
		return o.step(EventRefundDone, to, where, by, now, event), nil
	}
	if !r.Own && f.Author.ID != "" && f.Author.ID == by.ID {
		return nil, pos.E(pos.CodeForbidden, "manual.own", nil)
	}
	f.Decider, f.Decided = by, now
	if step == RefuseRefund {
		f.State, o.Pending = RefundRefused, o.Pending.Sub(f.Amount)
		return o.step(EventRefundRefused, o.State, where, by, now, event), nil
	}
	if err := r.within(r.RefundCap, f.Amount, o.Confirmed.Currency); err != nil {
		return nil, err
	}
	f.State = RefundApproved
	return o.step(EventRefundApproved, o.State, where, by, now, event), nil
}
