package main

import "kassa/ui/keys"

// historyStories show who decided what, taking it back, and the figures of
// promotions and certificates.
var historyStories = []story{
	{name: "settings-history", shows: "settings.history", wide: true, play: func(b *book) { b.owner().menu("history") }},
	{name: "settings-history-found", shows: "settings.history", play: func(b *book) { b.owner().menu("settings").press("F3").typed("14") }},
	{name: "settings-history-refused", shows: "settings.history", play: func(b *book) { b.owner().menu("history").press(keys.Down, keys.Down, keys.Enter) }},
	{name: "settings-revert", shows: "settings.revert", play: func(b *book) { b.owner().menu("history").press(keys.Enter) }},
	{name: "figures-promotions", from: season, shows: "figures", play: func(b *book) { b.figures(18) }},
	{name: "figures-certificates", from: season, shows: "figures", play: func(b *book) { b.figures(19) }},
}
