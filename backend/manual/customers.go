package manual

import (
	"context"
	"crypto/sha256"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"kassa/backend/internal/desk"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/money"
)

// What customers do on the own page of an offer, who are nobody here: no till, no
// person, no right. They are told what they need to pay and how it stands, and
// nothing staff say among themselves.

// byCustomers is the name under which what customers ask is remembered, beside the tills.
const byCustomers = "offer"

// How often something may be sent within desk.TrySpan: from one address, see desk.From,
// and about one offer from all together.
const (
	wishesFrom = 20
	wishesOf   = 200
)

// Payable is an offer as customers see it.
type Payable struct {
	ID string
	pay.Sight
	Ways []Way // by which it can be paid now, by name; never none
}

// Way is a merchant as customers see it: not what it keeps of a payment.
type Way struct {
	ID, Name, Description, Hint string
	Picture                     bool
}

// Payable is an offer that can be paid now. CodeNotFound "manual.offer-unknown",
// CodeConflict "manual.offer-archived" or, where no merchant is left that takes its
// currency, "manual.merchant-missing".
func (m *Manual) Payable(ctx context.Context, offer string) (p *Payable, err error) {
	err = m.desk.Look(ctx, func(o *desk.Op) error { p, err = payable(o, offer); return err })
	return p, err
}

func payable(o *desk.Op, id string) (*Payable, error) {
	offer, err := o.Offer(id)
	if err != nil {
		return nil, err
	}
	if offer.Archived {
		return nil, pos.E(pos.CodeConflict, "manual.offer-archived", pos.Args{"Name": offer.Text})
	}
	all, err := o.Merchants()
	if err != nil {
		return nil, err
	}
	p := &Payable{ID: offer.ID, Sight: offer.Sight()}
	for i := range all {
		if m := &all[i]; slices.Contains(offer.Merchants, m.ID) && !m.Archived && m.Supports(offer.Currency) {
			whole, err := o.Merchant(m.ID) // lists are without images
			if err != nil {
				return nil, err
			}
			p.Ways = append(p.Ways, Way{ID: m.ID, Name: m.Name, Description: m.Description, Hint: m.Hint, Picture: len(whole.Image) > 0})
		}
	}
	if len(p.Ways) == 0 {
		return nil, pos.E(pos.CodeConflict, "manual.merchant-missing", nil)
	}
	return p, nil
}

// PictureOf is the image of a merchant by which an offer can be paid now. It refuses as
// Payable does, and with CodeNotFound "manual.merchant-unknown" where there is none.
func (m *Manual) PictureOf(ctx context.Context, offer, merchant string) (image []byte, err error) {
	err = m.desk.Look(ctx, func(o *desk.Op) error {
		p, err := payable(o, offer)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(p.Ways, func(w Way) bool { return w.ID == merchant && w.Picture }) {
			return pos.E(pos.CodeNotFound, "manual.merchant-unknown", nil)
		}
		whole, err := o.Merchant(merchant)
		if err == nil {
			image = whole.Image
		}
		return err
	})
	return image, err
}

// Wish is what a customer says on the page of an offer.
type Wish = pay.Wish

var keyForm = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// orderOf is the order that a customer's key opens: the key cannot be found from it,
// so that whoever knows the order does not know where the customer looks at it.
func orderOf(key string) (string, error) {
	if !keyForm.MatchString(key) {
		return "", pos.E(pos.CodeInvalid, "pages.form-hurt", nil)
	}
	return uuid.NewHash(sha256.New(), uuid.Nil, []byte("kassa offer "+key), 8).String(), nil
}

// BeginByCustomer makes an order of what a customer says, once for each key, which the
// page drew that is filled in: what is sent twice is the same order. CodeConflict
// "manual.request-taken" for something else under the same key, CodeWait
// "manual.wait" with "Until" for too much of one address or about one offer.
func (m *Manual) BeginByCustomer(ctx context.Context, key, address string, in Wish) (err error) {
	if in.ID, err = orderOf(key); err != nil {
		return err
	}
	in.Date = named(in.Date)
	if err := m.hold(ctx, &in, address); err != nil {
		return err
	}
	_, err = m.ask(ctx, From{Till: byCustomers}, in.ID, "wish", in.ID, in, wishing(in))
	return err
}

// hold counts what is new, and refuses too much of it.
func (m *Manual) hold(ctx context.Context, in *Wish, address string) error {
	here := false
	err := m.desk.Look(ctx, func(o *desk.Op) error {
		if _, err := o.Offer(in.Offer); err != nil { // nobody makes up keys to be counted
			return err
		}
		_, err := o.Order(in.ID)
		if here = err == nil; pos.CodeOf(err) == pos.CodeNotFound {
			err = nil
		}
		return err
	})
	if err != nil || here {
		return err
	}
	until, err := m.desk.Try(ctx, append(desk.From("wishes-from:", address, wishesFrom), desk.Tries{Key: "wishes-of:" + in.Offer, Most: wishesOf})...)
	if err == nil && !until.IsZero() {
		err = pos.E(pos.CodeWait, "manual.wait", pos.Args{"Until": until})
	}
	return err
}

// wishing carries out what BeginByCustomer asks.
func wishing(in Wish) func(*asking) (*pay.Order, error) {
	return func(a *asking) (*pay.Order, error) {
		if told, err := a.begun(in.ID); told != nil || err != nil {
			return told, err
		}
		offer, merchant, err := a.meant(&pay.Ask{Offer: in.Offer, Merchant: in.Merchant})
		if err != nil {
			return nil, err
		}
		order, event, err := pay.BeginByCustomer(&in, offer, merchant, a.At)
		if err != nil {
			return nil, err
		}
		return a.add(order, event)
	}
}

// Standing is how an order stands, as the customer who began it is told: without what
// staff wrote, and without who they are.
type Standing struct {
	Offer     string
	Text      string
	Way       string // the merchant's name
	State     pay.State
	Expired   bool
	Requested pay.Terms // as the customer said
	Price     money.Amount
	Currency  money.Currency // of Price, which is what was confirmed, or asked while nothing is
	Corrected bool           // it was confirmed for another sum
	Refunded  money.Amount
	Created   time.Time
	Deadline  time.Time
	Decided   time.Time
}

// Standing tells a customer how their order stands. CodeNotFound
// "manual.order-unknown" for a key of nothing, and for one of another offer.
func (m *Manual) Standing(ctx context.Context, offer, key string) (*Standing, error) {
	unknown := pos.E(pos.CodeNotFound, "manual.order-unknown", nil)
	id, err := orderOf(key)
	if err != nil {
		return nil, unknown
	}
	k, err := m.Order(ctx, id)
	if err != nil {
		return nil, err
	}
	if k.Origin != pay.AtOffer || k.Offer != offer {
		return nil, unknown
	}
	t := k.Terms()
	s := &Standing{Offer: k.Offer, Text: k.Text, Way: k.Account, State: k.State, Expired: k.Expired, Requested: k.Requested, Price: k.Requested.Price, Currency: k.Requested.Currency,
		Refunded: k.Refunded, Created: k.Created, Deadline: k.Deadline, Decided: k.Decided}
	if k.State != pay.Declined {
		s.Price, s.Currency = t.Price, t.Currency
		s.Corrected = t.Price != k.Requested.Price || t.Currency != k.Requested.Currency
	}
	return s, nil
}
