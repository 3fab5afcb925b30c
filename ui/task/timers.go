package task

import (
	"slices"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// Timers is the window's clock: the time now, and calls on the window's
// goroutine later. A stopped call never happens afterwards.
type Timers interface {
	Now() time.Time
	// Every calls f with the time each d until stop is called.
	Every(d time.Duration, f func(now time.Time)) (stop func())
	// After calls f once when d has passed, unless stop is called before.
	After(d time.Duration, f func()) (stop func())
}

// SystemTimers are the Timers of the real window.
type SystemTimers struct{}

// Now implements Timers.
func (SystemTimers) Now() time.Time { return time.Now() }

// Every implements Timers.
func (SystemTimers) Every(d time.Duration, f func(time.Time)) (stop func()) {
	var stopped atomic.Bool
	done := make(chan struct{})
	ticker := time.NewTicker(d)
	go func() {
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case now := <-ticker.C:
				fyne.Do(func() {
					if !stopped.Load() {
						f(now)
					}
				})
			}
		}
	}()
	return func() {
		if stopped.CompareAndSwap(false, true) {
			close(done)
		}
	}
}

// After implements Timers.
func (SystemTimers) After(d time.Duration, f func()) (stop func()) {
	var stopped atomic.Bool
	timer := time.AfterFunc(d, func() {
		fyne.Do(func() {
			if !stopped.Load() {
				f()
			}
		})
	})
	return func() {
		stopped.Store(true)
		timer.Stop()
	}
}

// Manual are Timers whose time a test moves. Not for several goroutines.
type Manual struct {
	now   time.Time
	calls []*call
}

type call struct {
	at    time.Time
	every time.Duration
	f     func(time.Time)
	dead  bool
}

// NewManual returns Timers that stand at now.
func NewManual(now time.Time) *Manual { return &Manual{now: now} }

// Now implements Timers.
func (m *Manual) Now() time.Time { return m.now }

// Every implements Timers.
func (m *Manual) Every(d time.Duration, f func(time.Time)) (stop func()) {
	return m.add(&call{at: m.now.Add(d), every: d, f: f})
}

// After implements Timers.
func (m *Manual) After(d time.Duration, f func()) (stop func()) {
	return m.add(&call{at: m.now.Add(d), f: func(time.Time) { f() }})
}

func (m *Manual) add(c *call) (stop func()) {
	m.calls = append(m.calls, c)
	return func() { c.dead = true }
}

// Turn sets the clock by so much and makes no call.
func (m *Manual) Turn(by time.Duration) {
	m.now = m.now.Add(by)
	for _, c := range m.calls {
		c.at = c.at.Add(by)
	}
}

// Advance moves the time by d and makes the calls that fall due, in their order.
func (m *Manual) Advance(d time.Duration) {
	end := m.now.Add(d)
	for {
		next := m.due(end)
		if next == nil {
			break
		}
		m.now = next.at
		if next.every > 0 {
			next.at = next.at.Add(next.every)
		} else {
			next.dead = true
		}
		next.f(m.now)
	}
	m.now = end
}

func (m *Manual) due(end time.Time) *call {
	m.calls = slices.DeleteFunc(m.calls, func(c *call) bool { return c.dead })
	var next *call
	for _, c := range m.calls {
		if !c.at.After(end) && (next == nil || c.at.Before(next.at)) {
			next = c
		}
	}
	return next
}

// Waiting tells how many calls are still to come.
func (m *Manual) Waiting() int {
	m.calls = slices.DeleteFunc(m.calls, func(c *call) bool { return c.dead })
	return len(m.calls)
}
