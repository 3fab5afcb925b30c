package dates

import (
	"strconv"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// PeriodName names a period: a day, a month by its name, a quarter, a year, or
// its two days.
func PeriodName(say Say, p figures.Period) string {
	y, m, _ := p.From.Parts()
	switch p.Span {
	case figures.SpanMonth:
		return figures.MonthLabel(p.From).Say(say)
	case figures.SpanQuarter:
		return say("dates.quarter", pos.Args{"Quarter": strconv.Itoa((int(m)-1)/3 + 1), "Year": strconv.Itoa(y)})
	case figures.SpanYear:
		return say("dates.year", pos.Args{"Year": strconv.Itoa(y)})
	}
	if p.From == p.To {
		return figures.DayLabel(p.From).Say(say)
	}
	return short(p.From) + " – " + short(p.To)
}

func short(d figures.Day) string {
	y, m, n := d.Parts()
	return pos2(n) + "." + pos2(int(m)) + "." + pos2(y/100) + pos2(y%100)
}

// picker is the dialog in which a period is chosen.
type picker struct {
	env      *ui.Env
	dialog   *widgets.Dialog
	from, to *Field
	calendar *Calendar
	second   bool // the next day picked is the end
	news     *widgets.Banner
	chosen   func(figures.Period)
}

// PickPeriod lets the person choose a period: a quick one by its digit, or two
// days. chosen is not called when the dialog is left.
func PickPeriod(env *ui.Env, now figures.Period, today figures.Day, chosen func(figures.Period)) {
	k, say := env.Kit, env.T
	p := &picker{env: env, news: widgets.NewBanner("", widgets.Bad), chosen: chosen}
	wrong := func(err error) string { return env.Words.Error(err) }
	p.from = NewField(k, say("dates.placeholder", nil), now.From, wrong)
	p.to = NewField(k, say("dates.placeholder", nil), now.To, wrong)
	p.from.OnSubmitted = func(string) { p.to.Focus() }
	p.to.OnSubmitted = func(string) { p.take() }
	p.from.OnChanged = func(string) { p.mark() }
	p.to.OnChanged = func(string) { p.mark() }
	p.calendar = NewCalendar(k, say, min(now.To, today), today)
	p.calendar.SetRange(now.From, now.To)
	p.calendar.OnPicked = p.onPicked

	quick := widgets.VBox(theme.GapSmall)
	press := map[keys.Key]func(){}
	add := func(name string, period figures.Period) {
		key := keys.Key("F" + strconv.Itoa(len(press)+1))
		do := func() { p.choose(period) }
		b := k.KeyButton(say(name, nil), widgets.Secondary, key, do)
		b.Leading, b.CapFirst, b.Height = true, true, widgets.Compact
		quick.Add(b)
		press[key] = do
	}
	for _, q := range figures.Quicks {
		if q == figures.ThisYear {
			add("dates.quick.quarter", figures.Of(figures.SpanQuarter, today))
		}
		if q != figures.Own {
			add("dates.quick."+string(q), q.On(today))
		}
	}
	ok := k.KeyButton(say("dates.take", nil), widgets.Primary, "Ctrl+Enter", p.take)
	ok.Height = widgets.Large
	right := widgets.VBox(theme.GapCards, widgets.Equal(theme.GapCards,
		widgets.Field(say("dates.from", nil), p.from.Entry), widgets.Field(say("dates.to", nil), p.to.Entry)), p.news, p.calendar)
	p.dialog = k.Dialog(widgets.DialogSpec{Name: "period", Title: say("dates.title", nil), Subtitle: say("dates.hint", nil), Width: widgets.Narrow,
		Body: widgets.Columns(theme.GapInside, widgets.FixedWidth(220, quick), widgets.Grow(right)), Footer: ok})
	p.dialog.Show(p.from.Focusable(), func(s *keys.Scope) {
		for key, do := range press {
			s.BindKey(key, do)
		}
		s.BindKey("Ctrl+Enter", p.take)
	})
	env.Shown("period", "from", now.From.String(), "to", now.To.String())
}

// mark shows in the calendar what is typed, as far as it is days.
func (p *picker) mark() {
	from, err := figures.ParseDay(p.from.Text(), layouts...)
	to, err2 := figures.ParseDay(p.to.Text(), layouts...)
	if err == nil && err2 == nil {
		p.calendar.SetRange(from, to)
	}
}

// onPicked takes the first day picked as the beginning and the second as the
// end, whichever comes first.
func (p *picker) onPicked(d figures.Day) {
	if !p.second {
		p.from.SetDay(d)
		p.to.SetDay(d)
		p.second = true
		p.calendar.SetRange(d, d)
		return
	}
	from, ok := p.from.Day()
	if ok && d < from {
		p.to.SetDay(from)
		p.from.SetDay(d)
	} else {
		p.to.SetDay(d)
	}
	p.second = false
	p.mark()
}

// take takes the two days typed.
func (p *picker) take() {
	from, ok := p.from.Day()
	to, ok2 := p.to.Day()
	if !ok || !ok2 {
		p.dialog.Refresh()
		p.env.Shown("period", "error", string(pos.CodeInvalid))
		return
	}
	period, err := figures.Between(from, to)
	if err == nil {
		err = period.Check()
	}
	if err != nil {
		p.news.Set(p.env.Words.Error(err), widgets.Bad)
		p.dialog.Refresh()
		p.env.Shown("period", "error", string(pos.CodeOf(err)))
		return
	}
	if from == to {
		period = figures.Of(figures.SpanDay, from)
	}
	p.choose(period)
}

func (p *picker) choose(period figures.Period) {
	p.dialog.Close()
	p.chosen(period)
}
