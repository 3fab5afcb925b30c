// Package desk is what every command of the backend has in common: one
// transaction, one time, one source of ids. The rooms of the backend stand on it.
package desk

import (
	"context"
	"log/slog"
	"time"

	"kassa/backend/store"
)

// Clock tells the time; tests own it.
type Clock interface{ Now() time.Time }

// IDs makes UUIDv7 texts; tests own it.
type IDs interface{ NewID() string }

// Sealer seals secrets under a key that is not in the database, each for one place.
type Sealer interface {
	Sealed(text string) bool
	Seal(place, secret string) (string, error)
	Unseal(place, sealed string) (string, error)
}

// Params are what a backend stands on. Log may be nil; New panics without any of
// the others.
type Params struct {
	Store store.Store
	Clock Clock
	IDs   IDs
	Log   *slog.Logger
	// Carried says that the backend is carried in the till whose commands it
	// takes: that has the bodies, and only their digests are kept here.
	Carried bool
	// Elapsed is a clock nobody can set: how long the program, or the computer, runs.
	// By it a leap of Clock is found; nil finds none.
	Elapsed func() time.Duration
	// Doubted reports that nobody can believe Clock until somebody confirms it, as the till
	// knows that carries the backend: a leap while the computer was off is found by what it
	// keeps. A server asks its database. nil: nobody knows better.
	Doubted func(context.Context) (bool, error)
	// HashMemoryKiB is what one hash of a password takes; 0 is 64 MiB. Tests take less.
	HashMemoryKiB uint32
	// Sealer seals what has to be computed with and is nobody's to read; nil: there is
	// no key, and no such secret is taken.
	Sealer Sealer
	// Changed hears that something shared changed, after that was stored; it returns at
	// once. It may be nil.
	Changed func()
}

// Desk runs the backend's commands. It is safe for use by several goroutines.
type Desk struct {
	Params
	// JobAdded hears that jobs were added, after they were stored; it returns at once.
	// It is set once, by the room that does them.
	JobAdded func()
}

// New makes a desk.
func New(p Params) *Desk {
	if p.Store == nil || p.Clock == nil || p.IDs == nil {
		panic("backend: a required parameter is missing")
	}
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	return &Desk{Params: p}
}

// Op is one command in progress.
type Op struct {
	store.Tx
	*Desk
	At time.Time // in UTC, whole milliseconds
}

// Now is the time as it is stored.
func (d *Desk) Now() time.Time { return d.Clock.Now().UTC().Truncate(time.Millisecond) }

// Change runs fn as one durable transaction. fn may run twice and keeps nothing
// outside that the second run does not replace.
func (d *Desk) Change(ctx context.Context, fn func(*Op) error) error {
	at := d.Now()
	var changed []store.FeedRow
	var jobs bool
	err := d.Store.Change(ctx, func(x store.Tx) error {
		changed, jobs = changed[:0], false
		f := feeding{Tx: x, ids: d.IDs, changed: &changed, jobs: &jobs}
		if err := fn(&Op{Tx: f, Desk: d, At: at}); err != nil {
			return err
		}
		return f.feed()
	})
	if err == nil && len(changed) > 0 && d.Changed != nil {
		d.Changed()
	}
	if err == nil && jobs && d.JobAdded != nil {
		d.JobAdded()
	}
	return err
}

// ChangeOrRefuse is Change for a command that is refused and leaves a trace all
// the same: what was written stays, and refused is returned.
func (d *Desk) ChangeOrRefuse(ctx context.Context, fn func(*Op) (refused, err error)) error {
	var refused error
	err := d.Change(ctx, func(o *Op) (err error) {
		refused, err = fn(o)
		return err
	})
	if err != nil {
		return err
	}
	return refused
}

// Look runs fn over one consistent state.
func (d *Desk) Look(ctx context.Context, fn func(*Op) error) error {
	at := d.Now()
	return d.Store.Look(ctx, func(x store.Tx) error { return fn(&Op{Tx: x, Desk: d, At: at}) })
}
