package local

import (
	"database/sql"

	"kassa/pos"
)

const (
	sqlDraft    = `SELECT id, sale, method, opened_at, opened_by, rev FROM open_return`
	sqlPutDraft = `INSERT INTO open_return (one, id, sale, method, opened_at, opened_by, rev) VALUES (1,?,?,?,?,?,?)
		ON CONFLICT (one) DO UPDATE SET id = excluded.id, sale = excluded.sale, method = excluded.method,
		opened_at = excluded.opened_at, opened_by = excluded.opened_by, rev = excluded.rev`
	sqlDropDraft      = `DELETE FROM open_return`
	sqlDraftLines     = `SELECT ` + lineColumns + `, origin, discarded FROM open_return_lines ORDER BY place`
	sqlDropDraftLines = `DELETE FROM open_return_lines`
)

var insertDraftLines = insertRows(`open_return_lines (place, `+lineColumns+`, origin, discarded)`, 18, ``)

func (x *tx) ReturnDraft() (*pos.ReturnDraft, error) {
	d := &pos.ReturnDraft{}
	ok, err := x.Row(sqlDraft, nil, &d.ID, &d.Sale, &d.Method, at(&d.OpenedAt), &d.OpenedBy, &d.Rev)
	if err := found(ok, err, "return.none"); err != nil {
		return nil, err
	}
	err = x.Each(sqlDraftLines, nil, func(r *sql.Rows) error {
		var l pos.DraftLine
		var p packed
		err := r.Scan(append(lineDest(&l.Line, &p), &l.Origin, &l.Discarded)...)
		p.unpack(&l.Line)
		d.Lines = append(d.Lines, l)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// PutReturnDraft writes all of it: a return is short.
func (x *tx) PutReturnDraft(d *pos.ReturnDraft) error {
	if _, err := x.Exec(sqlPutDraft, string(d.ID), string(d.Sale), string(d.Method), ms(d.OpenedAt), string(d.OpenedBy), d.Rev); err != nil {
		return err
	}
	if _, err := x.Exec(sqlDropDraftLines); err != nil {
		return err
	}
	return insertDraftLines.insert(x.Tx, len(d.Lines), func(i int, to []any) []any {
		l := &d.Lines[i]
		return append(lineArgs(append(to, i), &l.Line), l.Origin, bit(l.Discarded))
	})
}

func (x *tx) DropReturnDraft() error { return x.execBoth(sqlDropDraftLines, sqlDropDraft) }
