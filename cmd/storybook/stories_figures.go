package main

import (
	"time"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// season is day with seven weeks of sales before it, so that figures have
// something to compare.
const season state = "season"

// seasonDays is how long ago its first sale was.
const seasonDays = 50

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

// season sells for weeks: more on Fridays and Saturdays, most after work.
func (m *maker) season() {
	m.clock.Set(-seasonDays * 24 * time.Hour)
	m.do(func() error { _, err := m.till.ConfirmClock(m.ctx, till.System()); return err })
	methods := []pos.Method{pos.Cash, pos.Card, pos.Card, pos.Transfer}
	groups := []pos.GroupID{pos.GroupSeniorCashier, pos.GroupCashier, pos.GroupOwner}
	n := 0
	for day := range seasonDays - 1 {
		began := m.clock.Now()
		m.login(groups[day%len(groups)])
		m.open(150000)
		sales := 3 + day*7%4
		if wd := began.Weekday(); wd == time.Friday || wd == time.Saturday {
			sales += 3
		}
		for i := range sales {
			n++
			goods := []int{piece[n*7%5], piece[n*3%14]}
			if n%3 == 0 {
				goods = append(goods, piece[14+n%6])
			}
			m.ring(goods...)
			if n%11 == 0 {
				m.do(func() error { _, err := m.till.RemoveLine(m.ctx, m.who, 1, "передумал"); return err })
			}
			if n%4 == 0 {
				m.customer(1 + n%8)
			}
			m.pay(methods[n%len(methods)])
			m.finish()
			m.clock.Move(time.Duration(20+i*15) * time.Minute)
		}
		m.do(func() error {
			x, err := m.till.XReport(m.ctx, m.who)
			if err != nil {
				return err
			}
			short := x.Expected
			if day%9 == 4 {
				short -= 5000
			}
			_, err = m.till.CloseShift(m.ctx, m.who, short)
			return err
		})
		m.clock.Move(began.Add(24 * time.Hour).Sub(m.clock.Now()))
	}
	for m.err == nil {
		more, err := m.till.RollFigures(m.ctx)
		if m.err = err; !more {
			break
		}
	}
	m.clock.Move(uitest.Start.Add(-27 * time.Hour).Sub(m.clock.Now()))
	m.login(pos.GroupOwner)
}
