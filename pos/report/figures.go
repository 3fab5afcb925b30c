package report

import (
	"time"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
)

// Figures tells a report as a table. Beside the first column of a report that
// compares stand what it was and by how much it changed.
func Figures(r *figures.Report, say Say, f money.Formatter) Table {
	t := Table{Title: say("figures.kind."+string(r.Kind), nil), Empty: say("figures.empty", nil)}
	t.Head = append(t.Head, Column{Name: say("figures.of."+string(r.Kind), nil)})
	for i, c := range r.Columns {
		t.Head = append(t.Head, Column{Name: say("figures.col."+c.ID, nil), Figure: figure(c.Unit)})
		if i == 0 && r.Versus != figures.Alone {
			t.Head = append(t.Head, Column{Name: say("figures.col.was", nil), Figure: true}, Column{Name: say("figures.col.change", nil), Figure: true})
		}
	}
	for i := range r.Rows {
		t.Rows = append(t.Rows, fields(r, &r.Rows[i], say, f))
	}
	return t
}

func figure(u figures.Unit) bool { return u != figures.Words && u != figures.Moment }

// FiguresTotal is the total of a report in the fields of its table; nil where
// it has none.
func FiguresTotal(r *figures.Report, say Say, f money.Formatter) []string {
	if r.Total == nil {
		return nil
	}
	all := fields(r, r.Total, say, f)
	if r.FirstOnly {
		clear(all[2:])
	}
	return all
}

func fields(r *figures.Report, row *figures.Row, say Say, f money.Formatter) []string {
	out := []string{row.Label.Say(say)}
	for i, c := range row.Cells {
		out = append(out, Figure(c, r.Columns[i].Unit, say, f))
		if i == 0 && r.Versus != figures.Alone {
			out = append(out, Figure(row.Was[0], r.Columns[0].Unit, say, f), Changed(figures.Change{Now: c.N, Was: row.Was[0].N}, f))
		}
	}
	return out
}

// Figure writes one cell.
func Figure(c figures.Cell, u figures.Unit, say Say, f money.Formatter) string {
	switch u {
	case figures.Money:
		return f.Bare(money.Amount(c.N))
	case figures.Quantity:
		return f.Quantity(money.Quantity(c.N))
	case figures.Percent:
		return f.Percent(money.Percent(c.N))
	case figures.Words:
		return c.Text.Say(say)
	case figures.Moment:
		if c.N == 0 {
			return ""
		}
		return say("report.moment", pos.Args{"At": time.UnixMilli(c.N)})
	}
	return f.Points(c.N)
}

// Changed writes by what share a figure changed, with its sign; nothing where
// there is no share.
func Changed(c figures.Change, f money.Formatter) string {
	p, ok := c.Percent()
	switch {
	case !ok && c.Now == 0:
		return ""
	case !ok:
		return "–"
	case p > 0:
		return "+" + f.Percent(p)
	}
	return f.Percent(p)
}
