package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/internal/desk"
	"kassa/backend/jobs"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/postgres"
	"kassa/storage/postgres/pgtest"
)

func TestMain(m *testing.M) {
	if at := os.Getenv(childAt); at != "" {
		os.Exit(child(at))
	}
	os.Exit(pgtest.Main(m))
}

// letter is what the tests' jobs are about.
type letter struct {
	To string `json:"to"`
}

// house is a backend with one kind of jobs, which does as it is told.
type house struct {
	*testing.T
	*jobs.Jobs
	desk   *desk.Desk
	clock  *postest.Clock
	letter *jobs.Adder[letter]
	again  func() *house // another program over the same database, nil on SQLite

	mu   sync.Mutex
	done []string
	do   func(ctx context.Context, j jobs.Job, about letter) error
}

// engines runs a test on both.
func engines(t *testing.T, test func(h *house)) {
	t.Run("sqlite", func(t *testing.T) {
		s, err := central.OpenFile(t.Context(), filepath.Join(t.TempDir(), central.FileName), false, nil)
		require.NoError(t, err)
		test(build(t, s, postest.NewClock()))
	})
	t.Run("postgres", func(t *testing.T) { test(onPostgres(t, pgtest.URL(t), postest.NewClock())) })
}

func onPostgres(t *testing.T, url string, clock *postest.Clock) *house {
	s, err := postgres.OpenBackend(t.Context(), url, nil)
	require.NoError(t, err)
	h := build(t, s, clock)
	h.again = func() *house { return onPostgres(t, url, clock) }
	return h
}

func build(t *testing.T, s store.Store, clock *postest.Clock) *house {
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	h := &house{T: t, clock: clock, desk: desk.New(desk.Params{Store: s, Clock: wall{}, IDs: postest.IDsAfter(1 << 40)})}
	if clock != nil {
		s.SetJobClock(clock.Now)
		h.desk.Clock = clock
	}
	h.Jobs = jobs.New(h.desk)
	hours := func(n int) time.Duration { return time.Duration(n) * time.Hour }
	if clock == nil {
		hours = nil
	}
	h.letter = jobs.Define(h.Jobs, jobs.Kind[letter]{Name: "test.letter", Attempts: 3, Wait: hours, Within: 20 * time.Second,
		Do: func(ctx context.Context, j jobs.Job, about letter) error {
			_, ends := ctx.Deadline()
			assert.True(t, ends)
			h.mu.Lock()
			do := h.do
			h.done = append(h.done, about.To)
			h.mu.Unlock()
			if do == nil {
				return nil
			}
			return do(ctx, j, about)
		}})
	return h
}

func (h *house) add(key string, in time.Duration, to string) (added bool) {
	h.Helper()
	require.NoError(h, h.desk.Change(h.Context(), func(o *desk.Op) (err error) {
		added, err = h.letter.Add(o, key, o.At.Add(in), letter{to})
		return err
	}))
	return added
}

// due does what is due and returns what was done.
func (h *house) due() []string {
	h.Helper()
	require.NoError(h, h.RunDueJobs(h.Context()))
	h.mu.Lock()
	defer h.mu.Unlock()
	done := h.done
	h.done = nil
	return done
}

func (h *house) all() []jobs.Job {
	h.Helper()
	all, err := h.ListJobs(h.Context(), jobs.Filter{})
	require.NoError(h, err)
	return all
}

func (h *house) only() jobs.Job {
	h.Helper()
	all := h.all()
	require.Len(h, all, 1)
	return all[0]
}

// A job is there if the transaction that adds it is kept, and is done once.
func TestJobs_WithItsTransaction(t *testing.T) {
	engines(t, func(h *house) {
		bad := errors.New("no")
		require.ErrorIs(h, h.desk.Change(h.Context(), func(o *desk.Op) error {
			added, err := h.letter.Add(o, "k", time.Time{}, letter{"nobody"})
			require.True(h, added)
			return errors.Join(err, bad)
		}), bad)
		require.Empty(h, h.all())
		require.Empty(h, h.due())

		require.True(h, h.add("k", 0, "Анна"))
		waits := h.only()
		require.Equal(h, store.JobDue, waits.State)
		require.Equal(h, "k", waits.Key)
		require.Equal(h, []string{"Анна"}, h.due())
		require.Empty(h, h.due())
		over := h.only()
		require.Equal(h, store.JobDone, over.State)
		require.Equal(h, h.clock.Now(), over.Ended)
		counts, err := h.CountJobs(h.Context())
		require.NoError(h, err)
		require.Len(h, counts, len(store.JobStates()))
		require.EqualValues(h, 1, counts[store.JobDone])
	})
}

