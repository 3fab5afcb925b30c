package manual_test

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/store"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/postgres"
	"kassa/storage/postgres/pgtest"
	"kassa/storage/sqlite"
)

// jobOf is the job of an order's deadline.
func (r *room) jobOf(order string) backend.Job {
	r.Helper()
	all, err := r.ListJobs(r.Context(), backend.JobFilter{Kinds: []string{"order.deadline"}})
	require.NoError(r, err)
	var of []backend.Job
	for i := range all {
		if all[i].Key == order {
			of = append(of, all[i])
		}
	}
	require.Len(r, of, 1)
	return of[0]
}

func (r *room) stateOf(order string) pay.State {
	r.Helper()
	var o *pay.Order
	require.NoError(r, r.store.Look(r.Context(), func(x store.Tx) (err error) { o, err = x.Order(order); return err })) // which ends nothing
	return o.State
}

func (r *room) due() {
	r.Helper()
	require.NoError(r, r.RunDueJobs(r.Context()))
}

// An order comes with the job of its deadline, or neither does; at its time the job
// declines it, once.
func TestManual_DeadlineIsAJob(t *testing.T) {
	engines(t, func(r *room) {
		_, err := r.New(r.Context(), owner, pay.Ask{ID: "p0", Where: pay.AtTill, Offer: "o1", Price: -5})
		require.Error(r, err)
		all, err := r.ListJobs(r.Context(), backend.JobFilter{})
		require.NoError(r, err)
		require.Empty(r, all)

		o := r.order("p1")
		r.order("p1") // asked again
		r.order("p2")
		require.Equal(r, o.Deadline, r.jobOf("p1").At)
		r.clock.Move(30*24*time.Hour - time.Millisecond)
		r.due()
		require.Equal(r, pay.Open, r.stateOf("p1"))
		_, err = r.decide(manager, "d2", "p2", pay.Approve, 1)
		require.NoError(r, err)
		r.clock.Move(time.Millisecond)
		r.due()
		require.Equal(r, pay.Declined, r.stateOf("p1"))
		require.Equal(r, pay.Approved, r.stateOf("p2"), "decided in time")
		require.Equal(r, store.JobDone, r.jobOf("p1").State)
		require.Equal(r, store.JobDone, r.jobOf("p2").State)
		k, err := r.Order(r.Context(), "p1")
		require.NoError(r, err)
		require.Len(r, k.Events, 2)
		require.Equal(r, pay.ReasonExpired, k.Events[1].Reason)
		r.sound()
	})
}

// A clock that leaps brings the job too early, and ends nothing: the job waits an hour,
// and comes at its time when the clock was put right.
func TestManual_DeadlineOnALeap(t *testing.T) {
	engines(t, func(r *room) {
		o := r.order("p1")
		r.due()
		r.clock.Set(60 * 24 * time.Hour)
		r.due()
		require.Equal(r, pay.Open, r.stateOf("p1"))
		require.Equal(r, store.JobWaits, r.jobOf("p1").State)
		require.Equal(r, r.clock.Now().Add(time.Hour), r.jobOf("p1").At)
		cases, err := r.ListCases(r.Context())
		require.NoError(r, err)
		require.Len(r, cases, 1)
		require.Equal(r, store.CaseClock, cases[0].Kind)

		r.clock.Move(time.Minute)
		r.clock.Set(-60 * 24 * time.Hour)
		r.due() // which sees that the clock was put right
		require.Equal(r, r.clock.Now().Add(time.Hour), r.jobOf("p1").At, "and not an hour after the leap")
		r.clock.Move(time.Hour)
		r.due()
		require.Equal(r, o.Deadline, r.jobOf("p1").At)
		r.clock.Move(o.Deadline.Sub(r.clock.Now()))
		r.due()
		require.Equal(r, pay.Declined, r.stateOf("p1"))
		r.sound()
	})
}

// Where nobody put the clock right for an hour, it is the time.
func TestManual_DeadlineAfterALeap(t *testing.T) {
	engines(t, func(r *room) {
		r.order("p1")
		r.due()
		r.clock.Set(60 * 24 * time.Hour)
		r.due()
		r.clock.Move(time.Hour - time.Millisecond)
		r.due()
		require.Equal(r, pay.Open, r.stateOf("p1"))
		r.clock.Move(time.Millisecond)
		r.due()
		require.Equal(r, pay.Declined, r.stateOf("p1"))
	})
}

