package main

import (
	"kassa/assets"
	"kassa/assets/words"
	"kassa/cmd/internal/month"
	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// season is a demo shop with its month behind it and half a day sold, so that
// figures have something to tell and to compare.
const season state = "season"

// seasonEnglish is the same shop made by somebody whose screen is English.
const seasonEnglish state = "season-en"

var figuresStories = []story{
	{name: "figures", from: season, shows: "figures", wide: true, play: func(b *book) { b.figures(0) }},
	{name: "figures-compared", from: season, shows: "figures", play: func(b *book) { b.figures(0).press("F3") }},
	{name: "figures-hours", from: season, shows: "figures", play: func(b *book) { b.figures(1).press(keys.Tab, keys.Tab) }},
	{name: "figures-weekdays", from: season, shows: "figures", play: func(b *book) { b.figures(2) }},
	{name: "figures-products", from: season, shows: "figures", wide: true, play: func(b *book) { b.figures(4).press("F3") }},
	{name: "figures-categories", from: season, shows: "figures", play: func(b *book) { b.figures(5) }},
	{name: "figures-employees", from: season, shows: "figures", play: func(b *book) { b.figures(6) }},
	{name: "figures-tenders", from: season, shows: "figures", play: func(b *book) { b.figures(7) }},
	{name: "figures-margin", from: season, shows: "figures", play: func(b *book) { b.figures(8) }},
	{name: "figures-months", from: season, shows: "figures", play: func(b *book) { b.figures(3) }},
	{name: "figures-discounts", from: season, shows: "figures", play: func(b *book) { b.figures(9) }},
	{name: "figures-points", from: season, shows: "figures", play: func(b *book) { b.figures(10) }},
	{name: "figures-cancelled", from: season, shows: "figures", play: func(b *book) { b.figures(14) }},
	{name: "figures-expiring", from: season, shows: "figures", play: func(b *book) { b.figures(11) }},
	{name: "figures-debts", from: season, shows: "figures", play: func(b *book) { b.figures(12) }},
	{name: "figures-removed", from: season, shows: "figures", play: func(b *book) { b.figures(13) }},
	{name: "figures-shifts", from: season, shows: "figures", play: func(b *book) { b.figures(15) }},
	{name: "figures-codes", from: season, shows: "figures", play: func(b *book) { b.figures(16) }},
	{name: "figures-skips", from: season, shows: "figures", play: func(b *book) { b.figures(17) }},
	{name: "figures-empty", from: morning, shows: "figures", play: func(b *book) { b.owner().press(keys.Esc).menu("reports") }},
	{name: "figures-sales", from: season, shows: "figures.sales", play: func(b *book) { b.figures(4).press(keys.Enter, keys.Enter) }},
	{name: "figures-cheque", from: season, shows: "figures.cheque", play: func(b *book) { b.figures(17).press(keys.Enter, keys.Enter) }},
	{name: "figures-shift", from: season, shows: "figures.shift", play: func(b *book) { b.figures(15).press(keys.Enter, keys.Enter) }},
	{name: "figures-export", from: season, shows: "figures.export", play: func(b *book) {
		b.figures(0).press("F7", "Ctrl+A").typed("/home/kassa/отчёт.csv")
	}},
	{name: "overview", from: season, shows: "overview", wide: true, play: func(b *book) { b.owner().menu("overview") }},
	{name: "overview-first", from: season, shows: "overview", play: func(b *book) {
		b.set.StartScreen = "overview"
		b.owner()
	}},
	{name: "figures-period", from: season, shows: "period", play: func(b *book) { b.figures(0).press("F2") }},
	{name: "figures-period-wrong", from: season, shows: "period", play: func(b *book) {
		b.figures(0).press("F2").typed("31.02.2026").press("Ctrl+Enter")
	}},
}

// figures opens the reports and goes down to one.
func (b *book) figures(report int) *book {
	b.owner().menu("reports")
	for range report {
		b.press(keys.Down)
	}
	return b
}

// season lives the month of a demo shop, up to yesterday.
func (m *maker) season(behind till.Params, lang string) {
	behind.Settings = func() pos.Settings {
		set := settingsIn(lang)
		set.Rules.PointsLife = month.PointsLife
		return set
	}
	m.do(func() (err error) {
		m.demo, err = month.Live(m.ctx, month.Params{Till: behind, Files: assets.DemoIn(lang), Words: words.New(lang, "RUB", ""), Now: uitest.Start, Seed: 1})
		return err
	})
}
