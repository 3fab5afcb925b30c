package keys_test

// This file plays hands and scanners against a window that stalls.

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
)

// pressedKey is a key on its way from the keyboard to the window.
type pressedKey struct {
	at   time.Duration // since the beginning
	char rune          // '\n' is Enter
	ev   *fyne.KeyEvent
}

// play is a person, a scanner, and what must come of what they do in one field.
type play struct {
	keys   []pressedKey
	wanted []string // "put 500" for each Enter of a hand, "scan 460…" for each scan
	held   string   // in the field at the end
}

// between draws a duration.
func between(rnd *rand.Rand, low, high time.Duration) time.Duration {
	return low + time.Duration(rnd.Int64N(int64(high-low)))
}

const digits = "0123456789"

func draw(rnd *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(digits[rnd.IntN(len(digits))])
	}
	return b.String()
}

// newPlay draws a play: a hand at 40 to 400 ms a key, a scanner at 1 to 20, one after
// the other in any order, with the time a hand needs for taking up the scanner.
func newPlay(rnd *rand.Rand, longest int) *play {
	p := &play{}
	at := between(rnd, 0, 400*time.Millisecond)
	strike := func(gap time.Duration, char rune) {
		at += gap
		p.keys = append(p.keys, pressedKey{at: at, char: char, ev: &fyne.KeyEvent{Name: fyne.KeyName(string(char))}})
		if char == '\n' {
			p.keys[len(p.keys)-1].ev.Name = fyne.KeyReturn
		}
	}
	for range 1 + rnd.IntN(4) {
		at += between(rnd, 150*time.Millisecond, time.Second)
		if rnd.IntN(2) == 0 {
			code, speed := draw(rnd, 8+rnd.IntN(7)), between(rnd, time.Millisecond, 20*time.Millisecond)
			code = "1" + code + "2" // never one character over and over: that is a held key
			for _, c := range code {
				strike(speed, c)
			}
			strike(speed, '\n')
			p.wanted = append(p.wanted, "scan "+code)
			at += 400 * time.Millisecond // its second line end would come now
			continue
		}
		text, pace := draw(rnd, 1+rnd.IntN(longest)), between(rnd, 40*time.Millisecond, 250*time.Millisecond)
		for _, c := range text {
			strike(between(rnd, pace, pace+pace/2), c)
		}
		p.held += text
		if rnd.IntN(3) > 0 {
			strike(between(rnd, pace, pace+pace/2), '\n')
			p.wanted, p.held = append(p.wanted, "put "+p.held), ""
		}
	}
	return p
}

// stall is a time in which the window does nothing.
type stall struct{ from, to time.Duration }

// stalls draws some of 0.1 to 2 s, anywhere in a play.
func stalls(rnd *rand.Rand, p *play) []stall {
	end := p.keys[len(p.keys)-1].at + time.Second
	list := make([]stall, rnd.IntN(4))
	for i := range list {
		from := between(rnd, 0, end)
		if rnd.IntN(2) == 0 { // at a key itself
			from = p.keys[rnd.IntN(len(p.keys))].at + between(rnd, 0, 10*time.Millisecond)
		}
		list[i] = stall{from, from + between(rnd, 100*time.Millisecond, 2*time.Second)}
	}
	return list
}

// stage is a window in which a play is played: its loop looks for keys 60 times a
// second and makes the calls in line, in no order, except while it stalls.
type stage struct {
	*desk
	field  *field
	line   []call
	got    []string
	doubts int
}

type call struct {
	due time.Time
	f   func()
}

func newStage(known map[*fyne.KeyEvent]time.Time) *stage {
	s := &stage{desk: newDesk()}
	s.field = &field{d: s.desk, refuses: true}
	s.SetHop(func(f func()) { s.line = append(s.line, call{s.now.Add(10 * time.Millisecond), f}) })
	s.OnDroppedScan = func(code string) { s.got = append(s.got, "scan "+code) }
	s.OnDoubt = func() { s.doubts++ }
	if known != nil {
		s.SetPressed(func(ev *fyne.KeyEvent) (time.Time, bool) { at, ok := known[ev]; return at, ok })
	}
	return s
}

