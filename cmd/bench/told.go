package main

import (
	"context"
	"errors"
	"path/filepath"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/wire"
	"kassa/storage/local"
)

// benchTold measures a sale beside the same sale of which nobody is told: without
// its outbox row, without the text of it and without waking whoever sends it.
func benchTold(ctx context.Context, dir string) (_ []promise, err error) {
	var sends *sending
	var last *pos.OutboxMessage
	told, err := openChanged(ctx, filepath.Join(dir, "told"), func(p *till.Params) {
		p.Store = &noting{p.Store.(*local.Store), &last}
		p.OnTold = func() {
			if sends != nil {
				sends.Tell()
			}
		}
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, told.close()) }()
	if _, err := told.ready(ctx); err != nil {
		return nil, err
	}
	if sends, err = told.send(ctx, false); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, sends.close()) }()
	mute, err := openChanged(ctx, filepath.Join(dir, "mute"), func(p *till.Params) { p.Store = mute{p.Store.(*local.Store)} })
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, mute.close()) }()
	if _, err := mute.ready(ctx); err != nil {
		return nil, err
	}

	loud, silent := saleMaker{counter: told}, saleMaker{counter: mute}
	var payload wire.Payload
	got, err := inTurn(saleRounds,
		// What the relay does afterwards would else slow whatever is measured next.
		thing{do: func() error { _, err := told.till.FinishSale(ctx, told.who); return err },
			before: func() error { return errors.Join(loud.ringUp(ctx), sends.rest()) }, after: sends.rest},
		thing{do: func() error { _, err := mute.till.FinishSale(ctx, mute.who); return err }, before: func() error { return silent.ringUp(ctx) }},
		// Without the row the text of it is still made: that much is no part of the
		// sale beside which this one stands.
		thing{do: func() error { _, err := wire.Pack(last.ID, last.Epoch, last.At, payload); return err },
			before: func() (err error) { payload, err = wire.Decode(last); return err }},
	)
	if err != nil {
		return nil, err
	}
	bare := got[1]
	bare.median -= got[2].median
	bare.p99 -= got[2].median
	return []promise{{what: "sale of 20 lines, told and the sending woken", got: got[0], base: bare, beside: "the same sale, nobody told", limit: 1.1}}, nil
}

// noting is a store that shows what was told last.
type noting struct {
	*local.Store
	last **pos.OutboxMessage
}

func (s *noting) Update(ctx context.Context, fn func(till.Tx) error) error {
	return s.Store.Update(ctx, func(x till.Tx) error { return fn(notingTx{x, s.last}) })
}

type notingTx struct {
	till.Tx
	last **pos.OutboxMessage
}

func (x notingTx) Enqueue(m *pos.OutboxMessage) error {
	*x.last = m
	return x.Tx.Enqueue(m)
}

// mute is a store without an outbox: what is told goes nowhere.
type mute struct{ *local.Store }

func (s mute) Update(ctx context.Context, fn func(till.Tx) error) error {
	return s.Store.Update(ctx, func(x till.Tx) error { return fn(muteTx{x}) })
}

type muteTx struct{ till.Tx }

func (muteTx) Enqueue(*pos.OutboxMessage) error { return nil }
