package storage

import (
	"os"
	"runtime"
)

// SyncFile makes the content of a file reach the disk. It must not be the
// database file of an open engine.
func SyncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return FileError(err, path)
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return FileError(err, path)
	}
	return FileError(f.Close(), path)
}

// SyncDir makes a rename within dir reach the disk. Windows has no such call
// and needs none: it journals names.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return FileError(err, dir)
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return FileError(err, dir)
	}
	return FileError(f.Close(), dir)
}
