// Package payables are the windows of «Предложения оплаты»: what customers pay for by
// a manual payment. The list, a card of each, and how the customer gets to it.
package payables

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/ui/fields"
	"kassa/ui/merchants"
)

// Backend is what stands behind the till, asked for offers as somebody. Its errors are
// *pos.Error and say what to do.
type Backend interface {
	merchants.Backend
	// Offers lists all by their text, archived ones too.
	Offers(ctx context.Context, a pos.Actor) ([]manual.Offer, error)
	// OfferPage is where customers see an offer, "" where there is no page of it.
	OfferPage(ctx context.Context, a pos.Actor, id string) (string, error)
	// PutOffer makes an offer of version 0, or changes the version that was seen. It
	// needs RightSettings.
	PutOffer(ctx context.Context, a pos.Actor, o manual.Offer) (manual.Offer, error)
}

// known is what the list is made of.
type known struct {
	offers    []manual.Offer
	merchants []manual.Merchant
}

func load(ctx context.Context, b Backend, a pos.Actor) (k known, err error) {
	if k.merchants, err = b.Merchants(ctx, a); err != nil {
		return k, err
	}
	k.offers, err = b.Offers(ctx, a)
	return k, err
}

// merchant is one by its id, nil for none.
func (k *known) merchant(id string) *manual.Merchant {
	i := slices.IndexFunc(k.merchants, func(m manual.Merchant) bool { return m.ID == id })
	if i < 0 {
		return nil
	}
	return &k.merchants[i]
}

// names are the merchants of an offer as they are called; one nobody knows any more
// is called by its id.
func (k *known) names(o *manual.Offer) string {
	list := make([]string, len(o.Merchants))
	for i, id := range o.Merchants {
		list[i] = id
		if m := k.merchant(id); m != nil {
			list[i] = m.Name
		}
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// payable tells whether an offer can be paid for: some merchant of it is in use.
func (k *known) payable(o *manual.Offer) bool {
	return slices.ContainsFunc(o.Merchants, func(id string) bool {
		m := k.merchant(id)
		return m != nil && !m.Archived
	})
}

// find lists the offers that have every word of a text in their own or in the name of
// a merchant: those in use, and the archived ones after them where they are wanted.
func (k *known) find(text string, olds bool) (rows []manual.Offer) {
	words := strings.Fields(pos.Fold(text))
	for _, archived := range []bool{false, true} {
		for i := range k.offers {
			o := &k.offers[i]
			in := pos.Fold(o.Text + " " + k.names(o))
			if o.Archived == archived && (!archived || olds) &&
				!slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(in, w) }) {
				rows = append(rows, *o)
			}
		}
	}
	return rows
}

// draft is an offer as it is typed.
type draft struct {
	o         manual.Offer
	merchants []manual.Merchant // all there are
	typed
}

// typed is what the card shows, fit to be compared.
type typed struct {
	kind                        int // of manual.OfferKinds
	product                     string
	text, price, currency, days string
	chosen                      string // ids of merchants, one a line
}

func newDraft(id string, o *manual.Offer, all []manual.Merchant, shop money.Currency) draft {
	if o == nil {
		d := draft{o: manual.Offer{ID: id}, merchants: all, typed: typed{kind: len(manual.OfferKinds) - 1, currency: string(shop), days: strconv.Itoa(manual.UsualWindow)}}
		var use []manual.Merchant
		for _, m := range all {
			if !m.Archived && m.Supports(shop) {
				use = append(use, m)
			}
		}
		if len(use) == 1 { // then there is nothing to choose
			d.choose(use[0].ID, true)
		}
		return d
	}
	return draft{o: *o, merchants: all, typed: typed{kind: max(slices.Index(manual.OfferKinds, o.Kind), 0), product: o.Product, text: o.Text,
		price: manual.ShowSum(o.Price, o.Currency), currency: string(o.Currency), days: strconv.Itoa(o.Window), chosen: strings.Join(o.Merchants, "\n")}}
}

// offered are the merchants the card shows: those in use, and what was chosen before
// it went to the archive.
func (d *draft) offered() (list []manual.Merchant) {
	for _, m := range d.merchants {
		if !m.Archived || d.has(m.ID) {
			list = append(list, m)
		}
	}
	return list
}

func (d *draft) has(id string) bool { return slices.Contains(strings.Fields(d.chosen), id) }

// choose ticks a merchant or unticks it.
func (d *draft) choose(id string, on bool) {
	list := slices.DeleteFunc(strings.Fields(d.chosen), func(o string) bool { return o == id })
	if on {
		list = append(list, id)
	}
	slices.Sort(list)
	d.chosen = strings.Join(list, "\n")
}

// pick takes goods of the catalogue over, with their name and price where nothing
// else was typed by hand.
func (d *draft) pick(p *pos.Product, shop money.Currency) {
	d.product, d.text = string(p.ID), p.Name
	if p.Price > 0 {
		d.price, d.currency = manual.ShowSum(p.Price, shop), string(shop)
	}
}

// read is the offer that was typed, and all that is wrong with it by field.
func (d *draft) read() (manual.Offer, manual.Wrongs) {
	o := d.o
	o.Kind, o.Text, o.Product = manual.OfferKinds[d.kind], d.text, ""
	if o.Kind == manual.OfferProduct {
		o.Product = d.product
	}
	o.Currency, o.Merchants = money.Currency(strings.ToUpper(strings.TrimSpace(d.currency))), strings.Fields(d.chosen)
	var bad manual.Wrongs
	add := func(field string, err error) {
		if err != nil && bad.Of(field) == nil {
			bad = append(bad, manual.Wrong{Field: field, Err: err})
		}
	}
	o.Price = 0
	if text := fields.Point(d.price); text != "" && manual.KnownCurrency(o.Currency) {
		price, err := manual.ParseSum(text, o.Currency)
		add("price", err)
		o.Price = price
	}
	o.Window = 0
	if text := strings.TrimSpace(d.days); text != "" {
		days, err := strconv.Atoi(text)
		if err != nil || days == 0 {
			days = -1 // 0 is for the usual one
		}
		o.Window = days
	}
	o.Normal()
	for _, w := range o.Wrongs(d.merchants) {
		add(w.Field, w.Err)
	}
	return o, bad
}
