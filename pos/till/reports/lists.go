package reports

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
)

// listing makes a report that is not made of sums of sales.
func (o *op) listing(q figures.Query) (*figures.Report, error) {
	r := &figures.Report{Query: q}
	list := map[figures.Kind]func(*figures.Report) error{
		figures.Expiring: o.expiring, figures.DebtAges: o.debtAges, figures.Removed: o.removed, figures.Cancelled: o.cancelled,
		figures.ShiftDiffs: o.shiftDiffs, figures.Codes: o.codes, figures.Skips: o.skips,
		figures.Promotions: o.promotionSums, figures.GiftCards: o.giftCards,
	}[q.Kind]
	return r, list(r)
}

// expiring tells how many points are lost in which month unless they are spent.
func (o *op) expiring(r *figures.Report) error {
	r.Columns = []figures.Column{{ID: "points", Unit: figures.Count}, {ID: "worth", Unit: figures.Money}}
	r.Chart = true
	left, err := o.LotsByExpiry(o.At, o.Zone())
	if err != nil {
		return err
	}
	var all int64
	cells := func(points int64) []figures.Cell {
		return []figures.Cell{{N: points}, {N: points * int64(o.Settings.Rules.PointValue)}}
	}
	for month, points := range left {
		row := figures.Row{Key: strconv.Itoa(int(month)), Label: figures.MonthLabel(max(month, 101)), Cells: cells(points)}
		if month == 0 {
			row.Label = figures.Label{ID: "figures.never-expires"}
		}
		all += points
		r.Rows = append(r.Rows, row)
	}
	// By month; what never expires comes last.
	slices.SortFunc(r.Rows, func(a, b figures.Row) int {
		return cmp.Or(cmp.Compare(len(b.Key), len(a.Key)), cmp.Compare(a.Key, b.Key))
	})
	r.Total = &figures.Row{Label: figures.Label{ID: "figures.total"}, Cells: cells(all)}
	return nil
}

// ages are the ends of the columns of debts, in days overdue.
var ages = []int{0, 7, 30, 90}

// debtAges tells who owes since when.
func (o *op) debtAges(r *figures.Report) error {
	for _, id := range []string{"debt", "not-due", "overdue-7", "overdue-30", "overdue-90", "overdue-more"} {
		r.Columns = append(r.Columns, figures.Column{ID: id, Unit: figures.Money})
	}
	r.Chart, r.Opens = true, figures.OpensCustomer
	debts, err := o.OpenDebts()
	if err != nil {
		return err
	}
	today := figures.DayOf(o.At, o.Zone())
	rows := map[pos.CustomerID]*figures.Row{}
	sum := figures.Row{Label: figures.Label{ID: "figures.total"}, Cells: make([]figures.Cell, len(r.Columns))}
	for i := range debts {
		d := &debts[i]
		row := rows[d.Customer]
		if row == nil {
			c, err := o.Customer(d.Customer)
			if err != nil {
				return err
			}
			row = &figures.Row{Key: string(c.ID), Label: figures.Label{Text: c.Name}, Cells: make([]figures.Cell, len(r.Columns))}
			rows[d.Customer] = row
		}
		age := 0
		if d.Overdue(o.Due()) {
			age = max(1, today.Since(figures.DayOf(d.Due, o.Zone())))
		}
		at := 1
		for at <= len(ages) && age > ages[at-1] {
			at++
		}
		for _, to := range []*figures.Row{row, &sum} {
			to.Cells[0].N += int64(d.Left)
			to.Cells[at].N += int64(d.Left)
		}
	}
	for _, row := range rows {
		r.Rows = append(r.Rows, *row)
	}
	slices.SortFunc(r.Rows, func(a, b figures.Row) int {
		return cmp.Or(cmp.Compare(b.Cells[0].N, a.Cells[0].N), cmp.Compare(a.Label.Text, b.Label.Text))
	})
	if len(r.Rows) > 0 {
		r.Total = &sum
	}
	return nil
}

