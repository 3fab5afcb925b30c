// Package local is the till's store: everything one cash register knows, in
// one SQLite file. It implements store.Store; the SQL of each family of things
// stands at the top of its file.
//
// Times are kept in Unix milliseconds and come back in UTC; the zero time is
// NULL. Texts come back as they were put.
package local

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"log/slog"
	"sync/atomic"
	"time"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/seal"
	"kassa/pos/till/store"
	"kassa/storage"
	"kassa/storage/sqlite"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrations are the steps of the schema.
func migrations() fs.FS {
	sub, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // the name is written two lines above
	}
	return sub
}

// appID marks the file as a till's: 'KASS', as the first migration writes it.
const appID = 0x4B415353

const (
	sqlMark    = `UPDATE commit_mark SET mark = ? WHERE one = 1`
	sqlGetMark = `SELECT mark FROM commit_mark`
)

// Params say where the store lies.
type Params struct {
	Dir string // the data folder; made when missing
	Log *slog.Logger
	Now func() time.Time // for the names of backups; nil: time.Now

	// Beside opens the store while a till may be working in the folder, see
	// sqlite.Params.
	Beside bool

	// For tests, see sqlite.Params.
	VFS      string
	Renew    func(path string) error
	MaxPages int64
}

// Store is a till's store. It is safe for use by several goroutines.
type Store struct {
	db     *sqlite.DB
	kept   kept
	listed listed
	watch  atomic.Pointer[func(history.Standing)]

	key      atomic.Pointer[seal.Key] // nil: nothing is sealed or checked
	demanded atomic.Bool              // a record without a seal is none of the till's

	spelled  spelled
	reached  reached
	lexicons [2]lexicon // of goods and of customers
}

var _ store.Store = (*Store)(nil)

// Open opens the store in a folder, making or upgrading it as needed. Errors
// are those of sqlite.Open.
func Open(ctx context.Context, p Params) (*Store, error) {
	db, err := sqlite.Open(ctx, sqlite.Params{
		Dir: p.Dir, Migrations: migrations(), AppID: appID, MarkSQL: sqlMark, MarkQuery: sqlGetMark,
		Log: p.Log, Now: p.Now, Beside: p.Beside, VFS: p.VFS, Renew: p.Renew, MaxPages: p.MaxPages,
	})
	if err != nil {
		return nil, err
	}
	s := &Store{db: db}
	if p.Beside {
		return s, nil
	}
	if err := s.Rank(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	s.wipeLeft(ctx, p.Log)
	return s, nil
}

// Close ends all work and gives the folder back.
func (s *Store) Close() error { return s.db.Close() }

// Dir is the data folder's real path.
func (s *Store) Dir() string { return s.db.Dir() }

// Space tells how the disk stands: warn when Low; the store itself refuses to
// begin a cheque when Stop.
func (s *Store) Space() (storage.Space, error) { return s.db.Space() }

// Trouble is why nothing can be stored now, nil while all is well: the disk does
// not keep what is written. It ends by itself, see sqlite.DB.
func (s *Store) Trouble() error { return s.db.Trouble() }

// Backup puts the search in order and makes a checked copy in dir ("" for
// backups in the data folder) while work goes on. It returns the copy's path.
func (s *Store) Backup(ctx context.Context, dir string) (string, error) {
	if err := s.Rank(ctx); err != nil {
		return "", err
	}
	return s.db.Backup(ctx, dir)
}

// Watch has fn hear how far the history has come, after each change that is
// durable and before its caller is told. fn returns at once and may be called by
// several goroutines, a later standing before an earlier one; nil ends it.
func (s *Store) Watch(fn func(history.Standing)) {
	if fn == nil {
		s.watch.Store(nil)
		return
	}
	s.watch.Store(&fn)
}

// View implements store.Store.
func (s *Store) View(ctx context.Context, fn func(store.Tx) error) error {
	known := s.reached.get() // before the transaction: what it sees is no older
	return s.db.View(ctx, func(t *sqlite.Tx) error { return fn(&tx{Tx: t, store: s, kept: &kept{}, reached: known}) })
}

// Update implements store.Store.
func (s *Store) Update(ctx context.Context, fn func(store.Tx) error) error {
	watch, known := s.watch.Load(), s.reached.get()
	var sealed history.Numbers
	var stands history.Standing
	err := s.db.Update(ctx, func(t *sqlite.Tx) error {
		x := &tx{Tx: t, store: s, kept: s.kept.of(t.Era()), reached: known, changes: true}
		if err := fn(x); err != nil {
			return err
		}
		if err := x.flush(); err != nil {
			return err
		}
		err := x.keepSums()
		sealed = x.counts
		if err == nil && watch != nil {
			stands, err = x.Standing()
		}
		return err
	})
	if err == nil {
		s.reached.raise(sealed)
	}
	if err == nil && watch != nil {
		(*watch)(stands)
	}
	var e *pos.Error
	if errors.Is(err, sqlite.ErrUnknown) && errors.As(err, &e) {
		return &pos.Error{Code: e.Code, ID: e.ID, Args: e.Args, Err: errors.Join(store.ErrUnknown, e.Err)}
	}
	return err
}

// tx is one transaction of the till.
type tx struct {
	*sqlite.Tx
	store  *Store
	kept   *kept // of this transaction alone where it only reads
	stock  pendingStock
	sealed map[pos.SealKind]*sealSum // sums of the seals of records this transaction wrote

	changes bool            // it does not only read
	learned map[string]bool // words of names this transaction knows to be kept

	reached history.Numbers // counts of sums that are known to have been reached
	counts  history.Numbers // likewise, by this transaction
}

var _ store.Tx = (*tx)(nil)

// missing is the answer of a getter that found nothing.
func missing(id string) error { return pos.E(pos.CodeNotFound, id, nil) }

// found turns the answer of a reading of one row into the getter's error.
func found(ok bool, err error, id string) error {
	if err == nil && !ok {
		return missing(id)
	}
	return err
}
