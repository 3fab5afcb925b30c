package clocks

// The run of a Windows computer: its time since the start goes on while it
// sleeps, and the system counts its starts.

import (
	"strconv"
	"sync"
	"time"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

const bootKey = `SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters`

var bootID = sync.OnceValue(func() string {
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, bootKey, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	defer k.Close()
	n, _, err := k.GetIntegerValue("BootId")
	if err != nil {
		return ""
	}
	return "boot " + strconv.FormatUint(n, 10)
})

func running() (run string, since time.Duration, ok bool) {
	run = bootID()
	return run, windows.DurationSinceBoot(), run != ""
}
