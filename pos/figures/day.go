// Package figures tells how a shop is doing: periods, sums of sales by day,
// hour, product, employee and tender, and the reports made of them. It has no
// I/O and no float: shares are basis points.
package figures

import (
	"time"

	"kassa/pos"
)

// Day is a day of the shop's calendar as a number: 20261121. Days compare as
// they follow one another; 0 is no day.
type Day int

// The years a period may lie in: what lies outside is a slip of the finger.
const (
	firstYear = 2000
	lastYear  = 2199
)

// DayOf is the day in which a moment lies for people in a zone.
func DayOf(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return Day(y*10000 + int(m)*100 + d)
}

// Date makes a day; months and days beyond their end run over, as with
// time.Date.
func Date(year int, month time.Month, day int) Day {
	return DayOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC), time.UTC)
}

// Parts are the year, the month and the day of the month.
func (d Day) Parts() (year int, month time.Month, day int) {
	return int(d) / 10000, time.Month(int(d) / 100 % 100), int(d) % 100
}

// utc is noon of the day in UTC, where every day has one.
func (d Day) utc() time.Time {
	y, m, n := d.Parts()
	return time.Date(y, m, n, 12, 0, 0, 0, time.UTC)
}

// Add is the day so many days later, or earlier below zero.
func (d Day) Add(days int) Day { return DayOf(d.utc().AddDate(0, 0, days), time.UTC) }

// Since is the number of days from an earlier day to this one.
func (d Day) Since(e Day) int { return int(d.utc().Sub(e.utc()) / (24 * time.Hour)) }

// Weekday is 1 for Monday to 7 for Sunday.
func (d Day) Weekday() int { return (int(d.utc().Weekday())+6)%7 + 1 }

// Month is the first day of the day's month.
func (d Day) Month() Day { return d/100*100 + 1 }

// NextMonth is the first day of the month after.
func (d Day) NextMonth() Day {
	y, m, _ := d.Parts()
	return Date(y, m+1, 1)
}

// Start is the first moment of the day in a zone. Where clocks skip midnight
// the day begins later; a day skipped whole begins with the next.
func (d Day) Start(zone *time.Location) time.Time {
	y, m, n := d.Parts()
	t := time.Date(y, m, n, 0, 0, 0, 0, zone)
	for DayOf(t, zone) < d {
		t = t.Add(30 * time.Minute)
	}
	return t
}

// String writes the day as 2026-11-21.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// ParseDay reads a day written in one of the layouts of package time; the day
// must exist and lie in a year a shop can have. It returns CodeInvalid
// "figures.bad-day".
func ParseDay(text string, layouts ...string) (Day, error) {
	for _, l := range layouts {
		t, err := time.Parse(l, text)
		if err == nil && t.Year() >= firstYear && t.Year() <= lastYear {
			return DayOf(t, time.UTC), nil
		}
	}
	return 0, pos.E(pos.CodeInvalid, "figures.bad-day", pos.Args{"Text": text})
}
