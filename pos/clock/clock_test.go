package clock_test

// These tests turn both hands of a clock and look at what the till takes for the
// time.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos/clock"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// hands are a computer's clocks.
type hands struct {
	testing.TB
	r    clock.Reading
	mark clock.Mark
}

func at(t testing.TB, wall time.Time) *hands {
	h := &hands{TB: t, r: clock.Reading{Wall: wall, Run: "a"}}
	h.mark.Go(h.r)
	return h
}

func (h *hands) live(d time.Duration) clock.Passed {
	h.r.Wall, h.r.Since = h.r.Wall.Add(d), h.r.Since+d
	return h.mark.Go(h.r)
}

func (h *hands) set(by time.Duration) clock.Passed {
	h.r.Wall = h.r.Wall.Add(by)
	return h.mark.Go(h.r)
}

// off turns the computer off for a time, as its wall clock has it, and goes on
// from what was kept.
func (h *hands) off(d time.Duration) clock.Passed {
	kept, err := clock.Parse(h.mark.Text(), h.r.Wall.Location())
	require.NoError(h, err)
	h.r = clock.Reading{Wall: h.r.Wall.Add(d), Run: h.r.Run + "'"}
	h.mark = kept
	return h.mark.Go(h.r)
}

func (h *hands) stands(at, steady time.Time, doubt clock.Doubt) {
	h.Helper()
	require.WithinDuration(h, at, h.mark.At, time.Second, "what happens is dated")
	require.WithinDuration(h, steady, h.mark.Steady, time.Second, "what was lived")
	got, _ := h.mark.Doubt()
	require.Equal(h, doubt, got)
}

func TestMark_GoesOnWithARightClock(t *testing.T) {
	h := at(t, noon)
	require.Empty(t, h.live(time.Hour).Steps)
	h.stands(noon.Add(time.Hour), noon.Add(time.Hour), clock.Sure)
	p := h.off(14 * time.Hour)
	require.Empty(t, p.Steps, "a night")
	require.Equal(t, 14*time.Hour, p.Unproven)
	h.stands(noon.Add(15*time.Hour), noon.Add(15*time.Hour), clock.Sure)
}

func TestMark_TellsStepsWhileItRuns(t *testing.T) {
	for name, tt := range map[string]struct {
		by    time.Duration
		found bool
	}{
		"two minutes on": {clock.Slack, false}, "a little more": {clock.Slack + time.Second, true}, "an hour on": {time.Hour, true},
		"two minutes back": {-clock.Slack, false}, "a little more back": {-clock.Slack - time.Second, true}, "a year back": {-365 * day, true},
	} {
		t.Run(name, func(t *testing.T) {
			h := at(t, noon)
			p := h.set(tt.by)
			require.Equal(t, tt.found, len(p.Steps) == 1)
			require.Zero(t, p.Unproven)
			if tt.found {
				require.Equal(t, tt.by, p.Steps[0].By())
			}
			require.Empty(t, h.live(time.Minute).Steps, "it is told once")
			require.WithinDuration(t, noon.Add(time.Minute), h.mark.Steady, 100*time.Millisecond, "no hand moves the lived time")
			require.False(t, h.mark.At.Before(noon))
		})
	}
	t.Run("many small ones are told as what they come to", func(t *testing.T) {
		h := at(t, noon)
		var found []clock.Step
		for range 10 {
			found = append(found, h.set(time.Minute).Steps...)
			h.live(time.Second)
		}
		require.NotEmpty(t, found)
		require.WithinDuration(t, noon.Add(10*time.Second), h.mark.Steady, 100*time.Millisecond)
	})
}

func TestMark_ASetBackClockDatesNothingBeforeWhatIsStored(t *testing.T) {
	h := at(t, noon)
	h.live(time.Hour)
	h.set(-time.Hour)
	h.stands(noon.Add(time.Hour), noon.Add(time.Hour), clock.Behind)
	h.live(10 * time.Minute)
	h.stands(noon.Add(70*time.Minute), noon.Add(70*time.Minute), clock.Behind)
	h.off(time.Minute)
	h.stands(noon.Add(70*time.Minute), noon.Add(71*time.Minute), clock.Behind)
	require.Len(t, h.set(time.Hour).Steps, 1)
	h.stands(noon.Add(71*time.Minute), noon.Add(71*time.Minute), clock.Sure)
}

func TestMark_AYearAheadIsShownUntilSomebodyConfirms(t *testing.T) {
	h := at(t, noon)
	h.set(365 * day)
	h.live(time.Hour)
	h.stands(noon.Add(365*day+time.Hour), noon.Add(time.Hour), clock.Ahead)
	require.Equal(t, h.mark.Steady, h.mark.Due(), "nothing falls due by a leap")
	h.set(-365 * day)
	h.stands(noon.Add(365*day+time.Hour), noon.Add(time.Hour), clock.Behind)
	h.live(time.Hour)
	h.off(8 * time.Hour)
	h.stands(noon.Add(365*day+2*time.Hour), noon.Add(10*time.Hour), clock.Behind)
	require.Zero(t, h.mark.Confirm(), "the lived time was right all the while")
	h.stands(noon.Add(10*time.Hour), noon.Add(10*time.Hour), clock.Sure)
	require.Empty(t, h.live(time.Hour).Steps)
	h.stands(noon.Add(11*time.Hour), noon.Add(11*time.Hour), clock.Sure)
}

