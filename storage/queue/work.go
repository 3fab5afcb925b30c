package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"kassa/backend/store"
	"kassa/pos"
)

// Doing jobs: what is asked of the tables besides River, when River works and when it
// rests, and how it is told what became of one.
const (
	// sqlLeft gives back what a program that is gone was doing.
	sqlLeft = `UPDATE river_job SET state = 'available' WHERE state = 'running'`
	// sqlRuns counts what is being done, of kinds that follow.
	sqlRuns = `SELECT COUNT(*) FROM river_job WHERE state = 'running' AND kind IN `
)

// waiting are River's states of what waits.
var waiting = []string{"available", "scheduled", "retryable"}

// sqlNext finds when the first of a state is due, by River's own index.
func sqlNext(state, kinds string) string {
	return `SELECT scheduled_at FROM river_job WHERE state = '` + state + `' AND queue = 'default' AND priority = 1 AND kind IN ` + kinds +
		` ORDER BY scheduled_at LIMIT 1`
}

// among are kinds as a list in SQL with its values.
func among(kinds []string) (list string, args []any) {
	for i, k := range kinds {
		list += ", $" + strconv.Itoa(i+1)
		args = append(args, k)
	}
	return "(" + strings.TrimPrefix(list, ", ") + ")", args
}

// NextJob implements store.Worker.
func (q *Queue) NextJob(ctx context.Context, kinds []string) (in time.Duration, waits bool, err error) {
	list, args := among(kinds)
	var first time.Time
	for _, state := range waiting {
		var at time.Time
		err := q.p.R.QueryRowContext(ctx, sqlNext(state, list), args...).Scan(&at)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return 0, false, q.p.Translate(err)
		}
		if !waits || at.Before(first) {
			first, waits = at, true
		}
	}
	return max(first.Sub(q.clock.Now()), 0), waits, nil
}

// busy reports that something is due, and that something is or runs.
func (q *Queue) busy(ctx context.Context, kinds []string) (due, any bool, err error) {
	list, args := among(kinds)
	var runs int64
	if err := q.p.R.QueryRowContext(ctx, sqlRuns+list, args...).Scan(&runs); err != nil {
		return false, false, q.p.Translate(err)
	}
	in, waits, err := q.NextJob(ctx, kinds)
	due = waits && in == 0
	return due, due || runs > 0, err
}

// DoJobs implements store.Worker.
func (q *Queue) DoJobs(ctx context.Context, c store.Crew) error {
	if q.p.Alone {
		if _, err := q.p.W.ExecContext(ctx, sqlLeft); err != nil {
			return q.p.Translate(err)
		}
	}
	if c.Rest >= 0 {
		if _, any, err := q.busy(ctx, c.Kinds); err != nil || !any {
			return err
		}
	}
	client, err := q.client(&c)
	if err != nil {
		return err
	}
	if err := q.ready(ctx); err != nil {
		return err
	}
	ended, unsubscribe := client.Subscribe(river.EventKindJobCompleted, river.EventKindJobFailed, river.EventKindJobCancelled, river.EventKindJobSnoozed)
	defer unsubscribe()
	whole := context.WithoutCancel(ctx) // the end is asked for by Stop, which lets what runs finish
	if err := client.Start(whole); err != nil {
		return q.p.Translate(err)
	}
	err = q.attend(ctx, &c, ended)
	// Within finishIn the contexts of what still runs end too; a job that does not hear
	// of that is left as one whose program was killed.
	within, cancel := context.WithTimeout(whole, finishIn+endIn)
	defer cancel()
	if stop := client.Stop(within); stop != nil {
		err = errors.Join(err, q.p.Translate(stop))
	}
	return err
}

// client is one that works.
func (q *Queue) client(c *store.Crew) (*river.Client[*sql.Tx], error) {
	known := river.NewWorkers()
	for _, kind := range c.Kinds {
		river.AddWorkerArgs(known, args{kind: kind}, river.Worker[args](&worker{crew: c, log: q.p.Log, now: q.clock.Now}))
	}
	o := q.config()
	o.Workers, o.FetchOnlyKnownKinds = known, true
	o.FetchPollInterval = pollTogether
	if c.Rest >= 0 {
		o.FetchPollInterval = pollAlone
	}
	o.Queues = map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}}
	// Part of its maintenance knows the computer's clock alone, and would take what
	// runs for lost.
	o.LeaderElectionDisabled = q.clock.now.Load() != nil
	return river.NewClient(q.p.Driver, o)
}

