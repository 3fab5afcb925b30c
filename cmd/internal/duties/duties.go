// Package duties has the backend carried in a till do what it has to by itself,
// deadlines say: while it is the one behind the till, and while somebody stays to keep
// it at work. A process beside an open till does not: one at a time may.
package duties

import (
	"context"
	"log/slog"
	"sync"

	"kassa/backend"
)

// Kept is who stays.
type Kept struct {
	Server func(context.Context) (string, error) // behind the till; "" for the carried backend
	Go     func(func())                          // runs something that is waited for at the end
	Log    *slog.Logger
}

// Duties are those of one till. The zero value has none. It is safe for use by several
// goroutines.
type Duties struct {
	mu   sync.Mutex
	by   Kept
	kept context.Context // while somebody stays; nil where nobody does
	b    *backend.Backend
	end  func() // nil while nothing is done
	rest bool   // they are not begun: the till is about to turn to another backend
}

// Keep says that somebody stays until ctx ends.
func (d *Duties) Keep(ctx context.Context, by Kept) {
	d.mu.Lock()
	d.kept, d.by = ctx, by
	d.mu.Unlock()
	d.Begin()
}

// Carry says which backend is carried from now on.
func (d *Duties) Carry(b *backend.Backend) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.b = b
}

// Begin has the carried backend do what is due, if it is open and stands behind the
// till. It may be called as often as one likes.
func (d *Duties) Begin() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.b == nil || d.kept == nil || d.kept.Err() != nil || d.end != nil || d.rest {
		return
	}
	server, err := d.by.Server(d.kept)
	if err != nil {
		d.by.Log.Error("what the carried backend has to do waits", "error", err)
		return
	}
	if server != "" {
		return
	}
	ctx, cancel := context.WithCancel(d.kept)
	done := make(chan struct{})
	b := d.b
	d.by.Go(func() { defer close(done); b.RunJobs(ctx) })
	d.end = func() { cancel(); <-done }
}

// Rest lets the carried backend finish what it does, and do nothing more by itself
// until again is called: what it keeps of the shop is about to be somebody else's.
func (d *Duties) Rest() (again func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rest = true
	if d.end != nil {
		d.end()
		d.end = nil
	}
	return func() {
		d.mu.Lock()
		d.rest = false
		d.mu.Unlock()
		d.Begin()
	}
}

// Mode says what becomes of what is due.
func (d *Duties) Mode() backend.JobsMode {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.b.JobsMode()
}
