package manual

import (
	"regexp"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/email"
	"kassa/pos/money"
)

// Order is a payment somebody speaks of.
type Order struct {
	ID       string `json:"id"`
	Till     string `json:"till" doc:"Which told of it"`
	Origin   Place  `json:"origin" doc:"Where it was begun"`
	Offer    string `json:"offer,omitempty"`
	Text     string `json:"text" doc:"What is paid for"`
	Merchant string `json:"merchant"`
	Account  string `json:"merchantName" doc:"The merchant's name when it was made"`

	Customer     string `json:"customer,omitempty"`
	CustomerName string `json:"customerName,omitempty"`
	Email        string `json:"email,omitempty"`
	Phone        string `json:"phone,omitempty"`

	State     State        `json:"state" enum:"open,approved,declined,completed,refunded"`
	Version   int64        `json:"version" doc:"Grows with each event; a decision names the one it saw"`
	Requested Terms        `json:"requested" doc:"As it was first said; never written over"`
	Confirmed *Terms       `json:"confirmed,omitempty" doc:"As whoever decided said"`
	Fees      *Fees        `json:"fees,omitempty" doc:"Once it is paid"`
	Refunded  money.Amount `json:"refunded" doc:"Given back so far"`
	Pending   money.Amount `json:"refundPending" doc:"Of refunds that are not done and not refused"`
	Expired   bool         `json:"expired,omitempty" doc:"Declined because its time ran out"`
	Proofs    int64        `json:"proofs,omitempty" doc:"How many files were attached that show that the money moved"`

	Author   Person    `json:"author" doc:"Nobody where the customer began it"`
	Decider  Person    `json:"decider" doc:"Nobody while it is open, or where time decided"`
	Created  time.Time `json:"created"`
	Deadline time.Time `json:"deadline" doc:"Until when it may wait"`
	Decided  time.Time `json:"decided,omitzero"`
	Sale     string    `json:"sale,omitempty" doc:"The sale it paid, where it paid one; it pays no other"`
	Entry    int64     `json:"entry,omitempty" doc:"Number of the journal's entry that booked it"`
}

// String is for logs, where nobody's phone may stand.
func (o *Order) String() string { return o.ID + " " + string(o.State) }

// Forget takes out who the customer is, and reports whether that was there: their id
// stays, which names nobody any more.
func (o *Order) Forget() bool {
	named := o.CustomerName != "" || o.Email != "" || o.Phone != ""
	o.CustomerName, o.Email, o.Phone = "", "", ""
	return named
}

// EventKind says what happened to an order. Words are permanent.
type EventKind string

// The kinds of events.
const (
	EventCreated   EventKind = "created"
	EventApproved  EventKind = "approved"
	EventCompleted EventKind = "completed"
	EventDeclined  EventKind = "declined"
	EventExpired   EventKind = "expired"
	EventUsed      EventKind = "used"  // a sale was paid by it: nothing else of the order changes
	EventProof     EventKind = "proof" // a file was attached: nothing else of the order changes

	EventRefundAsked    EventKind = "refund.requested"
	EventRefundApproved EventKind = "refund.approved"
	EventRefundRefused  EventKind = "refund.refused"
	EventRefundDone     EventKind = "refund.done"
)

// Event is one thing that happened to an order: staff see it, the customer does
// not. None is ever changed.
type Event struct {
	N      int64        `json:"n" doc:"The order's version after it"`
	At     time.Time    `json:"at"`
	Kind   EventKind    `json:"kind"`
	From   State        `json:"from,omitempty"`
	To     State        `json:"to"`
	Where  Place        `json:"where,omitempty"`
	By     Person       `json:"by"`
	Terms  *Terms       `json:"terms,omitempty"`
	Refund string       `json:"refund,omitempty"`
	Amount money.Amount `json:"amount,omitempty"`
	Reason string       `json:"reason,omitempty"`
	Proof  *Proof       `json:"proof,omitempty" doc:"The file that was attached; the reason is what was said of it"`
}

// ReasonExpired is why an order was declined that waited too long.
const ReasonExpired = "истёк срок"

