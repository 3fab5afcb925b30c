package shop

// The lines of health about the clock, and about a shift that time has forgotten:
// the same in the window, across its top, and in doctor.

import (
	"context"
	"time"

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
	return c.Health()
}

// ClockHealth judges a clock beside which there is no data.
func ClockHealth(now time.Time) health.Line {
	c := till.ClockStanding{Times: clock.Times{At: now, Steady: now, Wall: now}}
	return c.Health()[0]
}
