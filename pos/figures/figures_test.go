package figures

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
)

func TestPeriod_Shapes(t *testing.T) {
	for _, tt := range []struct {
		span              Span
		day               Day
		from, to          Day
		before, beforeEnd Day
	}{
		{SpanDay, 20260301, 20260301, 20260301, 20260228, 20260228},
		{SpanDay, 20240301, 20240301, 20240301, 20240229, 20240229}, // a leap year
		{SpanWeek, 20260101, 20251229, 20260104, 20251222, 20251228},
		{SpanWeek, 20260104, 20251229, 20260104, 20251222, 20251228}, // a Sunday ends its week
		{SpanMonth, 20240215, 20240201, 20240229, 20240101, 20240131},
		{SpanMonth, 20260131, 20260101, 20260131, 20251201, 20251231},
		{SpanQuarter, 20260101, 20260101, 20260331, 20251001, 20251231},
		{SpanQuarter, 20261231, 20261001, 20261231, 20260701, 20260930},
		{SpanYear, 20240229, 20240101, 20241231, 20230101, 20231231},
		{SpanCustom, 20260301, 20260301, 20260301, 20260228, 20260228},
	} {
		p := Of(tt.span, tt.day)
		require.Equal(t, Period{tt.span, tt.from, tt.to}, p)
		require.Equal(t, Period{tt.span, tt.before, tt.beforeEnd}, p.Before())
		require.Equal(t, p, p.Before().After(), "there and back")
		require.NoError(t, p.Check())
	}
	p, err := Between(20260301, 20260310)
	require.NoError(t, err)
	require.Equal(t, Period{SpanCustom, 20260219, 20260228}, p.Before())
	require.Equal(t, Period{SpanCustom, 20260222, 20260303}, p.WeekBefore())
	require.Equal(t, 10, p.Days())
}

func TestPeriod_Wrong(t *testing.T) {
	_, err := Between(20260302, 20260301)
	require.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
	for _, p := range []Period{{SpanCustom, 20260302, 20260301}, {SpanCustom, 0, 20260301}, {SpanCustom, 20260301, 99991231}} {
		require.Equal(t, pos.CodeInvalid, pos.CodeOf(p.Check()), p)
	}
	for _, text := range []string{"", "вчера", "30.02.2026", "29.02.2025", "31.04.2026", "2026-02-01", "01.01.1999", "1.1.26.5"} {
		_, err := ParseDay(text, "02.01.2006", "2.1.2006")
		require.Equal(t, pos.CodeInvalid, pos.CodeOf(err), text)
	}
	d, err := ParseDay("9.5.2026", "02.01.2006", "2.1.2006")
	require.NoError(t, err)
	require.Equal(t, Day(20260509), d)
}

func TestQuick_Periods(t *testing.T) {
	for q, want := range map[Quick]Period{
		Today: {SpanDay, 20260301, 20260301}, Yesterday: {SpanDay, 20260228, 20260228}, ThisWeek: {SpanWeek, 20260223, 20260301},
		ThisMonth: {SpanMonth, 20260301, 20260331}, LastMonth: {SpanMonth, 20260201, 20260228}, ThisYear: {SpanYear, 20260101, 20261231}, Own: {SpanCustom, 20260301, 20260301},
	} {
		require.Equal(t, want, q.On(20260301), q)
	}
}

// Days begin when clocks say so, also where they skip an hour or a day.
func TestDay_Start(t *testing.T) {
	for _, tt := range []struct {
		zone string
		day  Day
		want string
	}{
		{"Europe/Moscow", 20260301, "2026-02-28T21:00:00Z"},
		{"Europe/Berlin", 20260329, "2026-03-28T23:00:00Z"},     // clocks skip an hour later that day
		{"Europe/Berlin", 20261025, "2026-10-24T22:00:00Z"},     // and repeat one
		{"America/Sao_Paulo", 20181104, "2018-11-04T03:00:00Z"}, // midnight was skipped
		{"Pacific/Apia", 20111231, "2011-12-30T10:00:00Z"},      // the day before was skipped
	} {
		zone, err := time.LoadLocation(tt.zone)
		require.NoError(t, err)
		start := tt.day.Start(zone)
		require.Equal(t, tt.want, start.UTC().Format(time.RFC3339), "%s %d", tt.zone, tt.day)
		require.Equal(t, tt.day, DayOf(start, zone))
		require.Less(t, DayOf(start.Add(-time.Millisecond), zone), tt.day)
	}
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	from, to := Of(SpanDay, 20260329).Moments(zone)
	require.Equal(t, 23*time.Hour, to.Sub(from))
	from, to = Of(SpanDay, 20261025).Moments(zone)
	require.Equal(t, 25*time.Hour, to.Sub(from))
}

func TestZoneMark(t *testing.T) {
	moscow, err := time.LoadLocation("Europe/Moscow")
	require.NoError(t, err)
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	require.NotEqual(t, ZoneMark(moscow), ZoneMark(berlin))
	require.Equal(t, ZoneMark(time.UTC), ZoneMark(time.FixedZone("by another name", 0)))
}

func TestChange_Percent(t *testing.T) {
	for _, tt := range []struct {
		now, was int64
		want     money.Percent
		ok       bool
	}{
		{150, 100, 5000, true}, {50, 100, -5000, true}, {100, 100, 0, true}, {5, 0, 0, false}, {0, 0, 0, false}, {0, 7, -10000, true},
		{-50, -100, 5000, true}, {2, 3, -3333, true}, {math.MaxInt64 / 2, 1, math.MaxInt64, true},
	} {
		got, ok := Change{tt.now, tt.was}.Percent()
		assert.Equal(t, tt.ok, ok, tt)
		assert.Equal(t, tt.want, got, tt)
	}
	assert.EqualValues(t, 33, Average(100, 3))
	assert.EqualValues(t, 67, Average(200, 3))
	assert.Zero(t, Average(100, 0))
	assert.EqualValues(t, 1000, Share(10, 100))
}

// Whatever the period, the cells read are each of its days once.
func TestKind_RangesCoverEachDayOnce(t *testing.T) {
	for _, p := range []Period{Of(SpanYear, 20240101), Of(SpanMonth, 20240201), {SpanCustom, 20231115, 20240310}, {SpanCustom, 20240201, 20240310},
		{SpanCustom, 20240115, 20240229}, {SpanCustom, 20240115, 20240210}, Of(SpanDay, 20240229), Of(SpanDay, 20240131), {SpanCustom, 20240131, 20240201}} {
		for _, k := range Kinds {
			seen := map[Day]int{}
			for _, r := range k.Ranges(p) {
				require.LessOrEqual(t, r.From, r.To)
				for d := r.From; d <= r.To; {
					if r.Dim <= monthly {
						seen[d]++
						d = d.Add(1)
						continue
					}
					require.Equal(t, d, d.Month())
					for in := d; in < d.NextMonth(); in = in.Add(1) {
						seen[in]++
					}
					d = d.NextMonth()
				}
			}
			require.Len(t, seen, p.Days(), "%s over %v", k, p)
			for d, n := range seen {
				require.Equal(t, 1, n, d)
				require.True(t, p.Has(d))
			}
		}
	}
}

func TestKinds_EachCanBeTold(t *testing.T) {
	for _, k := range Kinds {
		assert.True(t, k.Known())
	}
	assert.False(t, Kind("").Known())
}
