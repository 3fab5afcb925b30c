package keys

import "time"

// This file holds quick characters back from a field that takes no scan, until it
// is known whose they are. None is ever dropped but as part of a scan that its Enter
// ended: everything else reaches the field, in order, by the next other key, when the
// focus leaves, or after a pause.

// How characters are held back.
const (
	takenBack = 4 // at so many quick ones the first, which is shown already, is taken back too
	keptTurns = 3 // the loop turns so often before a pause counts: what waits is handled first
)

// kept are the newest characters of the burst, which their field has not got yet.
type kept struct {
	field Field
	chars []rune
	last  time.Time // when the newest was handled
	turns int       // of the loop since then
}

// typeAside takes a character typed into a field that takes no scan. It tells
// whether the field must leave it alone.
func (r *Router) typeAside(char rune, field Field) bool {
	if r.kept.field != field {
		r.Release()
	}
	if r.repeated {
		r.Release() // a held key is a hand's, and is seen at work
		r.burst.reset()
		return r.press(Key(string(char)), false)
	}
	s := r.stroke(char, field)
	quick := r.burst.add(s)
	if len(r.burst.strokes) == 1 && len(r.kept.chars) > 0 { // a pause came before
		r.burst.reset()
		r.Release()
		s.before, s.whole = field.Held(), field.Whole()
		r.burst.add(s)
	}
	if !quick && len(r.kept.chars) == 0 {
		return r.press(Key(string(char)), false)
	}
	r.keep(char, field)
	if from, ok := r.burst.start(takenBack, false); ok {
		r.takeBack(from)
	}
	return true
}

func (r *Router) keep(char rune, field Field) {
	r.kept.field, r.kept.last, r.kept.turns = field, r.now(), 0
	r.kept.chars = append(r.kept.chars, char)
}

// takeBack takes the strokes from one on out of the field again and holds them
// with the rest.
func (r *Router) takeBack(from int) {
	shown := len(r.burst.strokes) - len(r.kept.chars)
	if from >= shown {
		return
	}
	var back []rune
	for _, s := range r.burst.strokes[from:shown] {
		back = append(back, s.r)
	}
	s := r.burst.strokes[from]
	r.kept.field.Restore(s.before, s.whole)
	r.kept.chars = append(back, r.kept.chars...)
}

// Release gives the field what was held back from it. Whoever changes a field past
// the router, such as a numpad, or takes the focus from it calls this first.
func (r *Router) Release() { r.release(len(r.kept.chars)) }

// release gives the field the first n of the characters held and forgets the rest.
func (r *Router) release(n int) {
	field, chars := r.kept.field, r.kept.chars
	r.kept = kept{}
	for i, c := range chars[:n] {
		if at := len(r.burst.strokes) - len(chars) + i; at >= 0 {
			r.burst.strokes[at].before, r.burst.strokes[at].whole = field.Held(), field.Whole()
		}
		if c != separator && !r.press(Key(string(c)), false) {
			field.Put(c)
		}
	}
}

// onTurn gives back what was held when a pause shows that no scan goes on. Turns are
// counted beside the time, because a stalled loop finds the pause over before it has
// handled the keys that came in it.
func (r *Router) onTurn() {
	if len(r.kept.chars) == 0 {
		return
	}
	r.kept.turns++
	if r.kept.turns >= keptTurns && r.now().Sub(r.kept.last) >= burstGap {
		r.Release()
	}
}

// leastIn is how many characters a scan has in a field that takes none. Nobody
// types into one what cannot stand there, such as the letters of a certificate's
// number into a sum of money.
func (r *Router) leastIn(field Field) int {
	for _, s := range r.burst.strokes {
		if !field.Takes(s.r) {
			return burstLength
		}
	}
	return burstRefused
}

// endAside ends a burst in a field that takes no scan, by a line end (see judge), and
// tells whether that is used up: by the scan, which is delivered, or by the
// doubt whose the characters are. Then they stand in the field and the person, who is
// told, presses once more.
func (r *Router) endAside(at, earliest time.Time, field Field) bool {
	if r.kept.field != field {
		r.Release()
	}
	v, from := r.burst.judge(at, earliest, r.leastIn(field))
	if v == byScanner && r.burst.hidden(from) {
		v = inDoubt
	}
	switch v {
	case byScanner:
		code, first := r.burst.code(from), r.burst.strokes[from]
		shown := len(r.burst.strokes) - len(r.kept.chars)
		r.burst.scanned(at)
		r.release(max(0, from-shown))
		if from < shown {
			field.Restore(first.before, first.whole)
		}
		r.deliver(code)
		return true
	case inDoubt:
		r.burst.reset()
		r.Release()
		if r.OnDoubt != nil {
			r.OnDoubt()
		}
		return true
	default:
		r.burst.reset()
		r.Release()
		return false
	}
}
