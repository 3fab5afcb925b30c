package local

import (
	"database/sql"
	"strings"
)

// What the store tells of itself: schema, rows, what waits.
const (
	sqlSchemaVersion = `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied = 1`
	sqlStatements    = `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name`
	// Tables the engine keeps behind a full-text index are its own business.
	sqlTables = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
		AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT IN (SELECT v.name || s.suffix FROM sqlite_master v,
		(SELECT '_data' AS suffix UNION SELECT '_idx' UNION SELECT '_docsize' UNION SELECT '_content' UNION SELECT '_config') s
		WHERE v.sql LIKE 'CREATE VIRTUAL%') ORDER BY name`
)

func (x *tx) Schema() (version int64, statements []string, err error) {
	if _, err = x.Row(sqlSchemaVersion, nil, &version); err != nil {
		return 0, nil, err
	}
	statements, err = x.column(sqlStatements)
	return version, statements, err
}

func (x *tx) RowCounts() (map[string]int64, error) {
	names, err := x.column(sqlTables)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int64, len(names))
	for _, name := range names {
		var n int64
		if _, err := x.Row(`SELECT count(*) FROM "`+strings.ReplaceAll(name, `"`, `""`)+`"`, nil, &n); err != nil {
			return nil, err
		}
		counts[name] = n
	}
	return counts, nil
}

// column reads a query of one text a row.
func (x *tx) column(text string) (out []string, err error) {
	err = x.Each(text, nil, func(r *sql.Rows) error {
		var s string
		err := r.Scan(&s)
		out = append(out, s)
		return err
	})
	return out, err
}
