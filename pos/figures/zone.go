package figures

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"sync"
	"time"
)

// zoneMarks are those that were made, by *time.Location.
var zoneMarks sync.Map

// ZoneMark tells zones apart by what their clocks showed and will show, not by
// their name: "Local" is another zone after the computer's was changed. Sums
// by day hold for the zone they were made in alone.
func ZoneMark(zone *time.Location) string {
	if m, ok := zoneMarks.Load(zone); ok {
		return m.(string)
	}
	h := fnv.New64a()
	last := 0
	end := time.Date(2060, 1, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC); t.Before(end); t = t.AddDate(0, 0, 1) {
		if _, offset := t.In(zone).Zone(); offset != last || t.Year() == firstYear && t.YearDay() == 1 {
			last = offset
			fmt.Fprintf(h, "%d %d\n", t.Unix(), offset)
		}
	}
	m := strconv.FormatUint(h.Sum64(), 16)
	zoneMarks.Store(zone, m)
	return m
}

func itoa(n int) string { return strconv.Itoa(n) }
