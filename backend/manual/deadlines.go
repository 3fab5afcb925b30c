package manual

import (
	"context"
	"encoding/json"
	"math"
	"time"

	"kassa/backend/internal/desk"
	"kassa/backend/jobs"
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
	// doubtPause is how long they wait before it is asked again whether the clock can be
	// believed.
	doubtPause = 10 * time.Minute
	// mostOverdue are looked for at once.
	mostOverdue = 100
	// mostUntimed get their jobs in one transaction.
	mostUntimed = 500
	// mostRetimed are looked at in one.
	mostRetimed = 200
)

// deadline is what the job of an order is about; its key is the order's id.
type deadline struct {
	Order   string `json:"order"`
	UntilMs int64  `json:"until_ms"`
}

// deadlineJob is the kind of its job.
const deadlineJob = "order.deadline"

// add stores a new order, and the job of its deadline in the same transaction.
func (m *Manual) add(o *desk.Op, in *pay.Order) (bool, error) {
	added, err := o.AddOrder(in)
	if err != nil || !added {
		return added, err
	}
	return true, m.time(o, in)
}

// time gives an open order the job of its deadline.
func (m *Manual) time(o *desk.Op, in *pay.Order) error {
	if in.State != pay.Open {
		return nil
	}
	_, err := m.deadline.Add(o, in.ID, in.Deadline, deadline{in.ID, in.Deadline.UnixMilli()})
	return err
}

// begin reads the clocks, and gives a job to the orders a program opened that knew of
// none.
func (m *Manual) begin(ctx context.Context) error {
	if _, err := m.halted(ctx); err != nil {
		return err
	}
	if err := m.retime(ctx); err != nil {
		return err
	}
	return m.adopt(ctx)
}

// retime has those deadlines looked at now whose jobs wait for longer than they: they
// were put off by a clock that was wrong and has been put right.
func (m *Manual) retime(ctx context.Context) error {
	f := store.JobFilter{Kinds: []string{deadlineJob}, States: []store.JobState{store.JobWaits}, Limit: mostRetimed}
	for {
		var page []store.Job
		err := m.desk.Look(ctx, func(o *desk.Op) (err error) { page, err = o.ListJobs(f); return err })
		if err != nil {
			return err
		}
		var late []int64
		for i := range page {
			var about deadline
			if json.Unmarshal(page[i].Args, &about) != nil || page[i].At.UnixMilli() > about.UntilMs {
				late = append(late, page[i].ID)
			}
			f.After = page[i].ID
		}
		if len(late) > 0 {
			err = m.desk.Change(ctx, func(o *desk.Op) error {
				for _, id := range late {
					if _, err := o.RetryJob(id); err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err != nil || len(page) < mostRetimed {
			return err
		}
	}
}

// watch looks each minute whether the clock leapt, so that one that is put right by a
// little every day is not taken for one that did. On a server a copy of the program
// before may still open orders.
func (m *Manual) watch(ctx context.Context) error {
	if _, err := m.halted(ctx); err != nil || m.desk.Carried {
		return err
	}
	return m.adopt(ctx)
}

// adopt gives a job to the deadlines of open orders that have none.
func (m *Manual) adopt(ctx context.Context) error {
	for {
		var there []pay.Order
		err := m.desk.Look(ctx, func(o *desk.Op) (err error) { there, err = o.Untimed(mostUntimed); return err })
		if err != nil || len(there) == 0 {
			return err
		}
		err = m.desk.Change(ctx, func(o *desk.Op) error {
			for i := range there {
				first, err := o.SetTimed(there[i].ID)
				if err == nil && first {
					err = m.time(o, &there[i])
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// halted says how long deadlines still wait because the clock leapt, or is in doubt since
// before the program began; a leap that was found just now is told.
func (m *Manual) halted(ctx context.Context) (time.Duration, error) {
	rest, found := m.leapt()
	if !found && rest == 0 && m.desk.Doubted != nil {
		if doubted, err := m.doubt(ctx); err != nil || doubted {
			return doubtPause, err
		}
	}
	if !found {
		return rest, nil
	}
	if err := m.tellLeap(ctx); err != nil {
		return rest, err
	}
	return rest, m.retime(ctx)
}

// doubt asks whether the clock can be believed. On a server a case tells of one that
// cannot; a till shows its own.
func (m *Manual) doubt(ctx context.Context) (bool, error) {
	doubted, err := m.desk.Doubted(ctx)
	if err != nil {
		return false, err
	}
	m.mu.Lock()
	found := doubted && !m.doubted
	m.doubted = doubted
	m.mu.Unlock()
	if found && !m.desk.Carried {
		err = m.tellLeap(ctx)
	}
	return doubted, err
}

// ClockDoubted reports that deadlines waited, when they were looked at last, because
// the clock could not be believed.
func (m *Manual) ClockDoubted() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.doubted
}

// end is the job of a deadline. It comes when some clock says so; what ends the order
// is this backend's own, and the rules that hold for whoever asks.
func (m *Manual) end(ctx context.Context, _ jobs.Job, about deadline) error {
	rest, err := m.halted(ctx)
	if err != nil {
		return err
	}
	if rest > 0 {
		return jobs.Later(rest)
	}
	var o *pay.Order
	var early time.Duration
	err = m.desk.Look(ctx, func(op *desk.Op) error {
		o, err = op.Order(about.Order)
		if err == nil {
			early = o.Deadline.Sub(op.At)
		}
		return err
	})
	switch {
	case pos.CodeOf(err) == pos.CodeNotFound:
		return jobs.Hopeless(err)
	case err != nil:
		return err
	case o.State != pay.Open:
		return nil // it was decided in time
	case early > 0:
		return jobs.Later(early)
	}
	done, err := m.expire(ctx, about.Order)
	if done {
		m.desk.Log.Info("an order whose time ran out was declined", "order", about.Order)
	}
	return err
}

// leapt notes the clocks and reports how long deadlines wait because the wall clock
// leapt, and whether that was found now.
func (m *Manual) leapt() (rest time.Duration, found bool) {
	if m.desk.Elapsed == nil {
		return 0, false
	}
	now := reading{m.desk.Now(), m.desk.Elapsed()}
	m.mu.Lock()
	defer m.mu.Unlock()
	last := m.last
	m.last = now
	if !last.wall.IsZero() && (now.wall.Sub(last.wall)-(now.elapsed-last.elapsed)).Abs() > clock.Slack {
		m.paused, found = now.elapsed+leapPause, true
	}
	return max(m.paused-now.elapsed, 0), found
}

// ExpireOrders declines the open orders whose time ran out, by the backend's own
// clock, each once, and says how many. Whoever decides in the same moment wins or
// is told that it is over. A clock that leaps ends nothing: a case tells of it, and
// deadlines wait for an hour. It may be called as often as one likes, by several
// programs at once.
func (m *Manual) ExpireOrders(ctx context.Context) (n int, err error) {
	rest, err := m.halted(ctx)
	if err != nil {
		return 0, err
	}
	for rest == 0 {
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
