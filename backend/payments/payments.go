// Package payments asks a backend for manual payments on behalf of somebody at the
// till: it says who asks and what they may do, as the till found it in their group
// or as somebody else allowed for this one request, and turns what went wrong into
// sentences.
package payments

import (
	"context"
	"errors"
	"slices"
	"time"

	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/phone"
	"kassa/pos/till"
)

// Till is what is asked of the till.
type Till interface {
	Demand(ctx context.Context, a pos.Actor, need pos.Right) error
	CardsOf(ctx context.Context, id pos.CustomerID) ([]pos.CustomerID, error)
	AllowManual(ctx context.Context, a pos.Actor, use till.ManualUse) (pos.Group, error)
	Settings() pos.Settings

	// What the till keeps of the backend, and asks of it later, where it does not
	// answer.
	MirroredOrders(ctx context.Context, c till.MirroredChoice) (till.MirroredOrders, error)
	MirroredOrder(ctx context.Context, id string) (*manual.Order, till.Mirror, error)
	MirroredMerchants(ctx context.Context) ([]manual.Merchant, till.Mirror, error)
	MirroredOffers(ctx context.Context) ([]manual.Offer, till.Mirror, error)
	RequestOrder(ctx context.Context, a pos.Actor, in manual.Ask, allowed *pos.Group) error
	RequestRuling(ctx context.Context, a pos.Actor, request, order string, d manual.Ruling, allowed *pos.Group) error
	RequestRefund(ctx context.Context, a pos.Actor, seen *manual.Order, in manual.AskRefund, allowed *pos.Group) error
}

// Params say whose requests are brought where. All are required.
type Params struct {
	Till Till
	// Backend is the one behind the till now.
	Backend func(ctx context.Context) (*client.Client, error)
	// Files are those of this computer.
	Files Files
}

// Payments asks for manual payments. Its errors are *pos.Error; a refusal for want
// of a right is one another's approval lifts, and whoever came too late is told how
// the order stands in Args "Order".
type Payments struct{ p Params }

// New makes one; it contacts nobody.
func New(p Params) *Payments { return &Payments{p} }

// Spoken is an exchange that did not come about as a person is told of it: a
// refusal of the backend as its own words.
func Spoken(err error) error {
	if t, ok := errors.AsType[*exchange.Trouble](err); ok {
		return t.Told()
	}
	return err
}

// seeing is the backend for whoever may see manual payments.
func (p *Payments) seeing(ctx context.Context, a pos.Actor) (*client.Client, error) {
	if err := p.p.Till.Demand(ctx, a, pos.RightManualSee); err != nil {
		return nil, err
	}
	return p.p.Backend(ctx)
}

// mostCards is how many cards of one customer are asked about at once.
const mostCards = 100

// everyCard has a choice ask for a customer by every card they ever had here: an order
// keeps the one it was made with.
func (p *Payments) everyCard(ctx context.Context, f *manual.Choice) error {
	if f.Customer == "" {
		return nil
	}
	cards, err := p.p.Till.CardsOf(ctx, pos.CustomerID(f.Customer))
	if err != nil {
		return err
	}
	f.Customer, f.Also = string(cards[0]), nil
	for _, card := range cards[1:min(len(cards), mostCards)] {
		f.Also = append(f.Also, string(card))
	}
	return nil
}

// Orders lists a page of orders, a customer's under every card that was merged into
// theirs. It needs RightManualSee, as all that only reads.
func (p *Payments) Orders(ctx context.Context, a pos.Actor, f manual.Choice) (manual.Page, error) {
	b, err := p.seeing(ctx, a)
	if err != nil {
		return manual.Page{}, err
	}
	if err := p.everyCard(ctx, &f); err != nil {
		return manual.Page{}, err
	}
	got, err := b.Orders(ctx, f)
	if Unreached(err) {
		return p.mirrored(ctx, &f, err)
	}
	return manual.Page{Orders: got.Orders, Counts: got.Counts, More: got.More}, Spoken(err)
}

// Order is one with all that happened to it.
func (p *Payments) Order(ctx context.Context, a pos.Actor, id string) (manual.Kept, error) {
	b, err := p.seeing(ctx, a)
	if err != nil {
		return manual.Kept{}, err
	}
	k, err := b.Order(ctx, id)
	if Unreached(err) {
		if o, _, e := p.p.Till.MirroredOrder(ctx, id); e == nil {
			return manual.Kept{Order: *o}, nil // what happened to it is there alone
		}
	}
	return k, Spoken(err)
}

// Offers lists what can be paid by hand: not archived, by a merchant that is not.
func (p *Payments) Offers(ctx context.Context, a pos.Actor) ([]manual.Offer, error) {
	open, err := p.Merchants(ctx, a)
	if err != nil {
		return nil, err
	}
	b, err := p.p.Backend(ctx)
	if err != nil {
		return nil, err
	}
	all, err := b.Offers(ctx)
	if Unreached(err) {
		all, _, err = p.p.Till.MirroredOffers(ctx)
	}
	if err != nil {
		return nil, Spoken(err)
	}
	return slices.DeleteFunc(all, func(o manual.Offer) bool {
		return o.Archived || !slices.ContainsFunc(open, func(m manual.Merchant) bool { return !m.Archived && slices.Contains(o.Merchants, m.ID) })
	}), nil
}

// Merchants lists all merchants by name, archived ones too.
func (p *Payments) Merchants(ctx context.Context, a pos.Actor) ([]manual.Merchant, error) {
	b, err := p.seeing(ctx, a)
	if err != nil {
		return nil, err
	}
	all, err := b.Merchants(ctx)
	if Unreached(err) {
		all, _, err = p.p.Till.MirroredMerchants(ctx)
	}
	return all, Spoken(err)
}

