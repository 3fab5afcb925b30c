// Package postgres is the engine of a backend that several programs share: a pool
// over database/sql, its schema brought up to date by one of them at a time, and
// its errors told by their codes.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"

	"kassa/pos"
	"kassa/storage"
	"kassa/storage/central"
	"kassa/storage/queue"
)

// Params say what to open.
type Params struct {
	URL        string // postgres://user:password@host/database?…
	Migrations fs.FS  // goose files at the root
	// Before makes what others keep in the same database, before the migrations and
	// under their lock; what it finds made it leaves. It may be nil.
	Before func(context.Context, *sql.DB) error
	Log    *slog.Logger
}

// Limits of the pool and of waiting.
const (
	connections = 16
	idleFor     = 5 * time.Minute
	connectIn   = 5 * time.Second
	lockIn      = "5s"  // how long a statement waits for a row somebody else writes
	statementIn = "30s" // how long one may run

	lockEvery = 1   // seconds between tries to be the one that changes the schema
	lockTries = 300 // of them
)

// OpenBackend opens a backend's store on a server. Several programs may share it.
func OpenBackend(ctx context.Context, url string, log *slog.Logger) (*central.Store, error) {
	db, err := Open(ctx, Params{URL: url, Migrations: central.Schema("postgres"), Log: log, Before: func(ctx context.Context, db *sql.DB) error {
		return queue.Migrate(ctx, riverdatabasesql.New(db), log)
	}})
	if err != nil {
		return nil, err
	}
	jobs := queue.New(queue.Params{Driver: riverdatabasesql.New(db), W: db, R: db, Translate: Translate, Log: log})
	return central.Over(central.Engine{W: db, R: db, Shut: db.Close, Translate: Translate, Again: Collided, Alone: " FOR UPDATE", Many: true,
		Now:  "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
		Read: &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}, Jobs: jobs}), nil
}

// Open opens the database and brings its schema up to date. Its errors are
// *pos.Error and never hold the URL, in which there may be a password.
func Open(ctx context.Context, p Params) (*sql.DB, error) {
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	cfg, err := pgx.ParseConfig(p.URL)
	if err != nil {
		return nil, pos.E(pos.CodeInvalid, "backend.database-url", nil)
	}
	cfg.ConnectTimeout = connectIn
	for name, value := range map[string]string{
		"application_name": "kassa-backend", "timezone": "UTC", "lock_timeout": lockIn, "statement_timeout": statementIn,
	} {
		if _, set := cfg.RuntimeParams[name]; !set {
			cfg.RuntimeParams[name] = value
		}
	}
	db := stdlib.OpenDB(*cfg)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(idleFor)
	if err := migrate(ctx, db, p); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// migrate holds an advisory lock, so that of several copies starting at once one
// changes the schema. A schema of a later program is refused.
func migrate(ctx context.Context, db *sql.DB, p Params) (err error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(lockEvery, lockTries))
	if err != nil {
		return err
	}
	g, err := goose.NewProvider(goose.DialectPostgres, db, p.Migrations,
		goose.WithDisableGlobalRegistry(true), goose.WithSlog(p.Log))
	if err != nil {
		return err
	}
	have, known, err := g.GetVersions(ctx)
	if err != nil {
		return Translate(err)
	}
	if have > known {
		return pos.E(pos.CodeUnavailable, "backend.database-newer", pos.Args{"Have": have, "Known": known})
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return Translate(err)
	}
	defer func() { err = errors.Join(err, Translate(conn.Close())) }()
	if err := locker.SessionLock(ctx, conn); err != nil {
		return Translate(err)
	}
	defer func() { err = errors.Join(err, Translate(locker.SessionUnlock(context.WithoutCancel(ctx), conn))) }()
	if p.Before != nil {
		if err := p.Before(ctx, db); err != nil {
			return Translate(err)
		}
	}
	_, err = g.Up(ctx)
	return Translate(err)
}

// Translate turns an error of the driver into a *pos.Error by its code, once, at
// the edge; other errors come back as they are.
func Translate(err error) error {
	if err == nil {
		return nil
	}
	if _, known := errors.AsType[*pos.Error](err); known || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		if pgconn.SafeToRetry(err) || pgconn.Timeout(err) || errors.Is(err, sql.ErrConnDone) {
			return pos.Wrap(pos.CodeUnavailable, "backend.database-away", err)
		}
		if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
			return pos.Wrap(pos.CodeUnavailable, "backend.database-away", err)
		}
		return err
	}
	code, id := verdict(e.Code)
	return &pos.Error{Code: code, ID: id, Err: err}
}

// verdict maps an SQLSTATE (PostgreSQL's documents, appendix A).
func verdict(state string) (pos.Code, string) {
	switch {
	case state == "23505":
		return pos.CodeConflict, storage.IDTaken
	case state == "53100":
		return pos.CodeUnavailable, storage.IDFull
	case strings.HasPrefix(state, "08"), strings.HasPrefix(state, "53"), strings.HasPrefix(state, "57P"), strings.HasPrefix(state, "28"),
		state == "3D000":
		return pos.CodeUnavailable, "backend.database-away"
	case strings.HasPrefix(state, "40"), state == "55P03", state == "57014":
		return pos.CodeUnavailable, storage.IDBusy
	case strings.HasPrefix(state, "58"):
		return pos.CodeUnavailable, storage.IDIO
	case strings.HasPrefix(state, "XX"):
		return pos.CodeUnavailable, storage.IDCorrupt
	}
	return pos.CodeInternal, storage.IDRule
}

// Collided reports an error after which the same transaction may succeed when it
// is run once more: it lost against another writer and nothing of it was kept.
func Collided(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == "40001" || e.Code == "40P01")
}
