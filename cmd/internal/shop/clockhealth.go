package shop

// The lines of health about the clock, and about a shift that time has forgotten:
// the same in the window, across its top, and in doctor.

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/health"
	"kassa/pos/till"
)

// clockHealth looks at the clock and at the shift. It writes nothing.
func (s *Shop) clockHealth(ctx context.Context) []health.Line {
	c, err := s.Till.ClockSeen(ctx)
	if err != nil {
		return []health.Line{ClockHealth(s.Clock.Now())}
	}
	return []health.Line{ClockLine(c), shiftLine(c)}
}

// ClockHealth judges a clock beside which there is no data.
func ClockHealth(now time.Time) health.Line {
	return ClockLine(&till.ClockStanding{Times: clock.Times{At: now, Steady: now, Wall: now}})
}

// ClockLine tells how the till's time stands.
func ClockLine(c *till.ClockStanding) health.Line {
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

func shiftLine(c *till.ClockStanding) health.Line {
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
