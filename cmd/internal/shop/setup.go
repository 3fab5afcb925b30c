package shop

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/storage/images"
)

// PaymentsSetUp is where manual payments are set up: their merchants and what is paid
// for, kept by the backend behind the till. Whoever may see manual payments looks;
// whoever has RightSettings, or was allowed by somebody who has, changes.
type PaymentsSetUp struct{ shop *Shop }

// SetUp is where this shop's manual payments are set up.
func (s *Shop) SetUp() *PaymentsSetUp { return &PaymentsSetUp{s} }

// looking asks as somebody who only looks.
func (p *PaymentsSetUp) looking(ctx context.Context, a pos.Actor) (*ManualPayments, error) {
	group, err := p.shop.Till.OwnGroup(ctx, a)
	if err != nil {
		return nil, err
	}
	if !group.Has(pos.RightSettings) {
		if err := p.shop.Till.Demand(ctx, a, pos.RightManualSee); err != nil {
			return nil, err
		}
	}
	return p.shop.Manual(ctx, a)
}

// changing asks as somebody who may change: the till has demanded the right, and the
// backend takes its word.
func (p *PaymentsSetUp) changing(ctx context.Context, a pos.Actor) (*ManualPayments, error) {
	if err := p.shop.Till.Demand(ctx, a, pos.RightSettings); err != nil {
		return nil, err
	}
	b, err := p.shop.Manual(ctx, a)
	if err != nil {
		return nil, err
	}
	b.Asker.Rights.SetUp = true
	return b, nil
}

// Merchants lists all by name, archived ones too, without their images.
func (p *PaymentsSetUp) Merchants(ctx context.Context, a pos.Actor) ([]manual.Merchant, error) {
	b, err := p.looking(ctx, a)
	if err != nil {
		return nil, err
	}
	all, err := b.Merchants(ctx)
	return all, Spoken(err)
}

// Merchant reads one with its image.
func (p *PaymentsSetUp) Merchant(ctx context.Context, a pos.Actor, id string) (manual.Merchant, error) {
	b, err := p.looking(ctx, a)
	if err != nil {
		return manual.Merchant{}, err
	}
	m, err := b.Merchant(ctx, id)
	return m, Spoken(err)
}

// PutMerchant makes a merchant, one without an id, or changes the version that was
// seen. Without an image it keeps the one it has.
func (p *PaymentsSetUp) PutMerchant(ctx context.Context, a pos.Actor, m manual.Merchant) (manual.Merchant, error) {
	b, err := p.changing(ctx, a)
	if err != nil {
		return m, err
	}
	if m, err = b.PutMerchant(ctx, b.Asker, m); err != nil {
		return m, Spoken(err)
	}
	return m, NoteMerchant(ctx, p.shop.Till, a, &m)
}

// Offers lists what is paid for, archived ones too.
func (p *PaymentsSetUp) Offers(ctx context.Context, a pos.Actor) ([]manual.Offer, error) {
	b, err := p.looking(ctx, a)
	if err != nil {
		return nil, err
	}
	all, err := b.Offers(ctx)
	return all, Spoken(err)
}

// PutOffer makes an offer, of version 0, or changes the version that was seen.
func (p *PaymentsSetUp) PutOffer(ctx context.Context, a pos.Actor, o manual.Offer) (manual.Offer, error) {
	b, err := p.changing(ctx, a)
	if err != nil {
		return o, err
	}
	if o, err = b.PutOffer(ctx, b.Asker, o); err != nil {
		return o, Spoken(err)
	}
	return o, NotePayable(ctx, p.shop.Till, a, &o)
}

// noter writes what was done outside the till's own operations into its audit trail.
type noter interface {
	Note(ctx context.Context, a pos.Actor, k pos.EventKind, subject string, detail map[string]string) error
}

// NoteMerchant records who changed a merchant and what it keeps of a payment now: it
// says where the shop's money goes.
func NoteMerchant(ctx context.Context, t noter, a pos.Actor, m *manual.Merchant) error {
	return t.Note(ctx, a, pos.EventMerchantChanged, m.ID, map[string]string{"name": m.Name, "version": strconv.FormatInt(m.Version, 10),
		"commission": m.Commission.String(), "fee": manual.ShowSum(m.Fee, m.FeeCurrency) + " " + string(m.FeeCurrency),
		"account": string(m.Account), "archived": strconv.FormatBool(m.Archived)})
}

// NotePayable records who changed what is paid for.
func NotePayable(ctx context.Context, t noter, a pos.Actor, o *manual.Offer) error {
	return t.Note(ctx, a, pos.EventPayableChanged, o.ID, map[string]string{"name": o.Text, "version": strconv.FormatInt(o.Version, 10),
		"price": manual.ShowSum(o.Price, o.Currency) + " " + string(o.Currency), "archived": strconv.FormatBool(o.Archived)})
}

// OfferPage is where customers see an offer, "" where the backend has no page of it.
func (p *PaymentsSetUp) OfferPage(ctx context.Context, a pos.Actor, id string) (string, error) {
	b, err := p.looking(ctx, a)
	if err != nil {
		return "", err
	}
	page, err := b.OfferPage(ctx, id)
	return page, Spoken(err)
}

// NewID is the id of a merchant or an offer that is about to be made: made before the
// first attempt, so that saving twice makes one.
func (p *PaymentsSetUp) NewID() string { return NewIDs().NewID() }

// Picture reads a PNG or JPEG file of at most 1 MiB and makes it small, without what
// a camera wrote into it.
func (p *PaymentsSetUp) Picture(path string) ([]byte, error) {
	return images.Bytes(path, manual.MaxImage)
}
