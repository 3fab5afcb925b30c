// Package drawer is the cash in the till: opening a shift with a float, cash in
// and out, the X report, and closing by a blind count.
package drawer

import (
	"strings"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	shiftreport "kassa/pos/report"
)

// figure is a line of a report.
type figure struct {
	label, value string
	strong       bool // a sum that others lead to
	gap          bool // a separator stands above
	aside        bool // label says more of the line above, and there is no value
}

// xFigures are the lines of an X report: what a cashier checks during the day.
func xFigures(w *words.Words, r *pos.ShiftReport) []figure {
	return append(cashFigures(w, r), skipFigures(w, r)...)
}

// zFigures are the lines shown after a count: the same, and what was counted
// beside what was expected.
func zFigures(w *words.Words, r *pos.ShiftReport) []figure {
	m := w.Money()
	f := append(cashFigures(w, r),
		figure{label: w.T("report.counted", nil), value: m.Amount(r.Counted), strong: true})
	if text := notesLine(w, r.Counting); text != "" {
		f = append(f, figure{label: text, aside: true})
	}
	f = append(f,
		figure{label: w.T(shiftreport.DifferenceID(r.Difference), nil), value: m.Amount(r.Difference), strong: true})
	return append(f, skipFigures(w, r)...)
}

// notesLine tells what was counted note by note, in one line: a report in the window
// has no room for one of each.
func notesLine(w *words.Words, c money.Counting) string {
	m := w.Money()
	var parts []string
	for _, p := range c.Piles {
		parts = append(parts, strings.TrimSpace(w.T("report.notes", pos.Args{"Note": m.Points(int64(p.Note) / m.Unit()), "Many": m.Points(p.Many)})))
	}
	if c.Coins != 0 {
		parts = append(parts, w.T("report.coins", nil)+" "+m.Bare(c.Coins))
	}
	return strings.ReplaceAll(strings.Join(parts, "; "), " × ", "\u00a0×\u00a0")
}

// skipFigures tell of codes that were gone without, when there were any.
func skipFigures(w *words.Words, r *pos.ShiftReport) []figure {
	if r.Skips == 0 {
		return nil
	}
	return []figure{{label: w.T("drawer.skips", nil), value: w.Money().Points(r.Skips), gap: true}}
}

// cashFigures are the sales, their payments, and what must be in the drawer.
func cashFigures(w *words.Words, r *pos.ShiftReport) []figure {
	m := w.Money()
	f := []figure{
		{label: w.T("drawer.sales", nil), value: m.Points(r.Sales)},
		{label: w.T("drawer.gross", nil), value: m.Amount(r.Gross)},
		{label: w.T("drawer.discount", nil), value: m.Amount(r.Discount)},
		{label: w.T("drawer.total", nil), value: m.Amount(r.Total), strong: true},
	}
	first := true
	for _, method := range pos.SaleMethods {
		if a := r.ByTender[method]; a != 0 {
			f = append(f, figure{label: w.T(method.Word(), nil), value: m.Amount(a), gap: first})
			first = false
		}
	}
	first = true
	for _, method := range pos.Methods {
		if a := r.Repaid[method]; a != 0 {
			f = append(f, figure{label: w.T("drawer.repaid", pos.Args{"Method": method}), value: m.Amount(a), gap: first})
			first = false
		}
	}
	if r.Returns.Count > 0 {
		f = append(f, figure{label: w.T("drawer.returned", pos.Args{"Count": r.Returns.Count}), value: m.Amount(r.Returns.Total), gap: true, strong: true})
	}
	f = append(f,
		figure{label: w.T("drawer.float", nil), value: m.Amount(r.Shift.Float), gap: true},
		figure{label: w.T("drawer.in", nil), value: m.Amount(r.CashIn)},
		figure{label: w.T("drawer.out", nil), value: m.Amount(r.CashOut)})
	if a := r.Returns.OutOfDrawer(); a != 0 {
		f = append(f, figure{label: w.T("report.cash-back", nil), value: m.Amount(a)})
	}
	for _, method := range pos.CounterMethods {
		if a := r.Corrected[method]; a != 0 && method.InDrawer() {
			f = append(f, figure{label: w.T("report.corrected", pos.Args{"Method": method}), value: m.Amount(a)})
		}
	}
	return append(f, figure{label: w.T("drawer.expected", nil), value: m.Amount(r.Expected), strong: true})
}

// difference says how the count compares: the words and whether it is right.
func difference(w *words.Words, d money.Amount) (text string, right bool) {
	switch {
	case d == 0:
		return w.T("drawer.exact", nil), true
	case d > 0:
		return w.T("drawer.over", pos.Args{"Sum": d}), false
	}
	return w.T("drawer.short", pos.Args{"Sum": d.Neg()}), false
}

// amount reads what was typed; an empty field is zero where zero makes sense.
func amount(text string, zero bool) (money.Amount, error) {
	if zero && strings.TrimSpace(text) == "" {
		return 0, nil
	}
	return money.ParseAmount(text)
}
