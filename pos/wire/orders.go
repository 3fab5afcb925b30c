package wire

import (
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// OrderNew asks "request.order.new": somebody elsewhere is to say whether a manual
// payment for a sale came.
type OrderNew struct {
	Head
	Order        string `json:"order"`
	Sale         string `json:"sale"`
	Merchant     string `json:"merchant"`
	Text         string `json:"text"` // what is paid for
	Amount       int64  `json:"amount_minor"`
	Currency     string `json:"currency"`
	Customer     string `json:"customer,omitempty"`
	CustomerName string `json:"customer_name,omitempty"`
	Phone        string `json:"phone,omitempty"`
	Employee     string `json:"employee"`
	Name         string `json:"employee_name"`
	At           int64  `json:"at_ms"`
}

// OfOrder asks for a decision. customer is nil for nobody.
func OfOrder(w *manual.Awaited, text string, by manual.Person, customer *pos.Customer) *OrderNew {
	p := &OrderNew{Head: now(), Order: w.Order, Sale: string(w.Sale), Merchant: w.Merchant, Text: text, Amount: int64(w.Amount), Currency: string(w.Currency),
		Employee: by.ID, Name: by.Name, At: ms(w.Asked)}
	if customer != nil {
		p.Customer, p.CustomerName, p.Phone = string(customer.ID), customer.Name, customer.Phone
	}
	return p
}

// EventKind implements Payload.
func (*OrderNew) EventKind() pos.EventKind { return pos.RequestOrder }

// Subject implements Payload.
func (p *OrderNew) Subject() string { return p.Order }

// Object implements Payload.
func (p *OrderNew) Object() string { return p.Order }

func (p *OrderNew) lacks() string {
	return empty("order", p.Order, "sale", p.Sale, "merchant", p.Merchant, "text", p.Text, "currency", p.Currency)
}

// OrderWithdraw asks "request.order.withdraw": the sale is paid otherwise, or not at
// all, so that nobody need decide any more.
type OrderWithdraw struct {
	Head
	Order    string `json:"order"`
	Sale     string `json:"sale"`
	Employee string `json:"employee"`
	Name     string `json:"employee_name"`
	At       int64  `json:"at_ms"`
}

// OfWithdrawal asks to decline an order that is not needed any more.
func OfWithdrawal(w *manual.Awaited, by manual.Person, act Act) *OrderWithdraw {
	return &OrderWithdraw{Head: now(), Order: w.Order, Sale: string(w.Sale), Employee: by.ID, Name: by.Name, At: ms(act.At)}
}

// EventKind implements Payload.
func (*OrderWithdraw) EventKind() pos.EventKind { return pos.RequestOrderWithdraw }

// Subject implements Payload.
func (p *OrderWithdraw) Subject() string { return p.Order }

// Object implements Payload.
func (p *OrderWithdraw) Object() string { return p.Order }

func (p *OrderWithdraw) lacks() string { return empty("order", p.Order) }

// OrderRefund asks "request.order.refund": goods came back that an order paid.
type OrderRefund struct {
	Head
	Refund   string `json:"refund"` // its id
	Order    string `json:"order"`
	Return   string `json:"return"`
	Amount   int64  `json:"amount_minor"`
	Currency string `json:"currency"`
	Reason   string `json:"reason"`
	Employee string `json:"employee"`
	Name     string `json:"employee_name"`
	At       int64  `json:"at_ms"`
}

// OfOrderRefund asks to give back what an order paid of the goods of a return.
func OfOrderRefund(id, order string, amount money.Amount, r *pos.Return, by manual.Person) *OrderRefund {
	return &OrderRefund{Head: now(), Refund: id, Order: order, Return: string(r.ID), Amount: int64(amount), Currency: string(r.Currency), Reason: r.Reason,
		Employee: by.ID, Name: by.Name, At: ms(r.At)}
}

// EventKind implements Payload.
func (*OrderRefund) EventKind() pos.EventKind { return pos.RequestOrderRefund }

// Subject implements Payload.
func (p *OrderRefund) Subject() string { return p.Order }

// Object implements Payload.
func (p *OrderRefund) Object() string { return p.Order }

func (p *OrderRefund) lacks() string { return empty("refund", p.Refund, "order", p.Order) }
