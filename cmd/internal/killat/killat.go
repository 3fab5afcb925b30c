// Package killat ends a program with SIGKILL at an exact system call, so that a test
// can cut it off at each place where it had written something and not the rest. The
// calls are counted over all threads of the program, in the order in which they are
// made: a tracer that counts for each thread would pass over most of them.
//
// The tracer is the test binary itself, started once more: its TestMain calls Main
// first, and the command line of Wrap goes before that of the program.
package killat

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// ErrNotHere says that programs cannot be traced on this system.
var ErrNotHere = errors.New("programs cannot be traced here")

// flag is the word by which a test binary knows that it is to be the tracer.
const flag = "-killat"

// Wrap is what goes before the command line of a program to have it killed when it
// enters its at-th call, of those that write, flush, cut, rename or remove a file or
// say something to a socket; 0 lets it live. What became of it is written to the file
// report, for Read.
func Wrap(at int, report string) ([]string, error) {
	exe, err := os.Executable()
	return []string{exe, flag, strconv.Itoa(at), report}, err
}

// Main is called at the start of TestMain. It comes back at once unless Wrap started
// the binary; then it never does.
func Main() {
	if len(os.Args) < 5 || os.Args[1] != flag {
		return
	}
	at, err := strconv.Atoi(os.Args[2])
	if err != nil {
		fail(err)
	}
	end, err := trace(at, os.Args[4:])
	if err != nil {
		fail(err)
	}
	if err := os.WriteFile(os.Args[3], []byte(end.text()), 0o600); err != nil {
		fail(err)
	}
	os.Exit(end.Code)
}

// failed is the exit code of a tracer that could not trace.
const failed = 99

func fail(err error) {
	fmt.Fprintln(os.Stderr, "killat:", err)
	os.Exit(failed)
}

// End is what became of a program.
type End struct {
	Killed bool   // at the call that was asked for
	Calls  int    // made, the last one included
	Call   string // the one it was killed at
	On     string // the file or socket that call was about
	Code   int    // exit code, 137 of one that was killed
}

func (e End) text() string {
	return fmt.Sprintf("%t\n%d\n%d\n%s\n%s", e.Killed, e.Calls, e.Code, e.Call, e.On)
}

// Read reads a report. It is an error where there is none yet: the program still runs.
func Read(report string) (e End, err error) {
	b, err := os.ReadFile(report)
	if err != nil {
		return e, err
	}
	parts := strings.SplitN(string(b), "\n", 5)
	if len(parts) != 5 {
		return e, fmt.Errorf("killat: %q is no report", b)
	}
	var errs [3]error
	e.Killed, errs[0] = strconv.ParseBool(parts[0])
	e.Calls, errs[1] = strconv.Atoi(parts[1])
	e.Code, errs[2] = strconv.Atoi(parts[2])
	e.Call, e.On = parts[3], parts[4]
	return e, errors.Join(errs[:]...)
}
