// This file says what is wrong with a file that somebody gave as a copy, by the
// name it was given under. The engine opens it in a place of ours and tells of
// "the database": who reads that would look after a living shop that is well.
package backup

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"kassa/pos"
	"kassa/storage"
)

// Blame turns what opening and checking a copy answered into an error about the
// file it came from. What hinders our own disk, and what somebody stopped, stays
// as it is.
func Blame(err error, file string) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e, ok := errors.AsType[*pos.Error](err)
	if !ok {
		return ofFile("backup.damaged", file, err)
	}
	switch e.ID {
	case storage.IDForeign:
		return ofFile("backup.not-copy", file, err)
	case storage.IDEmpty:
		return ofFile("backup.empty", file, err)
	case storage.IDNewer:
		told := ofFile("backup.newer", file, err)
		told.Args["Have"], told.Args["Known"] = e.Args["Have"], e.Args["Known"]
		return told
	case storage.IDCorrupt, storage.IDBadBackup, storage.IDIO, storage.IDRule, storage.IDTaken, "storage.chain":
		return ofFile("backup.damaged", file, err)
	}
	if e.Code == pos.CodeInternal || e.Code == pos.CodeNotFound && e.ID != "backup.no-file" {
		return ofFile("backup.damaged", file, err)
	}
	return err
}

func ofFile(id, file string, err error) *pos.Error {
	return &pos.Error{Code: pos.CodeUnavailable, ID: id, Args: pos.Args{"Path": file}, Err: err}
}

// given looks whether a file can be a copy at all before anything is made of it.
func given(file string) (fs.FileInfo, error) {
	st, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, missing(file, err)
	case st.IsDir():
		return nil, ofFile("backup.is-folder", file, nil)
	case !st.Mode().IsRegular():
		return nil, ofFile("backup.not-copy", file, nil)
	case st.Size() == 0:
		return nil, ofFile("backup.empty", file, nil)
	}
	return st, nil
}

// missing says that a file that was named is not there, or cannot be read.
func missing(file string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &pos.Error{Code: pos.CodeNotFound, ID: "backup.no-file", Args: pos.Args{"Path": file}, Err: err}
	}
	return ofFile("backup.unreadable", file, err)
}

// reading is a copy being read; what keeps it from being read is told of it and
// not of the place it is put into.
type reading struct {
	from *os.File
	path string
}

func (r *reading) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		err = missing(r.path, pe)
	}
	return n, err
}
