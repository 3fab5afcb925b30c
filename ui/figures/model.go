// Package figures shows how the shop is doing: reports with a chart, the sales
// behind each figure, the owner's start page, and the lists that are no sums:
// shifts, sales, points, debts, skipped codes, approvals.
package figures

import (
	"strings"

	"kassa/pos/figures"
	"kassa/pos/money"
	"kassa/pos/report"
	"kassa/ui"
	"kassa/ui/chart"
	"kassa/ui/dates"
	"kassa/ui/widgets"
)

// most bounds the bars of a chart of names: more cannot be read.
const most = 8

// kindRows are the reports of the list at the left.
var kindRows = figures.Kinds

// page is a loaded report as it is drawn.
type page struct {
	*figures.Report
	table report.Table
	total []string
	chart chart.Data
	rows  []int // of the report, by bar
}

// newPage puts a report in words.
func newPage(r *figures.Report, say report.Say, f money.Formatter) *page {
	p := &page{Report: r, table: report.Figures(r, say, f), total: report.FiguresTotal(r, say, f)}
	if r.Chart && len(r.Columns) > 0 {
		p.chart, p.rows = bars(r, say, f)
	}
	return p
}

// across tells the reports whose rows are names.
func across(k figures.Kind) bool {
	switch k {
	case figures.Days, figures.Hours, figures.Weekdays, figures.Months, figures.PointsFlow, figures.Expiring:
		return false
	}
	return true
}

// bars are the first rows of a report as a chart.
func bars(r *figures.Report, say report.Say, f money.Formatter) (chart.Data, []int) {
	unit := r.Columns[0].Unit
	d := chart.Data{Compare: r.Versus != figures.Alone, Across: across(r.Kind), Write: writer(unit, say, f)}
	d.Names[0] = say("figures.col."+r.Columns[0].ID, nil)
	if d.Compare {
		d.Names = [2]string{dates.PeriodName(say, r.Period), dates.PeriodName(say, r.Other())}
	}
	var rows []int
	any := false
	for i := range r.Rows {
		if d.Across && i == most {
			break
		}
		row := &r.Rows[i]
		b := chart.Bar{Value: row.Cells[0].N, Short: shortLabel(r, row, say)}
		b.Told = row.Label.Say(say) + ": " + report.Figure(row.Cells[0], unit, say, f)
		if row.Was != nil {
			b.Was = row.Was[0].N
			b.Told += " · " + strings.ToLower(say("figures.col.was", nil)) + " " + report.Figure(row.Was[0], unit, say, f)
			if c := report.Changed(figures.Change{Now: b.Value, Was: b.Was}, f); c != "" {
				b.Told += " · " + c
			}
		}
		any = any || b.Value != 0 || b.Was != 0
		d.Bars, rows = append(d.Bars, b), append(rows, i)
	}
	if !any {
		return chart.Data{}, nil
	}
	return d, rows
}

// shortest is how long a name beside a bar may be.
const shortest = 30

// shortLabel is what stands at a bar: little room for moments, some for names.
func shortLabel(r *figures.Report, row *figures.Row, say report.Say) string {
	l := row.Label
	switch r.Kind {
	case figures.Days:
		if d, ok := l.Args["Day"].(string); ok {
			return strings.TrimLeft(d, "0")
		}
	case figures.Hours:
		if from, ok := l.Args["From"].(string); ok {
			return from
		}
	case figures.Weekdays:
		return say("figures.weekday-short."+row.Key, nil)
	case figures.Months, figures.PointsFlow, figures.Expiring:
		if r.Kind == figures.Expiring && row.Key == "0" {
			return l.Say(say) // no month: points that never expire
		}
		text := []rune(l.Say(say))
		return string(text[:min(3, len(text))])
	}
	text := []rune(l.Say(say))
	if len(text) > shortest {
		return strings.TrimSpace(string(text[:shortest-1])) + "…"
	}
	return string(text)
}

// columns of the table: the name shares what the figures leave.
func columns(p *page) []widgets.Column {
	cols := make([]widgets.Column, len(p.table.Head))
	for i, h := range p.table.Head {
		cols[i] = widgets.Column{Title: h.Name, Width: 116, Align: align(h.Figure)}
		switch {
		case i == 0:
			cols[i].Width, cols[i].Share = 0, 1.6
		case !h.Figure && p.moment(i):
			cols[i].Width = moment
		case !h.Figure:
			cols[i].Width, cols[i].Share = 0, 1
		}
		// What a narrow table has no room for: the later columns first.
		if i > 2 {
			cols[i].From = 300 + 120*float32(i)
		}
	}
	return cols
}

// moment tells whether a column of the table holds days with their time.
func (p *page) moment(i int) bool {
	i--
	if p.Versus != figures.Alone && i > 2 {
		i -= 2
	}
	return i >= 0 && i < len(p.Columns) && p.Columns[i].Unit == figures.Moment
}

// title names the report and its period.
func (p *page) title(env *ui.Env) string {
	if p.Kind.Timeless() {
		return p.table.Title
	}
	return p.table.Title + " · " + dates.PeriodName(env.T, p.Period)
}

// totalLine is the total of the report on one line: what it is of, and each
// figure with its name.
func (p *page) totalLine() string {
	if p.total == nil || len(p.table.Rows) == 0 {
		return ""
	}
	parts := []string{p.total[0] + " " + p.total[1]}
	for i := 2; i < len(p.total); i++ {
		if p.total[i] != "" {
			parts = append(parts, p.table.Head[i].Name+" "+p.total[i])
		}
	}
	for i := range parts {
		parts[i] = strings.ReplaceAll(parts[i], " ", "\u00a0") // a figure stays beside its name
	}
	return strings.Join(parts, " · ")
}