// Takings tells what came by each merchant in a time.
func (p *Payments) Takings(ctx context.Context, a pos.Actor, from, to time.Time) ([]manual.Takings, error) {
	b, err := p.seeing(ctx, a)
	if err != nil {
		return nil, err
	}
	rows, err := b.Takings(ctx, from, to)
	return rows, Spoken(err)
}

// Phone reads a number as typed; the refusal says what is wrong with it.
func (p *Payments) Phone(typed string) (string, error) {
	number, err := phone.Parse(typed, p.p.Till.Settings().Country)
	if bad, ok := errors.AsType[*phone.ParseError](err); ok {
		return "", &pos.Error{Code: pos.CodeInvalid, ID: "phone.reason." + string(bad.Reason), Err: err}
	}
	return number, err
}

// asker says who asks and what they may do for one request.
func (p *Payments) asker(ctx context.Context, a pos.Actor, use till.ManualUse) (*client.Client, api.Asker, error) {
	b, by, _, err := p.allowed(ctx, a, use)
	return b, by, err
}

// allowed is asker with the group it is by.
func (p *Payments) allowed(ctx context.Context, a pos.Actor, use till.ManualUse) (*client.Client, api.Asker, *pos.Group, error) {
	b, err := p.p.Backend(ctx)
	if err != nil {
		return nil, api.Asker{}, nil, err
	}
	group, err := p.p.Till.AllowManual(ctx, a, use)
	if err != nil {
		return nil, api.Asker{}, nil, err
	}
	return b, api.Asker{By: manual.Person{ID: string(a.ID), Name: a.Name}, Rights: manual.RightsOf(&group, p.p.Till.Settings().Currency)}, &group, nil
}

// New notes what somebody says was paid. It needs RightManualCreate. Where the backend
// does not answer it is asked for by the queue: CodeUnavailable "manual.queued".
func (p *Payments) New(ctx context.Context, a pos.Actor, in manual.Ask) (manual.Order, error) {
	b, by, group, err := p.allowed(ctx, a, till.ManualUse{Right: pos.RightManualCreate, Subject: in.ID})
	if err != nil {
		return manual.Order{}, err
	}
	o, err := b.NewOrder(ctx, by, in)
	if Unreached(err) {
		return o, Queued(err, p.p.Till.RequestOrder(ctx, a, in, group))
	}
	return o, Spoken(err)
}

// Decide approves or declines an order as it was seen; request names the decision,
// the same through every try. It needs RightManualDecide up to the sum, another's
// approval for what the asker noted themselves unless RightManualOwn is theirs, and
// RightManualCorrect for what it corrects. Where the backend does not answer it is
// asked for by the queue: CodeUnavailable "manual.queued".
func (p *Payments) Decide(ctx context.Context, a pos.Actor, request string, seen *manual.Order, in manual.Ruling) (manual.Order, error) {
	sum, currency := in.Most(seen)
	if shop := p.p.Till.Settings().Currency; currency == shop && seen.Requested.Currency != shop { // both are held to the cap
		sum, currency = seen.Requested.Price, seen.Requested.Currency
	}
	b, by, group, err := p.allowed(ctx, a, till.ManualUse{Right: pos.RightManualDecide, Sum: sum, Currency: currency,
		Own: mine(a, seen.Author), Correct: in.Corrects(seen), Subject: seen.ID})
	if err != nil {
		return manual.Order{}, err
	}
	o, err := b.Decide(ctx, by, request, seen.ID, in)
	if Unreached(err) {
		return o, Queued(err, p.p.Till.RequestRuling(ctx, a, request, seen.ID, in, group))
	}
	return o, Spoken(err)
}

func mine(a pos.Actor, author manual.Person) bool {
	return author.ID != "" && author.ID == string(a.ID)
}

// AskRefund asks for money of an order back. It needs RightManualRefund; with
// Finish, up to the sum, and another's approval unless RightManualOwn is theirs. Where
// the backend does not answer it is asked for by the queue: CodeUnavailable
// "manual.queued".
func (p *Payments) AskRefund(ctx context.Context, a pos.Actor, seen *manual.Order, in manual.AskRefund) (manual.Order, error) {
	use := till.ManualUse{Right: pos.RightManualRefund, Subject: seen.ID}
	if in.Finish {
		use.Sum, use.Currency, use.Own = in.Amount, seen.Terms().Currency, true
		if use.Sum == 0 {
			use.Sum = seen.Left()
		}
	}
	b, by, group, err := p.allowed(ctx, a, use)
	if err != nil {
		return manual.Order{}, err
	}
	o, err := b.AskRefund(ctx, by, seen.ID, in)
	if Unreached(err) {
		return o, Queued(err, p.p.Till.RequestRefund(ctx, a, seen, in, group))
	}
	return o, Spoken(err)
}

// AdvanceRefund allows a refund, refuses it, or says that the money was given;
// request names the step. It needs RightManualRefund: up to the sum to allow it, and
// another's approval to decide one's own unless RightManualOwn is theirs.
func (p *Payments) AdvanceRefund(ctx context.Context, a pos.Actor, request string, seen *manual.Order, f *manual.Refund, step manual.RefundStep, where manual.Place) (manual.Order, error) {
	use := till.ManualUse{Right: pos.RightManualRefund, Subject: seen.ID}
	if step != manual.GiveRefund {
		use.Own = mine(a, f.Author)
	}
	if step == manual.AllowRefund {
		use.Sum, use.Currency = f.Amount, seen.Terms().Currency
	}
	b, by, err := p.asker(ctx, a, use)
	if err != nil {
		return manual.Order{}, err
	}
	o, err := b.AdvanceRefund(ctx, by, request, seen.ID, f.ID, step, where)
	return o, Spoken(err)
}
