package wire

import (
	"bytes"
	"encoding/json"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Act is who did something, when, and in what currency its sums are.
type Act struct {
	Employee pos.EmployeeID
	At       time.Time
	Currency money.Currency
}

// Customer tells "customer.added", "customer.changed", "customer.archived" and
// "customer.restored": the card as it stands since. Of version 0 nothing but the
// id is known: whoever has the card leaves it as it is.
type Customer struct {
	Head
	CustomerCard
	Employee string `json:"employee,omitempty"` // not told in version 0
	At       int64  `json:"at_ms"`

	kind pos.EventKind
}

// CustomerCard is what a till knows of a customer.
type CustomerCard struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	Phone          string `json:"phone,omitempty"`           // E.164
	PhoneConfirmed bool   `json:"phone_confirmed,omitempty"` // a code sent to it came back right
	PhoneChanged   int64  `json:"phone_changed_ms,omitempty"`
	PhoneHeld      int64  `json:"phone_held_until_ms,omitempty"` // before, nothing is spent by it
	Email          string `json:"email,omitempty"`
	Loyalty        string `json:"card,omitempty"` // number of the loyalty card
	Language       string `json:"language,omitempty"`
	Group          string `json:"group,omitempty"`
	CreditLimit    int64  `json:"credit_limit_minor,omitempty"` // none: that of the group
	Currency       string `json:"currency,omitempty"`           // of the limit
	Birthday       string `json:"birthday,omitempty"`           // "MM-DD" or "YYYY-MM-DD"
	Note           string `json:"note,omitempty"`
	Created        int64  `json:"created_ms,omitempty"`
	Archived       bool   `json:"archived,omitempty"`
	MergedInto     string `json:"merged_into,omitempty"` // the card that took this one's place
	// Forgotten says that the customer was made anonymous after this was told.
	// What named the person is gone from it; whoever has the message knows it by
	// its id, and takes this for the same.
	Forgotten bool `json:"forgotten,omitempty"`
}

func cardOf(c *pos.Customer, in money.Currency) CustomerCard {
	card := CustomerCard{
		ID: string(c.ID), Name: c.Name, Phone: c.Phone, PhoneConfirmed: c.PhoneConfirmed, PhoneChanged: ms(c.PhoneChangedAt),
		PhoneHeld: ms(c.PhoneHeldUntil), Email: c.Email, Loyalty: c.Card, Language: c.Language, Group: string(c.Group),
		CreditLimit: int64(c.CreditLimit), Birthday: c.Birthday, Note: c.Note, Created: ms(c.CreatedAt), Archived: c.Archived,
		MergedInto: string(c.MergedInto),
	}
	if c.CreditLimit != 0 {
		card.Currency = string(in)
	}
	return card
}

// forget takes out what names the person, under the name that erasing gives.
func (c *CustomerCard) forget() {
	*c = CustomerCard{ID: c.ID, Name: pos.Anonymous, Group: c.Group, CreditLimit: c.CreditLimit, Currency: c.Currency, Created: c.Created,
		Archived: c.Archived, MergedInto: c.MergedInto, Forgotten: true}
}

// OfCustomer tells what happened to a customer's card, one of the four kinds of a
// Customer.
func OfCustomer(k pos.EventKind, c *pos.Customer, by Act) *Customer {
	return &Customer{Head: now(), kind: k, CustomerCard: cardOf(c, by.Currency), Employee: string(by.Employee), At: ms(by.At)}
}

func customerKind(k pos.EventKind) kind {
	return kind{
		blank: func() Payload { return &Customer{kind: k} },
		before: before(func(m *pos.OutboxMessage, c *idV0) Payload {
			return &Customer{kind: k, CustomerCard: CustomerCard{ID: c.ID}, At: ms(m.At)}
		}),
	}
}

// EventKind implements Payload.
func (p *Customer) EventKind() pos.EventKind { return p.kind }

// Subject implements Payload.
func (p *Customer) Subject() string { return p.ID }

// Object implements Payload.
func (p *Customer) Object() string { return p.ID }

func (p *Customer) lacks() string {
	if p.V == 0 {
		return empty("id", p.ID)
	}
	return empty("id", p.ID, "name", p.Name)
}

// CustomersMerged tells "customer.merged": two cards became one. What the
// survivor became is told by a "customer.changed" of its own.
type CustomersMerged struct {
	Head
	ID        string `json:"id,omitempty"` // of the document; not told in version 0
	Survivor  string `json:"survivor"`
	Duplicate string `json:"duplicate"`
	Points    int64  `json:"points"`             // that passed over
	Debt      int64  `json:"debt_minor"`         // that passed over
	Currency  string `json:"currency,omitempty"` // not told in version 0
	Employee  string `json:"employee,omitempty"` // not told in version 0
	At        int64  `json:"at_ms"`
	Digest    string `json:"digest,omitempty"` // not told in version 0
	// Card is the duplicate's as it stands since; not told in version 0.
	Card *CustomerCard `json:"duplicate_card,omitempty"`
}

// OfMerge tells a merge, after which the duplicate is as given.
func OfMerge(m *pos.Merge, duplicate *pos.Customer, c money.Currency) *CustomersMerged {
	card := cardOf(duplicate, c)
	return &CustomersMerged{Head: now(), ID: string(m.ID), Survivor: string(m.Survivor), Duplicate: string(m.Duplicate), Points: m.Points,
		Debt: int64(m.Debt), Currency: string(c), Employee: string(m.Employee), At: ms(m.At), Digest: m.Digest(), Card: &card}
}

// EventKind implements Payload.
func (*CustomersMerged) EventKind() pos.EventKind { return pos.EventCustomersMerged }

// Subject implements Payload.
func (p *CustomersMerged) Subject() string { return p.Survivor }

