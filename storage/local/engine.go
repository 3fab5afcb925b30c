package local

import (
	"context"
	"database/sql"
	"fmt"

	"kassa/storage/sqlite"
)

const (
	sqlIntegrity   = `PRAGMA integrity_check(100)`
	sqlForeignKeys = `PRAGMA foreign_key_check`
)

// quickChecks look at the tables whose size does not grow with history: those
// the till goes on with after a start.
var quickChecks = []string{
	`PRAGMA quick_check(meta)`, `PRAGMA quick_check(cheques)`, `PRAGMA quick_check(cheque_lines)`,
	`PRAGMA quick_check(tenders)`, `PRAGMA quick_check(shifts)`, `PRAGMA quick_check(groups)`, `PRAGMA quick_check(employees)`,
}

// EngineProblems asks the engine about itself. The quick form leaves out what
// reads the whole history.
func (x *tx) EngineProblems(quick bool) ([]string, error) {
	var out []string
	v, err := sqlite.Version(context.Background())
	if err != nil {
		return nil, err
	}
	if !sqlite.AtLeast(v, sqlite.MinVersion) {
		out = append(out, fmt.Sprintf("SQLite %s, need %s", v, sqlite.MinVersion))
	}
	checks := []string{sqlIntegrity}
	if quick {
		checks = quickChecks
	}
	for _, text := range checks {
		err := x.Each(text, nil, func(r *sql.Rows) error {
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
	if quick {
		return out, nil
	}
	err = x.Each(sqlForeignKeys, nil, func(r *sql.Rows) error {
		var table, parent string
		var row sql.NullInt64
		var key int64
		if err := r.Scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		out = append(out, fmt.Sprintf("%s row %d names a missing row of %s", table, row.Int64, parent))
		return nil
	})
	return out, err
}
