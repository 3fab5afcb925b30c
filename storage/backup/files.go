package backup

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"

	"kassa/storage"
)

// This file moves files of copies.

// link gives the first copy its name and leaves it where it is for the other
// targets; where the disk knows no second names it is copied.
func link(from, to string) error {
	if err := os.Link(from, to); err == nil {
		return nil
	}
	return copyFile(from, to)
}

// copyFile copies a file nobody has open; the copy has its name only when it is
// on the disk whole.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return storage.FileError(err, from)
	}
	defer in.Close()
	part := to + ".new"
	out, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, privateBit)
	if err != nil {
		return storage.FileError(err, to)
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		os.Remove(part)
		return storage.FileError(err, to)
	}
	if err := os.Rename(part, to); err != nil {
		return storage.FileError(err, to)
	}
	return storage.SyncDir(filepath.Dir(to))
}

func digest(path string) (sum []byte, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, storage.FileError(err, path)
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return h.Sum(nil), size, storage.FileError(err, path)
}
