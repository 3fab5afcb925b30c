package tables

// Days and times of a spreadsheet: a number of days since its first one.

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Days are numbered from one of two first days; 1900 is wrongly held to have
// been a leap year, which matters only before that March.
const (
	days1900 = 1900
	days1904 = 1904
)

const (
	leapDay = 60        // 29 February 1900, which never was
	lastDay = 2_958_465 // 31 December 9999
	dayLong = 24 * 60 * 60
)

// moment writes a day and a time so that nobody can take the month for the day:
// 2025-12-31, 2025-12-31 14:05, 14:05:09, or a span of 25:30.
func moment(d decimal.Decimal, s *section, since int) (string, bool) {
	if d.IsNegative() || d.GreaterThan(decimal.New(lastDay, 0)) {
		return "", false
	}
	seconds := d.Mul(decimal.New(dayLong, 0)).Round(0).IntPart()
	if s.elapsed != 0 {
		return span(seconds, s), true
	}
	day, clock := seconds/dayLong, seconds%dayLong
	if !s.day {
		return hours(clock, s.seconds), true
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case since == days1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day == leapDay || day == 0:
		return "", false
	case day < leapDay:
		day++
	}
	text := first.AddDate(0, 0, int(day)).Format(time.DateOnly)
	if s.clock {
		text += " " + hours(clock, s.seconds)
	}
	return text, true
}

func hours(seconds int64, fine bool) string {
	text := fmt.Sprintf("%02d:%02d", seconds/3600, seconds/60%60)
	if fine {
		text += fmt.Sprintf(":%02d", seconds%60)
	}
	return text
}

// span is a length of time, which may be longer than a day.
func span(seconds int64, s *section) string {
	switch {
	case s.elapsed == 's':
		return fmt.Sprint(seconds)
	case s.elapsed == 'm' && s.seconds:
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	case s.elapsed == 'm':
		return fmt.Sprint(seconds / 60)
	}
	return hours(seconds, s.seconds)
}

// isoMoment shortens the day and time of a cell that stores them as words.
func isoMoment(raw string) string {
	for _, layout := range []string{"2006-01-02T15:04:05.999Z07:00", "2006-01-02T15:04:05.999", "2006-01-02T15:04", time.DateOnly} {
		t, err := time.Parse(layout, raw)
		if err != nil {
			continue
		}
		switch {
		case t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0:
			return t.Format(time.DateOnly)
		case t.Second() == 0:
			return t.Format("2006-01-02 15:04")
		}
		return t.Format(time.DateTime)
	}
	return raw
}
