package manual

import (
	"context"
	"math"
	"time"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/ledger"
	pay "kassa/pos/manual"
)

// reading is one look at both clocks.
type reading struct {
	wall    time.Time
	elapsed time.Duration
}

const (
	// leapPause is how long deadlines wait after the clock leapt, so that somebody
	// can see it and put it right.
	leapPause = time.Hour
	// mostOverdue are looked for at once.
	mostOverdue = 100
)

// leapt notes the clocks and reports whether deadlines wait because the wall clock
// leapt, and whether that was found now.
func (m *Manual) leapt() (waits, found bool) {
	if m.desk.Elapsed == nil {
		return false, false
	}
	now := reading{m.desk.Now(), m.desk.Elapsed()}
	m.mu.Lock()
	defer m.mu.Unlock()
	last := m.last
	m.last = now
	if !last.wall.IsZero() && (now.wall.Sub(last.wall)-(now.elapsed-last.elapsed)).Abs() > clock.Slack {
		m.paused, found = now.elapsed+leapPause, true
	}
	return now.elapsed < m.paused, found
}

// ExpireOrders declines the open orders whose time ran out, by the backend's own
// clock, each once, and says how many. Whoever decides in the same moment wins or
// is told that it is over. A clock that leaps ends nothing: a case tells of it, and
// deadlines wait for an hour. It may be called as often as one likes, by several
// programs at once.
func (m *Manual) ExpireOrders(ctx context.Context) (n int, err error) {
	waits, found := m.leapt()
	if found {
		if err := m.tellLeap(ctx); err != nil {
			return 0, err
		}
	}
	for !waits {
		var ids []string
		err := m.desk.Look(ctx, func(o *desk.Op) error { ids, err = o.Overdue(o.At, mostOverdue); return err })
		if err != nil {
			return n, err
		}
		for _, id := range ids {
			done, err := m.expire(ctx, id)
			if err != nil {
				return n, err
			}
			if done {
				n++
			}
		}
		if len(ids) < mostOverdue {
			break
		}
	}
	return n, nil
}

// expire declines one order, unless somebody decided it since.
func (m *Manual) expire(ctx context.Context, id string) (done bool, err error) {
	err = m.desk.Change(ctx, func(op *desk.Op) error {
		done = false
		o, err := op.OrderAlone(id)
		if err != nil {
			return err
		}
		was := o.Version
		event, err := o.Expire(op.At)
		if err == nil {
			err = save(op, o, was, event)
		}
		if pos.CodeOf(err) == pos.CodeConflict {
			return nil
		}
		done = err == nil
		return err
	})
	return done, err
}

func (m *Manual) tellLeap(ctx context.Context) error {
	return m.desk.Change(ctx, func(o *desk.Op) error {
		return o.OpenCase(&store.Case{ID: o.IDs.NewID(), Kind: store.CaseClock, About: "backend", At: o.At, Detail: pos.Args{"now": o.At.UnixMilli()}})
	})
}

// VerifyManual looks for whatever should not be in the orders and their books:
// invariant I9, one winner of each race, sums, the chain of the journal, and files of
// proofs that are not what was attached.
func (m *Manual) VerifyManual(ctx context.Context) (faults []pay.Fault, err error) {
	err = m.desk.Look(ctx, func(o *desk.Op) error {
		var orders []pay.Kept
		faults = nil
		f := store.OrderFilter{Limit: MostOrders}
		for {
			page, err := o.Orders(f)
			if err != nil {
				return err
			}
			for i := range page {
				k, err := kept(o, page[i].ID)
				if err != nil {
					return err
				}
				hurt, err := verifyProofs(o, k)
				if err != nil {
					return err
				}
				faults, orders = append(faults, hurt...), append(orders, *k)
			}
			if len(page) < f.Limit {
				break
			}
			f.After, f.AfterID = page[len(page)-1].Created, page[len(page)-1].ID
		}
		var entries []ledger.Entry
		if entries, err = o.Entries(0, math.MaxInt32); err != nil {
			return err
		}
		faults = append(faults, pay.Verify(orders, entries)...)
		return nil
	})
	return faults, err
}
