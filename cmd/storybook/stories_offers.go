package main

import "kassa/ui/keys"

// offerStories show certificates and promotions.
var offerStories = []story{
	{name: "certificates", shows: "certificates", play: func(b *book) { b.owner().menu("certificates") }},
	{name: "certificate-sell", shows: "certificate.sell", play: func(b *book) { b.senior().menu("certificates").press("F3") }},
	{name: "certificate-issue", shows: "certificate.issue", play: func(b *book) { b.owner().menu("certificates").press("F4") }},
	{name: "certificate-pay", shows: "certificate.pay", play: func(b *book) { b.paying().press("F6") }},
	{name: "certificate-pay-unknown", shows: "certificate.pay", play: func(b *book) {
		b.paying().press("F6").typed("GC-7777").press(keys.Enter)
	}},
	{name: "offers", shows: "offers", play: func(b *book) { b.owner().menu("offers") }},
	{name: "offers-card", shows: "offers.card", play: func(b *book) { b.owner().menu("offers").press("F3") }},
}
