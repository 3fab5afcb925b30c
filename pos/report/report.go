// Package report tells a shift, the sales, the points, the debts and the skipped
// codes as rows, and rows as lines of text for a printer of 32 or 48 columns or
// for a screen. It is pure: the same input gives the same rows.
package report

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Say translates a message id with its typed values.
type Say func(id string, args pos.Args) string

// Mark says how a row stands out.
type Mark int

// Marks of rows.
const (
	Plain  Mark = iota
	Title       // the name of the report, in the middle
	Strong      // a figure the report is read for
	Rule        // a line between two parts
)

// Row is a name and its figure.
type Row struct {
	Mark  Mark
	Label string
	Value string
}

// Shift writes an X report of an open shift or a Z report of a closed one.
// Figures of nothing are left out, but for the ones a drawer is counted by.
func Shift(r *pos.ShiftReport, say Say, f money.Formatter) []Row {
	b := &builder{say: say, f: f}
	id := "report.z"
	if r.Shift.Open() {
		id = "report.x"
	}
	if r.Shop != "" {
		b.add(Title, r.Shop, "")
	}
	b.add(Title, say(id, pos.Args{"Number": r.Shift.Number}), "")
	b.head(r)
	b.rule()
	b.sales(r)
	b.rule()
	b.tenders(r)
	b.rule()
	b.returns(r)
	b.rule()
	b.drawer(r)
	b.rule()
	b.trail(r)
	return b.rows
}

type builder struct {
	say  Say
	f    money.Formatter
	rows []Row
}

func (b *builder) add(m Mark, label, value string) {
	b.rows = append(b.rows, Row{Mark: m, Label: label, Value: value})
}

func (b *builder) rule() { b.add(Rule, "", "") }

func (b *builder) text(id, value string) {
	if value != "" {
		b.add(Plain, b.say(id, nil), value)
	}
}

func (b *builder) sum(id string, a money.Amount) { b.add(Plain, b.say(id, nil), b.f.Bare(a)) }

// some is sum for a figure that is left out when it is nothing.
func (b *builder) some(id string, a money.Amount) {
	if a != 0 {
		b.sum(id, a)
	}
}

func (b *builder) count(id string, n int64) {
	if n != 0 {
		b.add(Plain, b.say(id, nil), b.f.Points(n))
	}
}

func (b *builder) moment(id string, t time.Time) {
	if !t.IsZero() {
		b.add(Plain, b.say(id, nil), b.say("report.moment", pos.Args{"At": t}))
	}
}

func (b *builder) head(r *pos.ShiftReport) {
	b.text("report.till", r.Till)
	b.text("report.opened-by", r.Employee)
	b.moment("report.opened", r.Shift.OpenedAt)
	b.moment("report.closed", r.Shift.ClosedAt)
	b.moment("report.at", r.At)
}

func (b *builder) sales(r *pos.ShiftReport) {
	b.add(Plain, b.say("report.sales", nil), b.f.Points(r.Sales))
	if r.Discount != 0 {
		b.sum("report.gross", r.Gross)
		b.sum("report.discount", r.Discount)
	}
	b.add(Strong, b.say("report.sold", nil), b.f.Amount(r.Total))
	b.some("report.vat", r.VAT)
}

func (b *builder) tenders(r *pos.ShiftReport) {
	for _, m := range pos.SaleMethods {
		if r.ByTender[m] != 0 {
			b.add(Plain, b.say("report.tender", pos.Args{"Method": m}), b.f.Bare(r.ByTender[m]))
		}
	}
	for _, m := range pos.Methods {
		if r.Repaid[m] != 0 {
			b.add(Plain, b.say("report.repaid", pos.Args{"Method": m}), b.f.Bare(r.Repaid[m]))
		}
	}
	b.count("report.points-spent", r.Points.Spent)
	b.count("report.points-earned", r.Points.Earned)
	b.some("report.debt-added", r.DebtAdded)
	b.some("report.prepaid", r.Prepaid)
}

// returns tells what came back, apart from what was sold, and tenders that were
// corrected; nothing of a shift that had neither.
func (b *builder) returns(r *pos.ShiftReport) {
	if r.Returns.Count != 0 {
		b.add(Plain, b.say("report.returns", nil), b.f.Points(r.Returns.Count))
		b.add(Strong, b.say("report.returned", nil), b.f.Amount(r.Returns.Total))
		b.some("report.vat", r.Returns.VAT)
		for _, m := range pos.RefundMethods {
			if r.Returns.ByMethod[m] != 0 {
				b.add(Plain, b.say("report.tender", pos.Args{"Method": m}), b.f.Bare(r.Returns.ByMethod[m]))
			}
		}
		b.count("report.points-restored", r.Returns.Points.Restored)
		b.count("report.points-taken", r.Returns.Points.Taken)
	}
	for _, m := range pos.Methods {
		if r.Corrected[m] != 0 {
			b.add(Plain, b.say("report.corrected", pos.Args{"Method": m}), b.f.Bare(r.Corrected[m]))
		}
	}
}

func (b *builder) drawer(r *pos.ShiftReport) {
	b.sum("report.float", r.Shift.Float)
	b.some("report.cash-in", r.CashIn)
	b.some("report.cash-out", r.CashOut)
	b.some("report.cash-back", r.Returns.OutOfDrawer())
	b.add(Strong, b.say("report.expected", nil), b.f.Amount(r.Expected))
	if !r.Shift.Open() {
		b.sum("report.counted", r.Counted)
		for _, p := range r.Counting.Piles {
			b.add(Plain, b.say("report.notes", pos.Args{"Note": b.f.Points(int64(p.Note) / b.f.Unit()), "Many": b.f.Points(p.Many)}), b.f.Bare(p.Sum()))
		}
		b.some("report.coins", r.Counting.Coins)
		b.add(Strong, b.say(DifferenceID(r.Difference), nil), b.f.Amount(r.Difference))
	}
}

// DifferenceID names a difference by what it means.
func DifferenceID(d money.Amount) string {
	switch {
	case d < 0:
		return "report.short"
	case d > 0:
		return "report.over"
	}
	return "report.even"
}

func (b *builder) trail(r *pos.ShiftReport) {
	b.count("report.removed", r.Removed)
	b.count("report.cancelled", r.Cancelled)
	b.count("report.skips", r.Skips)
	b.text("report.head", r.Head)
}
