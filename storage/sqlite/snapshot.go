package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"

	"kassa/pos"
	"kassa/storage"
)

// Snapshot copies the database as it stands to a new file at path, a
// storage.PartName, while work goes on, lets fill put something more into the copy
// (nil: nothing), and checks it. A copy that is not whole and sound is removed
// again.
func (d *DB) Snapshot(ctx context.Context, path string, fill func(*sql.DB) error) error {
	dir := filepath.Dir(path)
	if err := d.roomFor(dir); err != nil {
		return err
	}
	storage.ClearParts(dir, d.p.Now(), d.p.Log)
	// Left by an attempt that came to nothing: VACUUM INTO wants a place that is free.
	os.Remove(path)
	if err := makePrivate(path); err != nil {
		return err
	}
	err := vacuumInto(ctx, d.path, path, &d.p)
	if err == nil && fill != nil {
		err = Amend(path, fill)
	}
	if err == nil {
		err = checkCopy(ctx, path, &d.p)
	}
	if err == nil {
		err = storage.SyncFile(path)
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}

// CopyFile copies a database that others may have open to a new file at to, a
// storage.PartName, and checks it. A copy that is not whole and sound is removed.
func CopyFile(ctx context.Context, from, to string) error {
	os.Remove(to)
	if err := makePrivate(to); err != nil {
		return err
	}
	err := vacuumInto(ctx, from, to, &Params{})
	if err == nil {
		err = checkCopy(ctx, to, &Params{})
	}
	if err != nil {
		os.Remove(to)
	}
	return err
}

// Amend lets fn change a database file that is nobody's data yet and has no log
// beside it: where the process ends in the middle, the file is worth nothing.
// Nothing of it is on the disk for certain before it is synced.
func Amend(path string, fn func(*sql.DB) error) error {
	v := common()
	v.Set("_journal_mode", "MEMORY")
	v.Set("_synchronous", "OFF")
	db, err := openPool(dsn(path, v), 1)
	if err != nil {
		return err
	}
	return Translate(errors.Join(fn(db), db.Close()))
}

// Peek looks into a database file that nobody has open and that has no log
// beside it, and changes nothing. It returns CodeUnavailable storage.foreign for
// a file that is not marked with appID, or what is wrong with the file.
func Peek(ctx context.Context, path string, appID int32, fn func(db *sql.DB, schema int64) error) error {
	v := common()
	v.Set("mode", "ro")
	v.Set("immutable", "1")
	db, err := openPool(dsn(path, v), 1)
	if err != nil {
		return err
	}
	defer db.Close()
	foreign := func(err error) error {
		// A database that ends in its middle is one all the same, only damaged.
		if e, ok := errors.AsType[*pos.Error](Translate(err)); ok && (e.ID == storage.IDCorrupt || e.ID == storage.IDIO) {
			return e
		}
		return &pos.Error{Code: pos.CodeUnavailable, ID: storage.IDForeign, Args: pos.Args{"Path": path}, Err: err}
	}
	var app, schema int64
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return foreign(err)
	}
	if int32(app) != appID {
		return foreign(nil)
	}
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied = 1").Scan(&schema); err != nil {
		return foreign(err)
	}
	return fn(db, schema)
}

// Sound reads a whole database file that nobody has open and asks the engine
// whether it is sound.
func Sound(ctx context.Context, path string) error {
	return checkCopy(ctx, path, &Params{})
}
