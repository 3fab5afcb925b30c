//go:build !windows

package tables

import (
	"errors"
	"syscall"
)

// fullDisk reports an error that says there is no room left.
func fullDisk(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
