package main

import (
	"fmt"
	"image"
	"time"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till"
	"kassa/ui/customerdisplay"
	"kassa/ui/keys"
)

// displayStories are what customers see. The display stands in the till's own
// window here, at the sizes a monitor for customers may have as well.
var displayStories = []story{
	{name: "display-idle", shows: "sale", wide: true, play: func(b *book) { b.displayed().senior().turned() }},
	{name: "display-sale", shows: "sale", wide: true, play: func(b *book) { b.displayed().senior().five().buyer("Лебедева").turned() }},
	{name: "display-payment", shows: "payment", play: func(b *book) { b.displayed().paying().turned() }},
	{name: "display-code", shows: "code", play: func(b *book) { b.displayed().spending("100").turned() }},
	{name: "display-change", shows: "receipt", play: func(b *book) {
		b.displayed().paying().typed("2000").press(keys.Enter, keys.Enter).turned()
	}},
	{name: "settings-front", shows: "settings", wide: true, play: func(b *book) {
		b.set.Front = pos.DefaultFront()
		b.owner().settings(8)
	}},
}

// promotionStories are the windows around promotions and coupons.
var promotionStories = []story{
	{name: "offers-preview-empty", shows: "offers.preview", play: func(b *book) { b.owner().promoted().menu("offers").press("F6") }},
	{name: "offers-preview", shows: "offers.preview", wide: true, play: func(b *book) {
		b.owner().promoted().menu("offers").press("F6").scan(0, 0, 0, 1, 4).press("F4", "F7")
	}},
	{name: "offers-goods", shows: "offers.goods", play: func(b *book) { b.promoting().press("F7").typed("ко").press(keys.Enter) }},
	{name: "offers-categories", shows: "offers.categories", play: func(b *book) { b.promoting().press("F8", keys.Enter, keys.Down, keys.Enter) }},
	{name: "offers-groups", shows: "offers.groups", play: func(b *book) { b.promoting().press("F9", keys.Enter) }},
	{name: "offers-coupons", shows: "offers.coupons", wide: true, play: func(b *book) { b.owner().promoted().menu("offers").press("F5") }},
	{name: "offers-coupons-export", shows: "offers.export", play: func(b *book) {
		b.owner().promoted().menu("offers").press("F5", "F7", "Ctrl+A").typed("/home/kassa/купоны.csv")
	}},
	{name: "coupons", shows: "sale.coupons", play: func(b *book) { b.owner().promoted().scan(0, 1, 4).press("Shift+F6") }},
	{name: "coupons-taken", shows: "sale.coupons", play: func(b *book) {
		b.owner().promoted().scan(0, 1, 4).press("Shift+F6").typed(coupon(1)).press(keys.Enter)
	}},
	{name: "coupons-unknown", shows: "sale.coupons", play: func(b *book) {
		b.owner().promoted().scan(0, 1, 4).press("Shift+F6").typed("K0000000000").press(keys.Enter)
	}},
}

// displayed gives the shop a display for customers.
func (b *book) displayed() *book {
	b.env.Display = customerdisplay.New(customerdisplay.Params{
		Timers: b.Clock, Shop: func() string { return b.set.Shop }, Logo: func() image.Image { return nil },
		Words: func() *words.Words {
			return words.New(b.set.ReceiptLanguage, b.set.Currency, b.set.CurrencySymbol).In(time.UTC)
		},
	})
	return b
}

// turned shows what stands on the customers' side.
func (b *book) turned() *book {
	over := b.Fyne.Canvas().Overlays()
	for over.Top() != nil {
		over.Remove(over.Top())
	}
	b.Show(b.env.Display.Content())
	return b
}

// coupon is the number of a coupon the shop has given out.
func coupon(n int) string { return fmt.Sprintf("K%010d", 4_051_730_482+n*70_391) }

// promoted puts two promotions in force, the first of them for coupons. Real
// coupons have numbers nobody can guess; these are the same in every picture.
func (b *book) promoted() *book {
	put := func(p offers.Promotion) pos.OfferID {
		p.On = true
		done, err := b.till.PutPromotion(b.env.Ctx, b.env.Actor, p)
		must(err)
		return done.ID
	}
	id := put(offers.Promotion{Name: "Скидка по купону", Priority: 2,
		Rule: offers.Rule{Effect: offers.PercentOff, Percent: money.Percent(1000), Coupon: true}})
	put(offers.Promotion{Name: "Молочный день", Priority: 1,
		Rule: offers.Rule{Effect: offers.PercentOff, Percent: money.Percent(500), Categories: []string{"Молочное"}}})
	must(b.store.Update(b.env.Ctx, func(tx till.Tx) error {
		for n := range 8 {
			if err := tx.PutCoupon(&pos.Coupon{Number: coupon(n), Offer: id, MadeAt: b.Clock.Now(), Expires: b.Clock.Now().AddDate(0, 1, 0)}); err != nil {
				return err
			}
		}
		return nil
	}))
	return b
}

// promoting opens the card of a new promotion.
func (b *book) promoting() *book { return b.owner().promoted().menu("offers").press("F3") }
