package main

import (
	"time"

	"kassa/ui/keys"
)

// bought sells goods for cash and comes back to an empty cheque.
func (b *book) bought() *book {
	return b.owner().scan(0, 0, 1, 4).press("F9", keys.Enter, keys.Enter, keys.Enter)
}

// bringing is the return of the sale bought, two lines of it picked.
func (b *book) bringing() *book {
	return b.bought().press(keys.PgUp, keys.Enter, keys.Enter, "F8", "F2", "F7", keys.Down, keys.Enter)
}

// rested waits until a confirmation may be followed by its Enter.
func (b *book) rested() *book {
	b.Clock.Advance(time.Second)
	return b
}

var returnStories = []story{
	{name: "returns-find", shows: "returns", wide: true, play: func(b *book) { b.bought().press(keys.PgUp) }},
	{name: "returns-pick", shows: "returns", wide: true, play: func(b *book) { b.bringing() }},
	{name: "returns-reason", shows: "returns.reason", play: func(b *book) { b.bringing().press("F8") }},
	{name: "returns-too-many", shows: "returns", play: func(b *book) { b.bringing().press("+") }},
	{name: "returns-settle", shows: "returns.settle", wide: true, play: func(b *book) { b.bringing().press("F9", "F2", keys.Enter).rested() }},
	{name: "returns-abandon", shows: "returns.abandon", play: func(b *book) { b.bringing().press(keys.PgUp) }},
	{name: "returns-done", shows: "return", play: func(b *book) { b.bringing().press("F9", "F2", keys.Enter).rested().press(keys.Enter) }},
	{name: "returns-bare", shows: "returns.settle", play: func(b *book) { b.owner().press(keys.PgUp, "F6").scan(0).press("F9") }},
	{name: "exchange-goods", shows: "sale", wide: true, play: func(b *book) { b.bringing().press("F4").scan(4) }},
	{name: "exchange-pay", shows: "payment", play: func(b *book) { b.bringing().press("F4").scan(4).press("F9") }},
	{name: "exchange-give", shows: "payment", play: func(b *book) { b.bringing().press("F4").scan(1).press("F9") }},
	{name: "receipts-returns", shows: "receipts", play: func(b *book) {
		b.bringing().press("F9", "F2", keys.Enter).rested().press(keys.Enter, keys.Enter).menu("receipts").press("F6")
	}},
	{name: "receipts-came-back", shows: "receipts", play: func(b *book) {
		b.bringing().press("F9", "F2", keys.Enter).rested().press(keys.Enter, keys.Enter).menu("receipts")
	}},
	{name: "receipts-correct", shows: "receipts.correct", play: func(b *book) { b.bought().menu("receipts").press("F7") }},
}
