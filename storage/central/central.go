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
	"time"

	"kassa/backend/store"
	"kassa/storage/postgres"
	"kassa/storage/sqlite"
)

//go:embed migrations
var migrations embed.FS

// FileName is the database of a backend on SQLite within its folder.
const FileName = "backend.db"

// appID marks the file as a backend's: 'KASB'.
const appID = 1262572354

// Store implements store.Store.
type Store struct {
	w, r    *sql.DB
	dialect dialect
	close   func() error
}

var _ store.Store = (*Store)(nil)

// dialect is what the two engines do not have alike.
type dialect struct {
	translate func(error) error
	again     func(error) bool // run the transaction once more
	alone     string           // ends a SELECT of rows nobody else may write before this transaction ends
	read      *sql.TxOptions
}

// OpenFile opens a backend's database file, making it where it is missing. held
// says that this process has the folder already, as the till that carries the
// backend does.
func OpenFile(ctx context.Context, path string, held bool, log *slog.Logger) (*Store, error) {
	dir, name := filepath.Split(path)
	p, err := sqlite.OpenPools(ctx, sqlite.Params{Dir: dir, File: name, Held: held, AppID: appID, Migrations: schema("sqlite"), Log: log})
	if err != nil {
		return nil, err
	}
	return &Store{w: p.W, r: p.R, close: p.Close, dialect: dialect{
		translate: sqlite.Translate,
		again:     func(error) bool { return false }, // one writer, in turn
		read:      &sql.TxOptions{ReadOnly: true},
	}}, nil
}

// OpenPostgres opens a database of a PostgreSQL server, bringing its schema up to
// date; several programs may do so at once.
func OpenPostgres(ctx context.Context, url string, log *slog.Logger) (*Store, error) {
	db, err := postgres.Open(ctx, postgres.Params{URL: url, Migrations: schema("postgres"), Log: log})
	if err != nil {
		return nil, err
	}
	return &Store{w: db, r: db, close: db.Close, dialect: dialect{
		translate: postgres.Translate,
		again:     postgres.Collided,
		alone:     " FOR UPDATE",
		read:      &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead},
	}}, nil
}

func schema(engine string) fs.FS {
	sub, err := fs.Sub(migrations, "migrations/"+engine)
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// Close ends all work.
func (s *Store) Close() error { return s.close() }

// Ready asks whether the database answers.
func (s *Store) Ready(ctx context.Context) error {
	var one int64
	return s.dialect.translate(s.r.QueryRowContext(ctx, "SELECT 1").Scan(&one))
}

// tries is how often a change is run that collided with another writer's.
const tries = 5

// Change implements store.Store.
func (s *Store) Change(ctx context.Context, fn func(store.Tx) error) (err error) {
	for range tries {
		// A commit is never cut off in its middle: nobody could tell then.
		if err = s.run(ctx, s.w, nil, fn); err == nil || !s.dialect.again(err) {
			break
		}
	}
	return s.dialect.translate(err)
}

// Look implements store.Store.
func (s *Store) Look(ctx context.Context, fn func(store.Tx) error) error {
	return s.dialect.translate(s.run(ctx, s.r, s.dialect.read, fn))
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
	if err := fn(&tx{ctx: ctx, t: t, dialect: &s.dialect}); err != nil {
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
	ctx     context.Context
	t       *sql.Tx
	dialect *dialect
}

// exec makes a change and returns how many rows it was of. Statements are not cut
// off half way: on both engines that would take the transaction with it.
func (x *tx) exec(text string, args ...any) (int64, error) {
	res, err := x.t.ExecContext(context.WithoutCancel(x.ctx), text, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// row reads one row and reports whether there is one.
func (x *tx) row(text string, args []any, dest ...any) (bool, error) {
	err := x.t.QueryRowContext(x.ctx, text, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each calls fn for each row.
func (x *tx) each(text string, args []any, fn func(*sql.Rows) error) error {
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