func TestMark_AnEmptyBattery(t *testing.T) {
	for name, woken := range map[string]time.Time{"1970": time.Unix(0, 0), "the year of the board": time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)} {
		t.Run("a shop that was right before, "+name, func(t *testing.T) {
			h := at(t, noon)
			p := h.off(woken.Sub(noon))
			require.Len(t, p.Steps, 1)
			require.True(t, p.Steps[0].Between)
			require.Zero(t, p.Unproven)
			h.live(5 * time.Minute)
			doubt, _ := h.mark.Doubt()
			require.Contains(t, []clock.Doubt{clock.Odd, clock.Behind}, doubt)
			require.WithinDuration(t, noon.Add(5*time.Minute), h.mark.At, time.Second)
			p = h.set(noon.Add(20 * time.Hour).Sub(h.r.Wall)) // the network knows the time
			require.Len(t, p.Steps, 1)
			require.InDelta(t, 20*time.Hour-5*time.Minute, p.Unproven, float64(time.Second))
			h.stands(noon.Add(20*time.Hour), noon.Add(20*time.Hour), clock.Sure)
		})
		t.Run("a new shop, "+name, func(t *testing.T) {
			h := at(t, woken)
			h.live(time.Minute)
			doubt, _ := h.mark.Doubt()
			require.Equal(t, clock.Odd, doubt)
			h.set(noon.Sub(h.r.Wall))
			h.stands(noon, noon, clock.Sure)
		})
	}
}

func TestMark_2038IsAYearLikeAnother(t *testing.T) {
	h := at(t, time.Date(2038, 1, 19, 3, 0, 0, 0, time.UTC))
	require.Empty(t, h.live(time.Hour).Steps)
	doubt, _ := h.mark.Doubt()
	require.Equal(t, clock.Sure, doubt)
	far := at(t, noon)
	require.Len(t, far.off(12*365*day).Steps, 1, "found at a start it is asked about")
	far.stands(noon.Add(12*365*day), noon, clock.Ahead)
}

func TestMark_ALongHolidayIsAskedAbout(t *testing.T) {
	h := at(t, noon)
	require.Empty(t, h.off(30*day).Steps)
	require.Len(t, h.off(40*day).Steps, 1)
	h.stands(noon.Add(70*day), noon.Add(30*day), clock.Ahead)
	require.Equal(t, 40*day, h.mark.Confirm())
	h.stands(noon.Add(70*day), noon.Add(70*day), clock.Sure)
}

func TestMark_WhatIsNoStep(t *testing.T) {
	t.Run("summer time and another zone", func(t *testing.T) {
		berlin, err := time.LoadLocation("Europe/Berlin")
		require.NoError(t, err)
		h := at(t, time.Date(2026, 3, 29, 1, 59, 0, 0, berlin))
		require.Empty(t, h.live(2*time.Minute).Steps)
		require.Equal(t, 3, h.mark.At.Hour())
		h.r.Wall = h.r.Wall.In(time.FixedZone("Kyiv", 3*3600))
		require.Empty(t, h.live(time.Minute).Steps)
		require.Equal(t, 4, h.mark.At.Hour(), "dates follow the zone")
	})
	t.Run("a laptop that slept", func(t *testing.T) {
		h := at(t, noon)
		require.Empty(t, h.live(10*time.Hour).Steps)
		h.stands(noon.Add(10*time.Hour), noon.Add(10*time.Hour), clock.Sure)
	})
	t.Run("a quartz that drifts for a month", func(t *testing.T) {
		h := at(t, noon)
		for range 30 * 24 {
			h.r.Wall, h.r.Since = h.r.Wall.Add(time.Hour), h.r.Since+time.Hour-360*time.Millisecond
			require.Empty(t, h.mark.Go(h.r).Steps)
		}
		h.stands(noon.Add(30*day), noon.Add(30*day), clock.Sure)
	})
	t.Run("a program started anew", func(t *testing.T) {
		h := at(t, noon)
		kept, err := clock.Parse(h.mark.Text(), time.UTC)
		require.NoError(t, err)
		h.mark = kept
		p := h.live(time.Hour)
		require.Empty(t, p.Steps)
		require.Zero(t, p.Unproven, "the computer ran on")
	})
}

func TestMark_OfAShopThatKeptNone(t *testing.T) {
	m := clock.Since(noon)
	require.Empty(t, m.Go(clock.Reading{Wall: noon.Add(day), Run: "a", Since: time.Hour}).Steps)
	require.Equal(t, noon.Add(day), m.At)
	m = clock.Since(noon)
	require.Len(t, m.Go(clock.Reading{Wall: noon.Add(-day), Run: "a", Since: time.Hour}).Steps, 1)
	require.Equal(t, noon, m.At)
}
