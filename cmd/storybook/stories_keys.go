package main

import "kassa/ui/keys"

// keyStories show the keys being changed.
var keyStories = []story{
	{name: "keymap", shows: "keymap", wide: true, play: func(b *book) { b.owner().menu("keymap") }},
	{name: "keymap-classic", shows: "keymap", play: func(b *book) { b.owner().menu("keymap").press("F5") }},
	{name: "keymap-swap", shows: "keymap.ask", play: func(b *book) {
		b.owner().menu("keymap").press(keys.Down, keys.Down, keys.Down, keys.Down, keys.Down, keys.Enter, "F7")
	}},
	{name: "palette", shows: "palette", play: func(b *book) { b.owner().press("Ctrl+K") }},
	{name: "palette-found", shows: "palette", play: func(b *book) { b.owner().press("Ctrl+K").typed("скид") }},
	{name: "palette-none", shows: "palette", play: func(b *book) { b.owner().press("Ctrl+K").typed("ракета") }},
}

var whyStories = []story{
	{name: "why", shows: "why", wide: true, play: func(b *book) { b.senior().five().buyer("Лебедева").press("Shift+F1") }},
	{name: "why-points", shows: "why", play: func(b *book) {
		b.senior().five().buyer("Лебедева").press("Shift+F1", keys.Down, keys.Down, keys.Down)
	}},
}
