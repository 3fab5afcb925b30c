package sqlite

import (
	"context"
	"errors"
	"math/rand/v2"

	"kassa/pos"
	"kassa/storage"
)

// View runs fn over one consistent state of the database. fn changes nothing
// and must not call Update.
func (d *DB) View(ctx context.Context, fn func(*Tx) error) error {
	e, err := d.current(ctx)
	if err != nil {
		return err
	}
	defer e.users.Done()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(e.ctx, cancel)()

	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	c, err := e.reader(ctx)
	if err != nil {
		return err
	}
	healthy := false
	defer func() { e.putBack(c, healthy) }()

	if _, err := c.exec(context.Background(), "BEGIN"); err != nil {
		return Translate(err)
	}
	defer func() {
		_, err := c.exec(context.Background(), "ROLLBACK")
		healthy = err == nil
	}()
	return fn(&Tx{ctx: ctx, run: ctx, c: c})
}

func (e *engine) reader(ctx context.Context) (*conn, error) {
	select {
	case c := <-e.idle:
		return c, nil
	default:
		return newConn(ctx, e.r)
	}
}

func (e *engine) putBack(c *conn, healthy bool) {
	if !healthy || e.ctx.Err() != nil {
		c.close()
		return
	}
	e.idle <- c // has room for every reader there can be
}

// Update runs fn as one durable transaction. When it returns nil the change
// survives a power cut; when fn returns an error or panics nothing is kept. An
// error with ErrUnknown in its chain means that nobody can tell.
func (d *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	select {
	case d.writing <- struct{}{}:
		defer func() { <-d.writing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	e, err := d.current(ctx)
	if err != nil {
		return err
	}
	mark, commitErr, err := d.transact(ctx, e, fn)
	if err != nil {
		if pos.CodeOf(err) == pos.CodeUnavailable {
			d.relieve(err)
		}
		return err
	}
	if commitErr == nil {
		return nil
	}
	d.p.Log.Error("commit failed; asking the database again", "error", commitErr)
	return d.resolve(e, mark, commitErr)
}

// transact runs fn between BEGIN and COMMIT and leaves the engine. commitErr is
// an error of COMMIT, err any other.
func (d *DB) transact(ctx context.Context, e *engine, fn func(*Tx) error) (mark int64, commitErr, err error) {
	defer e.users.Done()
	// Statements are not interrupted half way: an interrupted change takes the
	// whole transaction with it. Between statements ctx is asked.
	run := context.Background()
	if err := ctx.Err(); err != nil {
		return 0, nil, err
	}
	if _, err := e.writer.exec(run, "BEGIN IMMEDIATE"); err != nil {
		return 0, nil, Translate(err)
	}
	done := false
	defer func() {
		if !done {
			// An error says that the engine has rolled back by itself.
			_, _ = e.writer.exec(run, "ROLLBACK")
		}
	}()
	t := &Tx{ctx: ctx, run: run, c: e.writer}
	if err := d.era.begin(t); err != nil {
		return 0, nil, err
	}
	if err := fn(t); err != nil {
		return 0, nil, err
	}
	if err := t.usable(); err != nil {
		return 0, nil, err
	}
	if !t.wrote {
		d.era.hold()
		return 0, nil, nil
	}
	mark = rand.Int64()
	if _, err := t.Exec(d.p.MarkSQL, mark); err != nil {
		return 0, nil, err
	}
	if _, err := e.writer.exec(run, "COMMIT"); err != nil {
		return mark, err, nil
	}
	done = true
	d.era.hold()
	return mark, nil, nil
}

// resolve finds out what became of a transaction whose COMMIT failed: close
// every connection, open anew (which recovers the log), look for the mark.
// Only with all connections gone does the engine see what is really in the
// file.
func (d *DB) resolve(e *engine, mark int64, commitErr error) error {
	d.mu.Lock()
	d.eng = nil
	d.mu.Unlock()
	e.stop()
	if !drained(e) {
		// A reader that does not leave would hide the truth from us.
		go func() {
			e.users.Wait()
			e.close()
		}()
		return unknown(commitErr)
	}
	if err := e.close(); err != nil {
		d.p.Log.Warn("closing after a failed commit", "error", err)
	}
	d.relieve(Translate(commitErr))

	ctx := context.Background()
	fresh, err := d.current(ctx)
	if err != nil {
		return unknown(errors.Join(commitErr, err))
	}
	defer fresh.users.Done()
	var found int64
	if err := fresh.writer.c.QueryRowContext(ctx, d.p.MarkQuery).Scan(&found); err != nil {
		return unknown(errors.Join(commitErr, err))
	}
	if found != mark {
		return Translate(commitErr)
	}
	// It is there, but perhaps only in memory of the system: make it reach the
	// disk before saying so.
	var busy, inLog, moved int64
	err = fresh.writer.c.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &inLog, &moved)
	if err != nil || busy != 0 {
		return unknown(errors.Join(commitErr, err))
	}
	return nil
}

func unknown(err error) error {
	return &pos.Error{Code: pos.CodeUnavailable, ID: storage.IDUnknown, Err: errors.Join(ErrUnknown, err)}
}

// drained waits a while for the users of a generation to leave.
func drained(e *engine) bool {
	gone := make(chan struct{})
	go func() { e.users.Wait(); close(gone) }()
	ctx, cancel := context.WithTimeout(context.Background(), drainWait)
	defer cancel()
	select {
	case <-gone:
		return true
	case <-ctx.Done():
		return false
	}
}

// relieve gives the reserve back when the disk is full, so that what has begun
// can be ended.
func (d *DB) relieve(err error) {
	var e *pos.Error
	if errors.As(err, &e) && e.ID == storage.IDFull && storage.DropBallast(d.dir) {
		d.p.Log.Warn("the disk is full; the reserve was given back", "dir", d.dir)
	}
}
