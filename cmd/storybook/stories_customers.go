package main

import "kassa/ui/keys"

// someone opens the card of the first customer found.
func (b *book) someone() *book {
	return b.owner().menu("customers").typed("Анна Леб").press("F4")
}

var cardStories = []story{
	{name: "customer-groups", shows: "customer.groups", play: func(b *book) { b.owner().menu("customers").press("F6") }},
	{name: "customer-group", shows: "customer.group", play: func(b *book) { b.owner().menu("customers").press("F6", keys.Enter) }},
	{name: "customer-form", shows: "customer.edit", play: func(b *book) { b.someone().press("F4") }},
	{name: "customer-more", shows: "customer.more", play: func(b *book) { b.someone().press("F2") }},
	{name: "customer-phone", shows: "customer.phone", play: func(b *book) { b.someone().press("F2", "F1") }},
	{name: "customer-consents", shows: "customer.consents", play: func(b *book) { b.someone().press("F2", "F2") }},
	{name: "customer-merge", shows: "customer.merge", play: func(b *book) { b.someone().press("F2", "F3").typed("0010").press(keys.Enter) }},
	{name: "customer-erase", shows: "customer.erase", play: func(b *book) { b.someone().press("F2", "F5", keys.Del) }},
}
