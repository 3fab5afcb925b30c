// Package jobs is what the backend does later and by itself: it ends what waited too
// long, and whatever else has to happen after the transaction that causes it, once and
// in spite of whatever happens to the program. A room declares a Kind, adds jobs of it
// in its own transactions, and is called when one is due.
package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
)

// Kind is a kind of job with what it is about. Its name and what it is about are kept:
// neither may change its meaning.
type Kind[T any] struct {
	Name     string                                            // permanent
	Attempts int                                               // how often one is tried; 0: 25
	Wait     func(failed int) time.Duration                    // until the next try; nil: Backoff
	Within   time.Duration                                     // what a try may take; 0: 10 seconds
	Do       func(ctx context.Context, job Job, about T) error // see Later and Hopeless
}

// Job is one as whoever does it sees it.
type Job = store.Job

// Filter chooses jobs to list.
type Filter = store.JobFilter

// State says how a job stands.
type State = store.JobState

// Later is what Do returns to be called once more after a while; it counts as no try.
func Later(after time.Duration) error { return &store.Later{After: after} }

// Hopeless is what Do returns where no further try would mend what is wrong.
func Hopeless(err error) error { return &store.Hopeless{Err: err} }

// usualAttempts with Backoff last a day.
const usualAttempts = 25

// Backoff is how long to wait after so many tries came to nothing: from 5 seconds,
// doubled, to an hour.
func Backoff(failed int) time.Duration {
	return min(5*time.Second<<min(max(failed-1, 0), 10), time.Hour)
}

// Jobs is the room. It is safe for use by several goroutines.
type Jobs struct {
	desk *desk.Desk
	wake chan struct{}

	mu    sync.Mutex
	kinds map[string]*known
	begin []func(context.Context) error
	each  []func(context.Context) error
	mode  Mode
}

// known is a kind without the type of what it is about.
type known struct {
	attempts int
	wait     func(int) time.Duration
	within   time.Duration
	do       func(context.Context, *store.Job) error
}

// New makes the room and has it hear of what is added.
func New(d *desk.Desk) *Jobs {
	j := &Jobs{desk: d, wake: make(chan struct{}, 1), kinds: map[string]*known{}, mode: Stopped}
	d.JobAdded = j.notice
	return j
}

// Define tells the room of a kind, and how to add jobs of it. It is done before
// anything runs, and panics for a name that is taken.
func Define[T any](j *Jobs, k Kind[T]) *Adder[T] {
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, there := j.kinds[k.Name]; there || k.Name == "" || k.Do == nil {
		panic("jobs: " + k.Name + " is defined twice or not at all")
	}
	if k.Attempts == 0 {
		k.Attempts = usualAttempts
	}
	if k.Wait == nil {
		k.Wait = Backoff
	}
	j.kinds[k.Name] = &known{attempts: k.Attempts, wait: k.Wait, within: k.Within, do: func(ctx context.Context, job *store.Job) error {
		var about T
		if err := json.Unmarshal(job.Args, &about); err != nil {
			return Hopeless(err)
		}
		return k.Do(ctx, *job, about)
	}}
	return &Adder[T]{name: k.Name, attempts: k.Attempts}
}

// Adder adds jobs of one kind.
type Adder[T any] struct {
	name     string
	attempts int
}

// Add adds a job in a transaction: without it there is none. It is done not before at,
// the zero time is at once. While one with its key waits or runs no other is added,
// and false returned; "" is no key.
func (a *Adder[T]) Add(x store.Jobs, key string, at time.Time, about T) (bool, error) {
	args, err := json.Marshal(about)
	if err != nil {
		return false, err
	}
	return x.AddJob(&store.NewJob{Kind: a.name, Key: key, Args: args, At: at, Attempts: a.attempts})
}

// AtBegin has something done before the first job is, each time jobs begin to be done.
func (j *Jobs) AtBegin(fn func(context.Context) error) { j.begin = append(j.begin, fn) }

// EachMinute has something done every minute while jobs wait or are done.
func (j *Jobs) EachMinute(fn func(context.Context) error) { j.each = append(j.each, fn) }

// ListJobs lists those that fit, the newest first.
func (j *Jobs) ListJobs(ctx context.Context, f Filter) (all []Job, err error) {
	err = j.desk.Look(ctx, func(o *desk.Op) error { all, err = o.ListJobs(f); return err })
	return all, err
}

// CountJobs counts them by state, every state with its number.
func (j *Jobs) CountJobs(ctx context.Context) (n map[State]int64, err error) {
	err = j.desk.Look(ctx, func(o *desk.Op) error { n, err = o.CountJobs(); return err })
	if err != nil {
		return nil, err
	}
	for _, s := range store.JobStates() {
		n[s] += 0
	}
	return n, nil
}

// RetryJob has one done now. CodeConflict "backend.job-not-open" for one that is done,
// runs, or is not there, or whose twin waits.
func (j *Jobs) RetryJob(ctx context.Context, id int64) error {
	return j.step(ctx, func(o *desk.Op) (bool, error) { return o.RetryJob(id) })
}

// CancelJob ends one that waits or runs. CodeConflict "backend.job-not-open" likewise.
func (j *Jobs) CancelJob(ctx context.Context, id int64) error {
	return j.step(ctx, func(o *desk.Op) (bool, error) { return o.CancelJob(id) })
}

func (j *Jobs) step(ctx context.Context, fn func(*desk.Op) (bool, error)) error {
	return j.desk.Change(ctx, func(o *desk.Op) error {
		done, err := fn(o)
		if err == nil && !done {
			err = pos.E(pos.CodeConflict, "backend.job-not-open", nil)
		}
		return err
	})
}

// crew is what does jobs.
func (j *Jobs) crew(rest time.Duration) store.Crew {
	c := store.Crew{Rest: rest, Do: j.do,
		Retry:  func(job *store.Job) time.Duration { return j.kinds[job.Kind].wait(job.Attempt) },
		Within: func(kind string) time.Duration { return j.kinds[kind].within }}
	for name := range j.kinds {
		c.Kinds = append(c.Kinds, name)
	}
	slices.Sort(c.Kinds)
	return c
}

func (j *Jobs) do(ctx context.Context, job *store.Job) error {
	k, ok := j.kinds[job.Kind]
	if !ok {
		return errors.New("a job of a kind nobody here knows")
	}
	return k.do(ctx, job)
}
