package reports

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
)

// pointsSoon is how far ahead the owner is told of points that expire.
const pointsSoon = 30 * 24 * time.Hour

// Owed is a number of debts and their sum.
type Owed struct {
	Count int64
	Sum   money.Amount
}

// Today is the shop's day as its owner looks at it.
type Today struct {
	At       time.Time
	Sales    int64
	Total    money.Amount // what was sold, before returns
	WasSales int64        // on the same weekday last week, up to this time of day
	WasTotal money.Amount
	Hours    *figures.Report // by hour, beside the same day last week
	DueToday Owed            // debts due today
	Overdue  Owed
	Expiring int64 // points that expire within thirty days
	Drawer   money.Amount
	Shift    *pos.Shift // nil while none is open
	Skipped  int64      // codes skipped today
	Failed   int64      // codes that could not be sent today, or perhaps not
	Removed  int64      // lines and parts of lines taken off cheques today
}

// Today tells how the day goes. It needs RightReports.
func (t *Till) Today(ctx context.Context, a pos.Actor) (*Today, error) {
	var v *Today
	err := t.desk.Look(ctx, a, pos.RightReports, func(o *op) error {
		v = &Today{At: o.At}
		for _, step := range []func(context.Context, *Today) error{o.daySold, o.dayOwed, o.dayCodes} {
			if err := step(ctx, v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// daySold compares the day with the same weekday a week ago, up to now.
func (o *op) daySold(ctx context.Context, v *Today) (err error) {
	zone := o.Zone()
	today := figures.DayOf(o.At, zone)
	q := figures.Query{Kind: figures.Hours, Period: figures.Of(figures.SpanDay, today), Versus: figures.PastWeek, Today: today}
	if v.Hours, err = o.summing(ctx, q); err != nil {
		return err
	}
	st, err := o.FiguresState()
	if err != nil {
		return err
	}
	if !st.Holds(zone) {
		st.Row = 0
	}
	sold := func(day figures.Day, until time.Time) (int64, money.Amount, error) {
		var in []figures.DayRows
		if st.Row > 0 {
			if in, err = o.FigureDays(day, day); err != nil {
				return 0, 0, err
			}
		}
		return o.SoldBetween(day.Start(zone), until, in, st.Row)
	}
	if v.Sales, v.Total, err = sold(today, o.At.Add(time.Millisecond)); err != nil {
		return err
	}
	week := o.At.AddDate(0, 0, -7) // the same time on the clock, whatever clocks did meanwhile
	v.WasSales, v.WasTotal, err = sold(figures.DayOf(week, zone), week.Add(time.Millisecond))
	return err
}

// dayOwed tells what is due, what expires and what is in the drawer.
func (o *op) dayOwed(_ context.Context, v *Today) error {
	today := figures.DayOf(o.At, o.Zone())
	debts, err := o.OpenDebts()
	if err != nil {
		return err
	}
	for i := range debts {
		d := &debts[i]
		to := &v.DueToday
		switch {
		case d.Overdue(o.Due()):
			to = &v.Overdue
		case figures.DayOf(d.Due, o.Zone()) != today:
			continue
		}
		to.Count, to.Sum = to.Count+1, to.Sum.Add(d.Left)
	}
	if v.Expiring, err = o.LotsExpiring(o.Due(), o.Due().Add(pointsSoon)); err != nil {
		return err
	}
	s, err := o.OpenShift()
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	v.Shift = s
	r, err := o.ShiftTotals(s.ID)
	if err != nil {
		return err
	}
	r.Shift = *s
	v.Drawer = r.CashDue()
	return nil
}

// dayCodes counts what an owner would want to ask about.
func (o *op) dayCodes(_ context.Context, v *Today) error {
	from, to := figures.Of(figures.SpanDay, figures.DayOf(o.At, o.Zone())).Moments(o.Zone())
	err := o.CodesBetween(from, to, func(c figures.Code) error {
		n := c.Counts()
		v.Failed += n[4] + n[5]
		return nil
	})
	if err != nil {
		return err
	}
	skips, err := o.Overrides(from, to)
	if err != nil {
		return err
	}
	v.Skipped = int64(len(skips))
	events, err := o.WatchedEvents(from, to, listMost)
	for _, e := range events {
		if e.Kind == pos.EventLineRemoved || e.Kind == pos.EventLineReduced {
			v.Removed++
		}
	}
	return err
}
