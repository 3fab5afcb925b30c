//go:build !windows

package print

import (
	"context"
	"os/exec"
	"strings"
	"time"
)

// What a printer is called when it is plugged in.
var (
	devices = []string{"/dev/usb/lp*", "/dev/lp*"}
	ports   = []string{"/dev/ttyUSB*", "/dev/ttyACM*", "/dev/cu.usb*"}
)

// askTime is how long the system may think about its printers.
const askTime = 2 * time.Second

// queues are the printers the system knows by name; none where it has no CUPS.
func queues(ctx context.Context) []string {
	lpstat, err := exec.LookPath("lpstat")
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	out, err := exec.CommandContext(ctx, lpstat, "-e").Output()
	if err != nil {
		return nil
	}
	return strings.Fields(string(out))
}
