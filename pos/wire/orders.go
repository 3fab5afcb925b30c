package wire

import (
	"cmp"
	"time"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// OrderBack asks by "request.order.refund" that money of an order go back: because
// goods came back that it paid, or because somebody asked for it by hand. See
// manual.AskRefund.
type OrderBack struct {
	Head
	Asker
	Refund   string `json:"refund"` // its id to be
	ID       string `json:"id"`     // of the order
	Return   string `json:"return"` // the document at the till; "" where goods are not what comes back
	Amount   int64  `json:"amount_minor"`
	Currency string `json:"currency"`
	Reason   string `json:"reason"`
	Where    string `json:"where,omitempty"`  // manual.Place; at the till unless told
	Finish   bool   `json:"finish,omitempty"` // the money was given
	At       int64  `json:"at_ms"`
}

// OfOrderBack asks to give back what an order paid of the goods of a return.
func OfOrderBack(refund, order string, amount money.Amount, r *pos.Return, by manual.Person, may manual.Rights) *OrderBack {
	return &OrderBack{Head: now(), Asker: askerOf(by, may), Refund: refund, ID: order, Return: string(r.ID), Amount: int64(amount), Currency: string(r.Currency),
		Reason: r.Reason, At: ms(r.At)}
}

// OfMoneyBack asks for a refund somebody wants by hand. What names no sum says so here
// too: it is the same request as one that went past the queue and got no answer.
func OfMoneyBack(order string, in *manual.AskRefund, c money.Currency, by manual.Person, may manual.Rights, at time.Time) *OrderBack {
	return &OrderBack{Head: now(), Asker: askerOf(by, may), Refund: in.ID, ID: order, Amount: int64(in.Amount), Currency: string(c),
		Reason: in.Reason, Where: string(in.Where), Finish: in.Finish, At: ms(at)}
}

// Ask is what is asked.
func (p *OrderBack) Ask() manual.AskRefund {
	return manual.AskRefund{ID: p.Refund, Amount: money.Amount(p.Amount), Reason: p.Reason, Where: cmp.Or(manual.Place(p.Where), manual.AtTill), Finish: p.Finish}
}

// EventKind implements Payload.
func (*OrderBack) EventKind() pos.EventKind { return pos.EventOrderBack }

// Subject implements Payload.
func (p *OrderBack) Subject() string { return p.ID }

// Object implements Payload.
func (p *OrderBack) Object() string { return p.ID }

func (p *OrderBack) lacks() string { return empty("refund", p.Refund, "id", p.ID) }
