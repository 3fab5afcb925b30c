package main

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"time"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/backend/relay"
	"kassa/pos/exchange"
	"kassa/pos/till"
	"kassa/storage/central"
)

// This file lets a counter send what waits to the backend it carries, wired as the
// shop does it, with a door before the queue that the measurement opens and shuts.

// sending is a relay at work between a till and the backend carried with it.
type sending struct {
	*relay.Relay
	door  *door
	close func() error
}

// send begins to send what waits at a counter; shut says that the door is shut at
// first.
func (c *counter) send(ctx context.Context, shut bool) (*sending, error) {
	head, err := c.till.ExchangeHead(ctx)
	if err != nil {
		return nil, err
	}
	quiet := slog.New(slog.DiscardHandler)
	st, err := central.OpenFile(ctx, filepath.Join(c.dir, central.FileName), true, quiet)
	if err != nil {
		return nil, err
	}
	s := &sending{}
	b := backend.New(backend.Params{Store: st, Clock: clock{}, IDs: uuids{}, Carried: true, Changed: func() { s.Notice() }})
	if err := b.Carry(ctx, head.Till, settings().Till); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	asks := client.New(client.Params{Till: head.Till, Handler: api.New(api.Params{Backend: b, Carrier: head.Till})})
	s.door = newDoor(c.till, shut)
	s.Relay = relay.New(relay.Params{Till: s.door, Backend: func(string) (relay.Backend, error) { return asks, nil }, Now: time.Now, Jitter: rand.Float64})
	running, stop := context.WithCancel(ctx)
	var ended sync.WaitGroup
	ended.Go(func() { s.Run(running) })
	s.close = func() error {
		stop()
		s.door.leave()
		ended.Wait()
		asks.Close()
		return st.Close()
	}
	return s, nil
}

// rest waits until nothing waits any more.
func (s *sending) rest() error {
	for began := time.Now(); ; time.Sleep(time.Millisecond) {
		now := s.Status()
		switch {
		case now.State == exchange.Resting && now.Queue == 0 && s.door.through():
			return nil
		case now.Trouble != nil:
			return now.Trouble
		case time.Since(began) > time.Minute:
			return errors.New("what waits was not sent in a minute")
		}
	}
}

// door stands between the relay and the queue.
type door struct {
	*till.Till
	mu      sync.Mutex
	moved   *sync.Cond
	shut    bool
	left    bool
	waits   bool  // the relay stands before it
	asked   int64 // batches the relay came for
	settled int64 // batches it was answered
}

func newDoor(t *till.Till, shut bool) *door {
	d := &door{Till: t, shut: shut}
	d.moved = sync.NewCond(&d.mu)
	return d
}

// NextBatch implements relay.Till.
func (d *door) NextBatch(ctx context.Context) (till.Outgoing, error) {
	d.mu.Lock()
	for d.shut && !d.left {
		d.waits = true
		d.moved.Broadcast()
		d.moved.Wait()
	}
	d.waits = false
	d.asked++
	d.moved.Broadcast()
	d.mu.Unlock()
	return d.Till.NextBatch(ctx)
}

// SettleBatch implements relay.Till.
func (d *door) SettleBatch(ctx context.Context, answers []exchange.Answer) (int, error) {
	n, err := d.Till.SettleBatch(ctx, answers)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settled++
	return n, err
}

// open lets the relay through and returns once it is at work.
func (d *door) open() {
	d.mu.Lock()
	defer d.mu.Unlock()
	before := d.asked
	d.shut = false
	d.moved.Broadcast()
	for d.asked == before {
		d.moved.Wait()
	}
}

// close lets nobody through and returns once what was under way has ended.
func (d *door) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shut = true
	for !d.waits {
		d.moved.Wait()
	}
}

// leave opens the door for good.
func (d *door) leave() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left = true
	d.moved.Broadcast()
}

// batches is how many batches were sent and answered so far.
func (d *door) batches() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.settled
}

// through reports that somebody came for a batch.
func (d *door) through() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.asked > 0
}
