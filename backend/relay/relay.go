// Package relay carries a till's queue to the backend behind it, in order, until
// each message is answered, and what changed there to the till's mirror, at a pace
// that a dead network and a busy server can stand. It decides nothing about what it
// carries, and nothing at the till waits for it.
package relay

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/till"
)

// Till is what the relay needs of the till.
type Till interface {
	NextBatch(ctx context.Context) (till.Outgoing, error)
	SettleBatch(ctx context.Context, answers []exchange.Answer) (done int, err error)
	Acknowledged(ctx context.Context) ([]exchange.Span, error)
	TakeBackLost(ctx context.Context, after int64, held func(id string) bool) (next int64, lost int, err error)
	TakeChanges(ctx context.Context, server, cursor string, page exchange.Changes) (taken int, err error)
}

// Backend is what the relay needs of the backend. Its errors are
// *exchange.Trouble.
type Backend interface {
	Push(ctx context.Context, b exchange.Batch, waiting int64) (exchange.Reply, error)
	Held(ctx context.Context, epoch, seq int64) ([]exchange.Command, error)
	CountHeld(ctx context.Context, s exchange.Span) (int64, error)
	// Contact asks who the till is there and what is held of it.
	Contact(ctx context.Context) (exchange.Held, error)
	// Changes reads what changed there after a cursor.
	Changes(ctx context.Context, cursor string) (exchange.Changes, error)
	// Await returns when something changed there after a cursor, or after a while; it is
	// not heard out where nobody may wait there now.
	Await(ctx context.Context, cursor string) (changed, heardOut bool, err error)
}

// Params are what a relay stands on. Log, Changed and Mirrored may be nil.
type Params struct {
	Till Till
	// Backend is the one with an address, "" for the one carried in this process.
	Backend func(server string) (Backend, error)
	// HandOver brings to a backend what stood behind the till before, if anything is
	// still to be brought; it may be nil. Nothing is told to a server before it.
	HandOver func(ctx context.Context, server string) error
	Now      func() time.Time
	Jitter   func() float64 // in 0…1; tests own it
	// Poll is how often a server is looked at while nothing waits; one that is carried
	// in this process is not.
	Poll    time.Duration
	Log     *slog.Logger
	Changed func(Status) // hears of each change of the status, from the relay's goroutine
	// Mirrored hears that something came into the till's mirror, likewise.
	Mirrored func()
}

// Status is how the exchange stands.
type Status = exchange.Status

// The states of a Status.
const (
	Resting = exchange.Resting
	Sending = exchange.Sending
	Waiting = exchange.Waiting
	Paused  = exchange.Paused
)

// Back-off after a failure: doubled from the first to the last, give or take a
// fifth.
const (
	firstWait = time.Second
	lastWait  = 300 * time.Second
	jitter    = 0.2
)

// soonPoll is how often a server is looked at while somebody waits for what others
// decide there and the till cannot wait at it.
const soonPoll = 5 * time.Second

// Never says that there is nothing to do until somebody wakes the relay.
const Never = time.Duration(-1)

// Relay carries the queue of one till. Step belongs to one goroutine; the rest is
// safe for several.
type Relay struct {
	p        Params
	wake     chan struct{}
	server   string // the backend of the last step
	compared bool   // what it has was compared with what it acknowledged
	held     int64  // what it has, by what it said last
	sure     bool   // it had all it acknowledged when it said so
	came     bool   // something came into the mirror since it was read to its end
	handed   bool   // nothing is to be brought to it any more
	stuck    bool   // the last reading of what changed came to nothing
	pushed   bool   // the last step brought a batch, and more wait

	due atomic.Bool // something may have changed at the backend

	rests   *watch      // what Step left to be watched; nil while it has more to do
	watches *watch      // what is watched
	awake   atomic.Bool // somebody waits at the server
	shunned atomic.Bool // the last wait there came to nothing
	waits   sync.WaitGroup

	mu     sync.Mutex
	status Status
}

// New makes a relay; Run sets it to work.
func New(p Params) *Relay {
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	r := &Relay{p: p, wake: make(chan struct{}, 1), status: Status{State: Resting}}
	r.due.Store(true)
	return r
}

// Notice says that something changed at the backend carried in this process. It
// returns at once.
func (r *Relay) Notice() {
	r.due.Store(true)
	r.Tell()
}

// Tell says that something more waits. It returns at once. While the relay waits
// because a try came to nothing it goes with the next one: a sale is no reason to
// knock at a server that asked for time.
func (r *Relay) Tell() {
	if r.Status().State != Waiting {
		r.Wake()
	}
}

// Wake says that somebody wants a try now. It returns at once.
func (r *Relay) Wake() {
	select {
	case r.wake <- struct{}{}:
	default: // it is awake already
	}
}

// Status is how the exchange stands now.
func (r *Relay) Status() Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status
}

