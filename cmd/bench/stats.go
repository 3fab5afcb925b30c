package main

import (
	"fmt"
	"slices"
	"time"
)

// stats are what many measurements of one thing amount to. They are times in
// nanoseconds unless unit says otherwise.
type stats struct {
	median, p99 int64
	unit        string // "" for time, "MiB" for memory in bytes, anything else for numbers of it
}

func (s stats) show(v int64) string {
	switch s.unit {
	case "":
	case "MiB":
		return fmt.Sprintf("%.1f MiB", float64(v)/(1<<20))
	default:
		return fmt.Sprint(v, " ", s.unit)
	}
	return time.Duration(v).Round(time.Microsecond).String()
}

func summarise(all []int64) stats {
	slices.Sort(all)
	return stats{median: all[len(all)/2], p99: all[min(len(all)-1, len(all)*99/100)]}
}

// thing is something to be measured. before and after make it ready and clear
// it away, outside the time; either may be nil.
type thing struct {
	do            func() error
	before, after func() error
}

// inTurn measures several things rounds times, one after the other in each
// round, so that a slow moment of the machine meets all of them. Every second
// round goes backwards: none gains by always following the same neighbour.
// What takes long is measured less often.
func inTurn(rounds int, things ...thing) ([]stats, error) {
	const (
		warm     = 3
		enough   = 7 // rounds after which patience may end
		patience = 10 * time.Second
	)
	times := make([][]int64, len(things))
	began := time.Now()
	for i := range rounds + warm {
		if i >= warm+enough && time.Since(began) > patience {
			break
		}
		for j := range things {
			if i%2 == 1 {
				j = len(things) - 1 - j
			}
			took, err := things[j].once()
			if err != nil {
				return nil, err
			}
			if i >= warm {
				times[j] = append(times[j], took.Nanoseconds())
			}
		}
	}
	out := make([]stats, len(things))
	for j := range times {
		out[j] = summarise(times[j])
	}
	return out, nil
}

func (t *thing) once() (time.Duration, error) {
	if t.before != nil {
		if err := t.before(); err != nil {
			return 0, err
		}
	}
	began := time.Now()
	if err := t.do(); err != nil {
		return 0, err
	}
	took := time.Since(began)
	if t.after != nil {
		return took, t.after()
	}
	return took, nil
}
