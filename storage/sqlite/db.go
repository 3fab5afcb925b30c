// Package sqlite is the till's engine: one connection that writes and a few
// that read, over one file in a folder of its own. It opens the file the safe
// way, keeps its schema, copies it, and says of no transaction that it was stored
// before the disk has kept it.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"kassa/pos"
	"kassa/storage"

	driver "modernc.org/sqlite"
)

// MinVersion is the oldest SQLite a till works on: it has the fixes of the WAL
// reset race (sqlite.org/wal.html) and of the rollback of an ATTACH journal
// (release notes of 3.53.4).
const MinVersion = "3.53.4"

// FileName is the database within its folder.
const FileName = "kassa.db"

// ErrUnknown is in the chain of an error of Update when the transaction may or
// may not be found after a crash. The next transaction that runs tells.
var ErrUnknown = errors.New("outcome of the commit is unknown")

// readers is how many connections read at once.
const readers = 4

// Params say what to open.
type Params struct {
	Dir        string // its own folder; made when missing
	File       string // its name within Dir; "": FileName
	Migrations fs.FS  // goose files at the root, in order
	// Before makes what others keep in the same file, before the migrations and
	// whenever there is one to be made; what it finds made it leaves. It may be nil.
	Before func(context.Context, *sql.DB) error
	AppID  int32 // PRAGMA application_id the migrations set
	// MarkSQL stores the mark of a transaction in one row (one parameter, an
	// integer); MarkQuery reads it back.
	MarkSQL, MarkQuery string
	Log                *slog.Logger
	Now                func() time.Time // for the names of backups; nil: time.Now
	KeepBackups        int              // of each kind; 0: 30

	// Beside opens a database in which another process may be working: the
	// folder is not taken and no reserve is laid down. An old schema is brought
	// up to date only while nobody works there.
	Beside bool
	// Held says that this process holds the folder already, for another database
	// in it.
	Held bool

	VFS      string                  // for tests: a registered file system layer
	Renew    func(path string) error // for tests: storage.Renew through that layer
	MaxPages int64                   // for tests: PRAGMA max_page_count, a disk that fills up
}

// DB is an open database. It is safe for use by several goroutines.
type DB struct {
	p    Params
	dir  string
	path string
	lock *storage.Lock

	writing chan struct{} // holds one token: the right to write
	era     era

	trouble atomic.Pointer[pos.Error] // see Trouble; changed by whoever may write

	mu  sync.Mutex // guards what follows
	eng *engine    // nil once closed
}

// engine are the connections.
type engine struct {
	w, r   *sql.DB
	writer *conn
	idle   chan *conn // open readers nobody uses
	slots  chan struct{}
	ctx    context.Context // ends with the engine
	stop   context.CancelFunc
	users  sync.WaitGroup
}

// Open takes the folder, brings the schema up to date (after a checked copy)
// and opens the database. Its errors are *pos.Error: a folder that cannot be
// used, a file that is foreign, damaged, empty or newer, an engine that is too
// old.
func Open(ctx context.Context, p Params) (_ *DB, err error) {
	p = p.complete()
	dir, err := storage.PrepareDir(p.Dir)
	if err != nil {
		return nil, err
	}
	d := newDB(p, dir)
	if !p.Beside && !p.Held {
		if d.lock, err = storage.LockDir(dir); err != nil {
			return nil, err
		}
	}
	defer func() {
		if err != nil {
			d.unlock()
		}
	}()
	if err := d.prepareFile(ctx); err != nil {
		return nil, err
	}
	if d.eng, err = d.openEngine(ctx); err != nil {
		return nil, err
	}
	if p.Beside {
		return d, nil
	}
	if err := storage.KeepBallast(dir); err != nil {
		p.Log.Warn("no reserve on the disk", "dir", dir, "error", err)
	}
	return d, nil
}

// complete gives what was left out its usual value.
func (p Params) complete() Params {
	if p.Log == nil {
		p.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.KeepBackups <= 0 {
		p.KeepBackups = 30
	}
	if p.Renew == nil {
		p.Renew = storage.Renew
	}
	if p.File == "" {
		p.File = FileName
	}
	return p
}

func newDB(p Params, dir string) *DB {
	return &DB{p: p, dir: dir, path: filepath.Join(dir, p.File), writing: make(chan struct{}, 1)}
}

// Dir is the data folder's real path.
func (d *DB) Dir() string { return d.dir }

// Space tells how the disk under the database stands.
func (d *DB) Space() (storage.Space, error) { return storage.SpaceIn(d.dir) }

// Close ends all work, waiting for transactions in progress, and gives the
// folder back. Closing twice is harmless.
func (d *DB) Close() error {
	d.writing <- struct{}{}
	defer func() { <-d.writing }()
	d.mu.Lock()
	eng := d.eng
	d.eng = nil
	d.mu.Unlock()
	if eng == nil {
		return nil
	}
	eng.stop()
	eng.users.Wait()
	return errors.Join(eng.close(), d.unlock())
}

// unlock gives the folder back where it was taken.
func (d *DB) unlock() error {
	if d.lock == nil {
		return nil
	}
	return d.lock.Release()
}

func (d *DB) openEngine(ctx context.Context) (_ *engine, err error) {
	e := &engine{idle: make(chan *conn, readers), slots: make(chan struct{}, readers)}
	e.ctx, e.stop = context.WithCancel(context.Background())
	defer func() {
		if err != nil {
			e.stop()
			e.close()
		}
	}()
	if e.w, err = openPool(writerDSN(d.path, &d.p), 1); err != nil {
		return nil, err
	}
	if e.writer, err = newConn(ctx, e.w); err != nil {
		return nil, err
	}
	if e.r, err = openPool(readerDSN(d.path, &d.p), readers); err != nil {
		return nil, err
	}
	return e, nil
}

func openPool(dsn string, n int) (*sql.DB, error) {
	c, err := driver.NewConnector(dsn)
	if err != nil {
		return nil, Translate(err)
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// close closes readers first, so that the writer, last to leave, folds the log
// into the file.
func (e *engine) close() error {
	var errs []error
	for len(e.idle) > 0 {
		(<-e.idle).close()
	}
	if e.r != nil {
		errs = append(errs, e.r.Close())
	}
	if e.writer != nil {
		e.writer.close()
	}
	if e.w != nil {
		errs = append(errs, e.w.Close())
	}
	return Translate(errors.Join(errs...))
}

// current joins the engine. The caller must call users.Done.
func (d *DB) current() (*engine, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.eng == nil {
		return nil, pos.E(pos.CodeUnavailable, storage.IDClosed, nil)
	}
	d.eng.users.Add(1)
	return d.eng, nil
}

// exists reports whether there is a database file. It asks the folder and
// never opens the file.
func exists(path string) (size int64, ok bool, err error) {
	st, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, false, nil
	case err != nil:
		return 0, false, storage.FileError(err, path)
	case !st.Mode().IsRegular():
		return 0, false, &pos.Error{Code: pos.CodeUnavailable, ID: storage.IDForeign, Args: pos.Args{"Path": path}}
	}
	return st.Size(), true, nil
}
