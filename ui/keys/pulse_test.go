package keys

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// loop is a window's loop in slow motion: it handles keys, makes the calls in
// line, and draws.
type loop struct {
	now  time.Time
	line []func()
	r    *Router
}

func newLoop() *loop {
	l := &loop{now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
	l.r = NewRouter(func() time.Time { return l.now })
	l.r.SetHop(func(f func()) { l.line = append(l.line, f) })
	return l
}

// turn makes the calls in line, draws for a while, and begins anew with the
// keys; idle turns follow when it had nothing to draw.
func (l *loop) turn(draws time.Duration) {
	l.calls()
	l.now = l.now.Add(draws)
}

// rest lets the loop turn without anything to draw.
func (l *loop) rest(d time.Duration) {
	for end := l.now.Add(d); l.now.Before(end); {
		l.turn(5 * time.Millisecond)
	}
}

func (l *loop) calls() {
	calls := l.line
	l.line = nil
	for _, f := range calls {
		f()
	}
}

// handle gives the router characters that are waiting, all at once.
func (l *loop) handle(text string) {
	for _, c := range text {
		l.r.burst.add(l.r.stroke(c, nil))
		l.now = l.now.Add(100 * time.Microsecond)
	}
}

func (l *loop) scanned() bool {
	v, _ := l.r.burst.judge(l.now, l.now, burstLength)
	return v == byScanner
}

func TestPulse_TellsAHandFromAScanner(t *testing.T) {
	t.Run("a hand on a quick computer", func(t *testing.T) {
		l := newLoop()
		for _, c := range "690394" {
			l.handle(string(c))
			l.rest(90 * time.Millisecond)
		}
		require.False(t, l.scanned())
	})
	t.Run("a scanner on a quick computer", func(t *testing.T) {
		l := newLoop()
		for _, part := range []string{"460", "0000", "00", "0015"} {
			l.handle(part)
			l.turn(16 * time.Millisecond)
		}
		require.True(t, l.scanned())
	})
	t.Run("a hand while the window draws", func(t *testing.T) {
		l := newLoop()
		l.handle("6")
		l.turn(450 * time.Millisecond) // the rest is typed meanwhile
		l.handle("90394")
		require.False(t, l.scanned())
	})
	t.Run("a hand while the first picture is drawn", func(t *testing.T) {
		l := newLoop()
		l.r.Push("login")
		l.turn(600 * time.Millisecond)
		l.handle("690394")
		require.False(t, l.scanned())
	})
	t.Run("keys come before the calls in line", func(t *testing.T) {
		l := newLoop()
		l.handle("6")
		l.now = l.now.Add(450 * time.Millisecond)
		l.handle("90394")
		require.False(t, l.scanned())
	})
	t.Run("a hand while the window draws twice", func(t *testing.T) {
		l := newLoop()
		l.handle("7")
		l.turn(60 * time.Millisecond)
		l.turn(400 * time.Millisecond)
		l.handle("41852")
		require.False(t, l.scanned())
	})
	t.Run("a scanner while the window draws for a moment", func(t *testing.T) {
		l := newLoop()
		l.r.Push("qty")
		l.turn(200 * time.Millisecond)
		l.handle("4600000000015")
		require.True(t, l.scanned())
	})
}

// A scan that meets a busy loop may be taken for typing, but never for half a
// scan: the field holds all of it and Enter rings it up.
func TestPulse_NeverCutsAScan(t *testing.T) {
	for _, first := range []int{1, 3, 5, 9} {
		for _, draws := range []time.Duration{15 * time.Millisecond, 150 * time.Millisecond, 800 * time.Millisecond} {
			l := newLoop()
			l.r.Push("sale")
			l.turn(900 * time.Millisecond)
			code := "4600000000015"
			l.handle(code[:first])
			l.turn(draws)
			l.handle(code[first:])
			if v, from := l.r.burst.judge(l.now, l.now, burstLength); v == byScanner {
				require.Empty(t, l.r.burst.strokes[from].before)
				require.Equal(t, code, l.r.burst.code(from))
			}
		}
	}
}

func TestBurst_SecondLineEnd(t *testing.T) {
	l := newLoop()
	l.handle("4600000000015")
	l.r.burst.scanned(l.now)
	require.True(t, l.r.burst.secondEnd(l.now.Add(250*time.Millisecond)), "the scanner's own second Enter")
	l.handle("5")
	require.False(t, l.r.burst.secondEnd(l.now), "somebody typed in between")
}
