package keys

import "time"

// How a scanner is told from a hand. A window handles the keys of one frame
// together, so single gaps are uneven; the average over the burst decides.
const (
	burstLength   = 4                      // fewer characters are never a scan
	burstAverage  = 35 * time.Millisecond  // largest average time between characters
	burstGap      = 120 * time.Millisecond // largest single gap, the one before Enter included
	burstMemory   = 512                    // a longer burst is cut at its front
	secondLineEnd = 300 * time.Millisecond // an Enter this soon after a scan is the scanner's second
)

// stroke is one typed character with what its field held before.
type stroke struct {
	r      rune
	at     time.Time
	before string
	turn   int           // of the window's loop
	group  int           // strokes of one group were handled together
	stall  time.Duration // for how long they may have waited for that
}

// burst watches typed characters for a scanner's speed.
type burst struct {
	strokes []stroke
	ended   time.Time // when the last scan was finished by its Enter
}

// add notes a character and tells whether it continues a burst, and what the
// field held before that burst began.
func (b *burst) add(s stroke) (before string, scanning bool) {
	b.strokes = append(b.strokes, s)
	if n := len(b.strokes); n > 1 && b.quiet(n-1) > burstGap {
		b.strokes = append(b.strokes[:0], s)
	}
	if over := len(b.strokes) - burstMemory; over > 0 {
		b.strokes = append(b.strokes[:0], b.strokes[over:]...)
	}
	from, ok := b.start()
	if !ok {
		return "", false
	}
	return b.strokes[from].before, true
}

// start finds the longest run of strokes up to the newest that came at a
// scanner's speed. It begins after a pause, never in the midst of quick strokes:
// half a code is worse than none. One character over and over is a held key.
func (b *burst) start() (from int, ok bool) {
	last := len(b.strokes) - 1
	for from = 0; last-from+1 >= burstLength; from++ {
		if from > 0 && b.quiet(from) <= burstAverage {
			continue
		}
		span := b.strokes[last].at.Sub(b.strokes[from].at) + b.waited(from)
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

func (b *burst) heldFrom(from int) bool {
	for _, s := range b.strokes[from+1:] {
		if s.r != b.strokes[from].r {
			return false
		}
	}
	return true
}

// enter ends the run. It returns the scanned text and what the field held
// before it, when it was a scan.
func (b *burst) enter(now time.Time) (before, code string, ok bool) {
	defer func() { b.strokes = b.strokes[:0] }()
	n := len(b.strokes)
	if n == 0 || now.Sub(b.strokes[n-1].at) > burstGap {
		return "", "", false
	}
	from, ok := b.start()
	if !ok {
		return "", "", false
	}
	text := make([]rune, 0, n-from)
	for _, s := range b.strokes[from:] {
		text = append(text, s.r)
	}
	b.ended = now
	return b.strokes[from].before, ToLatin(string(text)), true
}

// secondEnd tells whether an Enter now belongs to the scan before it.
func (b *burst) secondEnd(now time.Time) bool {
	return !b.ended.IsZero() && now.Sub(b.ended) <= secondLineEnd
}

// other notes a key that is no Enter: a scanner sends nothing between its two
// line ends, so the next Enter is a hand's.
func (b *burst) other() { b.ended = time.Time{} }

// reset forgets a run that something else interrupted.
func (b *burst) reset() { b.strokes = b.strokes[:0] }
