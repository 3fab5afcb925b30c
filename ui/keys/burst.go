package keys

import "time"

// This file tells a scanner's burst of characters from a hand's.
//
// How a burst is judged, and why. A scanner types a code at 1 to 20 ms a
// character and ends it with Enter (or Tab) at the same speed; a quick hand needs
// 40 ms and more. Each stroke has the time at which its key was pressed, where the
// window system tells (Router.SetPressed): then a window that draws for a second
// and a process that was stopped change nothing. Where it does not, the strokes have
// the time at which they were handled, and the pulse says how long they may have
// waited for that; what may have been a hand's is then a hand's. Single gaps are
// uneven all the same, since a busy computer reads a keyboard in pieces: the average
// over the burst decides, and only its Enter makes a scan of it. No speed alone ever
// takes a character from somebody.
//
// Where codes are looked for, four characters suffice. A field of money, of a
// quantity, a code or a PIN takes no scan: there fewer than eight of what may stand in
// it are never one, as no barcode is shorter, and quick characters are held back, in their order, until
// the burst has ended one way or the other (held.go).

// What makes a burst.
const (
	burstLength   = 4                      // fewer characters are never a scan
	burstRefused  = 8                      // nor are fewer than these in a field that takes none
	burstAverage  = 35 * time.Millisecond  // largest average time between characters
	burstGap      = 120 * time.Millisecond // largest single gap, the one before Enter included
	burstMemory   = 512                    // a longer burst is cut at its front
	secondLineEnd = 300 * time.Millisecond // an Enter this soon after a scan is the scanner's second
)

// stroke is one typed character with what its field held before.
type stroke struct {
	r      rune
	at     time.Time // when its key was pressed, as far as that is known
	before string
	whole  bool          // all of before was selected: the character replaced it
	turn   int           // of the window's loop
	group  int           // strokes of one group were handled together
	stall  time.Duration // for how long they may have waited for that; 0 when at is known
}

// burst watches typed characters for a scanner's speed.
type burst struct {
	strokes []stroke
	ended   time.Time // when the last scan was finished by its Enter
}

// verdict is what an Enter ended.
type verdict int

const (
	byHand    verdict = iota
	byScanner         // the strokes from the burst's start on
	inDoubt           // by the clock a scanner's, but they may have waited for a busy loop
)

// add notes a character and tells whether it follows the one before at once, so
// that it may be a scanner's.
func (b *burst) add(s stroke) (quick bool) {
	b.strokes = append(b.strokes, s)
	n := len(b.strokes)
	if n > 1 && b.quiet(n-1) > burstGap {
		b.strokes = append(b.strokes[:0], s)
		return false
	}
	if over := n - burstMemory; over > 0 {
		b.strokes = append(b.strokes[:0], b.strokes[over:]...)
		n = burstMemory
	}
	return n > 1 && b.quiet(n-1) <= burstAverage
}

// start finds the longest run of at least so many strokes up to the newest that
// came at a scanner's speed: surely, or as it may have been behind a busy loop. It
// begins after a pause, never in the midst of quick strokes: half a code is worse
// than none. One character over and over is a held key.
func (b *burst) start(least int, surely bool) (from int, ok bool) {
	last := len(b.strokes) - 1
	for from = 0; last-from+1 >= least; from++ {
		if from > 0 && b.quiet(from) <= burstAverage {
			continue
		}
		span := b.shortest(from)
		if surely {
			span = b.strokes[last].at.Sub(b.strokes[from].at) + b.waited(from)
		}
		if span > burstAverage*time.Duration(last-from) {
			continue
		}
		return from, !b.heldFrom(from)
	}
	return 0, false
}

// quiet is the time before a stroke in which nothing can have been typed: what
// the clock saw since the stroke before, less the loop's stall.
func (b *burst) quiet(i int) time.Duration {
	return b.strokes[i].at.Sub(b.strokes[i-1].at) - b.strokes[i].stall
}

// shortest is the least time in which the strokes from one on can have been typed.
func (b *burst) shortest(from int) time.Duration {
	var span time.Duration
	for i := from + 1; i < len(b.strokes); i++ {
		span += max(0, b.quiet(i))
	}
	return span
}

// waited is the time the first strokes of a run may have taken beyond what the
// clock saw: those handled in one turn of a busy loop came at any moment of its
// stall, so each is given its share.
func (b *burst) waited(from int) time.Duration {
	first := b.strokes[from]
	together, ours := 0, 0
	for i, s := range b.strokes {
		if s.group == first.group {
			together++
			if i >= from {
				ours++
			}
		}
	}
	return first.stall * time.Duration(ours) / time.Duration(together)
}

// hidden tells whether the loop was busy for so long that a pause in a run from a
// stroke on, behind what a hand typed, would not be seen.
func (b *burst) hidden(from int) bool {
	for _, s := range b.strokes[from:] {
		if s.stall > burstGap {
			return true
		}
	}
	return false
}

func (b *burst) heldFrom(from int) bool {
	for _, s := range b.strokes[from+1:] {
		if s.r != b.strokes[from].r {
			return false
		}
	}
	return true
}

// judge says what a line end handled at a time, and pressed at the earliest at
// another, ends, where fewer characters than least are no scan. from is the first
// stroke of a scan.
func (b *burst) judge(at, earliest time.Time, least int) (v verdict, from int) {
	n := len(b.strokes)
	if n == 0 || earliest.Sub(b.strokes[n-1].at) > burstGap {
		return byHand, 0
	}
	if from, ok := b.start(least, true); ok && at.Sub(b.strokes[n-1].at) <= burstGap {
		return byScanner, from
	}
	if _, ok := b.start(least, false); ok {
		return inDoubt, 0
	}
	return byHand, 0
}

// code is the text of the strokes from one on, as a scanner meant it.
func (b *burst) code(from int) string {
	text := make([]rune, 0, len(b.strokes)-from)
	for _, s := range b.strokes[from:] {
		text = append(text, s.r)
	}
	return ToLatin(string(text))
}

// scanned notes that a scan was finished by an Enter pressed at a time.
func (b *burst) scanned(at time.Time) {
	b.reset()
	b.ended = at
}

// secondEnd tells whether an Enter pressed at a time belongs to the scan before it.
func (b *burst) secondEnd(at time.Time) bool {
	return !b.ended.IsZero() && at.Sub(b.ended) <= secondLineEnd
}

// other notes a key that is no Enter: a scanner sends nothing between its two
// line ends, so the next Enter is a hand's.
func (b *burst) other() { b.ended = time.Time{} }

// reset forgets a run that something else interrupted.
func (b *burst) reset() { b.strokes = b.strokes[:0] }
