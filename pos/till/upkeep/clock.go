package upkeep

// How the till's time stands, and somebody's word that the computer's clock is
// right.

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/clock"
)

// ClockStanding is how the till's time stands.
type ClockStanding struct {
	clock.Times
	Shift *pos.Shift // the open one; nil when none
}

// longShift is how long a shift may be open before the till says so.
const longShift = 24 * time.Hour

// LongShift reports an open shift that has been so for more than a day.
func (c *ClockStanding) LongShift() bool {
	return c.Shift != nil && c.Due().Sub(c.Shift.OpenedAt) > longShift
}

// Clock looks at the computer's clock and tells how the till's time stands. A
// step that was found is recorded, so a till that is left alone tells of it too:
// the window asks every minute. It needs no right.
func (t *Till) Clock(ctx context.Context) (*ClockStanding, error) {
	c, found, err := t.clockNow(ctx)
	if err == nil && found {
		err = t.desk.Change(ctx, pos.Actor{}, "", func(*op) error { return nil })
	}
	return c, err
}

// ClockSeen is Clock for who only looks and must write nothing.
func (t *Till) ClockSeen(ctx context.Context) (*ClockStanding, error) {
	c, _, err := t.clockNow(ctx)
	return c, err
}

func (t *Till) clockNow(ctx context.Context) (c *ClockStanding, found bool, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		c = &ClockStanding{Times: o.Times}
		s, err := o.OpenShift()
		if pos.CodeOf(err) == pos.CodeNotFound {
			return nil
		}
		c.Shift = s
		return err
	})
	if err != nil {
		return nil, false, err
	}
	return c, t.desk.ClockUnsettled(), nil
}

// ConfirmClock says that the computer's clock is right as it is: the till's time
// goes on from it, forward or back, and that is recorded. It needs the right to
// change the settings. CodeConflict for a year in which no till runs, and while a
// shift is open that was opened later than the clock shows: its sales would be
// dated before it.
func (t *Till) ConfirmClock(ctx context.Context, a pos.Actor) (*ClockStanding, error) {
	err := t.desk.Change(ctx, a, pos.RightSettings, func(o *op) error {
		s, err := o.OpenShift()
		if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
			return err
		}
		if err == nil && s.OpenedAt.After(o.Wall) {
			return pos.E(pos.CodeConflict, "clock.shift-later", pos.Args{"Number": s.Number, "At": s.OpenedAt, "Time": o.Wall})
		}
		return o.ConfirmClock()
	})
	if err != nil {
		return nil, err
	}
	return t.ClockSeen(ctx)
}
