// The stories of where manual payments are set up.

package main

import (
	"context"
	"slices"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/storage/images"
	"kassa/ui/keys"
	"kassa/ui/merchants"
	"kassa/ui/payables"
	"kassa/ui/settings"
)

// manualStories show merchants and what is paid for.
var manualStories = []story{
	{name: "settings-integrations-systems", shows: "merchants", wide: true, play: func(b *book) { b.paid().owner().systems() }},
	{name: "merchants-empty", shows: "merchants", play: func(b *book) { b.owner().systems() }},
	{name: "merchants-archive", shows: "merchants", play: func(b *book) { b.paid().owner().systems().press("F4") }},
	{name: "merchants-kind", shows: "merchants.kind", play: func(b *book) { b.owner().systems().press("F3") }},
	{name: "merchants-new", shows: "merchants.card", wide: true, play: func(b *book) { b.owner().systems().press("F3", keys.Enter) }},
	{name: "merchants-wrong", shows: "merchants.card", play: func(b *book) {
		b.owner().systems().press("F3", keys.Enter, keys.Tab, keys.Tab, "Ctrl+A").typed("100").press(keys.Tab, "Ctrl+A").typed("-5").
			press(keys.Tab, keys.Tab, "Ctrl+A").typed("EUR").press(keys.Tab, "Ctrl+A").typed("ABC").press("Ctrl+S")
	}},
	{name: "merchants-card", shows: "merchants.card", wide: true, play: func(b *book) { b.paid().owner().systems().press(keys.Down, keys.Enter) }},
	{name: "merchants-card-more", shows: "merchants.card", play: func(b *book) { b.paid().owner().systems().press(keys.Down, keys.Enter) }},
	{name: "merchants-image", shows: "merchants.image", play: func(b *book) {
		b.paid().owner().systems().press(keys.Down, keys.Enter, "Ctrl+I").typed("/home/kassa/карта.svg").press(keys.Enter)
	}},
	{name: "merchants-seen", shows: "merchants.card", play: func(b *book) {
		b.paid().senior().menu("payables").press("F6", keys.Down, keys.Enter)
	}},
	{name: "payables", shows: "payables", wide: true, play: func(b *book) { b.paid().owner().menu("payables") }},
	{name: "payables-empty", shows: "payables", play: func(b *book) { b.owner().menu("payables") }},
	{name: "payables-found", shows: "payables", play: func(b *book) { b.paid().owner().menu("payables").press("F4").typed("курьер") }},
	{name: "payables-new", shows: "payables.card", play: func(b *book) { b.paid().owner().menu("payables").press("F3") }},
	{name: "payables-product", shows: "payables.product", play: func(b *book) { b.paid().owner().menu("payables").press("F3", "F5").typed("ко") }},
	{name: "payables-wrong", shows: "payables.card", play: func(b *book) {
		b.paid().owner().menu("payables").press("F3", keys.Left, keys.Left, "F7", "Ctrl+A").typed("900").press("Ctrl+S")
	}},
	{name: "payables-card", shows: "payables.card", wide: true, play: func(b *book) { b.paid().owner().menu("payables").press(keys.Enter, "F7") }},
	{name: "payables-card-page", shows: "payables.card", wide: true, play: func(b *book) { b.paid().seenOutside().owner().menu("payables").press(keys.Enter) }},
	{name: "payables-page", shows: "payables.page", play: func(b *book) { b.paid().seenOutside().owner().menu("payables").press(keys.Enter, "F9") }},
	{name: "payables-seen", shows: "payables.card", play: func(b *book) { b.paid().senior().menu("payables").press(keys.Enter) }},
}

// systems opens the payment systems from the settings.
func (b *book) systems() *book {
	return b.settings(slices.Index(settings.Tabs(), settings.TabIntegrations)).press("Shift+F4")
}

// setUp keeps a story's merchants and offers in memory.
type setUp struct {
	ids       interface{ NewID() string }
	merchants []manual.Merchant
	offers    []manual.Offer
	public    string // address of the backend; "" for none
}

var _ payables.Backend = (*setUp)(nil)

func newSetUp() *setUp { return &setUp{ids: postest.IDsAfter(1 << 34)} }

