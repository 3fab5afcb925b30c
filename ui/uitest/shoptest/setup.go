package shoptest

import (
	"context"
	"errors"

	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/postest"
	"kassa/storage/images"
)

// SetUp asks the backend behind the shop's till for merchants and offers, as the
// program does: through the till's client, held to the rights of who asks.
type SetUp struct {
	b   *Behind
	ids interface{ NewID() string }
}

// SetUp is where the shop's manual payments are set up.
func (b *Behind) SetUp() *SetUp { return &SetUp{b: b, ids: postest.IDsAfter(1 << 42)} }

// as is the till's client and who asks through it, once the till demanded a right.
func (s *SetUp) as(ctx context.Context, a pos.Actor, right pos.Right) (*client.Client, api.Asker, error) {
	till := s.b.shop.Till
	if err := till.Demand(ctx, a, right); err != nil {
		return nil, api.Asker{}, err
	}
	server, err := till.Server(ctx)
	if err != nil {
		return nil, api.Asker{}, err
	}
	head, err := till.ExchangeHead(ctx)
	return s.b.client(server, head.Till), api.Asker{By: manual.Person{ID: string(a.ID), Name: a.Name}, Rights: manual.Rights{SetUp: right == pos.RightSettings}}, err
}

// told are an answer's own words.
func told(err error) error {
	if t, ok := errors.AsType[*exchange.Trouble](err); ok {
		return t.Told()
	}
	return err
}

// Merchants implements merchants.Backend.
func (s *SetUp) Merchants(ctx context.Context, a pos.Actor) ([]manual.Merchant, error) {
	c, _, err := s.as(ctx, a, pos.RightManualSee)
	if err != nil {
		return nil, err
	}
	all, err := c.Merchants(ctx)
	return all, told(err)
}

// Merchant implements merchants.Backend.
func (s *SetUp) Merchant(ctx context.Context, a pos.Actor, id string) (manual.Merchant, error) {
	c, _, err := s.as(ctx, a, pos.RightManualSee)
	if err != nil {
		return manual.Merchant{}, err
	}
	m, err := c.Merchant(ctx, id)
	return m, told(err)
}

// PutMerchant implements merchants.Backend.
func (s *SetUp) PutMerchant(ctx context.Context, a pos.Actor, m manual.Merchant) (manual.Merchant, error) {
	c, by, err := s.as(ctx, a, pos.RightSettings)
	if err != nil {
		return m, err
	}
	m, err = c.PutMerchant(ctx, by, m)
	return m, told(err)
}

// Offers implements payables.Backend.
func (s *SetUp) Offers(ctx context.Context, a pos.Actor) ([]manual.Offer, error) {
	c, _, err := s.as(ctx, a, pos.RightManualSee)
	if err != nil {
		return nil, err
	}
	all, err := c.Offers(ctx)
	return all, told(err)
}

// PutOffer implements payables.Backend.
func (s *SetUp) PutOffer(ctx context.Context, a pos.Actor, o manual.Offer) (manual.Offer, error) {
	c, by, err := s.as(ctx, a, pos.RightSettings)
	if err != nil {
		return o, err
	}
	o, err = c.PutOffer(ctx, by, o)
	return o, told(err)
}

// OfferPage implements payables.Backend.
func (s *SetUp) OfferPage(ctx context.Context, a pos.Actor, id string) (string, error) {
	c, _, err := s.as(ctx, a, pos.RightManualSee)
	if err != nil {
		return "", err
	}
	page, err := c.OfferPage(ctx, id)
	return page, told(err)
}

// NewID implements merchants.Backend.
func (s *SetUp) NewID() string { return s.ids.NewID() }

// Picture implements merchants.Backend.
func (s *SetUp) Picture(path string) ([]byte, error) { return images.Bytes(path, manual.MaxImage) }
