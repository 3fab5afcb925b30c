package local

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/till"
	"kassa/storage/sqlite"
)

// What a copy of the data says of itself.
const (
	sqlOrigin    = `SELECT coalesce((SELECT hash FROM events WHERE n = 1), '')`
	sqlLastEvent = `SELECT n, hash, at FROM events ORDER BY n DESC LIMIT 1`
	sqlCountSold = `SELECT count(*) FROM sales`
	sqlNewest    = `SELECT till, epoch, number, at FROM sales ORDER BY n DESC LIMIT 1`
	sqlMetaEpoch = `SELECT coalesce((SELECT value FROM meta WHERE key = 'epoch'), '1')`
)

// Contents tells what a copy of a till's database holds. The file is one that
// nobody has open; nothing in it is changed. Errors are those of sqlite.Peek.
func Contents(ctx context.Context, path string) (*pos.CopyContents, error) {
	c := &pos.CopyContents{}
	err := sqlite.Peek(ctx, path, appID, func(db *sql.DB, schema int64) error {
		c.Schema = schema
		var kept string
		for _, q := range []struct {
			text string
			dest []any
		}{
			{sqlNewest, []any{&c.Till, &c.Epoch, &c.LastSale, at(&c.LastSaleAt)}},
			{sqlMetaEpoch, []any{&c.Epoch}},
			{sqlOrigin, []any{&c.Origin}},
			{sqlLastEvent, []any{&c.Events, &c.Head, at(&c.LastAt)}},
			{sqlLedgerHead, []any{&c.Entries, &c.Journal}},
			{sqlCountSold, []any{&c.Sales}},
			{sqlMeta, []any{&kept}},
		} {
			var args []any
			if q.text == sqlMeta {
				args = []any{till.MetaSettings}
			}
			err := db.QueryRowContext(ctx, q.text, args...).Scan(q.dest...)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return sqlite.Translate(err)
			}
		}
		if err := standingOf(ctx, db, c); err != nil {
			return err
		}
		var err error
		if c.Pictures, err = countCarried(ctx, db); err != nil {
			return err
		}
		var settings till.KeptSettings
		if json.Unmarshal([]byte(kept), &settings) == nil {
			c.Shop = settings.Shop
			if settings.Till != "" {
				c.Till = settings.Till
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// standingOf tells how far the history of a file had come, read from the file
// itself.
func standingOf(ctx context.Context, db *sql.DB, c *pos.CopyContents) error {
	row := func(text string, args []any, dest ...any) (bool, error) {
		err := db.QueryRowContext(ctx, text, args...).Scan(dest...)
		if errors.Is(err, sql.ErrNoRows) {
			return false, nil
		}
		return err == nil, sqlite.Translate(err)
	}
	has := func(table string) (bool, error) {
		var n int64
		_, err := row(sqlHasTable, []any{table}, &n)
		return n > 0, err
	}
	s := &history.Standing{Origin: c.Origin, Epoch: c.Epoch, Entries: c.Entries, Journal: c.Journal, Events: c.Events, Head: c.Head, At: c.LastAt}
	c.Stands = s
	return numbers(row, has, s)
}

// Schema is the newest schema this program knows.
func Schema() (int64, error) { return sqlite.Latest(migrations()) }
