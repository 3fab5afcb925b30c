// Package queue keeps the backend's jobs on River, in the database of the backend
// itself: what is added is in the caller's transaction, and what is done is done by
// as many programs as there are. Nothing of River's is seen outside.
//
// What was found the hard way: River shares the one connection that writes to SQLite,
// so nothing here asks for another while a transaction is open; what a killed program
// left running is found after a short while, or at once where nobody else can be
// running it; and River that rests still writes every few seconds, so whoever must
// not has it work only while something is due.
package queue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"kassa/backend/store"
)

// Params say where the jobs are.
type Params struct {
	Driver riverdriver.Driver[*sql.Tx]
	W, R   *sql.DB // the driver's own pool, and one that may read
	// Alone says that one program at a time works here, so that what runs when it
	// begins was left by one that is gone.
	Alone     bool
	Translate func(error) error // errors of the driver
	Log       *slog.Logger
}

// Queue implements store.Worker, and store.Jobs for a transaction, see In.
type Queue struct {
	p     Params
	clock clock
	asked *river.Client[*sql.Tx] // adds, lists, tries again and cancels; does nothing
}

// New makes a queue over tables that Migrate made.
func New(p Params) *Queue {
	if p.Translate == nil {
		p.Translate = func(err error) error { return err }
	}
	p.Log = loud(p.Log)
	q := &Queue{p: p}
	client, err := river.NewClient(p.Driver, q.config())
	if err != nil {
		panic(err) // a mistake in the configuration, which is constant
	}
	q.asked = client
	return q
}

// Limits of doing. A try ends before it is taken for one whose program was killed, and
// one of a kind that may take longer is not taken for one before it had its time.
const (
	tryIn        = 10 * time.Second      // how long a try may take
	lostAfter    = 15 * time.Second      // when a running one is taken for lost
	finishIn     = 20 * time.Second      // what runs when the end is asked for
	endIn        = 5 * time.Second       // and for what does not hear of it
	fetchEvery   = 10 * time.Millisecond // at most, while there is something to do
	workers      = 20
	pollAlone    = 250 * time.Millisecond
	pollTogether = time.Second
	keepDone     = 24 * time.Hour
	keepFailed   = 90 * 24 * time.Hour // as long as what a till told
)

// config is what every client of River has.
func (q *Queue) config() *river.Config {
	return &river.Config{
		Logger: q.p.Log, Test: river.TestConfig{Time: &q.clock}, PollOnly: true,
		FetchCooldown: fetchEvery, JobTimeout: tryIn, RescueStuckJobsAfter: lostAfter, SoftStopTimeout: finishIn,
		CompletedJobRetentionPeriod: keepDone, CancelledJobRetentionPeriod: keepFailed, DiscardedJobRetentionPeriod: keepFailed,
	}
}

// Migrate brings River's tables to the version this program knows; where they are, it
// does nothing. Of several programs over one database one at a time may call it.
func Migrate(ctx context.Context, driver riverdriver.Driver[*sql.Tx], log *slog.Logger) error {
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: loud(log)})
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// clock tells River the time: the test's where there is one, else its own.
type clock struct {
	now atomic.Pointer[func() time.Time]
}

// Now implements rivertype.TimeGenerator.
func (c *clock) Now() time.Time {
	if fn := c.now.Load(); fn != nil {
		return (*fn)()
	}
	return time.Now() // with its monotonic part
}

// NowOrNil implements rivertype.TimeGenerator.
func (c *clock) NowOrNil() *time.Time {
	fn := c.now.Load()
	if fn == nil {
		return nil
	}
	now := (*fn)().UTC()
	return &now
}

// SetJobClock implements store.Worker.
func (q *Queue) SetJobClock(now func() time.Time) { q.clock.now.Store(&now) }

// args is what River keeps of a job of ours.
type args struct {
	kind string
	Key  string          `json:"key" river:"unique"`
	Body json.RawMessage `json:"body"`
}

// Kind implements river.JobArgs.
func (a args) Kind() string { return a.kind }

// Tx is store.Jobs within a transaction.
type Tx struct {
	q   *Queue
	ctx context.Context
	t   *sql.Tx
}

// In is the queue within a transaction of its database.
func (q *Queue) In(ctx context.Context, t *sql.Tx) Tx { return Tx{q: q, ctx: ctx, t: t} }

// lives are the states in which a job is one of its key: the others are over.
var lives = []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled}

