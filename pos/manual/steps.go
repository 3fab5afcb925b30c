package manual

import (
	"slices"

	"kassa/pos"
)

// State is where an order stands. Words are permanent.
type State string

// The states, each with the label people know it by; "" is an order that is not yet.
const (
	Open      State = "open"      // Открыто
	Approved  State = "approved"  // Разрешен
	Declined  State = "declined"  // Отклонен
	Completed State = "completed" // Завершен
	Refunded  State = "refunded"  // Возврат средств
)

// States are all of them, in the order in which they are counted.
var States = []State{Open, Approved, Completed, Declined, Refunded}

// Paid reports a state in which the money counts as received. Both are told alike
// in reports.
func (s State) Paid() bool { return s == Approved || s == Completed }

// Who takes an order from one state to another.
type Who string

// Those who do.
const (
	ByCustomer Who = "customer"
	ByStaff    Who = "staff"
	ByTime     Who = "time"
)

// Place is where somebody does it. Words are permanent.
type Place string

// The places.
const (
	AtOffer  Place = "offer"  // the offer's own page: «Купить», «Оплатить»
	AtTill   Place = "till"   // by the customer's word at the till
	AtOrders Place = "orders" // «Заказы и продажи», tab «Оплаты»
	AtCard   Place = "card"   // the customer's card, «История заказов»
	AtPeople Place = "people" // the people's page of the backend
	AtClock  Place = "clock"  // nobody: the time that was set has passed
)

// Input is what may be said with a step.
type Input string

// The inputs.
const (
	InDate     Input = "date"
	InComment  Input = "comment"
	InCustomer Input = "customer"
	InOffer    Input = "offer"
	InEmail    Input = "email"
	InPhone    Input = "phone"
	InPrice    Input = "price"
	InCurrency Input = "currency"
	InReason   Input = "reason"
)

// Step is one way from a state to another.
type Step struct {
	From, To State
	Who      Who
	Where    Place
	Input    []Input
}

var (
	corrected = []Input{InPrice, InCurrency, InDate, InComment}
	byWord    = []Input{InOffer, InPrice, InCurrency, InCustomer, InEmail, InPhone, InDate, InComment}
)

// Steps are all there are; whatever is not among them is refused.
var Steps = []Step{
	{"", Open, ByCustomer, AtOffer, []Input{InDate, InComment}},
	{"", Open, ByStaff, AtTill, byWord},
	{"", Open, ByStaff, AtOrders, byWord},
	{"", Open, ByStaff, AtCard, byWord},
	{Open, Approved, ByStaff, AtOrders, corrected},
	{Open, Approved, ByStaff, AtTill, corrected},
	{Open, Approved, ByStaff, AtPeople, corrected},
	{Open, Completed, ByStaff, AtCard, corrected},
	{Open, Declined, ByStaff, AtOrders, corrected},
	{Open, Declined, ByStaff, AtTill, corrected},
	{Open, Declined, ByStaff, AtPeople, corrected},
	{Open, Declined, ByStaff, AtCard, corrected},
	{Open, Declined, ByTime, AtClock, nil},
	{Approved, Refunded, ByStaff, AtOrders, []Input{InReason}},
	{Approved, Refunded, ByStaff, AtTill, []Input{InReason}},
	{Approved, Refunded, ByStaff, AtCard, []Input{InReason}},
	{Approved, Refunded, ByStaff, AtPeople, []Input{InReason}},
	{Completed, Refunded, ByStaff, AtOrders, []Input{InReason}},
	{Completed, Refunded, ByStaff, AtTill, []Input{InReason}},
	{Completed, Refunded, ByStaff, AtCard, []Input{InReason}},
	{Completed, Refunded, ByStaff, AtPeople, []Input{InReason}},
}

// Allowed reports a step that is among Steps.
func Allowed(from, to State, who Who, where Place) bool {
	return slices.ContainsFunc(Steps, func(s Step) bool {
		return s.From == from && s.To == to && s.Who == who && s.Where == where
	})
}

// demandStep refuses a step that is not among Steps; of an order that cannot go on
// the refusal holds how it stands.
func demandStep(o *Order, to State, who Who, where Place) error {
	if Allowed(o.State, to, who, where) {
		return nil
	}
	return pos.E(pos.CodeConflict, "manual.transition", pos.Args{"From": string(o.State), "To": string(to), "Order": o})
}

// Decision is what a manager says of an open order.
type Decision string

// The decisions.
const (
	Approve Decision = "approve"
	Decline Decision = "decline"
)

// target is the state a decision leads to: what is confirmed on the customer's card
// is complete.
func (d Decision) target(where Place) (State, error) {
	switch {
	case d == Decline:
		return Declined, nil
	case d == Approve && where == AtCard:
		return Completed, nil
	case d == Approve:
		return Approved, nil
	}
	return "", pos.E(pos.CodeInvalid, "manual.decision", nil)
}
