package sqlite

// This file empties the log while the till works.

import (
	"context"

	"kassa/pos"
	"kassa/storage"
)

// EmptyLog brings what is in the log into the file and leaves the log empty, so that
// nothing of before is read in either. It is CodeUnavailable while somebody reads
// what only the log has; then it can be asked again.
func (d *DB) EmptyLog(ctx context.Context) error {
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
	if err := d.Trouble(); err != nil {
		return err
	}
	var busy, pages, folded, patience int64
	t := &Tx{ctx: ctx, run: context.Background(), c: e.writer}
	// Whoever sells waits no longer than this for somebody who reads.
	if _, err := t.Row(`PRAGMA busy_timeout = 300`, nil, &patience); err != nil {
		return err
	}
	defer func() {
		// An error says that the connection is no good any more, and it with that.
		_, _ = t.Row(`PRAGMA busy_timeout = 5000`, nil, &patience)
	}()
	if _, err := t.Row(`PRAGMA wal_checkpoint(TRUNCATE)`, nil, &busy, &pages, &folded); err != nil {
		return err
	}
	if busy != 0 {
		return pos.E(pos.CodeUnavailable, storage.IDBusy, nil)
	}
	return nil
}
