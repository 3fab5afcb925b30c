package figures

// How a chart writes its figures: short on the axis, as full as there is room at
// the bars.

import (
	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
	"kassa/pos/report"
	"kassa/ui/chart"
)

// grade is a unit in which large figures are written.
type grade struct {
	from int64  // the figure from which an axis is written so
	size int64  // how much it stands for
	id   string // "figures.short.<id>" says it
}

var grades = []grade{
	{1_000_000_000, 1_000_000_000, "milliard"},
	{1_000_000, 1_000_000, "million"},
	{10_000, 1_000, "thousand"},
}

// writer writes the figures of a chart.
func writer(unit figures.Unit, say report.Say, f money.Formatter) chart.Writer {
	one := int64(1)
	if unit == figures.Money {
		one = f.Unit()
	}
	whole := func(v, top int64) string {
		if unit == figures.Money && top < 10*one {
			return f.Bare(money.Amount(v)) // kopecks are all there is
		}
		return f.Points(rounded(v, one))
	}
	bare := func(v, top int64) string {
		if g := gradeOf(top, one); g != nil {
			return g.write(v, top, one, f)
		}
		return whole(v, top)
	}
	short := func(v, top int64) string {
		if g := gradeOf(top, one); g != nil && v != 0 {
			return say("figures.short."+g.id, pos.Args{"Sum": bare(v, top)})
		}
		return whole(v, top)
	}
	return chart.Writer{Axis: short, Values: []func(v, top int64) string{whole, short, bare}}
}

// gradeOf is the unit of an axis; nil for one that is written in full.
func gradeOf(top, one int64) *grade {
	for i := range grades {
		if top/one >= grades[i].from {
			return &grades[i]
		}
	}
	return nil
}

// write writes a figure in the unit, to a tenth of it, or to a hundredth where
// there are few of it.
func (g *grade) write(v, top, one int64, f money.Formatter) string {
	part := int64(10)
	if top/one < 10*g.size {
		part = 100
	}
	return f.Quantity(money.Quantity(rounded(v, one*(g.size/part))) * money.One / money.Quantity(part))
}

// rounded divides to the nearest whole, halves away from zero.
func rounded(v, by int64) int64 {
	if v < 0 {
		return -rounded(-v, by)
	}
	return (v + by/2) / by
}
