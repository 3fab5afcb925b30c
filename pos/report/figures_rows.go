package report

import (
	"strconv"
	"time"

	"kassa/pos/exports"
	"kassa/pos/figures"
	"kassa/pos/money"
)

// PlainFigure writes one cell for programs: figures as decimal texts without
// grouping, moments in RFC 3339, nothing for a moment that never was.
func PlainFigure(c figures.Cell, u figures.Unit, say Say) string {
	switch u {
	case figures.Money:
		return money.Amount(c.N).String()
	case figures.Quantity:
		return money.Quantity(c.N).String()
	case figures.Percent:
		return money.Percent(c.N).String()
	case figures.Words:
		return c.Text.Say(say)
	case figures.Moment:
		if c.N == 0 {
			return ""
		}
		return time.UnixMilli(c.N).Format(time.RFC3339)
	}
	return strconv.FormatInt(c.N, 10)
}

// FiguresRows are a report's rows, without its total, as a list to write out:
// each cell under the name of its column.
func FiguresRows(r *figures.Report, say Say) [][]exports.Cell {
	head := figuresHead(r, say)
	rows := make([][]exports.Cell, 0, len(r.Rows))
	for i := range r.Rows {
		row := &r.Rows[i]
		cells := []exports.Cell{{Name: head[0], Value: row.Label.Say(say)}}
		add := func(c figures.Cell, u figures.Unit) {
			cells = append(cells, exports.Cell{Name: head[len(cells)], Value: PlainFigure(c, u, say), Kind: kindOf(u)})
		}
		for j, c := range row.Cells {
			add(c, r.Columns[j].Unit)
			if j == 0 && r.Versus != figures.Alone {
				add(row.Was[0], r.Columns[0].Unit)
			}
		}
		rows = append(rows, cells)
	}
	return rows
}

func kindOf(u figures.Unit) exports.Kind {
	switch u {
	case figures.Words:
		return exports.Text
	case figures.Moment:
		return exports.Plain
	}
	return exports.Number
}

// figuresHead are the names of a report's columns; none stands twice.
func figuresHead(r *figures.Report, say Say) []string {
	head := []string{say("figures.of."+string(r.Kind), nil)}
	for i, c := range r.Columns {
		head = append(head, say("figures.col."+c.ID, nil))
		if i == 0 && r.Versus != figures.Alone {
			head = append(head, say("figures.col.was", nil))
		}
	}
	return head
}