// ready makes what is due by now be found at once: River looks every five seconds.
func (q *Queue) ready(ctx context.Context) error {
	for {
		now := q.clock.Now().UTC()
		done, err := q.p.Driver.GetExecutor().JobSchedule(ctx, &riverdriver.JobScheduleParams{Max: most, Now: &now})
		if err != nil || len(done) < most {
			return q.p.Translate(err)
		}
	}
}

// lookEvery is how often it is looked at what is due where nobody told.
const lookEvery = time.Second

// attend waits until nothing has been due for the rest, or ctx ends.
func (q *Queue) attend(ctx context.Context, c *store.Crew, ended <-chan *river.Event) error {
	if c.Rest < 0 {
		<-ctx.Done()
		return nil
	}
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	began := time.Now() // of the rest
	for {
		due, any, err := q.busy(ctx, c.Kinds)
		if err == nil && due {
			err = q.ready(ctx)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		case any:
			began = time.Now()
		case time.Since(began) >= c.Rest:
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ended:
		case <-look.C:
		}
	}
}

// worker does jobs of one kind.
type worker struct {
	river.WorkerDefaults[args]
	crew *store.Crew
	log  *slog.Logger
	now  func() time.Time
}

// NextRetry implements river.Worker.
func (w *worker) NextRetry(r *river.Job[args]) time.Time {
	j, err := job(r.JobRow)
	if err != nil || w.crew.Retry == nil {
		return time.Time{}
	}
	return w.now().Add(w.crew.Retry(j))
}

// Timeout implements river.Worker.
func (w *worker) Timeout(r *river.Job[args]) time.Duration {
	if w.crew.Within == nil {
		return 0
	}
	return w.crew.Within(r.Kind)
}

// Work implements river.Worker. What River keeps of an error is what anybody may
// read; the rest goes to the log.
func (w *worker) Work(ctx context.Context, r *river.Job[args]) (err error) {
	j, err := job(r.JobRow)
	if err != nil {
		return river.JobCancel(err)
	}
	defer func() {
		if v := recover(); v != nil {
			w.log.Error("a job broke", "kind", j.Kind, "job", j.ID, "panic", v)
			err = errors.New(string(pos.CodeInternal))
		}
	}()
	err = w.crew.Do(ctx, j)
	if err == nil {
		return nil
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return ctx.Err() // the program ends, and it counts as no try, or somebody cancelled it
	}
	if later, ok := errors.AsType[*store.Later](err); ok {
		return river.JobSnooze(max(later.After, 0))
	}
	w.log.Warn("a job came to nothing", "kind", j.Kind, "job", j.ID, "attempt", j.Attempt, "error", err)
	if _, ok := errors.AsType[*store.Hopeless](err); ok {
		return river.JobCancel(errors.New(spoken(err)))
	}
	return errors.New(spoken(err))
}

// spoken is an error without anything personal: its permanent words.
func spoken(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return fmt.Sprintf("%s %s", e.Code, e.ID)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return string(pos.CodeUnavailable) + " time"
	}
	return string(pos.CodeInternal)
}

// quiet lets through what somebody should read.
type quiet struct{ slog.Handler }

// Enabled implements slog.Handler.
func (h quiet) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && h.Handler.Enabled(ctx, l)
}

// WithAttrs implements slog.Handler.
func (h quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{h.Handler.WithAttrs(attrs)} }

// WithGroup implements slog.Handler.
func (h quiet) WithGroup(name string) slog.Handler { return quiet{h.Handler.WithGroup(name)} }

// loud is a log without what River tells of its days.
func loud(log *slog.Logger) *slog.Logger {
	if log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(quiet{log.Handler()})
}

var _ rivertype.TimeGenerator = (*clock)(nil)