// A job that comes by a clock ahead of the backend's own waits for that.
func TestManual_DeadlineByTheBackendsOwnClock(t *testing.T) {
	engines(t, func(r *room) {
		o := r.order("p1")
		ahead := time.Minute
		r.store.SetJobClock(func() time.Time { return r.clock.Now().Add(ahead) })
		r.clock.Move(30*24*time.Hour - 30*time.Second)
		r.due()
		require.Equal(r, pay.Open, r.stateOf("p1"))
		require.Equal(r, o.Deadline.Add(ahead), r.jobOf("p1").At)
		r.clock.Move(30 * time.Second)
		r.due()
		require.Equal(r, pay.Declined, r.stateOf("p1"))
	})
}

// A deadline that comes in the moment of a decision has one winner.
func TestManual_DeadlineRaces(t *testing.T) {
	engines(t, func(r *room) {
		for seed := range max(seeds(r.T)/50, 2) {
			id := fmt.Sprint("p", seed)
			r.order(id)
			r.clock.Move(31 * 24 * time.Hour)
			var won bool
			var wait sync.WaitGroup
			wait.Go(func() { assert.NoError(r, r.RunDueJobs(context.Background())) })
			wait.Go(func() { _, err := r.decide(manager, id+"d", id, pay.Approve, 1); won = err == nil })
			wait.Wait()
			want := pay.Declined
			if won {
				want = pay.Approved
			}
			require.Equal(r, want, r.stateOf(id))
			require.Equal(r, store.JobDone, r.jobOf(id).State)
		}
		r.sound()
	})
}

// Several copies over one PostgreSQL end each order once.
func TestManual_DeadlinesOfCopies(t *testing.T) {
	url := pgtest.URL(t)
	s, err := postgres.OpenBackend(t.Context(), url, nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	r := open(t, s)
	const n = 30
	for i := range n {
		r.order(fmt.Sprint("p", i))
	}
	r.clock.Move(31 * 24 * time.Hour)
	var wait sync.WaitGroup
	for i := range 3 {
		copied, err := postgres.OpenBackend(t.Context(), url, nil)
		require.NoError(t, err)
		defer func() { require.NoError(t, copied.Close()) }()
		copied.SetJobClock(r.clock.Now)
		b := backend.New(backend.Params{Store: copied, Clock: r.clock, IDs: postest.IDsAfter(1 << (41 + i))})
		wait.Go(func() { assert.NoError(t, b.RunDueJobs(context.Background())) })
	}
	wait.Wait()
	for i := range n {
		k, err := r.Order(r.Context(), fmt.Sprint("p", i))
		require.NoError(r, err)
		require.Equal(r, pay.Declined, k.State)
		require.Len(r, k.Events, 2, "opened, and declined once")
	}
	r.sound()
}

// An order that is brought from another backend comes with its deadline too.
func TestManual_DeadlineOfWhatIsBrought(t *testing.T) {
	engines(t, func(r *room) {
		order := r.order("p1")
		k, err := r.Order(r.Context(), "p1")
		require.NoError(r, err)
		elsewhere, err := central.OpenFile(r.Context(), filepath.Join(r.TempDir(), central.FileName), false, nil)
		require.NoError(r, err)
		defer func() { require.NoError(r, elsewhere.Close()) }()
		there := open(r.T, elsewhere)
		_, err = there.TakeOver(r.Context(), owner.Till, pay.Handover{Orders: []pay.Kept{*k}})
		require.NoError(r, err)
		require.Equal(r, order.Deadline, there.jobOf("p1").At)
	})
}

// before is a schema as it was made before a migration.
func before(t *testing.T, engine, first string) fs.FS {
	old := fstest.MapFS{}
	all, err := fs.Glob(central.Schema(engine), "*.sql")
	require.NoError(t, err)
	for _, name := range all {
		if strings.Compare(name, first) < 0 {
			text, err := fs.ReadFile(central.Schema(engine), name)
			require.NoError(t, err)
			old[name] = &fstest.MapFile{Data: text}
		}
	}
	require.Less(t, len(old), len(all))
	return old
}

// What the program before kept is opened by this one, and the orders that wait there
// get the jobs of their deadlines, once.
func TestManual_DeadlinesOfAnOlderProgram(t *testing.T) {
	const addOrder = `INSERT INTO manual_orders (id, version, state, merchant, customer, offer, price, currency, confirmed, refunded, pending, created, deadline, body)
		VALUES ($1, 1, $2, 'm1', '', '', 100, 'RUB', 0, 0, 0, $3, $4, $5)`
	deadline := postest.Noon.Add(24 * time.Hour)
	fill := func(exec func(text string, args ...any) error) {
		for id, state := range map[string]pay.State{"p1": pay.Open, "p2": pay.Open, "p3": pay.Declined} {
			body := fmt.Sprintf(`{"id":%q,"version":1,"state":%q,"till":"t1","merchant":"m1","created":%q,"deadline":%q,"requested":{"price":100,"currency":"RUB","date":%q}}`,
				id, state, postest.Noon.Format(time.RFC3339), deadline.Format(time.RFC3339), postest.Noon.Format(time.RFC3339))
			require.NoError(t, exec(addOrder, id, string(state), postest.Noon.UnixMilli(), deadline.UnixMilli(), []byte(body)))
		}
	}
	upgraded := func(t *testing.T, s store.Store, again func() store.Store) {
		r := open(t, s)
		r.order("p4")
		r.due()
		require.NoError(t, s.Close())
		r = open(t, again()) // a second beginning finds nothing to do
		defer func() { require.NoError(t, r.store.Close()) }()
		r.due()
		require.Equal(t, deadline, r.jobOf("p1").At)
		require.Equal(t, deadline, r.jobOf("p2").At)
		all, err := r.ListJobs(t.Context(), backend.JobFilter{})
		require.NoError(t, err)
		require.Len(t, all, 3)
		_, err = r.decide(manager, "d", "p2", pay.Decline, 1)
		require.NoError(t, err)
		r.clock.Move(24 * time.Hour)
		r.due()
		require.Equal(t, pay.Declined, r.stateOf("p1"))
		require.Equal(t, pay.Open, r.stateOf("p4"))
	}
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		p, err := sqlite.OpenPools(t.Context(), sqlite.Params{Dir: dir, File: central.FileName, AppID: 1262572354, Migrations: before(t, "sqlite", "00008")})
		require.NoError(t, err)
		fill(func(text string, args ...any) error {
			_, err := p.W.ExecContext(t.Context(), text, args...)
			return err
		})
		require.NoError(t, p.Close())
		reopen := func() store.Store {
			s, err := central.OpenFile(t.Context(), filepath.Join(dir, central.FileName), false, nil)
			require.NoError(t, err)
			return s
		}
		upgraded(t, reopen(), reopen)
	})
	t.Run("postgres", func(t *testing.T) {
		url := pgtest.URL(t)
		db, err := postgres.Open(t.Context(), postgres.Params{URL: url, Migrations: before(t, "postgres", "00008")})
		require.NoError(t, err)
		fill(func(text string, args ...any) error { _, err := db.ExecContext(t.Context(), text, args...); return err })
		require.NoError(t, db.Close())
		reopen := func() store.Store {
			s, err := postgres.OpenBackend(t.Context(), url, nil)
			require.NoError(t, err)
			return s
		}
		upgraded(t, reopen(), reopen)
	})
}

