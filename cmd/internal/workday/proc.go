package workday

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// This file reads what the system and Go's collector tell of a running till.

// collected is the collector's line about one collection that was asked for: the
// heap before it, at its end and in use, in megabytes.
var collected = regexp.MustCompile(`(?m)^gc \d+ @.* (\d+)->(\d+)->(\d+) MB.*\(forced\)$`)

// collections are what was in use, in bytes, after each collection that was asked for.
func collections(log string) []int64 {
	text, err := os.ReadFile(log)
	if err != nil {
		return nil
	}
	var all []int64
	for _, m := range collected.FindAllSubmatch(text, -1) {
		mb, err := strconv.ParseInt(string(m[3]), 10, 64)
		if err == nil {
			all = append(all, mb<<20)
		}
	}
	return all
}

// resident is what of a process is in memory now, in bytes.
func resident(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0, err
	}
	var all, pages int64
	if _, err := fmt.Sscan(string(text), &all, &pages); err != nil {
		return 0, err
	}
	return pages * int64(os.Getpagesize()), nil
}

// tick is the unit in which Linux counts a process's time for everybody.
const tick = time.Second / 100

// processor is how long a process has run since it began.
func processor(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, found := strings.Cut(string(text), ") ") // the name may hold anything
	fields := strings.Fields(rest)
	if !found || len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat is not understood", pid)
	}
	user, err := strconv.ParseInt(fields[11], 10, 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * tick, err
}
