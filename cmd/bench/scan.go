package main

import (
	"context"
	"errors"
	"path/filepath"
)

// How often a scan is measured, and over how long a cheque.
const (
	scanRounds = 400
	longCheque = 500 // lines
)

// benchScan measures a scan, from the code to the line on the disk, beside one
// durable row.
func benchScan(ctx context.Context, dir string) (_ []promise, err error) {
	short, err := openScanning(ctx, filepath.Join(dir, "short"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, short.close()) }()
	long, err := openScanning(ctx, filepath.Join(dir, "long"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, long.close()) }()
	for range longCheque - scanRounds/2 {
		if err := long.scan(ctx); err != nil {
			return nil, err
		}
	}
	bare, err := openPlain(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer bare.close()

	got, err := inTurn(scanRounds,
		thing{do: func() error { return short.scan(ctx) }, before: func() error { return short.atMost(ctx, 20) }},
		thing{do: func() error { return bare.one(ctx) }},
		thing{do: func() error { return long.scan(ctx) }},
	)
	if err != nil {
		return nil, err
	}
	const row = "one durable plain row"
	return []promise{
		{what: "scan to durable line, 1 to 20 lines", got: got[0], base: got[1], beside: row, limit: 2},
		{what: "the same, around 500 lines", got: got[2], base: got[1], beside: row, limit: 2},
	}, nil
}

// scanning is a counter with one cheque that grows, a line a scan.
type scanning struct {
	*counter
	lines int
}

func openScanning(ctx context.Context, dir string) (*scanning, error) {
	c, err := openCounter(ctx, dir)
	if err != nil {
		return nil, err
	}
	return &scanning{counter: c}, errors.Join(c.stockUp(ctx, 5000), c.ensureShift(ctx))
}

func (s *scanning) scan(ctx context.Context) error {
	s.lines++
	_, err := s.till.Scan(ctx, s.who, barcode(s.lines*7%5000), 0, nil)
	return err
}

// atMost starts a new cheque when this one has n lines.
func (s *scanning) atMost(ctx context.Context, n int) error {
	if s.lines < n {
		return nil
	}
	s.lines = 0
	_, err := s.till.CancelCheque(ctx, s.who, "проба")
	return err
}
