package keys

import "time"

// frame is longer than the window's loop takes for one turn when it has nothing
// to draw.
const frame = 20 * time.Millisecond

// pulse tells how long the window's loop was busy before it got to the keys. A
// slow computer draws for a third of a second and then handles at once what a
// hand typed meanwhile: by the clock alone that is a scanner. So after each key
// a call is put in line behind the drawing, and until it comes back the loop is
// known to be busy.
type pulse struct {
	hop     func(func()) // puts a call in line; nil: the loop is never busy
	waiting bool
	sent    time.Time // when the newest call was put in line
	came    time.Time // when it came back
	turns   int       // how often one came back
}

// beat puts a call in line unless one is there already.
func (p *pulse) beat(now func() time.Time) {
	if p.hop == nil || p.waiting {
		return
	}
	p.waiting, p.sent = true, now()
	p.hop(func() {
		p.waiting, p.came = false, now()
		p.turns++
	})
}

// stall is for how long keys may have waited that are handled at now.
func (p *pulse) stall(now time.Time) time.Duration {
	if p.waiting || (p.turns > 0 && now.Sub(p.came) < frame) {
		return now.Sub(p.sent)
	}
	return 0
}

// SetHop gives the router a way to put a call in line behind the window's
// drawing; without one it trusts the clock alone.
func (r *Router) SetHop(hop func(func())) { r.pulse.hop = hop }
