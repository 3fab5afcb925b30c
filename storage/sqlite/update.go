package sqlite

import (
	"context"
	"math/rand/v2"
)

// View runs fn over one consistent state of the database. fn changes nothing
// and must not call Update.
func (d *DB) View(ctx context.Context, fn func(*Tx) error) error {
	e, err := d.current()
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
	// Both may have been ready; and a connection that waits asks nothing.
	if err := ctx.Err(); err != nil {
		return err
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
// error with ErrUnknown in its chain means that nobody can tell yet; from then on
// Update answers CodeUnavailable and does not run fn until the disk keeps what is
// written, and then it goes on by itself. A transaction that runs therefore sees
// what became of those before it, for certain.
func (d *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	select {
	case d.writing <- struct{}{}:
		defer func() { <-d.writing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	e, err := d.current()
	if err != nil {
		return err
	}
	defer e.users.Done()
	if d.Trouble() != nil {
		if _, err := d.settle(e, 0); err != nil {
			return err
		}
	}
	mark, commitErr, err := d.transact(ctx, e, fn)
	if err != nil {
		d.relieve(err)
		return err
	}
	if commitErr == nil {
		return nil
	}
	return d.resolve(e, mark, commitErr)
}

// transact runs fn between BEGIN and COMMIT. commitErr is an error of COMMIT, err
// any other.
func (d *DB) transact(ctx context.Context, e *engine, fn func(*Tx) error) (mark int64, commitErr, err error) {
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