// Ask is what somebody asks to be noted as paid: an offer, or words with a price.
type Ask struct {
	ID           string         `json:"id" maxLength:"64" doc:"Made before the first attempt and kept through every retry"`
	Where        Place          `json:"where" enum:"till,orders,card"`
	Offer        string         `json:"offer,omitempty" maxLength:"64"`
	Text         string         `json:"text,omitempty" maxLength:"400"`
	Price        money.Amount   `json:"price,omitempty" doc:"Where there is no offer"`
	Currency     money.Currency `json:"currency,omitempty" doc:"The account's of the merchant unless given"`
	Merchant     string         `json:"merchant,omitempty" maxLength:"64" doc:"May be left out where only one fits"`
	Customer     string         `json:"customer,omitempty" maxLength:"64"`
	CustomerName string         `json:"customerName,omitempty" maxLength:"400"`
	Email        string         `json:"email,omitempty" maxLength:"254"`
	Phone        string         `json:"phone,omitempty" maxLength:"20" doc:"E.164"`
	Date         time.Time      `json:"date,omitzero" doc:"Now unless given; never in the future"`
	Comment      string         `json:"comment,omitempty" maxLength:"4000"`
}

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// check refuses what cannot be asked wherever it is.
func (a *Ask) check() error {
	if err := checkID(a.ID); err != nil {
		return err
	}
	if a.Offer == "" {
		if err := checkName("text", a.Text); err != nil {
			return err
		}
	}
	switch {
	case a.Offer != "" && (a.Text != "" || a.Price != 0 || a.Currency != ""):
		return pos.E(pos.CodeInvalid, "manual.offer-or-text", nil)
	case a.Where != AtTill && (a.Offer == "" || a.Customer == ""):
		return pos.E(pos.CodeInvalid, "manual.offer-customer", nil)
	case a.Where == AtCard && a.Email == "" && a.Phone == "":
		return pos.E(pos.CodeInvalid, "manual.contact", nil)
	case a.Email != "" && (!email.Plausible(a.Email) || pos.HasControl(a.Email)):
		return pos.E(pos.CodeInvalid, "customer.email", nil)
	case a.Phone != "" && !e164.MatchString(a.Phone):
		return pos.E(pos.CodeInvalid, "manual.phone", nil)
	case len(a.Customer) > MaxID || pos.HasControl(a.Customer):
		return pos.E(pos.CodeInvalid, "manual.id", nil)
	}
	for _, text := range []string{a.Customer, a.Email} {
		if err := NoCard(text); err != nil {
			return err
		}
	}
	return checkText("customerName", a.CustomerName, pos.MaxNameRunes)
}

// Begin makes an order of what was asked. offer is nil for free words; m is the
// merchant that was chosen.
func Begin(a *Ask, offer *Offer, m *Merchant, till string, by Person, r *Rights, now time.Time) (*Order, *Event, error) {
	o := &Order{ID: a.ID, Till: till, Origin: a.Where, Offer: a.Offer, Text: strings.TrimSpace(a.Text), Merchant: m.ID, Account: m.Name,
		Customer: a.Customer, CustomerName: a.CustomerName, Email: a.Email, Phone: a.Phone, Author: by, Created: now}
	if !r.Create {
		return nil, nil, lacking(pos.RightManualCreate)
	}
	if err := demandStep(o, Open, ByStaff, a.Where); err != nil {
		return nil, nil, err
	}
	if err := a.check(); err != nil {
		return nil, nil, err
	}
	o.Requested = Terms{Price: a.Price, Currency: a.Currency, Date: a.Date.UTC(), Comment: a.Comment}
	event, err := o.begin(offer, m, by, now)
	if err != nil {
		return nil, nil, err
	}
	return o, event, nil
}

// begin holds an order that is about to be made to its offer, nil for free words, and
// its merchant, and fills in what was not said.
func (o *Order) begin(offer *Offer, m *Merchant, by Person, now time.Time) (*Event, error) {
	window := UsualWindow
	if offer != nil {
		if offer.Archived {
			return nil, pos.E(pos.CodeConflict, "manual.offer-archived", pos.Args{"Name": offer.Text})
		}
		o.Text, o.Requested.Price, o.Requested.Currency, window = offer.Text, offer.Price, offer.Currency, offer.Window
	}
	if m.Archived {
		return nil, pos.E(pos.CodeConflict, "manual.merchant-archived", pos.Args{"Name": m.Name})
	}
	if o.Requested.Currency == "" {
		o.Requested.Currency = m.Account
	}
	if o.Requested.Date.IsZero() {
		o.Requested.Date = now
	}
	if err := o.Requested.Check(now); err != nil {
		return nil, err
	}
	if err := m.Demand(o.Requested.Currency); err != nil {
		return nil, err
	}
	o.Deadline = Deadline(now, window)
	terms := o.Requested
	return o.step(EventCreated, Open, o.Origin, by, now, &Event{Terms: &terms}), nil
}

// step takes the order on and tells of it.
func (o *Order) step(kind EventKind, to State, where Place, by Person, now time.Time, e *Event) *Event {
	e.Kind, e.From, e.To, e.Where, e.By, e.At = kind, o.State, to, where, by, now
	o.State = to
	o.Version++
	e.N = o.Version
	return e
}

