package tables

import (
	"errors"
	"syscall"
)

// fullDisk knows ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
func fullDisk(err error) bool {
	return errors.Is(err, syscall.Errno(112)) || errors.Is(err, syscall.Errno(39))
}
