package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"kassa/pos"
	"kassa/pos/till"
)

// How much waits at the least while it is sent, how much more is put there so that
// it does, and what is done meanwhile how often.
const (
	queueLeast   = 10_000
	queueMore    = 3_000
	queueRounds  = 8
	queueBatches = 4 // that are sent in a round, at the least: with the rests between them
	queueScans   = 12
	queueSales   = 3
)

// benchQueue measures a scan and a sale while 10,000 messages wait and are sent to
// the carried backend, beside the same at a till where nothing waits.
func benchQueue(ctx context.Context, dir string) (_ []promise, err error) {
	full, err := openQueue(ctx, filepath.Join(dir, "full"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, full.close()) }()
	still, err := openQueue(ctx, filepath.Join(dir, "still"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, still.close()) }()
	sends, err := full.send(ctx, true)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, sends.close()) }()

	began := time.Now()
	for i := range queueRounds {
		quiet := func() error { return still.workQuiet(ctx, 5) }
		busy := func() error { return full.workSending(ctx, sends) }
		first, second := quiet, busy
		if i%2 == 1 {
			first, second = busy, quiet
		}
		if err := errors.Join(first(), second()); err != nil {
			return nil, err
		}
		if i > 2 && time.Since(began) > 2*time.Minute {
			break
		}
	}
	note := fmt.Sprintf("%d batches were sent meanwhile", sends.door.batches())
	return []promise{
		{what: "scan while 10,000 messages wait and are sent", got: summarise(full.scans), base: summarise(still.scans), beside: "nothing waits", limit: 1.1, note: note},
		{what: "sale of 20 lines likewise", got: summarise(full.sales), base: summarise(still.sales), beside: "nothing waits", limit: 1.1},
	}, nil
}

// queued is a counter whose queue somebody else fills and empties.
type queued struct {
	*scanning
	sale         *pos.OutboxMessage // what a sale told
	scans, sales []int64
	maker        saleMaker
}

func openQueue(ctx context.Context, dir string) (*queued, error) {
	s, err := openScanning(ctx, dir)
	if err != nil {
		return nil, err
	}
	q := &queued{scanning: s, maker: saleMaker{counter: s.counter}}
	if err := errors.Join(q.sell(ctx), q.learn(ctx)); err != nil {
		return nil, errors.Join(err, s.close())
	}
	q.scans, q.sales = nil, nil
	return q, nil
}

// learn reads what a true sale told.
func (q *queued) learn(ctx context.Context) error {
	return q.store.View(ctx, func(x till.Tx) error {
		return x.EachOutbox(func(m *pos.OutboxMessage) error {
			if m.Kind == pos.EventSaleCompleted {
				q.sale = m
			}
			return nil
		})
	})
}

// fill lets n messages wait: sales of twenty lines, each of its own.
func (q *queued) fill(ctx context.Context, n int64) error {
	var ids uuids
	return q.store.Update(ctx, func(x till.Tx) error {
		have, err := x.CountOutbox()
		if err != nil {
			return err
		}
		for range n - have.Waiting {
			m, id := *q.sale, ids.NewID()
			m.Payload = bytes.ReplaceAll(m.Payload, []byte(q.sale.Subject), []byte(id))
			m.ID, m.Subject, m.Object = ids.NewID(), id, id
			if err := x.Enqueue(&m); err != nil {
				return err
			}
		}
		return nil
	})
}

// emptied takes what waits as told, so that a till at which nothing waits stays one.
func (q *queued) emptied(ctx context.Context) error {
	return q.store.Update(ctx, func(x till.Tx) error {
		list, err := x.WaitingOutbox(0, 1<<20)
		for i := range list {
			if _, e := x.AcknowledgeOutbox(list[i].ID, time.Now()); e != nil {
				return e
			}
		}
		return err
	})
}

// workSending works while what waits is sent. The queue is filled before it, and
// must not have run low after it.
func (q *queued) workSending(ctx context.Context, s *sending) error {
	if err := q.fill(ctx, queueLeast+queueMore); err != nil {
		return err
	}
	from := s.door.batches()
	s.door.open()
	err := q.work(ctx)
	for err == nil && s.Status().Trouble == nil && s.door.batches() < from+queueBatches {
		err = q.work(ctx)
	}
	s.door.close()
	if err != nil {
		return err
	}
	if now := s.Status(); now.Trouble != nil {
		return now.Trouble
	}
	return q.store.View(ctx, func(x till.Tx) error {
		c, err := x.CountOutbox()
		if err == nil && c.Waiting < queueLeast {
			err = fmt.Errorf("only %d messages waited at the end", c.Waiting)
		}
		return err
	})
}

// workQuiet works while nothing waits.
func (q *queued) workQuiet(ctx context.Context, times int) error {
	for range times {
		if err := errors.Join(q.emptied(ctx), q.work(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// work scans and sells.
func (q *queued) work(ctx context.Context) error {
	for range queueScans {
		scan := thing{do: func() error { return q.scan(ctx) }, before: func() error { return q.atMost(ctx, 20) }}
		took, err := scan.once()
		if err != nil {
			return err
		}
		q.scans = append(q.scans, took.Nanoseconds())
	}
	q.lines = 0
	if _, err := q.till.CancelCheque(ctx, q.who, "проба"); err != nil {
		return err
	}
	for range queueSales {
		if err := q.sell(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (q *queued) sell(ctx context.Context) error {
	sale := thing{do: func() error { _, err := q.till.FinishSale(ctx, q.who); return err }, before: func() error { return q.maker.ringUp(ctx) }}
	took, err := sale.once()
	q.sales = append(q.sales, took.Nanoseconds())
	return err
}