func TestJobs_OneOfAKey(t *testing.T) {
	engines(t, func(h *house) {
		require.True(h, h.add("k", time.Hour, "a"))
		require.False(h, h.add("k", 0, "b"), "its twin waits")
		require.True(h, h.add("l", time.Hour, "c"))
		require.True(h, h.add("", time.Hour, "d"))
		require.True(h, h.add("", time.Hour, "d"), "no key, any number")
		h.do = func(context.Context, jobs.Job, letter) error {
			assert.False(h, h.add("k", 0, "e"), "its twin runs")
			return nil
		}
		h.clock.Move(time.Hour)
		require.ElementsMatch(h, []string{"a", "c", "d", "d"}, h.due())
		h.do = nil
		require.True(h, h.add("k", 0, "f"), "it is over")
		require.Equal(h, []string{"f"}, h.due())

		var wait sync.WaitGroup
		added := make([]bool, 8)
		for i := range added {
			wait.Go(func() { added[i] = h.add("m", 0, "g") })
		}
		wait.Wait()
		require.ElementsMatch(h, []bool{true, false, false, false, false, false, false, false}, added)
	})
}

// Nothing is done before its time by the test's clock, and then at once.
func TestJobs_AtTheirTime(t *testing.T) {
	engines(t, func(h *house) {
		h.add("k", 30*24*time.Hour, "a")
		require.Equal(h, store.JobWaits, h.only().State)
		require.Equal(h, h.clock.Now().Add(30*24*time.Hour), h.only().At)
		h.clock.Move(30*24*time.Hour - time.Millisecond)
		require.Empty(h, h.due())
		h.clock.Move(time.Millisecond)
		require.Equal(h, []string{"a"}, h.due())
	})
}

// What came to nothing is tried again, as the kind says, and given up in the end.
func TestJobs_Retry(t *testing.T) {
	engines(t, func(h *house) {
		h.do = func(context.Context, jobs.Job, letter) error {
			return pos.Wrap(pos.CodeUnavailable, "backend.database-away", errors.New("+7 900 000-00-00 did not answer"))
		}
		h.add("k", 0, "a")
		require.Len(h, h.due(), 1)
		now := h.only()
		require.Equal(h, store.JobRetries, now.State)
		require.Equal(h, h.clock.Now().Add(time.Hour), now.At)
		require.Equal(h, "unavailable backend.database-away", now.Failed, "without anything personal")
		require.Empty(h, h.due())
		h.clock.Move(time.Hour)
		require.Len(h, h.due(), 1)
		require.Equal(h, h.clock.Now().Add(2*time.Hour), h.only().At)
		h.clock.Move(2 * time.Hour)
		require.Len(h, h.due(), 1)
		now = h.only()
		require.Equal(h, store.JobGivenUp, now.State)
		require.Equal(h, 3, now.Attempt)
		h.clock.Move(24 * time.Hour)
		require.Empty(h, h.due())

		h.do = nil
		require.NoError(h, h.RetryJob(h.Context(), now.ID))
		require.Len(h, h.due(), 1)
		require.Equal(h, store.JobDone, h.only().State)
		require.Equal(h, pos.CodeConflict, pos.CodeOf(h.RetryJob(h.Context(), now.ID)), "it is done")
		require.Equal(h, pos.CodeConflict, pos.CodeOf(h.RetryJob(h.Context(), 1<<40)))
	})
}

