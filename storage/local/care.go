package local

import (
	"database/sql"

	"kassa/pos"
)

// How the history of the settings is kept, and by what a copy is known for this
// shop's.
const (
	changeColumns = `n, at, employee, key, old, new, secret, source, reverts`
	sqlTopChange  = `SELECT coalesce(max(n), 0) FROM settings_history`
	sqlAddChange  = `INSERT INTO settings_history (` + changeColumns + `) VALUES (?,?,?,?,?,?,?,?,?)`
	sqlChanges    = `SELECT ` + changeColumns + ` FROM settings_history ORDER BY n DESC LIMIT ?`
	sqlChangesOf  = `SELECT ` + changeColumns + ` FROM settings_history WHERE key = ? ORDER BY n DESC LIMIT ?`
	sqlChange     = `SELECT ` + changeColumns + ` FROM settings_history WHERE n = ?`
)

func (x *tx) SaleCount() (n int64, err error) {
	_, err = x.Row(sqlCountSold, nil, &n)
	return n, err
}

func (x *tx) Origin() (hash string, err error) {
	_, err = x.Row(sqlOrigin, nil, &hash)
	return hash, err
}

func (x *tx) AddSettingsChange(c *pos.SettingsChange) error {
	if _, err := x.Row(sqlTopChange, nil, &c.N); err != nil {
		return err
	}
	c.N++
	_, err := x.Exec(sqlAddChange, c.N, ms(c.At), string(c.Employee), c.Key, c.Old, c.New, c.Secret, string(c.Source), c.Reverts)
	return err
}

func changeDest(c *pos.SettingsChange) []any {
	return []any{&c.N, at(&c.At), &c.Employee, &c.Key, &c.Old, &c.New, &c.Secret, &c.Source, &c.Reverts}
}

func (x *tx) SettingsChanges(key string, limit int) (out []pos.SettingsChange, err error) {
	text, args := sqlChanges, []any{limit}
	if key != "" {
		text, args = sqlChangesOf, []any{key, limit}
	}
	err = x.Each(text, args, func(r *sql.Rows) error {
		var c pos.SettingsChange
		err := r.Scan(changeDest(&c)...)
		out = append(out, c)
		return err
	})
	return out, err
}

func (x *tx) SettingsChange(n int64) (*pos.SettingsChange, error) {
	c := &pos.SettingsChange{}
	ok, err := x.Row(sqlChange, []any{n}, changeDest(c)...)
	if err := found(ok, err, "settings.no-change"); err != nil {
		return nil, err
	}
	return c, nil
}
