package clock

// How the trusted time goes on from one reading to the next, and what of it is
// kept between two runs.

import (
	"encoding/json"
	"time"
)

// Mark is where the trusted time stands. The zero Mark stands nowhere yet.
type Mark struct {
	Times
	Run   string // of the last reading
	Since time.Duration
	From  int64 // of the trail: the first record that the trusted time dates

	baseWall  time.Time // the reading since which the wall clock is compared
	baseSince time.Duration
	open      bool // this run began behind: its first step forward tells how long the computer was off
}

// Passed is what went by without proof between two readings.
type Passed struct {
	Steps []Step
	// Unproven is by how much Steady went on with nothing but the wall clock's
	// word for it. A wait that must not be shortened is prolonged by it.
	Unproven time.Duration
}

// Go goes on to a reading.
func (m *Mark) Go(r Reading) Passed {
	r.Wall = r.Wall.Round(0) // its own monotonic part knows nothing of sleep
	if m.At.IsZero() {
		m.Times = Times{At: r.Wall, Steady: r.Wall, Wall: r.Wall}
		m.compareFrom(r)
		m.open = odd(r.Wall)
		return Passed{}
	}
	p := m.pass(r)
	if m.At = m.At.In(r.Wall.Location()); !odd(r.Wall) && r.Wall.After(m.At) {
		m.At = r.Wall
	}
	m.Steady, m.Wall = m.Steady.In(r.Wall.Location()), r.Wall
	m.Run, m.Since = r.Run, r.Since
	return p
}

// pass moves Steady on, and At by what was lived where the wall clock is behind.
func (m *Mark) pass(r Reading) Passed {
	switch {
	case r.Run == "":
		return m.passBlind(r)
	case r.Run != m.Run || r.Since < m.Since:
		return m.passGap(r)
	}
	lived := r.Since - m.Since
	var p Passed
	if by, slack := m.strays(r); by > slack || by < -slack {
		p.Steps = []Step{{From: r.Wall.Add(-by), To: r.Wall}}
		if m.open && by > 0 {
			p.Unproven = r.Wall.Sub(m.Steady.Add(lived))
			if !odd(m.Steady) { // else the till never knew the time, and nothing waits
				p.Unproven = credit(p.Unproven)
			}
			m.Steady = m.Steady.Add(p.Unproven)
		}
		m.open = false
		m.compareFrom(r)
	}
	m.live(lived, r)
	return p
}

// strays tells how far the wall clock is from what the run of the computer says,
// and how far it may be.
func (m *Mark) strays(r Reading) (by, slack time.Duration) {
	run := r.Since - m.baseSince
	return r.Wall.Sub(m.baseWall.Add(run)), Slack + run/driftPart
}

// live goes on by a time that was lived. The two times are drawn together as
// slowly as a quartz drifts, so that no wait is shortened to speak of.
func (m *Mark) live(lived time.Duration, r Reading) {
	if r.Wall.Before(m.At.Add(-Slack)) || odd(r.Wall) {
		m.At = m.At.Add(lived)
	}
	m.Steady = m.Steady.Add(lived)
	at := m.At
	if !odd(r.Wall) && r.Wall.After(at) {
		at = r.Wall
	}
	most := lived/slewPart + hair
	if apart := at.Sub(m.Steady); apart > -Slack && apart < Slack {
		m.Steady = m.Steady.Add(min(max(apart, -most), most))
	}
}

// passBlind goes on by the wall clock alone.
func (m *Mark) passBlind(r Reading) (p Passed) {
	by := r.Wall.Sub(m.Wall)
	if by < -Slack {
		p.Steps = []Step{{From: m.Wall, To: r.Wall}}
	}
	m.live(max(by, 0), r)
	m.compareFrom(r)
	return p
}

// passGap goes over a time in which no clock of ours ran: the computer was off.
// What the wall clock says is believed up to FarGap, and never backwards.
func (m *Mark) passGap(r Reading) (p Passed) {
	by := r.Wall.Sub(m.Wall)
	switch {
	case by < -Slack:
		p.Steps = []Step{{From: m.Wall, To: r.Wall, Between: true}}
		m.open = true
	case by > FarGap || odd(r.Wall):
		p.Steps = []Step{{From: m.Wall, To: r.Wall, Between: true}}
		m.open = odd(r.Wall)
	default:
		p.Unproven = credit(by)
		m.Steady = m.Steady.Add(p.Unproven)
		m.open = false
	}
	m.compareFrom(r)
	return p
}

func credit(by time.Duration) time.Duration {
	if by > FarGap {
		return 0
	}
	return max(by, 0)
}

func (m *Mark) compareFrom(r Reading) {
	m.baseWall, m.baseSince = r.Wall, r.Since
	m.Run, m.Since = r.Run, r.Since
}

// Confirm says that the wall clock is right now. Both times go on from it, back
// too, and it returns by how much Steady moved.
func (m *Mark) Confirm() (moved time.Duration) {
	moved = m.Wall.Sub(m.Steady)
	m.At, m.Steady, m.open = m.Wall, m.Wall, false
	m.baseWall, m.baseSince = m.Wall, m.Since
	return moved
}

// stored is the form a Mark is kept in: milliseconds, names of two letters at
// most, since it is written with every operation.
type stored struct {
	At        int64  `json:"at"`
	Steady    int64  `json:"st"`
	Wall      int64  `json:"w"`
	Run       string `json:"r,omitempty"`
	Since     int64  `json:"s,omitempty"`
	BaseWall  int64  `json:"bw"`
	BaseSince int64  `json:"bs,omitempty"`
	Open      bool   `json:"o,omitempty"`
	From      int64  `json:"n"`
}

// Text is the Mark as it is kept.
func (m *Mark) Text() string {
	text, err := json.Marshal(stored{At: m.At.UnixMilli(), Steady: m.Steady.UnixMilli(), Wall: m.Wall.UnixMilli(), Run: m.Run,
		Since: m.Since.Milliseconds(), BaseWall: m.baseWall.UnixMilli(), BaseSince: m.baseSince.Milliseconds(), Open: m.open, From: m.From})
	if err != nil {
		panic(err) // numbers and a name: there is nothing that cannot be written
	}
	return string(text)
}

// Parse reads what Text wrote, in a location.
func Parse(text string, in *time.Location) (Mark, error) {
	var s stored
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return Mark{}, err
	}
	moment := func(ms int64) time.Time { return time.UnixMilli(ms).In(in) }
	span := func(ms int64) time.Duration { return time.Duration(ms) * time.Millisecond }
	return Mark{Times: Times{At: moment(s.At), Steady: moment(s.Steady), Wall: moment(s.Wall)}, Run: s.Run, Since: span(s.Since),
		baseWall: moment(s.BaseWall), baseSince: span(s.BaseSince), open: s.Open, From: s.From}, nil
}

// Since is a Mark for data that was kept before marks were: nothing in it is later
// than last.
func Since(last time.Time) Mark {
	return Mark{Times: Times{At: last, Steady: last, Wall: last}}
}

// NotBefore lifts a Mark that is older than what is stored beside it: it may
// come from a file that was put together by hand.
func (m *Mark) NotBefore(last time.Time) {
	if m.At.Before(last) {
		m.At = last
	}
}
