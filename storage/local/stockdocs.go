package local

import (
	"cmp"
	"database/sql"
	"slices"

	"kassa/pos"
	"kassa/pos/history"
)

// How receivings, write-offs and stocktakes are kept.
const (
	stockColumns = `n, id, kind, coalesce(number, 0), supplier, invoice, reason, category, blind, reverses,
		created_at, created_by, posted_at, posted_by, rev`
	sqlStockDoc = `SELECT ` + stockColumns + ` FROM stock_docs WHERE id = ?`
	// Drafts have no number: they come first.
	sqlStockDocs       = `SELECT ` + stockColumns + ` FROM stock_docs ORDER BY number IS NOT NULL, n DESC LIMIT ? OFFSET ?`
	sqlStockDocsOf     = `SELECT ` + stockColumns + ` FROM stock_docs WHERE kind = ? ORDER BY number IS NOT NULL, n DESC LIMIT ? OFFSET ?`
	sqlEachStockDoc    = `SELECT ` + stockColumns + ` FROM stock_docs WHERE number IS NOT NULL ORDER BY n`
	sqlUpdateStockHead = `UPDATE stock_docs SET kind = ?, number = ?, supplier = ?, invoice = ?, reason = ?, category = ?, blind = ?,
		reverses = ?, created_at = ?, created_by = ?, posted_at = ?, posted_by = ?, rev = ? WHERE id = ?`
	sqlInsertStockHead = `INSERT INTO stock_docs (kind, number, supplier, invoice, reason, category, blind, reverses,
		created_at, created_by, posted_at, posted_by, rev, id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`
	sqlTopStockNumber = `SELECT number FROM stock_docs WHERE kind = ? AND number IS NOT NULL ORDER BY number DESC LIMIT 1`
	sqlStockKept      = `SELECT EXISTS (SELECT 1 FROM stock_docs WHERE number IS NOT NULL) OR EXISTS (SELECT 1 FROM stock WHERE qty > 0)`
	sqlReversalOf     = `SELECT id FROM stock_docs WHERE reverses = ? AND reverses <> ''`
	sqlDropStockDoc   = `DELETE FROM stock_docs WHERE id = ?`

	stockLineColumns = `no, product, sku, name, unit, qty, cost, new_price, book, moved`
	sqlStockLines    = `SELECT ` + stockLineColumns + ` FROM stock_lines WHERE doc = ? ORDER BY no`
	sqlPutStockLine  = `INSERT INTO stock_lines (doc, ` + stockLineColumns + `)
		VALUES ((SELECT n FROM stock_docs WHERE id = ?),?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (doc, no) DO UPDATE SET product = excluded.product, sku = excluded.sku, name = excluded.name,
		unit = excluded.unit, qty = excluded.qty, cost = excluded.cost, new_price = excluded.new_price,
		book = excluded.book, moved = excluded.moved`
	sqlDropStockLine = `DELETE FROM stock_lines WHERE doc = (SELECT n FROM stock_docs WHERE id = ?) AND no = ?`

	stockMoveColumns = `m.n, p.id, m.qty, m.doc, m.at`
	// From the last one back, each naming the one before.
	sqlStockMoves = `WITH RECURSIVE chain (product, n) AS (
		SELECT p.n, s.last FROM products p JOIN stock s ON s.product = p.n WHERE p.id = ?1
		UNION ALL SELECT c.product, m.prev FROM chain c CROSS JOIN stock_moves m ON m.n = c.n WHERE m.prev < m.n LIMIT ?2)
		SELECT m.n, ?1, m.qty, m.doc, m.at FROM chain c CROSS JOIN stock_moves m ON m.n = c.n AND m.product = c.product`
	sqlEachStockMove = `SELECT ` + stockMoveColumns + ` FROM stock_moves m CROSS JOIN products p ON p.n = m.product ORDER BY m.n`
)

// stockRow is a document with its row number, by which its lines hang.
type stockRow struct {
	pos.StockDoc
	n int64
}

func (d *stockRow) dest() []any {
	return []any{&d.n, &d.ID, &d.Kind, &d.Number, &d.Supplier, &d.Invoice, &d.Reason, &d.Category, &d.Blind, &d.Reverses,
		at(&d.CreatedAt), &d.CreatedBy, at(&d.PostedAt), &d.PostedBy, &d.Rev}
}

func (x *tx) NextStockNumber(k pos.StockKind) (n int64, err error) {
	if _, err = x.Row(sqlTopStockNumber, []any{string(k)}, &n); err != nil {
		return 0, err
	}
	return x.notBelowNow(n+1, history.Stock(k))
}