// AddJob implements store.Jobs.
func (x Tx) AddJob(j *store.NewJob) (bool, error) {
	o := &river.InsertOpts{MaxAttempts: j.Attempts}
	if j.Key != "" {
		o.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: lives}
	}
	if now := x.q.clock.Now(); j.At.After(now) {
		o.ScheduledAt = j.At.UTC()
	}
	body := json.RawMessage(j.Args)
	if len(body) == 0 {
		body = json.RawMessage("{}")
	}
	// Not cut off half way: that would take the transaction with it.
	res, err := x.q.asked.InsertTx(context.WithoutCancel(x.ctx), x.t, args{kind: j.Kind, Key: j.Key, Body: body}, o)
	if err != nil {
		return false, err
	}
	return !res.UniqueSkippedAsDuplicate, nil
}

// most is how many jobs are listed at once.
const most = 200

// ListJobs implements store.Jobs.
func (x Tx) ListJobs(f store.JobFilter) (all []store.Job, err error) {
	p := river.NewJobListParams().OrderBy(river.JobListOrderByID, river.SortOrderDesc)
	if f.Limit <= 0 || f.Limit > most {
		f.Limit = most
	}
	p = p.First(f.Limit)
	if len(f.Kinds) > 0 {
		p = p.Kinds(f.Kinds...)
	}
	if len(f.States) > 0 {
		p = p.States(theirs(f.States)...)
	}
	if f.After > 0 {
		p = p.Where("id < @after", river.NamedArgs{"after": f.After})
	}
	res, err := x.q.asked.JobListTx(x.ctx, x.t, p)
	if err != nil {
		return nil, err
	}
	for _, row := range res.Jobs {
		j, err := job(row)
		if err != nil {
			return nil, err
		}
		all = append(all, *j)
	}
	return all, nil
}

const sqlCount = `SELECT CAST(state AS TEXT), COUNT(*) FROM river_job GROUP BY state`

// CountJobs implements store.Jobs.
func (x Tx) CountJobs() (map[store.JobState]int64, error) {
	rows, err := x.t.QueryContext(x.ctx, sqlCount)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[store.JobState]int64{}
	for rows.Next() {
		var state string
		var n int64
		if err := rows.Scan(&state, &n); err != nil {
			return nil, err
		}
		counts[states[rivertype.JobState(state)]] += n
	}
	return counts, rows.Err()
}

// RetryJob implements store.Jobs.
func (x Tx) RetryJob(id int64) (bool, error) {
	now, err := x.byID(id)
	if now == nil || err != nil {
		return false, err
	}
	switch now.State {
	case rivertype.JobStateCompleted, rivertype.JobStateRunning, rivertype.JobStateAvailable:
		return false, nil
	}
	_, err = x.q.asked.JobRetryTx(context.WithoutCancel(x.ctx), x.t, id)
	return err == nil, err
}

// CancelJob implements store.Jobs.
func (x Tx) CancelJob(id int64) (bool, error) {
	now, err := x.byID(id)
	if now == nil || now.FinalizedAt != nil || err != nil {
		return false, err
	}
	_, err = x.q.asked.JobCancelTx(context.WithoutCancel(x.ctx), x.t, id)
	return err == nil, err
}

// byID is River's row, nil for none.
func (x Tx) byID(id int64) (*rivertype.JobRow, error) {
	row, err := x.q.asked.JobGetTx(x.ctx, x.t, id)
	if errors.Is(err, rivertype.ErrNotFound) {
		return nil, nil
	}
	return row, err
}

// states are our words for River's.
var states = map[rivertype.JobState]store.JobState{
	rivertype.JobStateAvailable: store.JobDue,
	rivertype.JobStateCancelled: store.JobCancelled,
	rivertype.JobStateCompleted: store.JobDone,
	rivertype.JobStateDiscarded: store.JobGivenUp,
	rivertype.JobStatePending:   store.JobWaits,
	rivertype.JobStateRetryable: store.JobRetries,
	rivertype.JobStateRunning:   store.JobRuns,
	rivertype.JobStateScheduled: store.JobWaits,
}

// theirs are River's words for ours.
func theirs(ours []store.JobState) (all []rivertype.JobState) {
	for their, our := range states {
		for _, s := range ours {
			if s == our {
				all = append(all, their)
			}
		}
	}
	return all
}

// job reads what River keeps.
func job(row *rivertype.JobRow) (*store.Job, error) {
	var a args
	if err := json.Unmarshal(row.EncodedArgs, &a); err != nil {
		return nil, err
	}
	j := &store.Job{ID: row.ID, Kind: row.Kind, Key: a.Key, Args: a.Body, State: states[row.State], Attempt: row.Attempt, Attempts: row.MaxAttempts,
		Made: row.CreatedAt.UTC(), At: row.ScheduledAt.UTC()}
	if row.FinalizedAt != nil {
		j.Ended = row.FinalizedAt.UTC()
	}
	if n := len(row.Errors); n > 0 {
		j.Failed = strings.TrimPrefix(row.Errors[n-1].Error, "JobCancelError: ")
	}
	return j, nil
}
