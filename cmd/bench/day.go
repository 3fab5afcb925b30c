package main

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"

	"kassa/cmd/internal/shop"
	"kassa/cmd/internal/workday"
)

// This file measures what a day of work leaves in the memory of the built till, and
// what the till takes while nothing happens.

var (
	tillBinary = flag.String("till", filepath.Join("build", "kassa"), "the built till, for the section day")
	longDay    = flag.Bool("long", false, "live a long day in the section day")
)

// What a till may hold and take: a window that is open for a whole day must not
// become dearer by it.
const (
	dayMemory = 300 << 20 // resident, in bytes
	idleShare = 50        // at most one in so many moments of one processor while nothing happens
)

// benchDay works the built till through a short day, or the long one of make soak.
func benchDay(ctx context.Context, dir string) ([]promise, error) {
	home := filepath.Join(dir, "shop")
	if _, err := makeDemo(ctx, home); err != nil {
		return nil, err
	}
	s, err := shop.Open(ctx, shop.Options{Home: home})
	if err != nil {
		return nil, err
	}
	list, err := codes(ctx, s)
	if closed := s.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, err
	}
	d, err := workday.Begin(workday.Params{Binary: *tillBinary, Home: home, Codes: list, Dir: dir, Width: 1366, Height: 768})
	if err != nil {
		return nil, err
	}
	defer d.End()
	l := workday.Short
	if *longDay {
		l = workday.Long
	}
	got, err := d.Live(l)
	if err != nil {
		return nil, err
	}
	mem := func(v int64) stats { return stats{median: v, p99: v, unit: "MiB"} }
	idle, allowed := int64(got.Idle), int64(l.Idle)/idleShare
	return []promise{
		{what: fmt.Sprintf("live heap after %d sales and each window %d times", l.Sales, l.Windows), got: mem(got.Last.Live), base: mem(got.First.Live), beside: "after ten sales", limit: 1.2},
		{what: "resident memory then", got: mem(got.Last.Resident), base: mem(dayMemory), beside: "what it may be", limit: 1,
			note: fmt.Sprintf("after ten sales %s", mem(0).show(got.First.Resident))},
		{what: fmt.Sprintf("processor in %s of nothing", l.Idle), got: stats{median: idle, p99: idle}, base: stats{median: allowed, p99: allowed}, beside: "2 % of it", limit: 1},
	}, nil
}