// Merchants implements merchants.Backend.
func (s *setUp) Merchants(context.Context, pos.Actor) ([]manual.Merchant, error) {
	return slices.Clone(s.merchants), nil
}

// Merchant implements merchants.Backend.
func (s *setUp) Merchant(_ context.Context, _ pos.Actor, id string) (manual.Merchant, error) {
	for _, m := range s.merchants {
		if m.ID == id {
			return m, nil
		}
	}
	return manual.Merchant{}, pos.E(pos.CodeNotFound, "manual.merchant-unknown", nil)
}

// PutMerchant implements merchants.Backend.
func (s *setUp) PutMerchant(_ context.Context, _ pos.Actor, m manual.Merchant) (manual.Merchant, error) {
	m.Version++
	for i := range s.merchants {
		if s.merchants[i].ID == m.ID {
			s.merchants[i] = m
			return m, nil
		}
	}
	s.merchants = append(s.merchants, m)
	return m, nil
}

// Offers implements payables.Backend.
func (s *setUp) Offers(context.Context, pos.Actor) ([]manual.Offer, error) {
	return slices.Clone(s.offers), nil
}

// PutOffer implements payables.Backend.
func (s *setUp) PutOffer(_ context.Context, _ pos.Actor, o manual.Offer) (manual.Offer, error) {
	o.Version++
	for i := range s.offers {
		if s.offers[i].ID == o.ID {
			s.offers[i] = o
			return o, nil
		}
	}
	s.offers = append(s.offers, o)
	return o, nil
}

// OfferPage implements payables.Backend.
func (s *setUp) OfferPage(_ context.Context, _ pos.Actor, id string) (string, error) {
	if s.public == "" {
		return "", nil
	}
	return s.public + "/o/" + id, nil
}

// NewID implements merchants.Backend.
func (s *setUp) NewID() string { return s.ids.NewID() }

// Picture implements merchants.Backend.
func (s *setUp) Picture(path string) ([]byte, error) { return images.Bytes(path, manual.MaxImage) }

// PaymentSystems implements settings.Admin.
func (a *admin) PaymentSystems() merchants.Backend { return a.b.setUp }

// seenOutside gives the backend a public address, under which offers have pages.
func (b *book) seenOutside() *book {
	b.setUp.public = "https://kassa.example"
	return b
}

// paid gives the shop three merchants and what is paid for through them.
func (b *book) paid() *book {
	rub := []money.Currency{"RUB"}
	picture := manual.Merchant{ID: "m2", Name: "Перевод на карту", Description: "карта Ольги", Hint: "Напишите имя и номер заказа", Commission: 25000, Fee: 1000, FeeCurrency: "RUB",
		Account: "RUB", Transaction: "RUB", Currencies: []money.Currency{"EUR", "RUB", "USD"}, Image: cardPicture(), Version: 3}
	b.setUp.merchants = []manual.Merchant{
		{ID: "m1", Name: "Курьер", Description: "наличные при доставке", FeeCurrency: "RUB", Account: "RUB", Transaction: "RUB", Currencies: rub, Version: 1},
		picture,
		{ID: "m3", Name: "Старый кошелёк", FeeCurrency: "RUB", Account: "RUB", Transaction: "RUB", Currencies: rub, Archived: true, Version: 2},
	}
	b.setUp.offers = []manual.Offer{
		{ID: "o1", Kind: manual.OfferService, Text: "Курс кройки и шитья, восемь занятий", Price: 1500000, Currency: "RUB", Merchants: []string{"m1", "m2"}, Window: 30, Version: 1},
		{ID: "o2", Kind: manual.OfferText, Text: "Пожертвование на ремонт", Price: 5000, Currency: "USD", Merchants: []string{"m2"}, Window: 14, Version: 1},
		{ID: "o3", Kind: manual.OfferText, Text: "Взнос в кассу взаимопомощи", Price: 100000, Currency: "RUB", Merchants: []string{"m3"}, Window: 30, Version: 1},
		{ID: "o4", Kind: manual.OfferService, Text: "Доставка курьером в прошлом году", Price: 25000, Currency: "RUB", Merchants: []string{"m1"}, Window: 30, Archived: true, Version: 2},
	}
	return b
}
