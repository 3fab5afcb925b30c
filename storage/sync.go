package storage

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// ReplaceFile writes a file that nobody else may open, so that after any crash
// it holds either what it held or all of data.
func ReplaceFile(path string, data []byte) error {
	return FileError(replace(path, data), path)
}

func replace(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".new-*") // of mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	_ = SyncDir(dir) // some systems cannot; the rename stands all the same
	return nil
}

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
