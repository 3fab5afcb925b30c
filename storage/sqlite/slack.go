package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"slices"
)

// This file blanks what pages keep beside what they hold. When rows move from one
// page to another, as they do when a page gets too full, the engine leaves their
// bytes behind in the room that became free: they were not deleted, so it does
// not overwrite them.

// slackPages is how many pages are changed in a transaction: a sale waits for no
// more than that.
const slackPages = 64

// Blank overwrites the room between the rows of pages wherever one of the
// spellings stands in it, or wherever anything does when there are none. It reads
// the whole file, in pieces between which work goes on; what is written meanwhile
// is not looked at.
func (d *DB) Blank(ctx context.Context, spellings [][]byte) error {
	db, err := openPool(bareDSN(d.path, &d.p), 1)
	if err != nil {
		return err
	}
	defer db.Close()
	c, err := db.Conn(ctx)
	if err != nil {
		return Translate(err)
	}
	defer c.Close()
	var last int64
	if err := c.QueryRowContext(ctx, `PRAGMA page_count`).Scan(&last); err != nil {
		return Translate(err)
	}
	var found []int64
	for no := int64(1); no <= last; no++ {
		page, err := readPage(ctx, c, no)
		if err != nil {
			return err
		}
		if holds(slack(page, no), spellings) {
			found = append(found, no)
		}
	}
	for part := range slices.Chunk(found, slackPages) {
		if err := d.blankPages(ctx, c, part, spellings); err != nil {
			return err
		}
	}
	return nil
}

// blankPages blanks some pages as they are now.
func (d *DB) blankPages(ctx context.Context, c *sql.Conn, pages []int64, spellings [][]byte) (err error) {
	select {
	case d.writing <- struct{}{}:
		defer func() { <-d.writing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := d.Trouble(); err != nil {
		return err
	}
	run := context.WithoutCancel(ctx)
	if _, err := c.ExecContext(run, `BEGIN IMMEDIATE`); err != nil {
		return Translate(err)
	}
	defer func() {
		if err != nil {
			// An error says that the engine has rolled back by itself.
			_, _ = c.ExecContext(run, `ROLLBACK`)
		}
	}()
	for _, no := range pages {
		page, err := readPage(run, c, no)
		if err != nil {
			return err
		}
		room := slack(page, no)
		if !holds(room, spellings) {
			continue
		}
		clear(room)
		if _, err := c.ExecContext(run, `UPDATE sqlite_dbpage SET data = ? WHERE pgno = ?`, page, no); err != nil {
			return Translate(err)
		}
	}
	_, err = c.ExecContext(run, `COMMIT`)
	return Translate(err)
}

// readPage is a page of the file, nil for one that is not there any more.
func readPage(ctx context.Context, c *sql.Conn, no int64) (page []byte, err error) {
	err = c.QueryRowContext(ctx, `SELECT data FROM sqlite_dbpage WHERE pgno = ?`, no).Scan(&page)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return page, Translate(err)
}

// Kinds of pages that hold rows, and where the first page has its head; see
// sqlite.org/fileformat2.html.
const (
	interiorIndex, interiorTable, leafIndex, leafTable = 2, 5, 10, 13

	firstHead = 100
)

// slack is the room of a page between the list of its rows and the rows, part of
// page itself; nil for a page that is no list of rows.
func slack(page []byte, no int64) []byte {
	head := 0
	if no == 1 {
		head = firstHead
	}
	if len(page) < head+12 {
		return nil
	}
	from := head + 8
	switch page[head] {
	case leafIndex, leafTable:
	case interiorIndex, interiorTable:
		from += 4
	default:
		return nil
	}
	rows := int(binary.BigEndian.Uint16(page[head+3:]))
	to := int(binary.BigEndian.Uint16(page[head+5:]))
	if to == 0 {
		to = 65536
	}
	list := from
	from += 2 * rows
	if from > to || to > len(page) {
		return nil
	}
	for at := list; at < from; at += 2 {
		if int(binary.BigEndian.Uint16(page[at:])) < to {
			return nil // a page we do not understand is left alone
		}
	}
	return page[from:to]
}

// holds reports whether one of the spellings stands in room, anything at all where
// there are none.
func holds(room []byte, spellings [][]byte) bool {
	if len(spellings) == 0 {
		return slices.ContainsFunc(room, func(b byte) bool { return b != 0 })
	}
	return slices.ContainsFunc(spellings, func(s []byte) bool { return bytes.Contains(room, s) })
}
