package wire

import (
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// OrderBack asks by "request.order.refund" that money of an order go back, because
// goods came back that it paid. See manual.AskRefund.
type OrderBack struct {
	Head
	Asker
	Refund   string `json:"refund"` // its id to be
	ID       string `json:"id"`     // of the order
	Return   string `json:"return"` // the document at the till
	Amount   int64  `json:"amount_minor"`
	Currency string `json:"currency"`
	Reason   string `json:"reason"`
	At       int64  `json:"at_ms"`
}

// OfOrderBack asks to give back what an order paid of the goods of a return.
func OfOrderBack(refund, order string, amount money.Amount, r *pos.Return, by manual.Person, may manual.Rights) *OrderBack {
	return &OrderBack{Head: now(), Asker: askerOf(by, may), Refund: refund, ID: order, Return: string(r.ID), Amount: int64(amount), Currency: string(r.Currency),
		Reason: r.Reason, At: ms(r.At)}
}

// Ask is what is asked.
func (p *OrderBack) Ask() manual.AskRefund {
	return manual.AskRefund{ID: p.Refund, Amount: money.Amount(p.Amount), Reason: p.Reason, Where: manual.AtTill}
}

// EventKind implements Payload.
func (*OrderBack) EventKind() pos.EventKind { return pos.EventOrderBack }

// Subject implements Payload.
func (p *OrderBack) Subject() string { return p.ID }

// Object implements Payload.
func (p *OrderBack) Object() string { return p.ID }

func (p *OrderBack) lacks() string { return empty("refund", p.Refund, "id", p.ID) }