// watched are the events of some kinds within the report's period.
func (o *op) watched(r *figures.Report, kinds ...pos.EventKind) ([]pos.Event, error) {
	from, to := r.Period.Moments(o.Zone())
	all, err := o.WatchedEvents(from, to, listMost*4)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e pos.Event) bool { return !slices.Contains(kinds, e.Kind) })
	if len(all) > listMost {
		all = all[:listMost]
		r.Notes = append(r.Notes, figures.Label{ID: "figures.newest-only", Args: pos.Args{"Count": listMost}})
	}
	return all, nil
}

func whole(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0 // an older event did not tell it
	}
	return n
}

// removed tells what was taken off cheques, lines and parts of lines.
func (o *op) removed(r *figures.Report) error {
	r.Columns = []figures.Column{{ID: "sum", Unit: figures.Money}, {ID: "qty", Unit: figures.Quantity}, {ID: "at", Unit: figures.Moment},
		{ID: "employee", Unit: figures.Words}, {ID: "what", Unit: figures.Words}, {ID: "reason", Unit: figures.Words}}
	r.Opens = figures.OpensCheque
	events, err := o.watched(r, pos.EventLineRemoved, pos.EventLineReduced)
	if err != nil {
		return err
	}
	names, err := o.employeeNames()
	if err != nil {
		return err
	}
	var all money.Amount
	for _, e := range events {
		qty := whole(e.Detail["qty"])
		if e.Kind == pos.EventLineReduced {
			qty = whole(e.Detail["was"]) - whole(e.Detail["now"])
		}
		sum, err := money.LineTotal(money.Amount(whole(e.Detail["price"])), money.Quantity(qty))
		if err != nil {
			return err
		}
		all = all.Add(sum)
		what, err := o.ProductFacts([]string{e.Detail["product"]})
		if err != nil {
			return err
		}
		label := figures.Label{ID: "figures.unknown-product"}
		if p, ok := what[e.Detail["product"]]; ok {
			label = figures.Label{Text: p.Name}
		}
		r.Rows = append(r.Rows, figures.Row{Key: e.Subject, Label: label, Cells: []figures.Cell{{N: int64(sum)}, {N: qty}, {N: e.At.UnixMilli()},
			{Text: figures.Label{Text: names[string(e.Employee)]}}, {Text: figures.Label{ID: "figures.what." + string(e.Kind)}},
			{Text: figures.Label{Text: e.Detail["reason"]}}}})
	}
	r.SumFirst(int64(all))
	return nil
}

// cancelled tells of the cheques that were dropped with goods on them.
func (o *op) cancelled(r *figures.Report) error {
	r.Columns = []figures.Column{{ID: "sum", Unit: figures.Money}, {ID: "lines", Unit: figures.Count},
		{ID: "employee", Unit: figures.Words}, {ID: "reason", Unit: figures.Words}}
	r.Opens = figures.OpensCheque
	events, err := o.watched(r, pos.EventChequeCancelled)
	if err != nil {
		return err
	}
	names, err := o.employeeNames()
	if err != nil {
		return err
	}
	var all int64
	for _, e := range events {
		lines, sum := whole(e.Detail["lines"]), whole(e.Detail["total"])
		if lines == 0 {
			continue
		}
		all += sum
		r.Rows = append(r.Rows, figures.Row{Key: e.Subject, Label: figures.Label{ID: "report.moment", Args: pos.Args{"At": e.At}},
			Cells: []figures.Cell{{N: sum}, {N: lines}, {Text: figures.Label{Text: names[string(e.Employee)]}}, {Text: figures.Label{Text: e.Detail["reason"]}}}})
	}
	r.SumFirst(all)
	return nil
}

