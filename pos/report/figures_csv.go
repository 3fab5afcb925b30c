package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

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

// FiguresCSV writes a report with its head and without its total for a
// spreadsheet, in UTF-8 with the mark by which spreadsheets know it. What would
// be read as a formula is kept a text.
func FiguresCSV(to io.Writer, r *figures.Report, say Say) error {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(to)
	_ = w.Write(FiguresHead(r, say)) // the writer keeps the error until the end
	for i := range r.Rows {
		_ = w.Write(PlainRow(r, &r.Rows[i], say))
	}
	w.Flush()
	return w.Error()
}

// FiguresHead are the names of a report's columns, as PlainRow gives them.
func FiguresHead(r *figures.Report, say Say) []string {
	head := []string{say("figures.of."+string(r.Kind), nil)}
	for i, c := range r.Columns {
		head = append(head, say("figures.col."+c.ID, nil))
		if i == 0 && r.Versus != figures.Alone {
			head = append(head, say("figures.col.was", nil))
		}
	}
	return head
}

// PlainRow is a row for spreadsheets.
func PlainRow(r *figures.Report, row *figures.Row, say Say) []string {
	line := []string{noFormula(row.Label.Say(say))}
	for i, c := range row.Cells {
		text := PlainFigure(c, r.Columns[i].Unit, say)
		if r.Columns[i].Unit == figures.Words {
			text = noFormula(text)
		}
		line = append(line, text)
		if i == 0 && r.Versus != figures.Alone {
			line = append(line, PlainFigure(row.Was[0], r.Columns[0].Unit, say))
		}
	}
	return line
}

// noFormula keeps a name from being read as a formula.
func noFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