func (x *tx) PutStockHead(d *pos.StockDoc) error {
	var number any
	x.gave(history.Stock(d.Kind), 0, d.Number)
	if d.Number > 0 {
		number = d.Number
	}
	args := []any{string(d.Kind), number, d.Supplier, d.Invoice, d.Reason, d.Category, bit(d.Blind), string(d.Reverses),
		ms(d.CreatedAt), string(d.CreatedBy), ms(d.PostedAt), string(d.PostedBy), d.Rev, string(d.ID)}
	n, err := x.Exec(sqlUpdateStockHead, args...)
	if err != nil || n > 0 {
		return err
	}
	_, err = x.Exec(sqlInsertStockHead, args...)
	return err
}

func (x *tx) PutStockLine(id pos.StockDocID, l *pos.StockLine) error {
	_, err := x.Exec(sqlPutStockLine, string(id), l.No, string(l.Product), l.SKU, l.Name, l.Unit, int64(l.Qty), int64(l.Cost),
		int64(l.NewPrice), int64(l.Book), int64(l.Moved))
	return err
}

func (x *tx) DeleteStockLine(id pos.StockDocID, no int) error {
	_, err := x.Exec(sqlDropStockLine, string(id), no)
	return err
}

func (x *tx) DeleteStockDoc(id pos.StockDocID) error {
	_, err := x.Exec(sqlDropStockDoc, string(id))
	return err
}

func (x *tx) StockDoc(id pos.StockDocID) (*pos.StockDoc, error) {
	d := &stockRow{}
	ok, err := x.Row(sqlStockDoc, []any{string(id)}, d.dest()...)
	if err := found(ok, err, "stock.missing"); err != nil {
		return nil, err
	}
	return &d.StockDoc, x.fillStock(d)
}

func (x *tx) fillStock(d *stockRow) error {
	return x.Each(sqlStockLines, []any{d.n}, func(r *sql.Rows) error {
		var l pos.StockLine
		err := r.Scan(&l.No, &l.Product, &l.SKU, &l.Name, &l.Unit, &l.Qty, &l.Cost, &l.NewPrice, &l.Book, &l.Moved)
		d.Lines = append(d.Lines, l)
		return err
	})
}

func (x *tx) StockDocs(k pos.StockKind, skip, limit int) ([]pos.StockDoc, error) {
	text, args := sqlStockDocs, []any{limit, skip}
	if k != "" {
		text, args = sqlStockDocsOf, []any{string(k), limit, skip}
	}
	var out []pos.StockDoc
	err := x.Each(text, args, func(r *sql.Rows) error {
		var d stockRow
		err := r.Scan(d.dest()...)
		out = append(out, d.StockDoc)
		return err
	})
	return out, err
}

func (x *tx) StockKept() (kept bool, err error) {
	_, err = x.Row(sqlStockKept, nil, &kept)
	return kept, err
}

func (x *tx) ReversalOf(id pos.StockDocID) (by pos.StockDocID, err error) {
	_, err = x.Row(sqlReversalOf, []any{string(id)}, &by)
	return by, err
}

func (x *tx) EachStockDoc(fn func(*pos.StockDoc) error) error {
	return x.Each(sqlEachStockDoc, nil, func(r *sql.Rows) error {
		d := &stockRow{}
		if err := r.Scan(d.dest()...); err != nil {
			return err
		}
		if err := x.fillStock(d); err != nil {
			return err
		}
		return fn(&d.StockDoc)
	})
}

func (x *tx) eachStockMove(text string, args []any, fn func(*pos.StockMove) error) error {
	if err := x.flush(); err != nil {
		return err
	}
	return x.Each(text, args, func(r *sql.Rows) error {
		var m pos.StockMove
		if err := r.Scan(&m.N, &m.Product, &m.Qty, &m.Doc, at(&m.At)); err != nil {
			return err
		}
		return fn(&m)
	})
}

func (x *tx) StockMoves(id pos.ProductID, limit int) (out []pos.StockMove, err error) {
	err = x.eachStockMove(sqlStockMoves, []any{string(id), limit}, func(m *pos.StockMove) error {
		out = append(out, *m)
		return nil
	})
	slices.SortFunc(out, func(a, b pos.StockMove) int { return cmp.Compare(b.N, a.N) })
	return out, err
}

func (x *tx) EachStockMove(fn func(*pos.StockMove) error) error {
	return x.eachStockMove(sqlEachStockMove, nil, fn)
}
