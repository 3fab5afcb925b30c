// Package task runs slow work away from the window and brings its result back
// in one hop. It is the only package of the window that calls fyne.Do.
package task

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// Runner decides where work happens.
type Runner interface {
	// Do calls work once, somewhere it may take its time, and then calls then once
	// where widgets may be touched.
	Do(work, then func())
	// Show calls fn once where widgets may be touched. Work calls it to have shown
	// how it goes; it does not wait for that.
	Show(fn func())
}

// Run loads in the background and shows the outcome exactly once on the window's
// goroutine. load touches no widget; show touches nothing else. When load
// panics, show receives a *PanicError. A cancelled ctx reaches show as the
// error load made of it.
func Run[T any](ctx context.Context, r Runner, load func(context.Context) (T, error), show func(T, error)) {
	var value T
	var err error
	r.Do(
		func() { value, err = guard(ctx, load) },
		func() { show(value, err) },
	)
}

// Follow is Run for work that tells how it goes. What it tells is shown by heard
// on the window's goroutine, in order and each once; show comes after the last.
// tell may be called until load returns.
func Follow[S, T any](ctx context.Context, r Runner, load func(ctx context.Context, tell func(S)) (T, error), heard func(S), show func(T, error)) {
	var mu sync.Mutex
	var told []S
	drain := func() {
		mu.Lock()
		now := told
		told = nil
		mu.Unlock()
		for _, s := range now {
			heard(s)
		}
	}
	tell := func(s S) {
		mu.Lock()
		told = append(told, s)
		mu.Unlock()
		r.Show(drain)
	}
	Run(ctx, r, func(ctx context.Context) (T, error) { return load(ctx, tell) }, func(value T, err error) {
		drain() // work that is done at once overtakes what it told
		show(value, err)
	})
}

// PanicError is a panic of a load function, kept as an error so that one broken
// screen does not end the till.
type PanicError struct {
	Value any
	Stack []byte
}

// Error implements error.
func (e *PanicError) Error() string { return fmt.Sprintf("task: panic: %v", e.Value) }

// Unwrap returns the panic's value when it was an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

func guard[T any](ctx context.Context, load func(context.Context) (T, error)) (value T, err error) {
	defer func() {
		if v := recover(); v != nil {
			var none T
			p := &PanicError{Value: v, Stack: debug.Stack()}
			slog.ErrorContext(ctx, "background work panicked", "panic", v, "stack", string(p.Stack))
			value, err = none, p
		}
	}()
	return load(ctx)
}

// Background is the Runner of the real window. The zero value is ready.
type Background struct {
	wg sync.WaitGroup
}

// NewBackground returns a Runner that works in goroutines.
func NewBackground() *Background { return &Background{} }

// soon is how long the window waits for an answer before it goes on without:
// half a frame. Most of what the till does is durable sooner, and what is shown
// in the turn of the key itself does not wait for the frame in between.
const soon = 8 * time.Millisecond

// Do implements Runner. It is called on the window's goroutine. Work that is
// done at once is shown before Do returns; other work does not hold the window.
func (b *Background) Do(work, then func()) {
	var taken atomic.Bool // who calls then is decided: whoever comes second
	done := make(chan struct{})
	b.wg.Go(func() {
		work()
		if taken.Swap(true) {
			fyne.Do(then)
			return
		}
		close(done)
	})
	patience := time.NewTimer(soon)
	defer patience.Stop()
	select {
	case <-done:
		then()
	case <-patience.C:
		if taken.Swap(true) { // it was done in this very moment
			then()
		}
	}
}

// Show implements Runner.
func (b *Background) Show(fn func()) { fyne.Do(fn) }

// Wait returns when all work has ended; what it queued for the window may still
// be waiting there. Call it after the window is gone, never from its goroutine.
func (b *Background) Wait() { b.wg.Wait() }

// Inline is the Runner of tests and pictures: everything happens before Do returns.
type Inline struct{}

// Do implements Runner.
func (Inline) Do(work, then func()) {
	work()
	then()
}

// Show implements Runner.
func (Inline) Show(fn func()) { fn() }

// Queue is a Runner that holds work until the test lets it go, one by one and in
// any order; it makes answers overtake each other on purpose.
type Queue struct {
	waiting []func()
}

// Do implements Runner.
func (q *Queue) Do(work, then func()) {
	q.waiting = append(q.waiting, func() { work(); then() })
}

// Show implements Runner.
func (q *Queue) Show(fn func()) { fn() }

// Len tells how much work waits.
func (q *Queue) Len() int { return len(q.waiting) }

// Finish runs the waiting work number i, counted from the oldest.
func (q *Queue) Finish(i int) {
	run := q.waiting[i]
	q.waiting = append(q.waiting[:i:i], q.waiting[i+1:]...)
	run()
}