// shiftDiffs tells what was counted beside what had to be there.
func (o *op) shiftDiffs(r *figures.Report) error {
	r.Columns = []figures.Column{{ID: "difference", Unit: figures.Money}, {ID: "expected", Unit: figures.Money}, {ID: "counted", Unit: figures.Money},
		{ID: "opened", Unit: figures.Moment}, {ID: "closed", Unit: figures.Moment}, {ID: "employee", Unit: figures.Words}}
	r.Opens = figures.OpensShift
	from, to := r.Period.Moments(o.Zone())
	shifts, err := o.ShiftsBetween(from, to)
	if err != nil {
		return err
	}
	names, err := o.employeeNames()
	if err != nil {
		return err
	}
	var all int64
	for i := range shifts {
		s := &shifts[i]
		row := figures.Row{Key: string(s.ID), Label: figures.Label{ID: "figures.shift", Args: pos.Args{"Number": s.Number}}}
		diff, closed, who := s.Counted.Sub(s.Expected), s.ClosedAt.UnixMilli(), s.ClosedBy
		if s.Open() {
			diff, closed, who = 0, 0, s.OpenedBy
		}
		all += int64(diff)
		row.Cells = []figures.Cell{{N: int64(diff)}, {N: int64(s.Expected)}, {N: int64(s.Counted)}, {N: s.OpenedAt.UnixMilli()}, {N: closed},
			{Text: figures.Label{Text: names[string(who)]}}}
		r.Rows = append(r.Rows, row)
	}
	r.SumFirst(all)
	return nil
}

// codes tells what became of the customers' codes, by provider and channel.
func (o *op) codes(r *figures.Report) error {
	for _, id := range []string{"codes", "sends", "right", "wrong", "failed", "unsure", "skipped"} {
		r.Columns = append(r.Columns, figures.Column{ID: id, Unit: figures.Count})
	}
	from, to := r.Period.Moments(o.Zone())
	rows := map[string]*figures.Row{}
	sum := figures.Row{Label: figures.Label{ID: "figures.total"}, Cells: make([]figures.Cell, len(r.Columns))}
	err := o.CodesBetween(from, to, func(c figures.Code) error {
		key := c.Provider + " " + c.Channel
		row := rows[key]
		if row == nil {
			row = &figures.Row{Key: key, Label: figures.Label{ID: "figures.not-sent"}, Cells: make([]figures.Cell, len(r.Columns))}
			if c.Provider != "" {
				row.Label = figures.Label{Text: c.Provider + " · " + c.Channel}
			}
			rows[key] = row
		}
		for _, to := range []*figures.Row{row, &sum} {
			for i, n := range c.Counts() {
				to.Cells[i].N += n
			}
		}
		return nil
	})
	for _, row := range rows {
		r.Rows = append(r.Rows, *row)
	}
	slices.SortFunc(r.Rows, func(a, b figures.Row) int {
		return cmp.Or(cmp.Compare(b.Cells[0].N, a.Cells[0].N), cmp.Compare(a.Key, b.Key))
	})
	if len(r.Rows) > 0 {
		r.Total = &sum
	}
	return err
}

// skips tells where an employee went on without the customer's code.
func (o *op) skips(r *figures.Report) error {
	r.Columns = []figures.Column{{ID: "sum", Unit: figures.Money}, {ID: "operation", Unit: figures.Words}, {ID: "employee", Unit: figures.Words},
		{ID: "cause", Unit: figures.Words}, {ID: "reason", Unit: figures.Words}}
	r.Opens = figures.OpensCheque
	from, to := r.Period.Moments(o.Zone())
	list, err := o.Overrides(from, to)
	if err != nil {
		return err
	}
	names, err := o.employeeNames()
	if err != nil {
		return err
	}
	var all int64
	for i := len(list) - 1; i >= 0; i-- {
		s := &list[i]
		all += int64(s.Amount)
		r.Rows = append(r.Rows, figures.Row{Key: string(s.Sale), Label: figures.Label{ID: "report.moment", Args: pos.Args{"At": s.At}},
			Cells: []figures.Cell{{N: int64(s.Amount)}, {Text: figures.Label{ID: pos.Method(s.Operation).Word()}}, {Text: figures.Label{Text: names[string(s.Employee)]}},
				{Text: figures.Label{ID: "report.cause." + s.Cause}}, {Text: figures.Label{Text: s.Reason}}}})
	}
	r.SumFirst(all)
	return nil
}

// Skips lists the codes skipped in a period: from included, to excluded.
func (t *Till) Skips(ctx context.Context, a pos.Actor, from, to time.Time) ([]pos.Override, error) {
	var list []pos.Override
	err := t.desk.Look(ctx, a, pos.RightReports, func(o *op) (err error) {
		list, err = o.Overrides(from, to)
		return err
	})
	return list, err
}
