package upkeep_test

// These tests leave a till running while somebody sets its clock, and put it
// right again.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

const day = 24 * time.Hour

func doubt(s *tilltest.Shop) clock.Doubt {
	s.Helper()
	c, err := s.Till.Clock(s.Context())
	require.NoError(s, err)
	d, _ := c.Times.Doubt()
	return d
}

func TestTill_Clock_FindsAStepWhileNobodyWorks(t *testing.T) {
	s := tilltest.Demo(t)
	require.Equal(t, clock.Sure, doubt(s))
	n := len(s.Trail())
	require.Equal(t, clock.Sure, doubt(s))
	require.Len(t, s.Trail(), n, "a right clock is not worth a record each minute")
	s.Clock.Set(-time.Hour)
	require.Equal(t, clock.Behind, doubt(s))
	require.Equal(t, clock.Behind, doubt(s))
	require.Equal(t, 1, s.Happened(pos.EventClockStepped), "it is recorded once")
	require.Equal(t, "-3600000", s.Last(pos.EventClockStepped).Detail["by_ms"])
	s.Clock.Set(time.Hour)
	require.Equal(t, clock.Sure, doubt(s), "put right, nobody need confirm anything")
}

func TestTill_Clock_TellsAStepBetweenTwoRuns(t *testing.T) {
	s := tilltest.Demo(t)
	s.Clock.Reboot(-3 * day)
	s.Restart()
	_, err := s.Begin(s.Context())
	require.NoError(t, err)
	require.Equal(t, "yes", s.Last(pos.EventClockStepped).Detail["between_runs"])
	require.Equal(t, clock.Behind, doubt(s))
}

func TestTill_Clock_TellsAShiftOpenForMoreThanADay(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	long := func() bool {
		c, err := s.Till.Clock(s.Context())
		require.NoError(t, err)
		return c.LongShift()
	}
	s.Clock.Move(day)
	require.False(t, long())
	s.Clock.Move(time.Minute)
	require.True(t, long())
}

func TestTill_ConfirmClock_GoesBackFromAYearAhead(t *testing.T) {
	s := tilltest.Small(t)
	s.Ring("milk")
	s.Clock.Set(365 * day)
	ahead := s.PayAll(s.Screen())
	require.Equal(t, 2027, ahead.At.Year())
	s.Clock.Set(-365 * day)
	s.Ring("milk")
	stuck := s.PayAll(s.Screen())
	require.Equal(t, 2027, stuck.At.Year(), "nothing is dated before what is stored")
	require.Equal(t, clock.Behind, doubt(s), "and that is shown")

	_, err := s.ConfirmClock(s.Context(), s.Cashier)
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	_, err = s.ConfirmClock(s.Context(), s.Owner)
	require.NoError(t, err, "its shift was opened before")
	require.Equal(t, clock.Sure, doubt(s))
	s.Ring("milk")
	right := s.PayAll(s.Screen())
	require.Equal(t, 2026, right.At.Year())
	s.Restart()
	s.Ring("milk")
	require.False(t, s.PayAll(s.Screen()).At.Before(right.At), "a restart does not bring the wrong time back")
	require.Equal(t, 1, s.Happened(pos.EventClockConfirmed))
	s.Sound()
}

func TestTill_ConfirmClock_NotBeforeTheOpenShift(t *testing.T) {
	s := tilltest.Demo(t)
	s.Clock.Set(365 * day)
	s.StartShift(10_000)
	s.Clock.Set(-365 * day)
	_, err := s.ConfirmClock(s.Context(), s.Owner)
	tilltest.Refused(t, err, pos.CodeConflict, "clock.shift-later")
	_, err = s.CloseShift(s.Context(), s.Owner, 10_000)
	require.NoError(t, err)
	_, err = s.ConfirmClock(s.Context(), s.Owner)
	require.NoError(t, err)
	require.Equal(t, 2026, s.StartShift(10_000).OpenedAt.Year())
}

func TestTill_ConfirmClock_RefusesAYearInWhichNoTillRuns(t *testing.T) {
	s := tilltest.Demo(t)
	s.Clock.Set(time.Unix(0, 0).Sub(s.Clock.Now()))
	_, err := s.ConfirmClock(s.Context(), till.System())
	tilltest.Refused(t, err, pos.CodeConflict, "clock.odd")
	s.StartShift(10_000) // and yet the shop works
}

func TestSelfCheck_FindsDatesThatGoBack(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	s.Spoilt()
	s.Tamper("UPDATE events SET at = at - 86400000 WHERE n = (SELECT max(n) FROM events)")
	require.Contains(t, tilltest.IDs(s.Problems()), "check.time-back")
}
