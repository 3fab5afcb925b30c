package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// Check asks the engine what it says of the database and returns its
// complaints. quick lists pragmas for the short form; without them the whole
// file, its indexes and its references are read.
//
// It works on a connection of its own: a connection that has searched before
// may hold an older picture of a full-text index and then reports damage where
// there is none.
func (d *DB) Check(ctx context.Context, quick []string) ([]string, error) {
	v, err := Version(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	if !AtLeast(v, MinVersion) {
		out = append(out, fmt.Sprintf("SQLite %s, need %s", v, MinVersion))
	}
	db, err := openPool(readerDSN(d.path, &d.p), 1)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	checks := quick
	if len(quick) == 0 {
		checks = []string{"PRAGMA integrity_check(100)"}
	}
	for _, text := range checks {
		err := ask(ctx, db, text, func(r *sql.Rows) error {
			var line string
			err := r.Scan(&line)
			if line != "ok" {
				out = append(out, line)
			}
			return err
		})
		if err != nil {
			return out, err
		}
	}
	if len(quick) > 0 {
		return out, nil
	}
	err = ask(ctx, db, "PRAGMA foreign_key_check", func(r *sql.Rows) error {
		var table, parent string
		var row sql.NullInt64
		var key int64
		err := r.Scan(&table, &row, &parent, &key)
		out = append(out, fmt.Sprintf("%s row %d names a missing row of %s", table, row.Int64, parent))
		return err
	})
	return out, err
}

func ask(ctx context.Context, db *sql.DB, text string, scan func(*sql.Rows) error) error {
	rows, err := db.QueryContext(ctx, text)
	if err != nil {
		return Translate(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return Translate(err)
		}
	}
	return Translate(rows.Err())
}
