package keys

import "time"

// How the pulse beats.
const (
	frame     = 20 * time.Millisecond // longer than a turn of the loop that draws nothing
	busy      = 3 * frame             // turns of an idle loop take less than this together
	pulseLast = 3 * time.Second       // it goes on this long after a key or a new scope
)

// pulse tells how long the window's loop was busy before it got to the keys. A
// slow computer draws for a third of a second and then handles at once what a
// hand typed meanwhile: by the clock alone that is a scanner. So for a while
// after each key a call is kept in line behind the drawing, and until it comes
// back the loop is known to be busy.
//
// A call may come back before the keys that waited with it are handled, and more
// than one: between a long drawing and the keys there may be another, and the loop
// takes calls and keys in no order. So what is looked at is not the newest call but
// the one two before it. It was put in line when the loop can have handled all the
// keys there were. Of a drawing that began when nobody had touched a key for some
// seconds nothing is known.
type pulse struct {
	hop     func(func()) // puts a call in line; nil: the loop is never busy
	turned  func()       // is told of each call that came back; may be nil
	needed  func() bool  // it does not rest while this is true; may be nil
	waiting bool
	until   time.Time    // when it may rest
	sent    [3]time.Time // when the newest calls were put in line, the newest first
	turns   int          // how often one came back
}

// beat keeps a call in line from now on for a while. The first after a rest finds
// the loop with its keys handled: it had nothing else to do.
func (p *pulse) beat(now func() time.Time) {
	if p.hop == nil {
		return
	}
	at := now()
	p.until = at.Add(pulseLast)
	if !p.waiting {
		p.sent = [3]time.Time{at, at, at}
		p.send(now)
	}
}

func (p *pulse) send(now func() time.Time) {
	p.waiting = true
	p.sent = [3]time.Time{now(), p.sent[0], p.sent[1]}
	p.hop(func() {
		p.waiting = false
		p.turns++
		if p.turned != nil {
			p.turned()
		}
		at := now()
		if late := at.Sub(p.sent[0]) > busy; late && p.until.Before(at.Add(pulseLast)) {
			p.until = at.Add(pulseLast) // the keys that waited with it are still to come
		}
		if at.Before(p.until) || p.needed != nil && p.needed() {
			p.send(now)
		}
	})
}

// stall is for how long keys may have waited that are handled at now; 0 when the
// loop was not busy.
func (p *pulse) stall(now time.Time) time.Duration {
	if !p.waiting {
		return 0
	}
	if d := now.Sub(p.sent[2]); d > busy {
		return d
	}
	return 0
}

// SetHop gives the router a way to put a call in line behind the window's
// drawing, to be made some milliseconds later; without one it trusts the clock
// alone.
func (r *Router) SetHop(hop func(func())) { r.pulse.hop = hop }
