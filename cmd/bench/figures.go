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
	var names []string
	add := func(what string, q figures.Query) {
		names = append(names, what)
		things = append(things, thing{do: func() error {
			r, err := c.till.Report(ctx, c.who, q)
			if err == nil && (len(r.Rows) == 0 || r.Waiting > 0) {
				err = fmt.Errorf("the report %s tells nothing, or reads %d sales", q.Kind, r.Waiting)
			}
			return err
		}})
	}
	for _, k := range []figures.Kind{figures.Days, figures.Hours, figures.Products, figures.Categories, figures.Employees, figures.Tenders, figures.Margin} {
		add("report: "+string(k)+" of a month", figures.Query{Kind: k, Period: month})
	}
	add("the same: products beside the month before", figures.Query{Kind: figures.Products, Period: month, Versus: figures.PastPeriod})
	add("products of all days but one", figures.Query{Kind: figures.Products, Period: part})
	got, err := inTurn(figuresRounds, things...)
	if err != nil {
		return nil, err
	}
	var out []promise
	for i, name := range names {
		out = append(out, promise{what: name, got: got[i+1], base: got[0], beside: "plain scan of the lines", limit: 0.1})
	}
	out[len(out)-1].limit = 0 // no month: told to know what days one by one cost
	return out, nil
}
