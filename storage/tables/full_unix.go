//go:build !windows

package tables

import (
	"errors"
	"syscall"
)

func fullDisk(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
