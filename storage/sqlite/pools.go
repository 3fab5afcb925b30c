package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"kassa/storage"
)

// Pools are an open database for work whose transactions are those of
// database/sql: one connection writes, several read. Everything that writes goes
// through W; a second writer would only wait for the first.
type Pools struct {
	W, R *sql.DB
	d    *DB
}

// OpenPools opens a database as Open does, the same file in the same safe way,
// for whoever needs a *sql.Tx. Of Params it heeds neither MarkSQL nor MarkQuery:
// after an error of a commit nobody knows what became of it, and whoever sends
// again finds out.
func OpenPools(ctx context.Context, p Params) (_ *Pools, err error) {
	p = p.complete()
	dir, err := storage.PrepareDir(p.Dir)
	if err != nil {
		return nil, err
	}
	o := &Pools{d: newDB(p, dir)}
	if !p.Beside && !p.Held {
		if o.d.lock, err = storage.LockDir(dir); err != nil {
			return nil, err
		}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, o.Close())
		}
	}()
	if err := o.d.prepareFile(ctx); err != nil {
		return nil, err
	}
	if o.W, err = openPool(writerDSN(o.d.path, &p), 1); err != nil {
		return nil, err
	}
	if o.R, err = openPool(readerDSN(o.d.path, &p), readers); err != nil {
		return nil, err
	}
	return o, nil
}

// Path is the database file.
func (o *Pools) Path() string { return o.d.path }

// Close closes the readers first, so that the writer, last to leave, folds the log
// into the file, and gives the folder back.
func (o *Pools) Close() error {
	var errs []error
	for _, db := range []*sql.DB{o.R, o.W} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return Translate(errors.Join(append(errs, o.d.unlock())...))
}
