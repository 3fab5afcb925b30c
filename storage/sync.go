package storage

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"kassa/pos"
)

// ReplaceFile writes a file that nobody else may open, so that after any crash
// it holds either what it held or all of data: all of data without an error, and
// either of them with one.
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
	return SyncDir(dir)
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
// and needs none: it journals names. Some file systems, those of networks first,
// have none either; there the rename stands all the same.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return FileError(err, dir)
	}
	err = f.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		err = nil
	}
	return FileError(errors.Join(err, f.Close()), dir)
}

// Renew writes the bytes of a file again where they are and makes them reach the
// disk: what the system shows of a file and what the disk keeps of it may be two
// things after a sync that failed. Nobody else may write to the file meanwhile. It
// must not be the database file of an open engine.
func Renew(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return FileError(err, path)
	}
	return FileError(errors.Join(renew(f), f.Close()), path)
}

func renew(f *os.File) error {
	block := make([]byte, 1<<20)
	for at := int64(0); ; {
		n, err := f.ReadAt(block, at)
		if _, err := f.WriteAt(block[:n], at); err != nil {
			return err
		}
		at += int64(n)
		if errors.Is(err, io.EOF) {
			return f.Sync()
		} else if err != nil {
			return err
		}
	}
}

// probeName is the file Probe writes.
const probeName = ".probe"

// Probe asks whether the disk keeps what is written: it writes a small file into
// the folder, syncs it and removes it. It returns CodeUnavailable IDFull,
// IDDiskReadOnly, IDReadOnly or IDDiskFails.
func Probe(dir string) error {
	path := filepath.Join(dir, probeName)
	err := probe(path)
	_ = os.Remove(path) // the next one writes over it
	told := FileError(err, dir)
	if e, ok := errors.AsType[*pos.Error](told); ok && e.ID == IDIO {
		return unavailable(IDDiskFails, pos.Args{"Path": dir}, err)
	}
	return told
}

func probe(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, 4096))
	return errors.Join(err, f.Sync(), f.Close())
}
