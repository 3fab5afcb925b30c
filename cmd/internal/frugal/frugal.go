// Package frugal keeps the window small in memory: a till shares an old computer
// with other programs.
package frugal

import (
	"runtime/debug"
	"time"
)

// heapGrowth is how far, in percent of what is in use, the heap may grow before
// it is collected. Little is in use at a till, so collecting often costs it
// less than a millisecond at a time; Go's own 100 would double the window's
// memory after a busy hour.
const heapGrowth = 30

// While the first screen is made, all that was made is still in use: to look it
// through at every step up took a fifth of the start. It lets a few megabytes
// more stand until it is settled.
const (
	openingGrowth = 400
	opening       = 10 * time.Second
)

// Begin is called once at the start of a program with a window.
func Begin() {
	debug.SetGCPercent(openingGrowth)
	time.AfterFunc(opening, Settle)
}

// Settle gives back, without making anybody wait, what opening the window took
// and it no longer needs: the memory of parsed fonts and texts. From then on
// the heap is kept small.
func Settle() {
	go func() {
		debug.SetGCPercent(heapGrowth)
		debug.FreeOSMemory()
	}()
}
