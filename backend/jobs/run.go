package jobs

import (
	"context"
	"time"
)

// Mode says what becomes of jobs that are due.
type Mode string

// The modes.
const (
	Stopped Mode = "stopped" // nothing does jobs here
	Resting Mode = "resting" // nothing is due; what becomes due is done
	Working Mode = "working" // jobs are done
	Trouble Mode = "trouble" // the database does not let them be done
)

const (
	// restAfter is how long nothing must be due before jobs are left alone: a queue
	// that rests still writes every few seconds.
	restAfter = time.Minute
	// watchEvery is how often the clock is looked at while something waits for it.
	// Nothing is read or written for that.
	watchEvery = time.Minute
	// firstPause and lastPause are how long to wait where the database has trouble.
	firstPause = time.Second
	lastPause  = time.Minute
)

// JobsMode is what becomes of jobs now.
func (j *Jobs) JobsMode() Mode {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.mode
}

func (j *Jobs) become(m Mode) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.mode = m
}

// notice hears that a job was added. It returns at once.
func (j *Jobs) notice() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// RunJobs does jobs until ctx ends, then finishes what runs and claims nothing more.
// A backend carried in a till works only while something is due: with nothing waiting
// it writes nothing and wakes nobody. One program at a time may call it over a file
// of SQLite, any number over one PostgreSQL.
func (j *Jobs) RunJobs(ctx context.Context) {
	defer j.become(Stopped)
	pause := firstPause
	for begun := false; ctx.Err() == nil; {
		var err error
		if !begun {
			err = each(ctx, j.begin)
			begun = err == nil
		}
		if err == nil {
			if j.desk.Carried {
				err = j.onDemand(ctx)
			} else {
				err = j.always(ctx)
			}
		}
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			pause = firstPause
			continue
		}
		j.become(Trouble)
		j.desk.Log.Error("jobs are not done", "error", err, "again_in", pause)
		sleep(ctx, pause, nil)
		pause = min(2*pause, lastPause)
	}
}

// RunDueJobs does what is due now and returns when nothing is: for whoever does not
// stay, and for tests.
func (j *Jobs) RunDueJobs(ctx context.Context) error {
	if err := each(ctx, j.begin); err != nil {
		return err
	}
	return j.desk.Store.DoJobs(ctx, j.crew(0))
}

// always does jobs whenever there are.
func (j *Jobs) always(ctx context.Context) error {
	watch, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		for sleep(watch, watchEvery, nil) {
			j.watch(watch)
		}
	}()
	j.become(Working)
	return j.desk.Store.DoJobs(ctx, j.crew(-1))
}

// onDemand waits until something is due and does it.
func (j *Jobs) onDemand(ctx context.Context) error {
	in, waits, err := j.desk.Store.NextJob(ctx, j.crew(restAfter).Kinds)
	if err != nil {
		return err
	}
	if waits && in == 0 {
		j.become(Working)
		return j.desk.Store.DoJobs(ctx, j.crew(restAfter))
	}
	j.become(Resting)
	if !waits {
		sleep(ctx, -1, j.wake)
		return nil
	}
	// By the wall clock, without its monotonic part: a computer that slept, and a clock
	// that was set, are found by looking.
	due := time.Now().Round(0).Add(in)
	for left := in; left > 0; left = due.Sub(time.Now().Round(0)) {
		if !sleep(ctx, min(left, watchEvery), j.wake) {
			return nil
		}
		j.watch(ctx)
	}
	return nil
}

// watch does what is done each minute.
func (j *Jobs) watch(ctx context.Context) {
	if err := each(ctx, j.each); err != nil && ctx.Err() == nil {
		j.desk.Log.Error("what is looked at each minute was not", "error", err)
	}
}

func each(ctx context.Context, all []func(context.Context) error) error {
	for _, fn := range all {
		if err := fn(ctx); err != nil {
			return err
		}
	}
	return nil
}

// sleep waits for a while, for ever when it is negative, or until somebody wakes it.
// It reports that the time is over.
func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) bool {
	var over <-chan time.Time
	if d >= 0 {
		t := time.NewTimer(d)
		defer t.Stop()
		over = t.C
	}
	select {
	case <-ctx.Done():
		return false
	case <-wake:
		return false
	case <-over:
		return true
	}
}
