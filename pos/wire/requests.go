package wire

import (
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// Requests ask the backend for something that others decide too. They are told like
// facts, in order and until they are answered; unlike them they may be refused.

// Asker is who asks, and what they may do, as the till found it when they asked.
type Asker struct {
	Employee  string   `json:"employee,omitempty"`
	Name      string   `json:"employee_name,omitempty"`
	May       []string `json:"may"` // rights, such as "manual.decide"
	DecideCap *int64   `json:"decide_cap_minor,omitempty"`
	RefundCap *int64   `json:"refund_cap_minor,omitempty"`
	CapIn     string   `json:"cap_currency,omitempty"` // of both
}

// byRight are the rights as they are told.
func byRight(r *manual.Rights) map[pos.Right]*bool {
	return map[pos.Right]*bool{pos.RightSettings: &r.SetUp, pos.RightManualCreate: &r.Create, pos.RightManualDecide: &r.Decide,
		pos.RightManualOwn: &r.Own, pos.RightManualCorrect: &r.Correct, pos.RightManualRefund: &r.Refund}
}

func askerOf(by manual.Person, r manual.Rights) Asker {
	a := Asker{Employee: by.ID, Name: by.Name, May: []string{}, CapIn: string(r.Currency),
		DecideCap: (*int64)(r.DecideCap), RefundCap: (*int64)(r.RefundCap)}
	for right, has := range byRight(&r) {
		if *has {
			a.May = append(a.May, string(right))
		}
	}
	slices.Sort(a.May)
	return a
}

// Person is who asks.
func (a *Asker) Person() manual.Person { return manual.Person{ID: a.Employee, Name: a.Name} }

// Rights are what they may do. A right nobody here knows gives nothing.
func (a *Asker) Rights() manual.Rights {
	r := manual.Rights{DecideCap: (*money.Amount)(a.DecideCap), RefundCap: (*money.Amount)(a.RefundCap), Currency: money.Currency(a.CapIn)}
	for right, has := range byRight(&r) {
		*has = slices.Contains(a.May, string(right))
	}
	return r
}

// OrderAsked asks by "request.order.new" that a payment be noted, see manual.Ask.
type OrderAsked struct {
	Head
	Asker
	ID           string `json:"id"`    // of the order to be
	Where        string `json:"where"` // manual.Place
	Offer        string `json:"offer,omitempty"`
	Text         string `json:"text,omitempty"`
	Price        int64  `json:"price_minor,omitempty"`
	Currency     string `json:"currency,omitempty"`
	Merchant     string `json:"merchant,omitempty"`
	Customer     string `json:"customer,omitempty"`
	CustomerName string `json:"customer_name,omitempty"`
	Email        string `json:"email,omitempty"`
	Phone        string `json:"phone,omitempty"`
	Date         int64  `json:"date_ms,omitempty"`
	Comment      string `json:"comment,omitempty"`
	At           int64  `json:"at_ms"`
	Forgotten    bool   `json:"forgotten,omitempty"` // the customer was made anonymous since
}

// forget takes the customer out and reports whether they were named.
func (p *OrderAsked) forget() bool {
	named := p.CustomerName != "" || p.Email != "" || p.Phone != ""
	p.CustomerName, p.Email, p.Phone, p.Forgotten = "", "", "", p.Forgotten || named
	return named
}

// OfOrder asks for a payment to be noted. Where no day is named it was paid when it
// is asked, which At tells, and not when that arrives.
func OfOrder(a *manual.Ask, by manual.Person, r manual.Rights, at time.Time) *OrderAsked {
	return &OrderAsked{Head: now(), Asker: askerOf(by, r), ID: a.ID, Where: string(a.Where), Offer: a.Offer, Text: a.Text, Price: int64(a.Price),
		Currency: string(a.Currency), Merchant: a.Merchant, Customer: a.Customer, CustomerName: a.CustomerName, Email: a.Email, Phone: a.Phone,
		Date: ms(a.Date), Comment: a.Comment, At: ms(at)}
}

// Ask is what is asked.
func (p *OrderAsked) Ask() manual.Ask {
	return manual.Ask{ID: p.ID, Where: manual.Place(p.Where), Offer: p.Offer, Text: p.Text, Price: money.Amount(p.Price), Currency: money.Currency(p.Currency),
		Merchant: p.Merchant, Customer: p.Customer, CustomerName: p.CustomerName, Email: p.Email, Phone: p.Phone, Date: timeOf(p.Date), Comment: p.Comment}
}

// Asked is when it was asked for.
func (p *OrderAsked) Asked() time.Time { return timeOf(p.At) }

// timeOf reads what ms told.
func timeOf(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

// EventKind implements Payload.
func (*OrderAsked) EventKind() pos.EventKind { return pos.EventOrderAsked }

// Subject implements Payload.
func (p *OrderAsked) Subject() string { return p.ID }

// Object implements Payload.
func (p *OrderAsked) Object() string { return p.ID }

func (p *OrderAsked) lacks() string { return empty("id", p.ID, "where", p.Where) }

// OrderRuled asks by "request.order.decide" that an order be approved or declined,
// see manual.Ruling. Its own id names the decision, the same in an attempt that went
// past the queue and got no answer.
type OrderRuled struct {
	Head
	Asker
	Request  string `json:"request"`
	ID       string `json:"id"` // of the order
	Decision string `json:"decision"`
	Version  int64  `json:"version"` // of the order that was seen
	Where    string `json:"where"`
	Price    *int64 `json:"price_minor,omitempty"`
	Currency string `json:"currency,omitempty"`
	Date     int64  `json:"date_ms,omitempty"`
	Comment  string `json:"comment,omitempty"`
	At       int64  `json:"at_ms"`
}

// OfRuling asks for a decision on an order; request names it.
func OfRuling(request, order string, d *manual.Ruling, by manual.Person, r manual.Rights, at time.Time) *OrderRuled {
	return &OrderRuled{Head: now(), Asker: askerOf(by, r), Request: request, ID: order, Decision: string(d.Decision), Version: d.Version, Where: string(d.Where),
		Price: (*int64)(d.Price), Currency: string(d.Currency), Date: ms(d.Date), Comment: d.Comment, At: ms(at)}
}

// Ruling is what is asked.
func (p *OrderRuled) Ruling() manual.Ruling {
	return manual.Ruling{Decision: manual.Decision(p.Decision), Version: p.Version, Where: manual.Place(p.Where), Price: (*money.Amount)(p.Price),
		Currency: money.Currency(p.Currency), Date: timeOf(p.Date), Comment: p.Comment}
}

// EventKind implements Payload.
func (*OrderRuled) EventKind() pos.EventKind { return pos.EventOrderRuled }

// Subject implements Payload.
func (p *OrderRuled) Subject() string { return p.ID }

// Object implements Payload.
func (p *OrderRuled) Object() string { return p.ID }

func (p *OrderRuled) lacks() string {
	return empty("id", p.ID, "request", p.Request, "decision", p.Decision, "where", p.Where)
}
