// Package clock makes one trusted time out of a computer's two clocks: the wall
// clock, which anybody can set, and the run of the computer, which nobody can. It
// holds the rules alone and asks no clock itself.
package clock

import "time"

const (
	// Slack is the step of a wall clock that is nobody's business: what a network
	// puts right, or a second lost in sleep. A longer one is recorded and shown.
	Slack = 2 * time.Minute
	// FarGap is the longest time a computer is believed to have been off, on the
	// word of its wall clock alone. A longer one is shown until it is confirmed.
	FarGap = 31 * 24 * time.Hour

	driftPart = 5000 // a quartz may be off by a part in so many, which is no step
	slewPart  = 1000 // and is followed by a part in so many
	hair      = time.Millisecond
)

// The years in which a wall clock can be right: from the one this was written in
// to one in which nobody will run it.
const (
	FirstYear = 2025
	LastYear  = 2100
)

// Reading is one look at a computer's clocks. A Reading without a Run has no
// clock beside the wall: the wall is then believed when it goes on, and not when
// it goes back.
type Reading struct {
	Wall  time.Time
	Run   string        // names what Since counts from: one start of the computer, or of the program
	Since time.Duration // lived since then, sleep of the computer included
}

// Times are what an operation is given.
type Times struct {
	// At dates what happens. It follows the wall clock and never goes back.
	At time.Time
	// Steady is the lived time: it goes on by what is proven to have passed,
	// whatever is done to the wall clock. Waits, lives and limits are measured by it.
	Steady time.Time
	// Wall is the computer's own, for whoever looks at a clock.
	Wall time.Time
}

// Due is the time by which things of the calendar fall due: points, debts,
// certificates. After a leap forward that nobody confirmed it stays the lived
// one, so that a wrong clock ends nothing.
func (t Times) Due() time.Time {
	if t.At.Sub(t.Steady) > Slack {
		return t.Steady
	}
	return t.At
}

// Shown is a moment of the lived time as the computer's clock shows it.
func (t Times) Shown(steady time.Time) time.Time {
	if steady.IsZero() {
		return steady
	}
	return steady.Add(t.Wall.Sub(t.Steady))
}

// Doubt says what is wrong with a clock.
type Doubt string

// The doubts, the gravest last.
const (
	Sure   Doubt = ""
	Ahead  Doubt = "ahead"  // it leapt forward, and nobody confirmed that
	Behind Doubt = "behind" // it shows less than what is stored
	Odd    Doubt = "odd"    // a year in which no till runs
)

// Doubt tells what is wrong with the clock, and by how much: for Ahead how much
// more was dated than lived, for Behind how much less than dated the clock shows.
func (t Times) Doubt() (Doubt, time.Duration) {
	switch {
	case odd(t.Wall):
		return Odd, t.At.Sub(t.Wall)
	case t.At.Sub(t.Wall) > Slack:
		return Behind, t.At.Sub(t.Wall)
	case t.At.Sub(t.Steady) > Slack:
		return Ahead, t.At.Sub(t.Steady)
	}
	return Sure, 0
}

func odd(wall time.Time) bool { return wall.Year() < FirstYear || wall.Year() > LastYear }

// Step is one leap of a wall clock.
type Step struct {
	From, To time.Time // what the wall clock should have shown, and what it showed
	Between  bool      // it was found at a start, against what was stored
}

// By is how far the step went, negative for back.
func (s Step) By() time.Duration { return s.To.Sub(s.From) }
