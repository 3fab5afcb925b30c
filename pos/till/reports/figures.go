package reports

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/store"
)

// Reports of sums: how they are rolled forward and read.
const (
	// rollBatch is how many sales one step of rolling takes: the writer is
	// theirs for a few milliseconds, and a sale that waits does not notice.
	rollBatch = 500
	// tailBatch is how many sales a report reads at once beyond the stored sums.
	tailBatch = 2000
	// listMost bounds the rows of reports that list single events.
	listMost = 1000
)

// Report makes a report: stored sums of the days and the sales that are not in
// them yet, read as one state. It needs RightReports; CodeInvalid for a period
// or kind that cannot be. Its cost is that of the days, not of their sales,
// however many there are.
func (t *Till) Report(ctx context.Context, a pos.Actor, q figures.Query) (*figures.Report, error) {
	if !q.Kind.Known() {
		return nil, pos.E(pos.CodeInvalid, "figures.unknown-report", pos.Args{"Kind": string(q.Kind)})
	}
	if err := q.Period.Check(); err != nil {
		return nil, err
	}
	var r *figures.Report
	err := t.desk.Look(ctx, a, pos.RightReports, func(o *op) (err error) {
		q.Today = figures.DayOf(o.At, o.Zone())
		if !q.Kind.Compares() {
			q.Versus = figures.Alone
			r, err = o.listing(q)
			return err
		}
		r, err = o.summing(ctx, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// summing makes a report of sums.
func (o *op) summing(ctx context.Context, q figures.Query) (*figures.Report, error) {
	w, err := o.weigh(ctx, q)
	if err != nil {
		return nil, err
	}
	names, err := o.names(q.Kind, w.now, w.was)
	if err != nil {
		return nil, err
	}
	r := figures.Build(q, w.now.Cells, w.was.Cells, names)
	r.Waiting = w.waiting
	return r, nil
}

// weighed are the sums of two periods.
type weighed struct {
	now, was *figures.Tally
	waiting  int64
}

// weigh adds up the stored sums and the sales after them.
func (o *op) weigh(ctx context.Context, q figures.Query) (*weighed, error) {
	zone := o.Zone()
	w := &weighed{now: figures.NewTally(zone, q.Kind.Wants), was: figures.NewTally(zone, q.Kind.Wants)}
	st, err := o.FiguresState()
	if err != nil {
		return nil, err
	}
	sides := []struct {
		period figures.Period
		into   *figures.Tally
	}{{q.Period, w.now}}
	if q.Versus != figures.Alone {
		sides = append(sides, struct {
			period figures.Period
			into   *figures.Tally
		}{q.Other(), w.was})
	}
	from, to := q.Period.Moments(zone)
	for _, side := range sides {
		if f, _ := side.period.Moments(zone); f.Before(from) {
			from = f
		}
		if !st.Holds(zone) {
			st.Row = 0
			continue
		}
		for _, r := range q.Kind.Ranges(side.period) {
			err := o.EachFigure(r.Dim, r.From, r.To, func(p figures.Place, s *figures.Sums) error {
				side.into.Put(p, s)
				return ctx.Err()
			})
			if err != nil {
				return nil, err
			}
		}
	}
	back, err := o.ReturnedBetween(from, to)
	if err != nil {
		return nil, err
	}
	for i := range back {
		for _, side := range sides {
			if side.period.Has(figures.DayOf(back[i].At, zone)) {
				side.into.Return(&back[i])
			}
		}
	}
	w.waiting, err = o.tail(ctx, st.Row, from, to, func(s *pos.Sale) {
		for _, side := range sides {
			if side.period.Has(figures.DayOf(s.At, zone)) {
				side.into.Add(s)
			}
		}
	})
	return w, err
}

// tail walks the sales after a row made within [from, to).
func (o *op) tail(ctx context.Context, row int64, from, to time.Time, fn func(*pos.Sale)) (n int64, err error) {
	for {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		sales, err := o.SoldAfter(row, from, to, tailBatch)
		if err != nil {
			return n, err
		}
		for i := range sales {
			fn(&sales[i])
		}
		n += int64(len(sales))
		if len(sales) < tailBatch {
			return n, nil
		}
		row = figures.RowOf(&sales[len(sales)-1])
	}
}

// names looks up what the rows are called.
func (o *op) names(k figures.Kind, tallies ...*figures.Tally) (n figures.Names, err error) {
	switch k {
	case figures.Products, figures.Categories, figures.Margin:
		seen := map[string]bool{}
		var ids []string
		for _, t := range tallies {
			for p := range t.Cells {
				if !seen[p.Key] {
					seen[p.Key] = true
					ids = append(ids, p.Key)
				}
			}
		}
		n.Products, err = o.ProductFacts(ids)
	case figures.Employees, figures.Discounts:
		n.Employees, err = o.employeeNames()
	}
	return n, err
}

func (o *op) employeeNames() (map[string]string, error) {
	all, err := o.Employees()
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(all))
	for _, e := range all {
		names[string(e.ID)] = e.Name
	}
	return names, nil
}

// RollFigures adds the next sales to the stored sums, a bounded batch in a
// short transaction of its own, and tells whether there may be more. Sums of
// another time zone are forgotten first. It asks nobody's right: what it keeps
// can be made again at any time and says nothing new.
func (t *Till) RollFigures(ctx context.Context) (more bool, err error) {
	zone := t.desk.Clock.Now().Location()
	var st figures.State
	var sales []pos.Sale
	err = t.desk.Store.View(ctx, func(x store.Tx) (err error) {
		if st, err = x.FiguresState(); err != nil {
			return err
		}
		after := st.Row
		if !st.Holds(zone) {
			after = 0
		}
		sales, err = x.SoldAfter(after, time.Time{}, time.Time{}, rollBatch)
		return err
	})
	if err != nil || len(sales) == 0 {
		return false, t.desk.Told(err)
	}
	sum := figures.NewTally(zone, nil)
	for i := range sales {
		sum.Add(&sales[i])
	}
	next := figures.State{Row: figures.RowOf(&sales[len(sales)-1]), Zone: figures.ZoneMark(zone)}
	err = t.desk.Store.Update(ctx, func(x store.Tx) error {
		now, err := x.FiguresState()
		if err != nil || now != st {
			return err // somebody else rolled meanwhile; the next call sees it
		}
		if st.Row > 0 && !st.Holds(zone) {
			if err := x.ClearFigures(); err != nil {
				return err
			}
		}
		return x.AddFigures(sum, next)
	})
	return err == nil, t.desk.Told(err)
}

// RebuildFigures forgets all stored sums, so that they are made anew.
func (t *Till) RebuildFigures(ctx context.Context, a pos.Actor) error {
	return t.desk.Change(ctx, a, pos.RightVerify, func(o *op) error { return o.ClearFigures() })
}

// ReportSales lists the sales behind a row of a report, newest first, heads
// only; "" is all of the report's. before is the last sale of the page above,
// nil for the first page.
func (t *Till) ReportSales(ctx context.Context, a pos.Actor, q figures.Query, key string, before *pos.Sale, limit int) ([]pos.Sale, error) {
	if err := q.Period.Check(); err != nil {
		return nil, err
	}
	var out []pos.Sale
	err := t.desk.Look(ctx, a, pos.RightReports, func(o *op) error {
		f, err := o.finding(q, key)
		if err != nil {
			return err
		}
		if f.Limit = desk.ClampLimit(limit); before != nil {
			f.Before = figures.RowOf(before)
		}
		out, err = o.FindSales(f)
		return err
	})
	return out, err
}

// ReportReturns lists the returns behind a row of a report as ReportSales lists
// the sales, newest first, heads only.
func (t *Till) ReportReturns(ctx context.Context, a pos.Actor, q figures.Query, key string, limit int) ([]pos.Return, error) {
	if err := q.Period.Check(); err != nil {
		return nil, err
	}
	var out []pos.Return
	err := t.desk.Look(ctx, a, pos.RightReports, func(o *op) error {
		f, _, err := q.Behind(key, o.Zone())
		if err != nil {
			return err
		}
		f.Limit = desk.ClampLimit(limit)
		out, err = o.FindReturns(f)
		return err
	})
	return out, err
}

// finding says where the sales of a row lie.
func (o *op) finding(q figures.Query, key string) (figures.Find, error) {
	zone := o.Zone()
	f, dim, err := q.Behind(key, zone)
	if err != nil {
		return f, err
	}
	st, err := o.FiguresState()
	if err != nil || !st.Holds(zone) {
		return f, err
	}
	f.After = st.Row
	first, last := figures.DayOf(f.From, zone), figures.DayOf(f.To.Add(-time.Millisecond), zone)
	if f.In, err = o.FigureDays(first, last); err != nil || dim == figures.ByDay {
		return f, err
	}
	// Only the days on which there was any of it.
	days := map[figures.Day]bool{}
	err = o.EachFigure(dim, first, last, func(p figures.Place, _ *figures.Sums) error {
		if p.Key == key {
			days[p.Day] = true
		}
		return nil
	})
	had := f.In[:0]
	for _, d := range f.In {
		if days[d.Day] {
			had = append(had, d)
		}
	}
	f.In = had
	return f, err
}