// Run carries until ctx ends. While it has nothing to do it waits at a server for what
// changes there.
func (r *Relay) Run(ctx context.Context) {
	defer r.waits.Wait()
	for ctx.Err() == nil {
		began := time.Now()
		wait := r.Step(ctx)
		took := time.Since(began)
		if wait != 0 && r.attend(ctx) {
			wait = r.p.Poll // what changes there is heard of at once
		}
		switch {
		case wait == 0 && r.pushed:
			r.giveWay(ctx, took)
		case wait == 0:
		case wait < 0:
			r.sleep(ctx, nil)
		default:
			t := time.NewTimer(wait)
			r.sleep(ctx, t.C)
			t.Stop()
		}
	}
}

// While much waits, as after days without a network, the relay works for one part of
// the time and rests for the others: whoever sells at the same computer should not
// feel that it is sent, and nobody waits for it.
const (
	restParts = 7
	longRest  = 2 * time.Second
)

// giveWay rests after a batch that took so long. A sale does not wake it: else it would
// rest least while most is sold.
func (r *Relay) giveWay(ctx context.Context, took time.Duration) {
	t := time.NewTimer(min(restParts*took, longRest))
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// sleep waits for the time, for whoever wakes the relay, or for the end.
func (r *Relay) sleep(ctx context.Context, until <-chan time.Time) {
	select {
	case <-ctx.Done():
	case <-until:
	case <-r.wake:
	}
}

// Step does what is next and says how long to wait before the one after it: 0 for
// not at all, Never for until somebody wakes the relay.
func (r *Relay) Step(ctx context.Context) time.Duration {
	r.rests, r.pushed = nil, false
	out, err := r.p.Till.NextBatch(ctx)
	if err != nil {
		return r.failed(ctx, err)
	}
	queue := out.More + int64(len(out.Commands))
	r.become(func(s *Status) {
		if s.Server != out.Server {
			*s = Status{State: Resting, Server: out.Server} // nothing is known of another backend
		}
		s.Aside = out.Aside
	})
	if out.Paused {
		r.become(func(s *Status) { s.State, s.Trouble, s.Stands, s.Tries, s.Queue = Paused, nil, false, 0, queue })
		return Never
	}
	if out.Server != r.server {
		r.server, r.compared, r.sure, r.handed = out.Server, false, false, false
		r.due.Store(true)
	}
	backend, err := r.p.Backend(out.Server)
	if err != nil {
		return r.failed(ctx, err)
	}
	if !r.compared {
		if err := r.meet(ctx, backend); err != nil {
			r.become(func(s *Status) { s.Queue = queue })
			return r.failed(ctx, err)
		}
		return 0 // what was lost waits now
	}
	// What cannot be taken from there is no reason to tell nothing.
	if (!r.stuck || len(out.Commands) == 0) && r.due.Swap(false) {
		return r.pull(ctx, backend, out)
	}
	if len(out.Commands) == 0 {
		r.become(func(s *Status) { s.State, s.Trouble, s.Stands, s.Tries, s.Queue = Resting, nil, false, 0, queue })
		if r.p.Poll > 0 && out.Server != "" {
			r.compared = false // by the next contact the backend may be another copy
			r.due.Store(true)
			r.rests = &watch{backend: backend, server: out.Server, cursor: out.Cursor}
			if out.Soon {
				return min(r.p.Poll, soonPoll)
			}
			return r.p.Poll
		}
		return Never
	}
	r.become(func(s *Status) { s.State, s.Queue = Sending, queue })
	return r.push(ctx, backend, out)
}

// pull takes one page of what changed into the mirror. Whoever waits for it hears
// once all there is has come.
func (r *Relay) pull(ctx context.Context, backend Backend, out till.Outgoing) time.Duration {
	page, err := backend.Changes(ctx, out.Cursor)
	taken := 0
	if err == nil {
		taken, err = r.p.Till.TakeChanges(ctx, out.Server, out.Cursor, page)
	}
	if r.stuck = err != nil; r.stuck {
		r.due.Store(true)
		return r.failed(ctx, err)
	}
	now := r.p.Now()
	r.become(func(s *Status) { s.Contact = now })
	r.came = r.came || taken > 0
	if page.More {
		r.due.Store(true)
		return 0
	}
	if r.came && r.p.Mirrored != nil {
		r.p.Mirrored()
	}
	r.came = false
	return 0
}

// push brings one batch and stores what became of it.
func (r *Relay) push(ctx context.Context, backend Backend, out till.Outgoing) time.Duration {
	r.due.Store(true) // what it asks for may change something, done or not
	reply, err := backend.Push(ctx, out.Batch, out.More)
	if err != nil {
		r.sure = false // it may have arrived, and then what came would make up for what was lost
		return r.failed(ctx, err)
	}
	done, err := r.p.Till.SettleBatch(ctx, reply.Answers)
	if err != nil {
		return r.failed(ctx, err)
	}
	applied, unknown := int64(0), false
	for _, a := range reply.Answers {
		if a.Verdict == exchange.Applied {
			applied++
		}
		unknown = unknown || a.Verdict == exchange.Duplicate // it came before, who knows when
	}
	if unknown || reply.Held.Count != r.held+applied {
		r.compared, r.sure = false, false // it may have lost something of what it had
	}
	r.held = reply.Held.Count
	now := r.p.Now()
	if done == 0 {
		return r.failed(ctx, rejection(reply.Answers))
	}
	r.become(func(s *Status) {
		s.Trouble, s.Stands, s.Tries, s.Contact, s.Queue = nil, false, 0, now, max(s.Queue-int64(done), 0)
	})
	r.pushed = out.More > 0
	return 0
}

// rejection is why nothing of a batch was taken.
func rejection(answers []exchange.Answer) error {
	for _, a := range answers {
		if a.Problem != nil {
			return a.Problem
		}
	}
	return &exchange.Trouble{Reason: exchange.BadAnswer}
}

// meet does what comes before anything is told to a backend.
func (r *Relay) meet(ctx context.Context, backend Backend) error {
	if !r.handed && r.server != "" && r.p.HandOver != nil {
		if err := r.p.HandOver(ctx, r.server); err != nil {
			return err
		}
	}
	r.handed = true
	return r.compare(ctx, backend)
}

// compare finds what the backend lost of what it acknowledged, as one restored
// from an old copy has, and lets it be told again. One that has as much as it
// said last, with nothing told since whose fate is unknown, has lost nothing.
func (r *Relay) compare(ctx context.Context, backend Backend) error {
	held, err := backend.Contact(ctx)
	if err != nil {
		return err
	}
	if !r.sure || held.Count != r.held {
		r.sure = false
		lacks, err := r.lacks(ctx, backend)
		if err == nil && lacks {
			err = r.takeBack(ctx, backend)
		}
		if err != nil {
			return err
		}
	}
	now := r.p.Now()
	r.compared, r.sure, r.held = true, true, held.Count
	r.become(func(s *Status) { s.Contact = now })
	return nil
}

// lacks reports that the backend has less of a stretch than it acknowledged.
func (r *Relay) lacks(ctx context.Context, backend Backend) (bool, error) {
	spans, err := r.p.Till.Acknowledged(ctx)
	if err != nil {
		return false, err
	}
	for _, s := range spans {
		n, err := backend.CountHeld(ctx, s)
		if err != nil || n < s.Count {
			return n < s.Count, err
		}
	}
	return false, nil
}

// takeBack reads all the backend has of the till, by place, and lets wait again
// what was acknowledged and is not there.
func (r *Relay) takeBack(ctx context.Context, backend Backend) error {
	has := map[string]bool{}
	var epoch, seq int64
	for {
		page, err := backend.Held(ctx, epoch, seq)
		if err != nil {
			return err
		}
		for _, c := range page {
			has[c.ID] = true
		}
		if len(page) < exchange.MostHeld {
			break
		}
		last := page[len(page)-1]
		epoch, seq = last.Epoch, last.Seq
	}
	lost := 0
	for after := int64(0); ; {
		next, n, err := r.p.Till.TakeBackLost(ctx, after, func(id string) bool { return has[id] })
		if err != nil {
			return err
		}
		lost += n
		if next == 0 {
			break
		}
		after = next
	}
	if lost > 0 {
		r.p.Log.Warn("the backend lost what it had acknowledged; it is told again", "messages", lost)
	}
	return nil
}

// failed notes a failure and says how long to wait. What the backend asked for is
// heeded.
func (r *Relay) failed(ctx context.Context, err error) time.Duration {
	if ctx.Err() != nil {
		return Never
	}
	told, asked := spoken(err)
	now := r.p.Now()
	var wait time.Duration
	r.become(func(s *Status) {
		if s.Trouble == nil {
			s.Since, s.Tries = now, 0
		}
		s.Tries++
		wait = max(r.backoff(s.Tries), asked)
		s.State, s.Trouble, s.Stands, s.Next = Waiting, told, stands(err), now.Add(wait)
	})
	r.compared = false // whoever answers next may be another copy
	r.shunned.Store(false)
	r.p.Log.Info("the exchange failed", "error", err, "wait", wait.Round(time.Second))
	return wait
}

// spoken is a failure for a person, and how long the backend asked to wait.
func spoken(err error) (*pos.Error, time.Duration) {
	if t, ok := errors.AsType[*exchange.Trouble](err); ok {
		return t.Told(), t.RetryAfter
	}
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e, 0
	}
	return pos.Wrap(pos.CodeInternal, "till.internal", err), 0
}

// stands reports a failure that time does not mend.
func stands(err error) bool {
	t, ok := errors.AsType[*exchange.Trouble](err)
	return ok && t.Stands()
}

// backoff is the wait after so many failures.
func (r *Relay) backoff(tries int) time.Duration {
	wait := lastWait
	if shift := tries - 1; shift < 9 {
		wait = min(firstWait<<shift, lastWait)
	}
	spread := 1 - jitter + 2*jitter*r.p.Jitter()
	return time.Duration(float64(wait) * spread)
}

// become changes the status and tells of it.
func (r *Relay) become(change func(*Status)) {
	r.mu.Lock()
	before := r.status
	change(&r.status)
	after := r.status
	r.mu.Unlock()
	if after != before && r.p.Changed != nil {
		r.p.Changed(after)
	}
}
