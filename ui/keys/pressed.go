package keys

import (
	"time"

	"fyne.io/fyne/v2"
)

// This file knows when the key that is handled now was pressed.

// pressed is the key event in hand.
type pressed struct {
	ev    *fyne.KeyEvent
	at    time.Time
	known bool // at is told by the window system
}

// SetPressed gives the router a way to ask when the key of an event was pressed, by
// the router's clock. It is asked once for each event, in their order. Without one,
// or when it answers false, the time of handling and the pulse have to do.
func (r *Router) SetPressed(when func(ev *fyne.KeyEvent) (at time.Time, ok bool)) { r.when = when }

// note takes an event in hand.
func (r *Router) note(ev *fyne.KeyEvent) {
	if ev == r.hand.ev {
		return
	}
	now := r.now()
	r.hand = pressed{ev: ev, at: now}
	if r.when == nil {
		return
	}
	if at, ok := r.when(ev); ok {
		r.hand.known = true
		if at.Before(now) {
			r.hand.at = at
		}
	}
}

// strokeTime is when the character in hand was typed, and for how long it may have
// waited when that is not known. It follows its event at once, where there is one.
func (r *Router) strokeTime() (at time.Time, stall time.Duration) {
	if r.hand.known {
		at = r.hand.at
		r.hand.known = false // one event, one character
		return at, 0
	}
	now := r.now()
	return now, r.pulse.stall(now)
}

// enterTime is the earliest at which the event in hand can have been pressed.
func (r *Router) enterTime(ev *fyne.KeyEvent) (at, earliest time.Time) {
	r.note(ev)
	if r.hand.known {
		return r.hand.at, r.hand.at
	}
	now := r.now()
	return now, now.Add(-r.pulse.stall(now))
}
