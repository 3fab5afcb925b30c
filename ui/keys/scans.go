package keys

// This file finds the scans among the keys and hands them on.

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Intercept takes only what no widget may use: the Enter that ends a scan, the
// second one that follows, and one that came too soon to be meant (AskFresh). A
// widget with a use of its own for Enter calls Intercept, then serves itself, then
// calls Dispatch.
func (r *Router) Intercept(ev *fyne.KeyEvent, field Field) bool {
	r.note(ev)
	r.repeated = r.held[ev.Name] > 0
	key := FromEvent(ev.Name, r.mods())
	if key != Enter {
		r.burst.other()
		if key != None && !modifier(ev.Name) {
			r.otherKey(ev)
		}
		return false
	}
	at, earliest := r.enterTime(ev)
	if field != nil && !field.TakesScan() {
		if r.endAside(at, earliest, field) {
			return true
		}
	} else if r.endScan(at, field) {
		return true
	}
	second := r.burst.secondEnd(at)
	// Asked of every Enter: one of a hammering finger that passes for the scanner's
	// second puts off the next too.
	soon := r.fresh.watching && r.repeated || r.fresh.tooSoon(earliest)
	return second || soon
}

// endScan ends a burst where scans are taken, or nothing has the focus, and tells
// whether it was a scan.
func (r *Router) endScan(at time.Time, field Field) bool {
	r.Release()
	v, from := r.burst.judge(at, at, burstLength)
	if v != byScanner {
		r.burst.reset()
		return false
	}
	before, code := r.burst.strokes[from].before, r.burst.code(from)
	r.burst.scanned(at)
	if field != nil {
		field.Scanned(before, code)
	} else {
		r.deliver(code)
	}
	return true
}

// otherKey notes a key that types nothing and ends no burst: what was held back
// comes first.
func (r *Router) otherKey(ev *fyne.KeyEvent) {
	_, earliest := r.enterTime(ev)
	r.Release()
	r.burst.reset()
	if !r.repeated {
		r.fresh.seen(earliest)
	}
}

// deliver hands a scan that landed in no field to the scope in charge.
func (r *Router) deliver(code string) {
	for i := len(r.scopes) - 1; i >= 0; i-- {
		s := r.scopes[i]
		if s.OnScan != nil {
			s.OnScan(code)
			return
		}
		if s.modal {
			break
		}
	}
	if r.OnDroppedScan != nil {
		r.OnDroppedScan(code)
	}
}

// groupSeparator is how a scanner types the sign between the parts of a marking
// code: no character comes of it.
const groupSeparator Key = "Ctrl+]"

// separator is the sign itself.
const separator = '\x1d'

// separate adds a group separator to a burst and tells whether there is one to add
// it to. One that comes before a code says nothing more than that a code comes.
func (r *Router) separate() bool {
	n := len(r.burst.strokes)
	at, stall := r.strokeTime()
	if n == 0 || at.Sub(r.burst.strokes[n-1].at) > burstGap {
		return false
	}
	s := r.grouped(stroke{r: separator, at: at, stall: stall})
	last := r.burst.strokes[n-1]
	s.before = last.before + string(last.r)
	r.burst.add(s)
	if len(r.kept.chars) > 0 {
		r.keep(separator, r.kept.field)
	}
	return true
}

// stroke notes a character with what is known of its time and its field.
func (r *Router) stroke(char rune, field Field) stroke {
	at, stall := r.strokeTime()
	s := stroke{r: char, at: at, stall: stall}
	if field != nil {
		s.before, s.whole = field.Held(), field.Whole()
	}
	return r.grouped(s)
}

// grouped puts a stroke into the group of those handled in one turn of the loop.
func (r *Router) grouped(s stroke) stroke {
	s.turn = r.pulse.turns
	if n := len(r.burst.strokes); n > 0 {
		last := r.burst.strokes[n-1]
		s.group = last.group
		if last.turn == s.turn && s.at.Sub(last.at) < frame {
			s.stall = last.stall // both waited for the same turn
		} else {
			s.group++
		}
	}
	r.pulse.beat(r.now)
	r.burst.other()
	if !r.repeated {
		r.fresh.seen(s.at.Add(-s.stall))
	}
	return s
}

// modifier tells whether a key only changes what others mean.
func modifier(name fyne.KeyName) bool {
	switch name {
	case desktop.KeyControlLeft, desktop.KeyControlRight, desktop.KeyShiftLeft, desktop.KeyShiftRight,
		desktop.KeyAltLeft, desktop.KeyAltRight, desktop.KeySuperLeft, desktop.KeySuperRight:
		return true
	}
	return false
}
