package door

import (
	"context"

	"kassa/backend"
	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// termsJSON is what a payment came to; this file holds the commands of manual
// payments that were noted, the one beside it merchants and offers.
type termsJSON struct {
	Price    string         `json:"price"`
	Currency money.Currency `json:"currency"`
	Date     *Timestamp     `json:"date"`
	Comment  string         `json:"comment,omitempty"`
}

func newTerms(t *manual.Terms) *termsJSON {
	if t == nil {
		return nil
	}
	return &termsJSON{Price: manual.ShowSum(t.Price, t.Currency), Currency: t.Currency, Date: Stamp(t.Date), Comment: t.Comment}
}

type feesJSON struct {
	Share    string         `json:"share"`
	Fixed    string         `json:"fixed"`
	Currency money.Currency `json:"fixed_currency"`
	Net      string         `json:"net"`
}

// orderJSON is a payment that somebody spoke of.
type orderJSON struct {
	ID           string       `json:"id"`
	State        manual.State `json:"state"`
	Version      int64        `json:"version"`
	Text         string       `json:"text"`
	Offer        string       `json:"offer,omitempty"`
	Merchant     string       `json:"merchant"`
	Account      string       `json:"merchant_name"`
	Customer     string       `json:"customer,omitempty"`
	CustomerName string       `json:"customer_name,omitempty"`
	Email        string       `json:"email,omitempty"`
	Phone        string       `json:"phone,omitempty"`
	Requested    *termsJSON   `json:"requested"`
	Confirmed    *termsJSON   `json:"confirmed"` // null while nobody decided
	Fees         *feesJSON    `json:"fees,omitempty"`
	Refunded     string       `json:"refunded"`
	Pending      string       `json:"refund_pending"`
	Expired      bool         `json:"expired,omitempty"`
	ProofCount   int64        `json:"proofs_count,omitempty"`
	Author       string       `json:"author,omitempty"`
	Decider      string       `json:"decider,omitempty"`
	Created      *Timestamp   `json:"created"`
	Deadline     *Timestamp   `json:"deadline"`
	Decided      *Timestamp   `json:"decided"` // null while nobody did

	Events  []eventJSON     `json:"events,omitempty"` // of order.show alone
	Refunds []moneyBackJSON `json:"refunds,omitempty"`
	Proofs  []proofJSON     `json:"proofs,omitempty"`
}

type eventJSON struct {
	N      int64            `json:"n"`
	At     *Timestamp       `json:"at"`
	Kind   manual.EventKind `json:"kind"`
	To     manual.State     `json:"to"`
	By     string           `json:"by,omitempty"`
	Refund string           `json:"refund,omitempty"`
	Amount string           `json:"amount,omitempty"`
	Reason string           `json:"reason,omitempty"`
	Proof  string           `json:"proof,omitempty"` // what was attached
}

type moneyBackJSON struct {
	ID      string             `json:"id"`
	Amount  string             `json:"amount"`
	Reason  string             `json:"reason"`
	State   manual.RefundState `json:"state"`
	Author  string             `json:"author"`
	Decider string             `json:"decider,omitempty"`
}

func newOrder(o *manual.Order) *orderJSON {
	in := o.Requested.Currency
	if o.Confirmed != nil {
		in = o.Confirmed.Currency
	}
	j := &orderJSON{ID: o.ID, State: o.State, Version: o.Version, Text: o.Text, Offer: o.Offer, Merchant: o.Merchant, Account: o.Account,
		Customer: o.Customer, CustomerName: o.CustomerName, Email: o.Email, Phone: o.Phone, Requested: newTerms(&o.Requested), Confirmed: newTerms(o.Confirmed),
		Refunded: manual.ShowSum(o.Refunded, in), Pending: manual.ShowSum(o.Pending, in), Expired: o.Expired, ProofCount: o.Proofs, Author: o.Author.Name, Decider: o.Decider.Name,
		Created: Stamp(o.Created), Deadline: Stamp(o.Deadline), Decided: Stamp(o.Decided)}
	if f := o.Fees; f != nil {
		j.Fees = &feesJSON{Share: manual.ShowSum(f.Share, in), Fixed: manual.ShowSum(f.Fixed, f.Currency), Currency: f.Currency, Net: manual.ShowSum(f.Net, in)}
	}
	return j
}

// told answers with an order, or says why not.
func told(o *manual.Order, err error) (any, error) {
	if err != nil {
		return nil, shop.Spoken(err)
	}
	return newOrder(o), nil
}

// queuedJSON is what was asked for while the backend did not answer: it goes by the
// queue, and what became of it is seen there and by order.show.
type queuedJSON struct {
	Order   string `json:"id"`
	Request string `json:"request"`
	Queued  bool   `json:"queued"`
	Message string `json:"message"`
}

// toldOrQueued is told for what goes by the queue where the backend does not answer.
func (s *Session) toldOrQueued(o *manual.Order, id, request string, err error, ask func() error) (any, error) {
	if err = shop.OrQueued(err, ask); !shop.Queued(err) {
		return told(o, err)
	}
	return queuedJSON{Order: id, Request: request, Queued: true, Message: s.Words.Error(err)}, nil
}

// placeIf is where somebody does it: the till unless another is named.
func (r *request) placeIf(name string) manual.Place {
	switch p := manual.Place(r.optional(name)); p {
	case "":
		return manual.AtTill
	case manual.AtTill, manual.AtOrders, manual.AtCard:
		return p
	}
	r.fail("door.order-where", name)
	return ""
}

// idOr is a name of a request that was given, by which a repetition is known, or a
// new one.
func (s *Session) idOr(given string) string {
	if given != "" {
		return given
	}
	return s.IDs.NewID()
}

// newManual notes what a customer says was paid.
func (s *Session) newManual(ctx context.Context, r *request) (any, error) {
	in := manual.Ask{ID: s.idOr(r.optional("id")), Where: r.placeIf("where"), Offer: r.optional("offer"), Text: r.optional("text"), Merchant: r.optional("merchant"),
		Customer: r.optional("customer"), Email: r.optional("email"), Date: r.dateIf("date"), Comment: r.optional("comment")}
	phone, currency := r.optional("phone"), r.optional("currency")
	if err := r.done(); err != nil {
		return nil, err
	}
	b, err := s.manualOf(ctx)
	if err != nil {
		return nil, err
	}
	if currency != "" || r.given("amount") {
		in.Currency = currencyOr(currency, b.Asker.Rights.Currency)
	}
	if r.given("amount") {
		in.Price = r.sum("amount", r.decimal("amount"), in.Currency)
	}
	if err := r.done(); err != nil {
		return nil, err
	}
	if phone != "" {
		if in.Phone, err = b.Phone(phone); err != nil {
			return nil, err
		}
	}
	if in.Customer != "" {
		card, err := s.Till.CustomerCard(ctx, s.actor, pos.CustomerID(in.Customer))
		if err != nil {
			return nil, err
		}
		in.CustomerName = card.Name
		if in.Phone == "" {
			in.Phone = card.Phone
		}
		if in.Email == "" {
			in.Email = card.Email
		}
	}
	o, err := b.NewOrder(ctx, b.Asker, in)
	return s.toldOrQueued(&o, in.ID, in.ID, err, func() error { return s.Till.RequestOrder(ctx, s.actor, in, nil) })
}

// orderPage is how many orders are told unless others are asked for.
const orderPage = 50

// listManual tells orders, newest first, a page at a time.
func (s *Session) listManual(ctx context.Context, r *request) (any, error) {
	f := backend.Orders{State: manual.State(r.optional("state")), Customer: r.optional("customer"), Merchant: r.optional("merchant"),
		From: r.momentIf("from"), To: r.momentIf("to"), After: r.optional("after"), Limit: orderPage}
	if r.given("limit") {
		f.Limit = int(min(max(r.wholeIf("limit"), 1), 100))
	}
	b, err := s.seeing(ctx, r, pos.RightManualSee)
	if err != nil {
		return nil, err
	}
	p, err := b.Orders(ctx, f)
	if err != nil {
		return nil, shop.Spoken(err)
	}
	orders := make([]*orderJSON, len(p.Orders))
	for i := range p.Orders {
		orders[i] = newOrder(&p.Orders[i])
	}
	return struct {
		Orders []*orderJSON           `json:"orders"`
		Counts map[manual.State]int64 `json:"counts"`
		More   bool                   `json:"more"`
	}{orders, p.Counts, p.More}, nil
}

// showManual tells one order with all that happened to it.
func (s *Session) showManual(ctx context.Context, r *request) (any, error) {
	id := r.text("id")
	b, err := s.seeing(ctx, r, pos.RightManualSee)
	if err != nil {
		return nil, err
	}
	k, err := b.Order(ctx, id)
	if err != nil {
		return nil, shop.Spoken(err)
	}
	j := newOrder(&k.Order)
	in := k.Requested.Currency
	if k.Confirmed != nil {
		in = k.Confirmed.Currency
	}
	for _, e := range k.Events {
		told := eventJSON{N: e.N, At: Stamp(e.At), Kind: e.Kind, To: e.To, By: e.By.Name, Refund: e.Refund, Reason: e.Reason}
		if e.Amount != 0 {
			told.Amount = manual.ShowSum(e.Amount, in)
		}
		if e.Proof != nil {
			told.Proof = e.Proof.ID
		}
		j.Events = append(j.Events, told)
	}
	for _, f := range k.Refunds {
		j.Refunds = append(j.Refunds, moneyBackJSON{ID: f.ID, Amount: manual.ShowSum(f.Amount, in), Reason: f.Reason, State: f.State, Author: f.Author.Name, Decider: f.Decider.Name})
	}
	for _, p := range k.Attached() {
		j.Proofs = append(j.Proofs, newProof(&p))
	}
	return j, nil
}

// decideManual approves or declines an order. Whoever saw another version is
// answered a conflict with the order as it stands.
func (s *Session) decideManual(ctx context.Context, r *request) (any, error) {
	id := r.text("id")
	in := manual.Ruling{Version: r.whole("version"), Decision: manual.Decision(r.text("decision")), Where: r.placeIf("where"), Currency: money.Currency(r.optional("currency")),
		Date: r.dateIf("date"), Comment: r.optional("comment")}
	request := s.idOr(r.optional("request"))
	if err := r.done(); err != nil {
		return nil, err
	}
	if in.Decision != manual.Approve && in.Decision != manual.Decline {
		return nil, pos.E(pos.CodeInvalid, "manual.decision", nil)
	}
	b, err := s.manualOf(ctx)
	if err != nil {
		return nil, err
	}
	if r.given("price") {
		text, currency := r.decimal("price"), in.Currency
		if currency == "" {
			seen, err := b.Seen(ctx, id)
			if err != nil {
				return nil, err
			}
			currency = seen.Requested.Currency
		}
		price := r.sum("price", text, currency)
		in.Price = &price
	}
	if err := r.done(); err != nil {
		return nil, err
	}
	o, err := b.Decide(ctx, b.Asker, request, id, in)
	return s.toldOrQueued(&o, id, request, err, func() error { return s.Till.RequestRuling(ctx, s.actor, request, id, in, nil) })
}

// refundManual gives money of an order back, whole or in part: at once where
// whoever asks may decide their own, unless they only ask.
func (s *Session) refundManual(ctx context.Context, r *request) (any, error) {
	id := r.text("id")
	in := manual.AskRefund{ID: s.idOr(r.optional("request")), Reason: r.text("reason"), Where: r.placeIf("where")}
	only := r.flag("ask_only")
	if err := r.done(); err != nil {
		return nil, err
	}
	b, err := s.manualOf(ctx)
	if err != nil {
		return nil, err
	}
	in.Finish = b.Asker.Rights.Own && !only
	if r.given("amount") {
		text := r.decimal("amount")
		seen, err := b.Seen(ctx, id)
		if err != nil {
			return nil, err
		}
		if in.Amount = r.sum("amount", text, seen.Terms().Currency); in.Amount == 0 && r.err == nil {
			r.err = pos.E(pos.CodeInvalid, "manual.price-low", nil)
		}
	}
	if err := r.done(); err != nil {
		return nil, err
	}
	o, err := b.AskRefund(ctx, b.Asker, id, in)
	return s.toldOrQueued(&o, id, in.ID, err, func() error { return s.Till.RequestRefund(ctx, s.actor, &manual.Order{ID: id}, in, nil) })
}

// refundStep allows a refund that was asked for, refuses it, or says that the money
// was given.
func (s *Session) refundStep(ctx context.Context, r *request) (any, error) {
	id, refund, step, where := r.text("id"), r.text("refund"), manual.RefundStep(r.text("step")), r.placeIf("where")
	request := s.idOr(r.optional("request"))
	if err := r.done(); err != nil {
		return nil, err
	}
	if step != manual.AllowRefund && step != manual.RefuseRefund && step != manual.GiveRefund {
		return nil, pos.E(pos.CodeInvalid, "manual.refund-step", nil)
	}
	b, err := s.manualOf(ctx)
	if err != nil {
		return nil, err
	}
	o, err := b.AdvanceRefund(ctx, b.Asker, request, id, refund, step, where)
	return told(&o, err)
}
