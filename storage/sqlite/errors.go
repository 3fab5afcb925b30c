package sqlite

import (
	"context"
	"errors"

	"kassa/pos"
	"kassa/storage"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Translate turns an error of the driver into a *pos.Error by its code; other
// errors come back as they are. It is called once, where the driver is.
func Translate(err error) error {
	if err == nil {
		return nil
	}
	var known *pos.Error
	if errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var e *driver.Error
	if !errors.As(err, &e) {
		return err
	}
	code, id := verdict(e.Code())
	return &pos.Error{Code: code, ID: id, Err: err}
}

// verdict maps an extended result code.
func verdict(code int) (pos.Code, string) {
	switch code {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY, lib.SQLITE_CONSTRAINT_ROWID:
		return pos.CodeConflict, storage.IDTaken
	case lib.SQLITE_CANTOPEN_ISDIR:
		return pos.CodeUnavailable, storage.IDForeign
	}
	switch code & 0xff {
	case lib.SQLITE_FULL:
		return pos.CodeUnavailable, storage.IDFull
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_AUTH, lib.SQLITE_CANTOPEN:
		return pos.CodeUnavailable, storage.IDReadOnly
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_PROTOCOL:
		return pos.CodeUnavailable, storage.IDBusy
	case lib.SQLITE_CORRUPT:
		return pos.CodeUnavailable, storage.IDCorrupt
	case lib.SQLITE_NOTADB:
		return pos.CodeUnavailable, storage.IDForeign
	case lib.SQLITE_IOERR, lib.SQLITE_NOMEM:
		return pos.CodeUnavailable, storage.IDIO
	case lib.SQLITE_CONSTRAINT, lib.SQLITE_MISMATCH, lib.SQLITE_TOOBIG:
		return pos.CodeInternal, storage.IDRule
	}
	return pos.CodeInternal, storage.IDRule
}

// poisons reports an error after which the engine may have rolled the
// transaction back by itself, so that going on would store a part of it.
func poisons(err error) bool {
	var e *driver.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_CONSTRAINT, lib.SQLITE_ERROR, lib.SQLITE_MISMATCH, lib.SQLITE_TOOBIG:
		return false
	}
	return true
}
