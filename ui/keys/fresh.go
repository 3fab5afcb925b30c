package keys

import "time"

// This file keeps a held or mashed Enter from going through windows: what asks a
// person must be seen before it is answered.

// freshAfter is how long after a change of its meaning an Enter does nothing: as long
// as it takes to see that something changed, and longer than between two strokes of a
// finger that hammers.
const freshAfter = 400 * time.Millisecond

// fresh watches Enter after its meaning changed.
type fresh struct {
	since    time.Time // when the meaning changed, or the last Enter came that did nothing
	watching bool
}

// AskFresh says that Enter means something else from now on: a window opened or
// closed over another (the router says so itself), a payment was accepted. An Enter
// that came within 0.4 s of that, or of another Enter that did nothing for this
// reason, does nothing; neither does one from a key that was held since. Any other
// key shows that the person saw the change.
func (r *Router) AskFresh() { r.fresh = fresh{since: r.now(), watching: true} }

// tooSoon tells whether an Enter does nothing that was pressed at the earliest at a
// time.
func (f *fresh) tooSoon(at time.Time) bool {
	if !f.watching {
		return false
	}
	if at.Sub(f.since) >= freshAfter {
		f.watching = false
		return false
	}
	if at.After(f.since) {
		f.since = at
	}
	return true
}

// seen notes another key, pressed at a time.
func (f *fresh) seen(at time.Time) {
	if f.watching && !at.Before(f.since) {
		f.watching = false
	}
}
