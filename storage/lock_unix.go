//go:build unix

package storage

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes a file for this process, or returns errLocked. The lock ends with
// the process, however that ends.
func lockFile(f *os.File) error {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errLocked
		}
		return err
	}
}