func TestJobs_LaterHopelessBroken(t *testing.T) {
	engines(t, func(h *house) {
		h.do = func(context.Context, jobs.Job, letter) error { return jobs.Later(time.Minute) }
		h.add("k", 0, "a")
		for range 5 { // more often than it may be tried
			require.Len(h, h.due(), 1)
			now := h.only()
			require.Equal(h, store.JobWaits, now.State)
			require.Zero(h, now.Attempt)
			require.Equal(h, h.clock.Now().Add(time.Minute), now.At)
			h.clock.Move(time.Minute)
		}
		h.do = func(context.Context, jobs.Job, letter) error {
			return jobs.Hopeless(pos.E(pos.CodeNotFound, "x.y", nil))
		}
		require.Len(h, h.due(), 1)
		require.Equal(h, store.JobCancelled, h.only().State)
		require.Equal(h, "not_found x.y", h.only().Failed)

		h.do = func(context.Context, jobs.Job, letter) error { panic("+7 900 000-00-00") }
		h.add("l", 0, "b")
		require.Len(h, h.due(), 1)
		broke := h.all()[0]
		require.Equal(h, store.JobRetries, broke.State)
		require.Equal(h, "internal", broke.Failed)
	})
}

func TestJobs_Cancel(t *testing.T) {
	engines(t, func(h *house) {
		h.add("k", time.Hour, "a")
		require.NoError(h, h.CancelJob(h.Context(), h.only().ID))
		require.Equal(h, store.JobCancelled, h.only().State)
		require.Equal(h, pos.CodeConflict, pos.CodeOf(h.CancelJob(h.Context(), h.only().ID)))
		h.clock.Move(time.Hour)
		require.Empty(h, h.due())

		// One that runs hears of it.
		h.do = func(ctx context.Context, j jobs.Job, _ letter) error {
			assert.NoError(h, h.CancelJob(context.Background(), j.ID))
			<-ctx.Done()
			return ctx.Err()
		}
		h.add("l", 0, "b")
		require.Len(h, h.due(), 1)
		require.Equal(h, store.JobCancelled, h.all()[0].State)

		list, err := h.ListJobs(h.Context(), jobs.Filter{Kinds: []string{"test.letter"}, States: []jobs.State{store.JobCancelled}, Limit: 1})
		require.NoError(h, err)
		require.Equal(h, "l", list[0].Key)
		list, err = h.ListJobs(h.Context(), jobs.Filter{After: list[0].ID, Limit: 1})
		require.NoError(h, err)
		require.Equal(h, "k", list[0].Key)
		list, err = h.ListJobs(h.Context(), jobs.Filter{Kinds: []string{"test.other"}})
		require.NoError(h, err)
		require.Empty(h, list)
	})
}

// A job of a kind that this program does not know is left to one that does.
func TestJobs_UnknownKind(t *testing.T) {
	engines(t, func(h *house) {
		require.NoError(h, h.desk.Change(h.Context(), func(o *desk.Op) error {
			_, err := o.AddJob(&store.NewJob{Kind: "test.newer", Key: "k", Attempts: 1})
			return err
		}))
		h.add("k", 0, "a")
		require.Equal(h, []string{"a"}, h.due())
		all := h.all()
		require.Equal(h, []store.JobState{store.JobDone, store.JobDue}, []store.JobState{all[0].State, all[1].State})
	})
}

// Several programs over one database do each job once.
func TestJobs_Together(t *testing.T) {
	h := onPostgres(t, pgtest.URL(t), postest.NewClock())
	all := []*house{h, h.again(), h.again()}
	const n = 60
	for i := range n {
		h.add(fmt.Sprint(i), time.Hour, fmt.Sprint(i))
	}
	h.clock.Move(time.Hour)
	var wait sync.WaitGroup
	for _, one := range all {
		wait.Go(func() { assert.NoError(t, one.RunDueJobs(context.Background())) })
	}
	wait.Wait()
	times := map[string]int{}
	for _, one := range all {
		for _, to := range one.done {
			times[to]++
		}
	}
	require.Len(t, times, n)
	for to, k := range times {
		require.Equal(t, 1, k, to)
	}
	counts, err := h.CountJobs(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, n, counts[store.JobDone])
}
