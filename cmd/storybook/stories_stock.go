package main

import "kassa/ui/keys"

// receiving begins a receiving of three goods.
func (b *book) receiving() *book {
	return b.owner().menu("stock").press("F2").scan(0, 1, 6).typed("12,5").press(keys.Enter, "F8").typed("12,5").press(keys.Enter).typed("84").press(keys.Enter, keys.Enter)
}

var stockStories = []story{
	{name: "stock", shows: "stock", wide: true, play: func(b *book) { b.receiving().press("F9", keys.Enter, "F3", keys.Esc) }},
	{name: "stock-empty", shows: "stock", play: func(b *book) { b.owner().menu("stock") }},
	{name: "stock-receiving", shows: "stock.doc", wide: true, play: func(b *book) { b.receiving() }},
	{name: "stock-weight", shows: "stock.weight", play: func(b *book) { b.owner().menu("stock").press("F2").scan(0, 6) }},
	{name: "stock-weight-doubt", shows: "weight.doubt", play: func(b *book) {
		b.owner().menu("stock").press("F2").scan(0, 6).typed("700").press(keys.Enter)
	}},
	{name: "stock-line", shows: "stock.line", play: func(b *book) { b.receiving().press("F8") }},
	{name: "stock-post", shows: "stock.post", play: func(b *book) { b.receiving().press("F9") }},
	{name: "stock-posted", shows: "stock.doc", play: func(b *book) { b.receiving().press("F9", keys.Enter, keys.Enter) }},
	{name: "stock-reverse", shows: "stock.reverse", play: func(b *book) { b.receiving().press("F9", keys.Enter, keys.Enter, "F6") }},
	{name: "stock-count", shows: "stock.doc", play: func(b *book) {
		b.owner().menu("stock").press("F4").scan(0, 6).typed("74,3").press(keys.Enter)
	}},
	{name: "stock-writeoff-refused", shows: "stock.doc", play: func(b *book) {
		b.owner().menu("stock").press("F3").scan(0).press("F9", keys.Enter)
	}},
	{name: "stock-pick", shows: "stock.pick", play: func(b *book) { b.owner().menu("stock").press("F2").typed("ко").press(keys.Enter) }},
	{name: "stock-moves", shows: "stock.moves", play: func(b *book) { b.receiving().press("F9", keys.Enter, keys.Enter, "F7") }},
}

var labelStories = []story{
	{name: "settings-labels", shows: "settings.label", play: func(b *book) {
		b.set.Labels.Rules = "20=weight/5, 24=price/5"
		b.owner().settings(6).press(keys.Tab, keys.Tab).typed("2000042012342").press(keys.Enter)
	}},
}
