//go:build !linux && !darwin && !windows

package storage

// networkKind cannot tell on this system.
func networkKind(string) (string, error) { return "", nil }
