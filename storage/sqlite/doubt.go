package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"kassa/pos"
	"kassa/storage"
)

// This file is what follows a COMMIT that failed.
//
// The engine writes a transaction to the end of its log, syncs the log, and only
// then lets anybody see it. After an error it has taken the transaction back and
// goes on as if it had never been; what it wrote of it still lies in the log, on
// the disk or only in memory of the system, and whoever opens the file after a
// crash may find it whole. To see it there proves nothing: it is read from
// memory. To sync once more proves nothing either: a sync that failed may forget
// what it had to write, and the next one, with nothing to do, succeeds.
//
// So the doubt is ended by writing: one more transaction, which holds nothing but
// a mark, goes into the log at the place of the one in doubt. The checksum of each
// frame of the log is chained to the frame before, so that no frame of the old one
// is read again once its first is another; and these bytes are new, so that the
// sync that succeeds has brought them to the disk. All before them was synced when
// it was committed.
//
// Where the process ended in doubt, nobody knows any more from where on the log
// was not kept. The next to open the file writes the log again as it is, byte by
// byte, and syncs it, before anything is read from it; see renewLog. To fold it
// into the file instead would begin with a sync that proves nothing, and a power
// cut in the middle would leave a file of which a half is in the log alone.
//
// A fold (checkpoint) whose sync fails needs nothing of this: the engine does not
// count it, and the next one writes all those pages again.

// resolve answers for a transaction whose COMMIT failed.
func (d *DB) resolve(e *engine, mark int64, commitErr error) error {
	d.p.Log.Error("commit failed; writing over it", "error", commitErr)
	d.relieve(Translate(commitErr))
	kept, err := d.settle(e, mark)
	if err != nil && d.relieve(err) {
		kept, err = d.settle(e, mark)
	}
	switch {
	case err != nil:
		return &pos.Error{Code: pos.CodeUnavailable, ID: storage.IDUnknown, Err: errors.Join(ErrUnknown, commitErr, err)}
	case kept:
		return nil
	}
	if err := Translate(commitErr); idOf(err) != storage.IDIO {
		return err
	}
	return &pos.Error{Code: pos.CodeUnavailable, ID: storage.IDNotStored, Err: commitErr}
}

// settle ends the doubt about the transaction with the mark, or returns why it
// stays, which Trouble tells from then on. kept is what became of it.
func (d *DB) settle(e *engine, mark int64) (kept bool, err error) {
	var found int64
	_, commitErr, err := d.transact(context.Background(), e, func(t *Tx) error {
		_, err := t.Row(d.p.MarkQuery, nil, &found)
		t.wrote = true // the mark of this one is all it is for
		return err
	})
	if err = errors.Join(commitErr, err); err != nil {
		why := d.reason(err)
		if d.trouble.Swap(why) == nil {
			d.p.Log.Error("the disk does not keep what is written; nothing is done until it does", "error", why)
		}
		return false, why
	}
	if d.trouble.Swap(nil) != nil {
		d.p.Log.Info("the disk keeps what is written again")
	}
	return found == mark, nil
}

// reason is what keeps the disk from keeping what is written, as a refusal. The
// engine tells a full disk from a broken one only while it writes, not while it
// syncs, so a file of our own asks the system.
func (d *DB) reason(err error) *pos.Error {
	told := Translate(err)
	if id := idOf(told); id == "" || id == storage.IDIO {
		told = storage.Probe(d.dir)
	}
	code, id := pos.CodeUnavailable, storage.IDDiskFails
	if e, ok := errors.AsType[*pos.Error](told); ok {
		code, id = e.Code, e.ID
	}
	return &pos.Error{Code: code, ID: id, Args: pos.Args{"Path": d.dir}, Err: err}
}

// Trouble is why nothing can be stored now, nil while all is well. It is found by
// the transaction that met it and ended by the next that does not.
func (d *DB) Trouble() error {
	if why := d.trouble.Load(); why != nil {
		return why
	}
	return nil
}

// relieve gives the reserve back when the disk is full, so that what has begun
// can be ended, and reports whether there was one.
func (d *DB) relieve(err error) bool {
	if idOf(err) != storage.IDFull || !storage.DropBallast(d.dir) {
		return false
	}
	d.p.Log.Warn("the disk is full; the reserve was given back", "dir", d.dir)
	return true
}

func idOf(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e.ID
	}
	return ""
}

// renewLog makes what a process that ended left in the log certain before anything
// is read from it, and folds it into the file; where a process works in the folder
// the log is that one's. While the engine keeps others from writing, the log's
// bytes are written again where they are.
func (d *DB) renewLog(ctx context.Context) (err error) {
	log := d.path + "-wal"
	if st, err := os.Stat(log); errors.Is(err, fs.ErrNotExist) || err == nil && st.Size() == 0 {
		return nil
	} else if err != nil {
		return storage.FileError(err, log)
	}
	if d.p.Beside {
		lock, err := storage.LockDir(d.dir)
		if err != nil {
			return nil // whoever works there has done it
		}
		defer lock.Release()
	}
	db, err := openPool(writerDSN(d.path, &d.p), 1)
	if err != nil {
		return err
	}
	defer func() { err = d.located(errors.Join(err, Translate(db.Close()))) }()
	c, err := newConn(ctx, db)
	if err != nil {
		return err
	}
	defer c.close()
	if _, err := c.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return Translate(err)
	}
	defer func() {
		// An error says that the engine has rolled back by itself.
		_, _ = c.exec(context.Background(), "ROLLBACK")
	}()
	if err := d.p.Renew(log); err != nil {
		return d.reason(err)
	}
	return nil
}
