package store

import (
	"context"
	"fmt"
	"time"
)

// JobState says how a job stands.
type JobState string

// The states of jobs.
const (
	JobWaits     JobState = "waits"     // for its time
	JobDue       JobState = "due"       // may be done now
	JobRuns      JobState = "runs"      // somebody does it
	JobRetries   JobState = "retries"   // came to nothing, and waits to be tried again
	JobDone      JobState = "done"      // kept for a day
	JobCancelled JobState = "cancelled" // by somebody, or there was nothing to be done
	JobGivenUp   JobState = "given-up"  // was tried as often as it may be
)

// JobStates are all of them, in the order a screen lists them.
func JobStates() []JobState {
	return []JobState{JobWaits, JobDue, JobRuns, JobRetries, JobDone, JobCancelled, JobGivenUp}
}

// NewJob is something to be done after this transaction, and only if it is kept.
type NewJob struct {
	Kind     string
	Key      string    // one of a kind with this key waits or runs at a time; "" for any number
	Args     []byte    // JSON
	At       time.Time // not before; the zero time is at once
	Attempts int       // how often it is tried at most
}

// Job is one that was added.
type Job struct {
	ID       int64
	Kind     string
	Key      string
	Args     []byte
	State    JobState
	Attempt  int // how often it was begun; putting it off counts as none
	Attempts int
	Made     time.Time
	At       time.Time // when it is due, or was
	Ended    time.Time // zero while it has not
	Failed   string    // what the last try came to, without anything personal
}

// JobFilter chooses jobs; what is left empty chooses all.
type JobFilter struct {
	Kinds  []string
	States []JobState
	After  int64 // the id of the last one of the page before
	Limit  int
}

// Jobs is what waits to be done. What is added is in the caller's transaction.
type Jobs interface {
	// AddJob adds a job, unless one with its key waits or runs: false then. So
	// whoever adds one to have something looked at again while its twin runs is not
	// heard: the twin has to look again before it ends.
	AddJob(j *NewJob) (bool, error)
	// ListJobs lists those that fit, the newest first.
	ListJobs(f JobFilter) ([]Job, error)
	CountJobs() (map[JobState]int64, error)
	// RetryJob has one done now that is not done and is not being done: false for
	// another.
	RetryJob(id int64) (bool, error)
	// CancelJob ends one that has not ended. One that runs hears of it at its context.
	CancelJob(id int64) (bool, error)
}

// Later is what a job returns to be done not now but once more after a while. It
// counts as no try.
type Later struct{ After time.Duration }

// Error implements error.
func (l *Later) Error() string { return fmt.Sprintf("put off for %s", l.After) }

// Hopeless is what a job returns that no further try would mend.
type Hopeless struct{ Err error }

// Error implements error.
func (h *Hopeless) Error() string { return "hopeless: " + h.Err.Error() }

func (h *Hopeless) Unwrap() error { return h.Err }

// Crew is who does jobs.
type Crew struct {
	Kinds []string // they know; a job of another waits for a program that does
	// Do does one. Its context ends with the time it has, when somebody cancels it,
	// or when the program has no time left to end in.
	Do func(ctx context.Context, j *Job) error
	// Retry says how long to wait after a try came to nothing.
	Retry func(j *Job) time.Duration
	// Within is how long a try of a kind may take; nil or 0 is the usual time.
	Within func(kind string) time.Duration
	// Rest is how long nothing must be due before DoJobs returns: 0 is at once,
	// negative never.
	Rest time.Duration
}

// Worker does what waits.
type Worker interface {
	// DoJobs does what is due and becomes so until nothing is, as the crew says, or
	// ctx ends; then it finishes what runs, for as long as that may take, and claims
	// nothing more. A job whose program was killed is done again. Several programs
	// may do so over one PostgreSQL, one over a file of SQLite.
	DoJobs(ctx context.Context, c Crew) error
	// NextJob says in how long the next one of some kinds is due, 0 for one that is,
	// and false where nothing waits. It writes nothing.
	NextJob(ctx context.Context, kinds []string) (in time.Duration, waits bool, err error)
	// SetJobClock is for tests: by which clock a job is due. Without, that is the
	// database's on PostgreSQL and the computer's on SQLite.
	SetJobClock(now func() time.Time)
}
