// Package central keeps what the backend knows, on SQLite or PostgreSQL. Its SQL
// is written once: integers for money and time, text for ids, $n for values, and
// nothing that one of the two does not have.
package central

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"kassa/backend/store"
	"kassa/pos"
	"kassa/storage"
	"kassa/storage/queue"
	"kassa/storage/sqlite"

	"github.com/riverqueue/river/riverdriver/riversqlite"
)

//go:embed migrations
var migrations embed.FS

// FileName is the database of a backend on SQLite within its folder.
const FileName = storage.BackendFile

// appID marks the file as a backend's: 'KASB'.
const appID = 1262572354

// Store implements store.Store.
type Store struct {
	Engine
	*queue.Queue
}

var _ store.Store = (*Store)(nil)

// Engine is an open database with what the two engines do not have alike.
type Engine struct {
	W, R      *sql.DB // writes go to W; the same where readers need no pool of their own
	Shut      func() error
	Translate func(error) error // errors of the driver, at the edge
	Again     func(error) bool  // run the transaction once more; nil: never
	Now       string            // what a SELECT reads of its own clock, Unix milliseconds; "" where that is the computer's
	Alone     string            // ends a SELECT of rows nobody else may write before this transaction ends
	Read      *sql.TxOptions
	Jobs      *queue.Queue
	Many      bool // a statement of many rows is cheaper than many of one
}

// Over puts a store on an engine whose schema is there.
func Over(e Engine) *Store { return &Store{e, e.Jobs} }

// OpenFile opens a backend's database file, making it where it is missing. held
// says that this process has the folder already, as the till that carries the
// backend does. The store on PostgreSQL is opened by storage/postgres, so that a
// till does not carry its driver.
func OpenFile(ctx context.Context, path string, held bool, log *slog.Logger) (*Store, error) {
	dir, name := filepath.Split(path)
	p, err := sqlite.OpenPools(ctx, sqlite.Params{Dir: dir, File: name, Held: held, AppID: appID, Migrations: Schema("sqlite"), Before: jobsFirst(log), Log: log})
	if err != nil {
		return nil, err
	}
	jobs := queue.New(queue.Params{Driver: riversqlite.New(p.W), W: p.W, R: p.R, Alone: true, Translate: sqlite.Translate, Log: log})
	return Over(Engine{W: p.W, R: p.R, Shut: p.Close, Translate: sqlite.Translate, Read: &sql.TxOptions{ReadOnly: true}, Jobs: jobs}), nil
}

// jobsFirst makes the tables of the jobs: those come before ours of the same
// migration, so that a file of our newest version has them.
func jobsFirst(log *slog.Logger) func(context.Context, *sql.DB) error {
	return func(ctx context.Context, db *sql.DB) error { return queue.Migrate(ctx, riversqlite.New(db), log) }
}

// CopyFile copies the database as it stands to a new file at to, a storage.PartName,
// while work goes on, and checks it. A copy that is not whole and sound is removed.
func CopyFile(ctx context.Context, from, to string) error { return sqlite.CopyFile(ctx, from, to) }

// Schema are the migrations for an engine, "sqlite" or "postgres".
func Schema(engine string) fs.FS {
	sub, err := fs.Sub(migrations, "migrations/"+engine)
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// Close ends all work.
func (s *Store) Close() error { return s.Shut() }

// Ready asks whether the database answers.
func (s *Store) Ready(ctx context.Context) error {
	var one int64
	return s.Translate(s.R.QueryRowContext(ctx, "SELECT 1").Scan(&one))
}

// tries is how often a change is run that collided with another writer's.
const tries = 5

// Change implements store.Store.
func (s *Store) Change(ctx context.Context, fn func(store.Tx) error) (err error) {
	for range tries {
		// A commit is never cut off in its middle: nobody could tell then.
		if err = s.run(ctx, s.W, nil, fn); err == nil || s.Again == nil || !s.Again(err) {
			break
		}
	}
	return s.Translate(err)
}

// Look implements store.Store.
func (s *Store) Look(ctx context.Context, fn func(store.Tx) error) error {
	return s.Translate(s.run(ctx, s.R, s.Read, fn))
}

func (s *Store) run(ctx context.Context, db *sql.DB, o *sql.TxOptions, fn func(store.Tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	t, err := db.BeginTx(context.WithoutCancel(ctx), o)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			err = errors.Join(err, unlessDone(t.Rollback()))
		}
	}()
	if err := fn(&tx{Tx: s.In(ctx, t), ctx: ctx, t: t, alone: s.Alone, many: s.Many}); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	done = true
	return t.Commit()
}

func unlessDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// tx implements store.Tx.
type tx struct {
	queue.Tx // its jobs
	ctx      context.Context
	t        *sql.Tx
	alone    string
	many     bool
}

// exec makes a change and returns how many rows it was of. Statements are not cut
// off half way: on both engines that would take the transaction with it.
func (x *tx) exec(text string, args ...any) (int64, error) {
	if err := textsFit(args); err != nil {
		return 0, err
	}
	res, err := x.t.ExecContext(context.WithoutCancel(x.ctx), text, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// row reads one row and reports whether there is one.
func (x *tx) row(text string, args []any, dest ...any) (bool, error) {
	if err := textsFit(args); err != nil {
		return false, err
	}
	err := x.t.QueryRowContext(x.ctx, text, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each calls fn for each row.
func (x *tx) each(text string, args []any, fn func(*sql.Rows) error) error {
	if err := textsFit(args); err != nil {
		return err
	}
	rows, err := x.t.QueryContext(x.ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// textsFit refuses texts that one of the engines cannot keep, before the database is
// asked: a statement that fails there takes its transaction with it.
func textsFit(args []any) error {
	for _, a := range args {
		if s, ok := a.(string); ok && (strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s)) {
			return pos.E(pos.CodeInvalid, "text.control", nil)
		}
	}
	return nil
}

// ms is how a time is stored.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// at reads a time that ms wrote.
type at time.Time

// Scan implements sql.Scanner.
func (a *at) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return errors.New("a time is no integer")
	}
	*a = at(time.Time{})
	if n != 0 {
		*a = at(time.UnixMilli(n).UTC())
	}
	return nil
}

func scanAt(t *time.Time) *at { return (*at)(t) }
