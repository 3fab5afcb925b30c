package backup

import (
	"context"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"kassa/pos"
)

// A folder on a network, or a stick that was pulled out, may stop answering in the
// middle of anything, and a call of the system that does not come back cannot be
// ended. So every folder but the shop's own is worked in apart: whoever waits for
// it is told when nothing has moved for a while, and goes on.

// Patience is how long a folder may do nothing before it is given up, where
// nothing else is said. A copy that moves on is never given up, however slow.
const Patience = 30 * time.Second

// stuck holds what is being done in a folder. While that has not come back, the
// folder is not tried again: each try would leave another one behind.
var stuck sync.Map

// pulse counts signs of life.
type pulse struct{ beats atomic.Int64 }

func (p *pulse) beat() { p.beats.Add(1) }

// apart runs fn until it ends or nothing moves for as long as patience says at
// that moment; its context has ended then, and CodeUnavailable "backup.stalled" is
// the answer. key names what is done to which folder.
func apart[T any](ctx context.Context, key, folder string, patience func() time.Duration, fn func(context.Context, *pulse) (T, error)) (T, error) {
	var none T
	stalled := pos.E(pos.CodeUnavailable, "backup.stalled", pos.Args{"Path": folder})
	if _, busy := stuck.LoadOrStore(key+" "+folder, true); busy {
		return none, stalled
	}
	type answer struct {
		value T
		err   error
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p, done := &pulse{}, make(chan answer, 1)
	go func() {
		v, err := fn(ctx, p)
		stuck.Delete(key + " " + folder)
		done <- answer{v, err}
	}()
	const looks = 8 // so often within the patience
	seen, since := p.beats.Load(), time.Now()
	for {
		look := time.NewTimer(max(patience()/looks, time.Millisecond))
		select {
		case a := <-done:
			look.Stop()
			return a.value, a.err
		case <-look.C:
		}
		if n := p.beats.Load(); n != seen {
			seen, since = n, time.Now()
		} else if time.Since(since) >= patience() {
			return none, stalled
		}
	}
}

// syncEach is after how many bytes a copy is synced: where the disk is slow that is
// waited for bit by bit, and each is a sign of life.
const syncEach = 8 << 20

// steady writes a file so that it moves on or stands still, and tells which.
type steady struct {
	ctx   context.Context
	f     *os.File
	p     *pulse
	after int // bytes since the last sync
}

func (s *steady) Write(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.f.Write(b)
	s.p.beat()
	if s.after += n; err == nil && s.after >= syncEach {
		s.after = 0
		err = s.f.Sync()
		s.p.beat()
	}
	return n, err
}

// stoppable ends a long reading with its context.
type stoppable struct {
	ctx context.Context
	r   io.Reader
	p   *pulse // nil where nobody watches
}

func (s *stoppable) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(b)
	if s.p != nil {
		s.p.beat()
	}
	return n, err
}

// ListWithin is List for a folder that may not answer: CodeUnavailable
// "backup.stalled" after so long.
func ListWithin(ctx context.Context, folder string, patience time.Duration) ([]pos.Copy, error) {
	return apart(ctx, "list", folder, func() time.Duration { return patience },
		func(context.Context, *pulse) ([]pos.Copy, error) { return List(folder) })
}