// A request is refused where its order is not there any more; the job of one says so
// and is not tried again.
func TestManual_DeadlineOfNothing(t *testing.T) {
	engines(t, func(r *room) {
		require.NoError(r, r.store.Change(r.Context(), func(x store.Tx) error {
			_, err := x.AddJob(&store.NewJob{Kind: "order.deadline", Key: "p9", Args: []byte(`{"order":"p9"}`), Attempts: 5})
			return err
		}))
		r.due()
		require.Equal(r, store.JobCancelled, r.jobOf("p9").State)
		require.Equal(r, string(pos.CodeNotFound)+" manual.order-unknown", r.jobOf("p9").Failed)
	})
}

// A computer that was off and comes back with a clock nobody can believe ends nothing,
// until somebody confirms it: what is declined stays so.
func TestManual_DeadlineOnAClockInDoubt(t *testing.T) {
	engines(t, func(r *room) {
		r.order("p1")
		doubted := true
		r.Backend = backend.New(backend.Params{Store: r.store, Clock: r.clock, IDs: r.ids, Elapsed: func() time.Duration { return r.clock.Read().Since },
			Doubted: func(context.Context) (bool, error) { return doubted, nil }})
		r.clock.Move(400 * 24 * time.Hour) // before anything looked at it
		r.due()
		_, err := r.ListOrders(r.Context(), backend.Orders{})
		require.NoError(r, err)
		require.Equal(r, pay.Open, r.stateOf("p1"))
		require.Equal(r, store.JobWaits, r.jobOf("p1").State)
		doubted = false
		r.clock.Move(10 * time.Minute)
		r.due()
		require.Equal(r, pay.Declined, r.stateOf("p1"))
	})
}
