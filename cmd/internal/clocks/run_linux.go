package clocks

// The run of a Linux computer: CLOCK_BOOTTIME goes on while it sleeps, and the
// kernel names each start.

import (
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

var bootID = sync.OnceValue(func() string {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(id))
})

func running() (run string, since time.Duration, ok bool) {
	var t unix.Timespec
	if run = bootID(); run == "" || unix.ClockGettime(unix.CLOCK_BOOTTIME, &t) != nil {
		return "", 0, false
	}
	return run, time.Duration(t.Nano()), true
}
