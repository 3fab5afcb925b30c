package figures

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"kassa/pos"
)

// Names are what reports call people and goods by.
type Names struct {
	Employees map[string]string
	Products  map[string]Product
}

// Build makes a report of sums: those of the period, and those of the other one
// where q compares.
func Build(q Query, now, was map[Place]*Sums, n Names) *Report {
	ms := measuresOf[q.Kind]
	r := &Report{Query: q, Chart: true, Opens: OpensSales}
	for _, m := range ms {
		r.Columns = append(r.Columns, m.Column)
	}
	g := grouped(q, q.Period, now, n)
	o := grouped(q, q.Other(), was, n)
	all, past := total(g), total(o)
	for _, key := range q.keys(g, o) {
		row := Row{Key: key, Label: label(q, key, n), Cells: measured(ms, at(g, key), all)}
		if q.Versus != Alone {
			row.Was = measured(ms, at(o, key), past)
		}
		r.Rows = append(r.Rows, row)
	}
	if len(r.Rows) > 0 {
		r.Total = &Row{Label: Label{ID: "figures.total"}, Cells: measured(ms, all, all)}
		if q.Versus != Alone {
			r.Total.Was = measured(ms, past, past)
		}
	}
	if !inOrder(q.Kind) {
		slices.SortStableFunc(r.Rows, func(a, b Row) int { return cmp.Compare(b.Cells[0].N, a.Cells[0].N) })
	}
	if q.Kind == Margin && all.Net() != 0 {
		r.Notes = append(r.Notes, Label{ID: "figures.margin-known", Args: pos.Args{"Share": Share(int64(all.Costed), int64(all.Net()))}})
	}
	return r
}

// inOrder reports keep the order of time; the others begin with the largest.
func inOrder(k Kind) bool {
	return k == Hours || k == Days || k == Weekdays || k == Months || k == PointsFlow
}

var nothing = &Sums{}

func at(g map[string]*Sums, key string) *Sums {
	if s := g[key]; s != nil {
		return s
	}
	return nothing
}

func measured(ms []measure, s, all *Sums) []Cell {
	out := make([]Cell, len(ms))
	for i, m := range ms {
		out[i].N = m.of(s, all)
	}
	return out
}

func total(g map[string]*Sums) *Sums {
	all := &Sums{}
	for _, s := range g {
		all.Add(s)
	}
	return all
}

// grouped adds up cells by the key of the report's rows. Days and months count
// from the beginning of their period, so that the first stands beside the first.
func grouped(q Query, p Period, cells map[Place]*Sums, n Names) map[string]*Sums {
	g := map[string]*Sums{}
	for place, s := range cells {
		key := place.Key
		switch q.Kind {
		case Days:
			key = strconv.Itoa(place.Day.Since(p.From))
		case Weekdays:
			key = strconv.Itoa(place.Day.Weekday())
		case Months, PointsFlow:
			key = strconv.Itoa(months(p.From, place.Day))
		case Categories:
			key = n.Products[place.Key].Category
		}
		if g[key] == nil {
			g[key] = &Sums{}
		}
		g[key].Add(s)
	}
	return g
}

// months is how many months later a day lies.
func months(from, d Day) int {
	y, m, _ := from.Parts()
	dy, dm, _ := d.Parts()
	return (dy-y)*12 + int(dm) - int(m)
}

// keys are the report's rows in the order of time, or of their keys. Days and
// months without sales have rows too: a gap in a chart would hide them.
func (q Query) keys(g, o map[string]*Sums) []string {
	last := q.Period.To
	if q.Today != 0 {
		last = max(min(last, q.Today), q.Period.From)
	}
	run := func(from, to int) (out []string) {
		for i := from; i <= to; i++ {
			out = append(out, strconv.Itoa(i))
		}
		return out
	}
	switch q.Kind {
	case Days:
		return run(0, max(last.Since(q.Period.From), largest(g)))
	case Months, PointsFlow:
		return run(0, max(months(q.Period.From, last), largest(g)))
	case Weekdays:
		return run(1, 7)
	}
	both := maps.Clone(g)
	maps.Copy(both, o)
	keys := slices.Sorted(maps.Keys(both))
	if q.Kind == Hours && len(keys) > 0 {
		first, _ := strconv.Atoi(keys[0])
		end, _ := strconv.Atoi(keys[len(keys)-1])
		keys = keys[:0]
		for h := first; h <= end; h++ {
			keys = append(keys, hour(h))
		}
	}
	return keys
}

// largest is the largest number among keys: a sale of a day yet to come, by a
// clock that was set wrong, is shown all the same.
func largest(g map[string]*Sums) int {
	n := 0
	for key := range g {
		if i, err := strconv.Atoi(key); err == nil {
			n = max(n, i)
		}
	}
	return n
}

func hour(h int) string { return string([]byte{'0' + byte(h/10), '0' + byte(h%10)}) }

// label names a row.
func label(q Query, key string, n Names) Label {
	num, _ := strconv.Atoi(key)
	switch q.Kind {
	case Hours:
		return Label{ID: "figures.hour", Args: pos.Args{"From": hour(num), "To": hour(num + 1)}}
	case Days:
		return DayLabel(q.Period.From.Add(num))
	case Weekdays:
		return Label{ID: "figures.weekday." + key}
	case Months, PointsFlow:
		y, m, _ := q.Period.From.Parts()
		return MonthLabel(Date(y, m, 1).plusMonths(num))
	case Products, Margin:
		if p, ok := n.Products[key]; ok {
			return Label{Text: p.Name}
		}
		return Label{ID: "figures.unknown-product"}
	case Categories:
		if key == "" {
			return Label{ID: "figures.no-category"}
		}
		return Label{Text: key}
	case Employees, Discounts:
		if name := n.Employees[key]; name != "" {
			return Label{Text: name}
		}
		return Label{ID: "figures.unknown-employee"}
	case Tenders:
		return Label{ID: pos.Method(key).Word()}
	}
	return Label{Text: key}
}

func (d Day) plusMonths(n int) Day {
	for range n {
		d = d.NextMonth()
	}
	return d
}

// DayLabel names a day with its weekday.
func DayLabel(d Day) Label {
	y, m, n := d.Parts()
	return Label{ID: "figures.day", Args: pos.Args{"Day": two(n), "Month": two(int(m)), "Year": strconv.Itoa(y),
		"Weekday": Label{ID: "figures.weekday-short." + strconv.Itoa(d.Weekday())}}}
}

// MonthLabel names a month and its year.
func MonthLabel(d Day) Label {
	y, m, _ := d.Parts()
	return Label{ID: "figures.month-year", Args: pos.Args{"Month": Label{ID: "month.name." + strconv.Itoa(int(m))}, "Year": strconv.Itoa(y)}}
}

func two(n int) string { return hour(n) }

// Say writes the label; labels among its values are said first.
func (l Label) Say(say func(id string, args pos.Args) string) string {
	if l.ID == "" {
		return l.Text
	}
	args := l.Args
	for k, v := range args {
		if inner, ok := v.(Label); ok {
			args = maps.Clone(args)
			args[k] = inner.Say(say)
		}
	}
	return say(l.ID, args)
}
