// Package clocks reads the computer's two clocks: the wall clock, and its run since it
// was started.
package clocks

import (
	"sync"
	"time"

	"github.com/google/uuid"

	"kassa/pos/clock"
	"kassa/pos/till"
)

// Computer is the clock of this computer.
func Computer() till.Clock { return computer{} }

type computer struct{}

func (computer) Now() time.Time { return time.Now() }

// Read tells how long the computer runs, the time it slept included, and which run
// that is. Where the system does not tell, the run is the program's own: then
// nothing is proven of the time between two programs.
func (computer) Read() clock.Reading {
	run, since, ok := running()
	wall := time.Now()
	if !ok {
		own := program()
		return clock.Reading{Wall: wall, Run: own.run, Since: wall.Sub(own.began)}
	}
	return clock.Reading{Wall: wall, Run: run, Since: since}
}

// begun is a run of this program.
type begun struct {
	run   string
	began time.Time // with its monotonic part
}

var program = sync.OnceValue(func() begun { return begun{"program " + uuid.NewString(), time.Now()} })