// Object implements Payload.
func (p *CustomersMerged) Object() string { return p.Survivor }

func (p *CustomersMerged) lacks() string {
	return empty("survivor", p.Survivor, "duplicate", p.Duplicate)
}

// CustomerErased tells "customer.erased": a customer was made anonymous.
type CustomerErased struct {
	Head
	ID       string   `json:"id,omitempty"` // of the document; not told in version 0
	Customer string   `json:"customer"`
	Cards    []string `json:"cards"`              // ids of all cards that name the person no more, the customer's first
	Points   int64    `json:"points"`             // forfeited
	Employee string   `json:"employee,omitempty"` // not told in version 0
	At       int64    `json:"at_ms"`
	Digest   string   `json:"digest,omitempty"` // not told in version 0
}

// OfErasure tells that a customer was made anonymous under every card.
func OfErasure(e *pos.Erasure, cards []pos.CustomerID) *CustomerErased {
	p := &CustomerErased{Head: now(), ID: string(e.ID), Customer: string(e.Customer), Cards: make([]string, len(cards)), Points: e.Points,
		Employee: string(e.Employee), At: ms(e.At), Digest: e.Digest()}
	for i, id := range cards {
		p.Cards[i] = string(id)
	}
	return p
}

// EventKind implements Payload.
func (*CustomerErased) EventKind() pos.EventKind { return pos.EventCustomerErased }

// Subject implements Payload.
func (p *CustomerErased) Subject() string { return p.Customer }

// Object implements Payload.
func (p *CustomerErased) Object() string { return p.Customer }

func (p *CustomerErased) lacks() string { return empty("customer", p.Customer) }

// Consent tells "customer.consent": what a customer said about being written to.
type Consent struct {
	Head
	Customer string `json:"customer"`
	Channel  string `json:"channel"`
	Purpose  string `json:"purpose"`
	Given    bool   `json:"given"`
	Source   string `json:"source"`
	Employee string `json:"employee,omitempty"` // not told in version 0
	At       int64  `json:"at_ms"`
}

// OfConsent tells a statement of a customer.
func OfConsent(c *pos.Consent) *Consent {
	return &Consent{Head: now(), Customer: string(c.Customer), Channel: string(c.Channel), Purpose: string(c.Purpose), Given: c.Given,
		Source: string(c.Source), Employee: string(c.Employee), At: ms(c.At)}
}

// EventKind implements Payload.
func (*Consent) EventKind() pos.EventKind { return pos.EventConsent }

// Subject implements Payload.
func (p *Consent) Subject() string { return p.Customer }

// Object implements Payload.
func (p *Consent) Object() string { return p.Customer }

func (p *Consent) lacks() string {
	return empty("customer", p.Customer, "channel", p.Channel, "purpose", p.Purpose)
}

// Forget returns the payload of a message without what names a customer who was
// made anonymous since, and reports whether there was anything of the kind in it.
// Spaces make up for what is gone, so that the row stays where it is and nothing
// beside it is moved about. Errors are those of Decode.
func Forget(m *pos.OutboxMessage) (payload []byte, had bool, err error) {
	p, err := Decode(m)
	if err != nil {
		return nil, false, err
	}
	switch p := p.(type) {
	case *Customer:
		had = p.V > 0 && !p.Forgotten
		p.forget()
	case *CustomersMerged:
		if had = p.Card != nil && !p.Card.Forgotten; had {
			p.Card.forget()
		}
	case *OrderAsked:
		had = p.forget()
	}
	if !had {
		return m.Payload, false, nil
	}
	if payload, err = json.Marshal(p); err != nil {
		return nil, false, err
	}
	return append(payload, bytes.Repeat([]byte(" "), max(0, len(m.Payload)-len(payload)))...), true, nil
}

// Told is what a message tells of who somebody is, nil where it names nobody.
func Told(m *pos.OutboxMessage) *pos.Customer {
	p, err := Decode(m)
	if err != nil {
		return nil
	}
	card := func(c *CustomerCard) *pos.Customer {
		if c == nil || c.Forgotten {
			return nil
		}
		return &pos.Customer{Name: c.Name, Phone: c.Phone, Email: c.Email, Card: c.Loyalty}
	}
	switch p := p.(type) {
	case *Customer:
		return card(&p.CustomerCard)
	case *CustomersMerged:
		return card(p.Card)
	case *OrderAsked:
		return &pos.Customer{Name: p.CustomerName, Phone: p.Phone, Email: p.Email}
	}
	return nil
}

// Customers as they were told before there were versions.
type (
	idV0 struct {
		ID string `json:"id"`
	}
	mergeV0 struct {
		ID        string `json:"id"` // of the survivor
		Duplicate string `json:"duplicate"`
		Points    int64  `json:"points"`
		Debt      int64  `json:"debt_minor"`
	}
	consentV0 struct {
		ID      string `json:"id"`
		Channel string `json:"channel"`
		Purpose string `json:"purpose"`
		Given   string `json:"given"` // "yes" or "no"
		Source  string `json:"source"`
	}
)

func mergedBefore(m *pos.OutboxMessage, d *mergeV0) Payload {
	return &CustomersMerged{Survivor: d.ID, Duplicate: d.Duplicate, Points: d.Points, Debt: d.Debt, At: ms(m.At)}
}

func erasedBefore(m *pos.OutboxMessage, c *idV0) Payload {
	return &CustomerErased{Customer: c.ID, Cards: []string{c.ID}, At: ms(m.At)}
}

func consentBefore(m *pos.OutboxMessage, c *consentV0) Payload {
	return &Consent{Customer: c.ID, Channel: c.Channel, Purpose: c.Purpose, Given: c.Given == "yes", Source: c.Source, At: ms(m.At)}
}
