package upkeep

// What is said of the clock, and of a shift that time has forgotten: the same in
// Health, across the window's top, and in doctor.

import (
	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/health"
)

// Health are two lines, of the clock and of the shift.
func (c *ClockStanding) Health() []health.Line { return []health.Line{c.clockLine(), c.shiftLine()} }

func (c *ClockStanding) clockLine() health.Line {
	zone, _ := c.Wall.Zone()
	l := health.Line{Name: "clock", State: health.Good, ID: "health.clock-ok",
		Args: pos.Args{"Time": c.Wall, "Last": c.At, "Steady": c.Steady, "Zone": zone}}
	switch doubt, _ := c.Times.Doubt(); doubt {
	case clock.Odd:
		l.State, l.ID = health.Bad, "health.clock-odd"
	case clock.Behind:
		l.State, l.ID, l.Place = health.Bad, "health.clock-back", health.Clock
	case clock.Ahead:
		l.State, l.ID, l.Place = health.Bad, "health.clock-ahead", health.Clock
	}
	return l
}

func (c *ClockStanding) shiftLine() health.Line {
	l := health.Line{Name: "shift", State: health.Good, ID: "health.shift-none"}
	if c.Shift == nil {
		return l
	}
	l.ID, l.Args = "health.shift-open", pos.Args{"Number": c.Shift.Number, "At": c.Shift.OpenedAt}
	if c.LongShift() {
		l.State, l.ID = health.Warn, "health.shift-long"
	}
	return l
}
