package keys

import "time"

// How the pulse beats.
const (
	frame     = 20 * time.Millisecond // longer than a turn of the loop that draws nothing
	pulseLast = time.Second           // it goes on this long after a key or a new scope
)

// pulse tells how long the window's loop was busy before it got to the keys. A
// slow computer draws for a third of a second and then handles at once what a
// hand typed meanwhile: by the clock alone that is a scanner. So for a while
// after each key a call is kept in line behind the drawing, and until it comes
// back the loop is known to be busy.
type pulse struct {
	hop     func(func()) // puts a call in line; nil: the loop is never busy
	waiting bool
	until   time.Time // when it may rest
	sent    time.Time // when the newest call was put in line
	before  time.Time // when the one before was
	came    time.Time // when that one came back
	turns   int       // how often one came back
}

// beat keeps a call in line from now on for a while.
func (p *pulse) beat(now func() time.Time) {
	if p.hop == nil {
		return
	}
	p.until = now().Add(pulseLast)
	if !p.waiting {
		p.send(now)
	}
}

func (p *pulse) send(now func() time.Time) {
	p.waiting, p.before, p.sent = true, p.sent, now()
	p.hop(func() {
		p.waiting, p.came = false, now()
		p.turns++
		if p.came.Before(p.until) {
			p.send(now)
		}
	})
}

// stall is for how long keys may have waited that are handled at now. A call
// that came back a moment ago came in the same turn.
func (p *pulse) stall(now time.Time) time.Duration {
	since := p.sent
	if p.waiting && p.turns > 0 && now.Sub(p.came) < frame {
		since = p.before
	}
	if p.waiting || (p.turns > 0 && now.Sub(p.came) < frame) {
		return now.Sub(since)
	}
	return 0
}

// SetHop gives the router a way to put a call in line behind the window's
// drawing, to be made some milliseconds later; without one it trusts the clock
// alone.
func (r *Router) SetHop(hop func(func())) { r.pulse.hop = hop }
