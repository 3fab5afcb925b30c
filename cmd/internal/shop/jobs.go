package shop

import (
	"context"
	"sync"

	"kassa/backend"
)

// duties are what the backend carried here does by itself, deadlines say, while it is
// the one behind the till.
type duties struct {
	mu   sync.Mutex
	kept context.Context // while a window keeps the till; nil where nobody stays
	b    *backend.Backend
	end  func() // nil while nothing is done
	rest bool   // they are not begun: the till is about to turn to another backend
}

// beginDuties has the carried backend do what is due, if it is open, stands behind the
// till, and somebody stays to keep it at work. A process beside an open till does not:
// one at a time may.
func (s *Shop) beginDuties() {
	d := &s.behind.duties
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.b == nil || d.kept == nil || d.kept.Err() != nil || d.end != nil || d.rest {
		return
	}
	server, err := s.Till.Server(d.kept)
	if err != nil {
		s.Log.Error("what the carried backend has to do waits", "error", err)
		return
	}
	if server != "" {
		return
	}
	ctx, cancel := context.WithCancel(d.kept)
	done := make(chan struct{})
	b := d.b
	s.copies.Go(func() { defer close(done); b.RunJobs(ctx) })
	d.end = func() { cancel(); <-done }
}

// restDuties lets the carried backend finish what it does, and do nothing more by
// itself until again is called: what it keeps of the shop is about to be somebody
// else's.
func (s *Shop) restDuties() (again func()) {
	d := &s.behind.duties
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
		s.beginDuties()
	}
}

// keepDuties says that this process stays until ctx ends.
func (s *Shop) keepDuties(ctx context.Context) {
	s.behind.duties.mu.Lock()
	s.behind.duties.kept = ctx
	s.behind.duties.mu.Unlock()
	s.beginDuties()
}

// carry says which backend is carried here from now on.
func (s *Shop) carry(b *backend.Backend) {
	s.behind.duties.mu.Lock()
	defer s.behind.duties.mu.Unlock()
	s.behind.duties.b = b
}
