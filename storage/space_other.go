//go:build !linux && !darwin && !windows

package storage

import (
	"errors"
	"math"
	"syscall"
)

// freeBytes cannot tell on this system and assumes plenty.
func freeBytes(string) (int64, error) { return math.MaxInt64, nil }

func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }
