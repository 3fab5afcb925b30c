package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"kassa/pos/figures"
	"kassa/storage/sqlite"
)

// How often each report of figures is measured.
const figuresRounds = 9

// benchFigures measures the reports of a month into which every sale falls
// beside one plain scan of the lines of those sales, done by the engine alone.
func benchFigures(ctx context.Context, dir string) (_ []promise, err error) {
	from, err := cached(ctx, fmt.Sprintf("sales-%d", manySales), func(ctx context.Context, dir string) error { return fillPast(ctx, dir, manySales) })
	if err != nil {
		return nil, err
	}
	if err := copyStore(from, dir); err != nil {
		return nil, err
	}
	c, err := openCounter(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	for more := true; more; {
		if more, err = c.till.RollFigures(ctx); err != nil {
			return nil, err
		}
	}
	bare, err := sql.Open("sqlite", "file:"+filepath.Join(dir, sqlite.FileName)+"?mode=ro&_pragma=cache_size(-8192)&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	defer bare.Close()
	bare.SetMaxOpenConns(1)
	scan := thing{do: func() error {
		var lines, qty, sum, vat int64
		return bare.QueryRowContext(ctx, `SELECT count(*), sum(qty), sum(sum), sum(vat_sum) FROM sale_lines`).Scan(&lines, &qty, &sum, &vat)
	}}
	first := figures.DayOf(pastBegins(), time.Local)
	month := figures.Of(figures.SpanMonth, first)
	part, err := figures.Between(month.From, month.To.Add(-1)) // no whole month: read day by day
	if err != nil {
		return nil, err
	}
	things := []thing{scan}
	asked := monthReports(month, part)
	for _, a := range asked {
		things = append(things, thing{do: func() error {
			r, err := c.till.Report(ctx, c.who, a.query)
			if err == nil && (len(r.Rows) == 0 || r.Waiting > 0) {
				err = fmt.Errorf("the report %s tells nothing, or reads %d sales", a.query.Kind, r.Waiting)
			}
			return err
		}})
	}
	got, err := inTurn(figuresRounds, things...)
	if err != nil {
		return nil, err
	}
	var out []promise
	for i, a := range asked {
		out = append(out, promise{what: a.what, got: got[i+1], base: got[0], beside: "plain scan of the lines", limit: 0.1})
	}
	out[len(out)-1].limit = 0 // no month: told to know what days one by one cost
	return out, nil
}

// asking is a report that is measured.
type asking struct {
	what  string
	query figures.Query
}

// monthReports are those of a month, and last one of a part of it.
func monthReports(month, part figures.Period) (all []asking) {
	for _, k := range []figures.Kind{figures.Days, figures.Hours, figures.Products, figures.Categories, figures.Employees, figures.Tenders, figures.Margin} {
		all = append(all, asking{"report: " + string(k) + " of a month", figures.Query{Kind: k, Period: month}})
	}
	return append(all,
		asking{"the same: products beside the month before", figures.Query{Kind: figures.Products, Period: month, Versus: figures.PastPeriod}},
		asking{"products of all days but one", figures.Query{Kind: figures.Products, Period: part}})
}
