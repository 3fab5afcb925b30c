package feed

import (
	"context"
	"sync"
	"time"

	"kassa/backend/internal/desk"
	"kassa/pos/exchange"
)

// lookEvery is how often it is looked what other programs over the same database
// changed, while somebody waits; of what this one changed the waiting hear at once.
const lookEvery = 250 * time.Millisecond

// lookIn bounds one look.
const lookIn = 5 * time.Second

// waiting is who waits for something to change.
type waiting struct {
	mu      sync.Mutex
	all     map[string]*waiter // by till: one each
	seen    int64              // the last number that was seen
	looking bool
	ended   bool
	stop    chan struct{}
	looks   sync.WaitGroup
}

// waiter waits until it is woken, or sent away.
type waiter struct{ woken, away chan struct{} }

// Await waits until something changed after a cursor, as long as somebody may. It is
// false for whoever is to ask again as if they had not waited: too many do, the same
// till began to wait anew, or the program ends.
func (f *Feed) Await(ctx context.Context, till, cursor string, most time.Duration) (bool, error) {
	w := f.wait.begin(till)
	if w == nil {
		return false, nil
	}
	defer f.wait.leave(till, w)
	n, is, err := f.after(ctx, cursor)
	if err != nil || is {
		return err == nil, err
	}
	f.look(n)
	late := time.NewTimer(most)
	defer late.Stop()
	select {
	case <-w.woken:
		return true, nil
	case <-late.C:
		return true, nil
	case <-w.away:
		return false, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// Noticed wakes those that wait: something changed. It returns at once.
func (f *Feed) Noticed() { f.wait.wake() }

// EndWaiting sends everybody away, and whoever comes to wait after that.
func (f *Feed) EndWaiting() {
	w := &f.wait
	w.mu.Lock()
	if !w.ended {
		w.ended = true
		close(w.stop)
	}
	for till, one := range w.all {
		close(one.away)
		delete(w.all, till)
	}
	w.mu.Unlock()
	w.looks.Wait()
}

// after reports that there is something after a cursor, whose number it tells.
func (f *Feed) after(ctx context.Context, cursor string) (n int64, is bool, err error) {
	err = f.desk.Look(ctx, func(o *desk.Op) error {
		known := false
		if n, known, err = place(o, cursor); err != nil {
			return err
		}
		rows, err := o.ChangesAfter(n, 1)
		is = len(rows) > 0 || !known && cursor != "" // all there is comes after what is not known
		return err
	})
	return n, is, err
}

// look sees to it that somebody looks what comes after a number.
func (f *Feed) look(n int64) {
	w := &f.wait
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = max(w.seen, n)
	if !w.looking && !w.ended {
		w.looking = true
		w.looks.Go(f.keepLooking)
	}
}

// keepLooking looks until nobody waits any more.
func (f *Feed) keepLooking() {
	w := &f.wait
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-w.stop:
			return
		case <-tick.C:
		}
		w.mu.Lock()
		seen, none := w.seen, len(w.all) == 0
		w.looking = !none
		w.mu.Unlock()
		if none {
			return
		}
		if n, err := f.newest(seen); err != nil {
			f.desk.Log.Warn("it was not seen what changed", "error", err)
		} else if n > seen {
			w.mu.Lock()
			w.seen = max(w.seen, n)
			w.mu.Unlock()
			w.wake()
		}
	}
}

// newest is the first number after one, or that where there is none.
func (f *Feed) newest(seen int64) (n int64, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), lookIn)
	defer cancel()
	n = seen
	err = f.desk.Look(ctx, func(o *desk.Op) error {
		rows, err := o.ChangesAfter(seen, 1)
		if len(rows) > 0 {
			n = rows[0].N
		}
		return err
	})
	return n, err
}

// begin lets a till wait; nil where it may not. One that waits already is sent away:
// whoever asked there has gone.
func (w *waiting) begin(till string) *waiter {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := w.all[till]
	if w.ended || before == nil && len(w.all) >= exchange.MostWaiting {
		return nil
	}
	if before != nil {
		close(before.away)
	}
	one := &waiter{woken: make(chan struct{}), away: make(chan struct{})}
	w.all[till] = one
	return one
}

func (w *waiting) leave(till string, one *waiter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all[till] == one {
		delete(w.all, till)
	}
}

func (w *waiting) wake() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for till, one := range w.all {
		close(one.woken)
		delete(w.all, till)
	}
}