func (s *stage) play(rnd *rand.Rand, p *play, busy []stall, begin time.Time) {
	waiting := slices.Clone(p.keys)
	end := begin.Add(p.keys[len(p.keys)-1].at + 5*time.Second)
	for s.now.Before(end) {
		now := s.now.Sub(begin)
		for _, b := range busy {
			if now >= b.from && now < b.to {
				s.now = begin.Add(b.to)
				now = b.to
			}
		}
		if rnd.IntN(2) == 0 {
			s.calls()
		}
		for len(waiting) > 0 && waiting[0].at <= now {
			s.handle(waiting[0])
			waiting = waiting[1:]
		}
		s.calls()
		s.now = s.now.Add(between(rnd, 15*time.Millisecond, 18*time.Millisecond))
	}
}

func (s *stage) calls() {
	line := s.line
	s.line = nil
	for _, c := range line {
		if c.due.After(s.now) {
			s.line = append(s.line, c)
			continue
		}
		c.f()
	}
}

func (s *stage) handle(k pressedKey) {
	s.now = s.now.Add(50 * time.Microsecond)
	s.KeyDown(k.ev)
	taken := s.TypedKey(k.ev, s.field)
	switch {
	case k.char != '\n':
		if !s.TypedRune(k.char, s.field) {
			s.field.text += string(k.char)
		}
	case !taken:
		s.got = append(s.got, "put "+s.field.text)
		s.field.text = ""
	}
	s.KeyUp(k.ev)
}

const plays = 5000

// Where the window system tells when keys were pressed, stalls change nothing at all.
func TestHands_WithTheTimeOfTheKeys(t *testing.T) {
	for seed := range uint64(plays) {
		rnd := rand.New(rand.NewPCG(seed, 9))
		p := newPlay(rnd, 12)
		busy := stalls(rnd, p)
		known := map[*fyne.KeyEvent]time.Time{}
		s := newStage(known)
		for _, k := range p.keys {
			known[k.ev] = s.now.Add(k.at)
		}
		s.play(rnd, p, busy, s.now)
		require.Equal(t, p.wanted, s.got, "seed %d, stalls %v, keys %s", seed, busy, p)
		require.Equal(t, p.held, s.field.text, "seed %d, stalls %v, keys %s", seed, busy, p)
		require.Zero(t, s.doubts)
	}
}

// Where it does not, a window that keeps up is exact too, and what a hand types there
// is exact with any stall while it is shorter than a code.
func TestHands_WithoutTheTimeOfTheKeys(t *testing.T) {
	for seed := range uint64(plays) {
		rnd := rand.New(rand.NewPCG(seed, 10))
		p := newPlay(rnd, 12)
		s := newStage(nil)
		s.play(rnd, p, nil, s.now)
		require.Equal(t, p.wanted, s.got, "seed %d, keys %s", seed, p)
		require.Equal(t, p.held, s.field.text, "seed %d, keys %s", seed, p)
		require.Zero(t, s.doubts)
	}
}

// With stalls and without times not everything can be known. But no character is
// lost, none is given to somebody else, and where it could not be known whose they
// are, the field has them, the Enter did nothing, and the person was told.
func TestHands_InDoubtTheFieldHasThem(t *testing.T) {
	doubts := 0
	for seed := range uint64(plays) {
		rnd := rand.New(rand.NewPCG(seed, 11))
		p := newPlay(rnd, 7)
		busy := stalls(rnd, p)
		s := newStage(nil)
		s.Push("payment") // the window was opened just now
		s.play(rnd, p, busy, s.now)
		doubts += s.doubts
		note := fmt.Sprintf("seed %d, stalls %v, keys %s", seed, busy, p)
		require.Equal(t, sorted(p.text()), sorted(strings.Join(append(s.got, s.field.text), "")), note)
		if s.doubts == 0 {
			require.Equal(t, p.wanted, s.got, note)
		}
		for _, g := range s.got {
			if strings.HasPrefix(g, "scan ") {
				require.Contains(t, p.wanted, g, note)
			}
		}
	}
	require.Positive(t, doubts, "the plays are hard enough")
}

// text is all that was typed, in order.
func (p *play) text() string {
	var b strings.Builder
	for _, k := range p.keys {
		if k.char != '\n' {
			b.WriteRune(k.char)
		}
	}
	return b.String()
}

// sorted are the digits of a text in their order of size: a scan that ends while
// something stands in the field overtakes it.
func sorted(text string) string {
	list := []rune(text)
	slices.Sort(list)
	return strings.TrimFunc(string(list), func(r rune) bool { return r < '0' || r > '9' })
}

func (p *play) String() string {
	var b strings.Builder
	for _, k := range p.keys {
		fmt.Fprintf(&b, "%d:%q ", k.at.Milliseconds(), k.char)
	}
	return b.String()
}
