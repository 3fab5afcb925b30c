package main

import (
	"encoding/json"
	"io"
	"os"
	"time"

	"fyne.io/fyne/v2"
)

// twoFrames is long enough for the window to have begun drawing what changed.
const twoFrames = 40 * time.Millisecond

// seen is one line about what the window shows.
type seen struct {
	Screen string            `json:"screen"`
	Facts  map[string]string `json:"facts,omitempty"`
}

// watcher writes what the window shows to a descriptor, a line of JSON each,
// after it was drawn: whoever reads a line may take a picture. It is nil without
// a descriptor.
func watcher(fd int) func(string, map[string]string) {
	if fd <= 2 {
		return nil
	}
	lines := make(chan seen, 1024)
	go tell(os.NewFile(uintptr(fd), "watch"), lines)
	return func(screen string, facts map[string]string) {
		select {
		case lines <- seen{screen, facts}:
		default: // nobody reads: the till does not wait for it
		}
	}
}

func tell(w io.Writer, lines <-chan seen) {
	enc := json.NewEncoder(w)
	for line := range lines {
		together := []seen{line}
		for len(lines) > 0 {
			together = append(together, <-lines)
		}
		// The loop draws between two of its turns, so that the second call comes
		// back once the picture is there.
		fyne.DoAndWait(func() {})
		time.Sleep(twoFrames)
		fyne.DoAndWait(func() {})
		for _, l := range together {
			if enc.Encode(l) != nil {
				return
			}
		}
	}
}
