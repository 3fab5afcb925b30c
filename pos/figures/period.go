package figures

import (
	"time"

	"kassa/pos"
)

// Span is the shape of a period.
type Span string

// The shapes.
const (
	SpanDay     Span = "day"
	SpanWeek    Span = "week" // Monday to Sunday
	SpanMonth   Span = "month"
	SpanQuarter Span = "quarter"
	SpanYear    Span = "year"
	SpanCustom  Span = "custom"
)

// Period is a run of whole days, both ends included.
type Period struct {
	Span     Span
	From, To Day
}

// Of is the period of a shape that holds a day; a custom one is that day alone.
func Of(s Span, d Day) Period {
	y, m, _ := d.Parts()
	switch s {
	case SpanWeek:
		monday := d.Add(1 - d.Weekday())
		return Period{s, monday, monday.Add(6)}
	case SpanMonth:
		return Period{s, d.Month(), d.NextMonth().Add(-1)}
	case SpanQuarter:
		first := Date(y, (m-1)/3*3+1, 1)
		return Period{s, first, Date(y, (m-1)/3*3+4, 1).Add(-1)}
	case SpanYear:
		return Period{s, Date(y, 1, 1), Date(y, 12, 31)}
	case SpanCustom:
		return Period{s, d, d}
	}
	return Period{SpanDay, d, d}
}

// Between is the custom period of two days. It returns CodeInvalid
// "figures.period-order" when the first is after the last.
func Between(from, to Day) (Period, error) {
	if from > to {
		return Period{}, pos.E(pos.CodeInvalid, "figures.period-order", pos.Args{"From": from.String(), "To": to.String()})
	}
	return Period{SpanCustom, from, to}, nil
}

// Days is how many days the period has.
func (p Period) Days() int { return p.To.Since(p.From) + 1 }

// Has tells whether a day lies in the period.
func (p Period) Has(d Day) bool { return p.From <= d && d <= p.To }

// Before is the period before, of the same shape: the month before a month, as
// many days before a custom one.
func (p Period) Before() Period { return p.step(-1) }

// After is the period after, of the same shape.
func (p Period) After() Period { return p.step(1) }

func (p Period) step(by int) Period {
	if p.Span == SpanCustom {
		n := p.Days() * by
		return Period{SpanCustom, p.From.Add(n), p.To.Add(n)}
	}
	if by < 0 {
		return Of(p.Span, p.From.Add(-1))
	}
	return Of(p.Span, p.To.Add(1))
}

// WeekBefore is the same days of the week before: last Tuesday for a Tuesday.
func (p Period) WeekBefore() Period { return Period{SpanCustom, p.From.Add(-7), p.To.Add(-7)} }

// Moments are the first moment of the period and the first after it.
func (p Period) Moments(zone *time.Location) (from, to time.Time) {
	return p.From.Start(zone), p.To.Add(1).Start(zone)
}

// Check refuses a period no shop can have: CodeInvalid "figures.period-order"
// or "figures.period-year".
func (p Period) Check() error {
	if p.From > p.To {
		return pos.E(pos.CodeInvalid, "figures.period-order", pos.Args{"From": p.From.String(), "To": p.To.String()})
	}
	first, _, _ := p.From.Parts()
	last, _, _ := p.To.Parts()
	if first < firstYear || last > lastYear {
		return pos.E(pos.CodeInvalid, "figures.period-year", pos.Args{"First": itoa(firstYear), "Last": itoa(lastYear)})
	}
	return nil
}

// Quick is a period that has a name of its own.
type Quick string

// The quick periods, in the order shown.
const (
	Today     Quick = "today"
	Yesterday Quick = "yesterday"
	ThisWeek  Quick = "week"
	ThisMonth Quick = "month"
	LastMonth Quick = "last-month"
	ThisYear  Quick = "year"
	Own       Quick = "own" // two days of the person's choice
)

// Quicks lists them.
var Quicks = []Quick{Today, Yesterday, ThisWeek, ThisMonth, LastMonth, ThisYear, Own}

// On is the quick period as seen on a day; Own is the day alone.
func (q Quick) On(today Day) Period {
	switch q {
	case Yesterday:
		return Of(SpanDay, today.Add(-1))
	case ThisWeek:
		return Of(SpanWeek, today)
	case ThisMonth:
		return Of(SpanMonth, today)
	case LastMonth:
		return Of(SpanMonth, today).Before()
	case ThisYear:
		return Of(SpanYear, today)
	case Own:
		return Of(SpanCustom, today)
	}
	return Of(SpanDay, today)
}
