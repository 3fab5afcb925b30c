package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/storage"

	"github.com/pressly/goose/v3"
)

// prepareFile brings the database file to the schema of this program. A new
// one is made aside and renamed when it is whole, so that an empty file of the
// right name never comes from us. A file that is not ours, or newer, is refused
// untouched.
func (d *DB) prepareFile(ctx context.Context) error {
	if err := checkEngine(ctx); err != nil {
		return err
	}
	target, err := Latest(d.p.Migrations)
	if err != nil {
		return err
	}
	size, there, err := exists(d.path)
	if err != nil {
		return err
	}
	if !there {
		if n, logged, err := exists(d.path + "-wal"); err == nil && logged && n > 0 {
			return d.refuse(storage.IDEmpty, nil)
		}
		return d.create(ctx)
	}
	if size == 0 {
		return d.refuse(storage.IDEmpty, nil)
	}
	have, err := d.inspect(ctx)
	if err != nil {
		return err
	}
	if have > target {
		return &pos.Error{Code: pos.CodeUnavailable, ID: storage.IDNewer, Args: pos.Args{"Path": d.path, "Have": have, "Known": target}}
	}
	if err := d.renewLog(ctx); err != nil {
		return err
	}
	if have == target {
		return nil
	}
	if d.p.Beside && !d.p.Held {
		lock, err := storage.LockDir(d.dir)
		if err != nil {
			return err
		}
		defer lock.Release()
	}
	kind := "before-v" + strconv.FormatInt(target, 10)
	if _, err := d.copyTo(ctx, filepath.Join(d.dir, BackupFolder), kind); err != nil {
		return err
	}
	return migrate(ctx, d.path, &d.p)
}

func (d *DB) refuse(id string, err error) error {
	return &pos.Error{Code: pos.CodeUnavailable, ID: id, Args: pos.Args{"Path": d.path}, Err: err}
}

// create makes a new database beside its place and moves it there.
func (d *DB) create(ctx context.Context) error {
	fresh := d.path + ".new"
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(fresh + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return storage.FileError(err, fresh)
		}
	}
	if err := migrate(ctx, fresh, &d.p); err != nil {
		return err
	}
	// Closing says nothing of a fold that failed; the file alone would be half of
	// what was made.
	if n, logged, err := exists(fresh + "-wal"); err != nil || logged && n > 0 {
		return d.reason(errors.Join(err, errors.New("the new database was not synced")))
	}
	// The folder may be one that others read; what it will hold are customers'
	// phones and debts. The engine gives its log the mode of the file.
	if err := os.Chmod(fresh, privateFile); err != nil {
		return storage.FileError(err, fresh)
	}
	if err := os.Rename(fresh, d.path); err != nil {
		return storage.FileError(err, d.path)
	}
	return storage.SyncDir(d.dir)
}

// inspect reads the version of the schema without changing the file.
func (d *DB) inspect(ctx context.Context) (version int64, err error) {
	db, err := openPool(readerDSN(d.path, &d.p), 1)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	var app int64
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return 0, d.located(Translate(err))
	}
	if int32(app) != d.p.AppID {
		return 0, d.refuse(storage.IDForeign, nil)
	}
	err = db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied = 1").Scan(&version)
	if e := Translate(err); e != nil {
		if pos.CodeOf(e) == pos.CodeInternal {
			return 0, d.refuse(storage.IDForeign, err)
		}
		return 0, d.located(e)
	}
	return version, nil
}

// located adds the path to an error that has none.
func (d *DB) located(err error) error {
	var e *pos.Error
	if errors.As(err, &e) && e.Args == nil {
		e.Args = pos.Args{"Path": d.path}
	}
	return err
}

func migrate(ctx context.Context, path string, p *Params) error {
	db, err := openPool(writerDSN(path, p), 1)
	if err != nil {
		return err
	}
	if p.Before != nil {
		err = p.Before(ctx, db)
	}
	if err == nil {
		err = runGoose(ctx, db, p)
	}
	return Translate(errors.Join(err, db.Close()))
}

func runGoose(ctx context.Context, db *sql.DB, p *Params) error {
	g, err := goose.NewProvider(goose.DialectSQLite3, db, p.Migrations,
		goose.WithDisableGlobalRegistry(true), goose.WithSlog(p.Log))
	if err != nil {
		return err
	}
	_, err = g.Up(ctx)
	return err
}

// Latest is the highest version among the migrations.
func Latest(fsys fs.FS) (int64, error) {
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return 0, err
	}
	var top int64
	for _, n := range names {
		v, err := goose.NumericComponent(n)
		if err != nil {
			return 0, err
		}
		top = max(top, v)
	}
	return top, nil
}

// Version is the engine's version as it says itself.
func Version(ctx context.Context) (string, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return "", Translate(err)
	}
	defer db.Close()
	var v string
	err = db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&v)
	return v, Translate(err)
}

func checkEngine(ctx context.Context) error {
	v, err := Version(ctx)
	if err != nil {
		return err
	}
	if !AtLeast(v, MinVersion) {
		return pos.E(pos.CodeUnavailable, storage.IDEngine, pos.Args{"Have": v, "Need": MinVersion})
	}
	return nil
}

// AtLeast compares dotted versions by their numbers.
func AtLeast(have, floor string) bool {
	h, f := strings.Split(have, "."), strings.Split(floor, ".")
	for i := range f {
		if i >= len(h) {
			return false
		}
		a, errA := strconv.Atoi(h[i])
		b, errB := strconv.Atoi(f[i])
		if errA != nil || errB != nil {
			return false
		}
		if a != b {
			return a > b
		}
	}
	return true
}
