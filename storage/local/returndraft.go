package local

import (
	"database/sql"

	"kassa/pos"
)

// How the return that is being put together is kept.
const (
	sqlDraft    = `SELECT id, sale, method, opened_at, opened_by, rev FROM open_return`
	sqlPutDraft = `INSERT INTO open_return (one, id, sale, method, opened_at, opened_by, rev) VALUES (1,?,?,?,?,?,?)
		ON CONFLICT (one) DO UPDATE SET id = excluded.id, sale = excluded.sale, method = excluded.method,
		opened_at = excluded.opened_at, opened_by = excluded.opened_by, rev = excluded.rev`
	sqlDropDraft      = `DELETE FROM open_return`
	draftLineColumns  = `no, origin, product, sku, name, barcode, unit, list_price, price, qty, vat, cost, flags, reason, discarded`
	sqlDraftLines     = `SELECT ` + draftLineColumns + ` FROM open_return_lines ORDER BY place`
	sqlDropDraftLines = `DELETE FROM open_return_lines`
)

var insertDraftLines = insertRows(`open_return_lines (place, `+draftLineColumns+`)`, 16, ``)

func (x *tx) ReturnDraft() (*pos.ReturnDraft, error) {
	d := &pos.ReturnDraft{}
	ok, err := x.Row(sqlDraft, nil, &d.ID, &d.Sale, &d.Method, at(&d.OpenedAt), &d.OpenedBy, &d.Rev)
	if err := found(ok, err, "return.none"); err != nil {
		return nil, err
	}
	err = x.Each(sqlDraftLines, nil, func(r *sql.Rows) error {
		var l pos.DraftLine
		var flags int64
		err := r.Scan(&l.No, &l.Origin, &l.Product, &l.SKU, &l.Name, &l.Barcode, &l.Unit, &l.ListPrice, &l.Price, &l.Qty, &l.VAT,
			&l.Cost, &flags, &l.Reason, &l.Discarded)
		l.Flags = flagsOf(flags)
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
		return append(to, i, l.No, l.Origin, string(l.Product), l.SKU, l.Name, l.Barcode, l.Unit, int64(l.ListPrice), int64(l.Price),
			int64(l.Qty), int64(l.VAT), int64(l.Cost), flagBits(l.Flags), l.Reason, bit(l.Discarded))
	})
}

func (x *tx) DropReturnDraft() error { return x.execBoth(sqlDropDraftLines, sqlDropDraft) }
