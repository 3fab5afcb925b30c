package main

import (
	"context"
	"time"

	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
)

// waitingStories show sales that are paid by a manual payment.
var waitingStories = []story{
	{name: "waiting-ask", shows: "waiting.ask", wide: true, play: func(b *book) { b.elsewhere().paying().press("F7") }},
	{name: "waiting-ask-many", shows: "waiting.ask", play: func(b *book) {
		b.elsewhere("Карта управляющей", "Курьер «Быстрые ноги»").paying().press("F7", keys.Down, keys.Down)
	}},
	{name: "waiting-ask-much", shows: "waiting.ask", play: func(b *book) { b.elsewhere().paying().press("F7").typed("90000").press(keys.Enter) }},
	{name: "waiting-none", shows: "waiting.ask", play: func(b *book) { b.paying().press("F7") }},
	{name: "waiting-asked", shows: "sale", play: func(b *book) { b.asked() }},
	{name: "waiting-ready", shows: "sale", play: func(b *book) { b.asked().decided(manual.Approved, 0, "") }},
	{name: "waiting-declined", shows: "sale", play: func(b *book) { b.asked().decided(manual.Declined, 0, "деньги не пришли") }},
	{name: "waiting-list", shows: "sale.parked", wide: true, play: func(b *book) {
		b.asked().decided(manual.Approved, 0, "").wait(10 * time.Second)
		b.scan(1, 2).press("F9", "F7", keys.Enter).decided(manual.Declined, 0, "деньги не пришли").wait(10 * time.Second)
		b.scan(3).press("F9", "F7", keys.Enter).scan(0).press("F4").typed("пошла за хлебом").press(keys.Enter, "F5")
	}},
	{name: "waiting-recalled", shows: "payment", play: func(b *book) { b.asked().press("F5", keys.Down, keys.Enter, "F9") }},
	{name: "waiting-differs", shows: "payment", play: func(b *book) {
		b.asked().decided(manual.Approved, -100_00, "").wait(10*time.Second).press("F5", keys.Down, keys.Enter, "F9")
	}},
	{name: "waiting-currency", shows: "payment", play: func(b *book) {
		b.asked().decidedIn(manual.Approved, 12_00, "USD", "").wait(10*time.Second).press("F5", keys.Down, keys.Enter, "F9")
	}},
}

// elsewhere sets up merchants of manual payments, one unless several are named.
func (b *book) elsewhere(names ...string) *book {
	if len(names) == 0 {
		names = []string{"Карта управляющей"}
	}
	var list []manual.Merchant
	for _, name := range names {
		list = append(list, manual.Merchant{ID: name, Name: name, Description: "перевод на карту по номеру телефона", Account: "RUB", Transaction: "RUB",
			Currencies: []money.Currency{"RUB"}})
	}
	b.env.Merchants = func(context.Context) ([]manual.Merchant, error) { return list, nil }
	return b
}

// asked sets the usual cheque aside until somebody allows its payment.
func (b *book) asked() *book { return b.elsewhere().paying().press("F7", keys.Enter) }

// decided is what somebody elsewhere said of the payment that was asked for last: all
// that was asked, and more.
func (b *book) decided(state manual.State, more money.Amount, reason string) *book {
	v := b.last()
	return b.decidedIn(state, v.Amount.Add(more), "RUB", reason)
}

// last is the payment that was asked for last.
func (b *book) last() *till.AwaitedView {
	parked, err := b.till.Parked(context.Background())
	must(err)
	for i := range parked {
		for j := range parked[i].Awaited {
			if v := &parked[i].Awaited[j]; v.Standing == manual.Waits {
				return v
			}
		}
	}
	panic("nothing waits")
}

func (b *book) decidedIn(state manual.State, price money.Amount, in money.Currency, reason string) *book {
	h := manual.Heard{Order: b.last().Order, State: state, Reason: reason, Decided: b.Clock.Now()}
	if state == manual.Approved {
		h.Price, h.In = price, in
	}
	must(b.till.HearOrders(context.Background(), []manual.Heard{h}))
	b.shell.HearDecided()
	return b
}