// changed refuses whoever saw another version than there is now.
func (o *Order) changed(seen int64) error {
	if seen == o.Version {
		return nil
	}
	return pos.E(pos.CodeConflict, "manual.changed", pos.Args{"Seen": seen, "Now": o.Version, "Order": o})
}

// Ruling is a decision with what it corrects.
type Ruling struct {
	Decision Decision       `json:"decision" enum:"approve,decline"`
	Version  int64          `json:"version" doc:"Of the order that was seen"`
	Where    Place          `json:"where" enum:"till,orders,card,people"`
	Price    *money.Amount  `json:"price,omitempty"`
	Currency money.Currency `json:"currency,omitempty"`
	Date     time.Time      `json:"date,omitzero"`
	Comment  string         `json:"comment,omitempty" maxLength:"4000"`
}

// Decide approves or declines an open order. The first to do so wins: whoever saw
// another version, or comes after, is refused with how it stands.
func (o *Order) Decide(d *Ruling, m *Merchant, by Person, r *Rights, now time.Time) (*Event, error) {
	if !r.Decide {
		return nil, lacking(pos.RightManualDecide)
	}
	to, err := d.Decision.target(d.Where)
	if err != nil {
		return nil, err
	}
	if err := o.changed(d.Version); err != nil {
		return nil, err
	}
	if err := demandStep(o, to, ByStaff, d.Where); err != nil {
		return nil, err
	}
	if !r.Own && o.Author.ID != "" && o.Author.ID == by.ID {
		return nil, pos.E(pos.CodeForbidden, "manual.own", nil)
	}
	terms := d.terms(&o.Requested)
	if err := terms.Check(now); err != nil {
		return nil, err
	}
	if !r.Correct && !terms.same(&o.Requested) {
		return nil, lacking(pos.RightManualCorrect)
	}
	if err := m.Demand(terms.Currency); err != nil {
		return nil, err
	}
	for _, t := range []*Terms{&o.Requested, &terms} { // neither what was asked nor what it became
		if err := r.within(r.DecideCap, t.Price, t.Currency); err != nil {
			return nil, err
		}
	}
	o.Confirmed, o.Decider, o.Decided = &terms, by, now
	kind := map[State]EventKind{Approved: EventApproved, Completed: EventCompleted, Declined: EventDeclined}[to]
	if to.Paid() {
		fees := m.Fees(terms.Price, terms.Currency)
		o.Fees = &fees
	}
	told := terms
	return o.step(kind, to, d.Where, by, now, &Event{Terms: &told, Reason: d.Comment}), nil
}

// terms are what was asked with what the decision corrects.
func (d *Ruling) terms(asked *Terms) Terms {
	t := Terms{Price: asked.Price, Currency: asked.Currency, Date: asked.Date, Comment: d.Comment}
	if d.Price != nil {
		t.Price = *d.Price
	}
	if d.Currency != "" {
		t.Currency = d.Currency
	}
	if !d.Date.IsZero() {
		t.Date = d.Date.UTC()
	}
	return t
}

// Expire declines an order whose time ran out. It loses against any decision, and
// does nothing twice.
func (o *Order) Expire(now time.Time) (*Event, error) {
	if err := demandStep(o, Declined, ByTime, AtClock); err != nil {
		return nil, err
	}
	if now.Before(o.Deadline) {
		return nil, pos.E(pos.CodeConflict, "manual.not-due", pos.Args{"Order": o})
	}
	o.Expired, o.Decided = true, now
	return o.step(EventExpired, Declined, AtClock, Person{}, now, &Event{Reason: ReasonExpired}), nil
}

// Use notes the sale an order paid: so much of it, as the till tells. What is odd
// about that is returned as a permanent word, "" for nothing: the sale has happened
// whatever the order says. A second sale is noted by nobody: the event is nil, as it
// is for the same sale told again.
func (o *Order) Use(sale string, sum money.Amount, in money.Currency, now time.Time) (odd string, e *Event) {
	switch {
	case o.Sale == sale:
		return "", nil
	case o.Sale != "":
		return OddTwice, nil
	case !o.State.Paid():
		odd = OddUnpaid
	case o.Confirmed.Currency != in || o.Confirmed.Price != sum:
		odd = OddSum
	}
	o.Sale = sale
	return odd, o.step(EventUsed, o.State, AtTill, Person{}, now, &Event{Amount: sum, Reason: sale})
}

// What may be odd about a sale that an order paid. Words are permanent.
const (
	OddUnknown = "order-unknown"
	OddTwice   = "order-twice"  // it paid another sale
	OddUnpaid  = "order-unpaid" // nobody approved it
	OddSum     = "order-sum"    // it was approved for another sum
)
