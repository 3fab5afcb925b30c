package local

import (
	"database/sql"

	"kassa/pos"
	"kassa/storage"
)

// How cheques that are no sales yet are kept, line by line.
const (
	chequeColumns    = `n, id, state, note, customer, discount_percent, discount_sum, opened_at, opened_by, parked_at, rev, coupons`
	sqlOpenCheque    = `SELECT ` + chequeColumns + ` FROM cheques WHERE state = 'open'`
	sqlCheque        = `SELECT ` + chequeColumns + ` FROM cheques WHERE id = ?`
	sqlParkedCheques = `SELECT ` + chequeColumns + ` FROM cheques WHERE state = 'parked' ORDER BY parked_at, n`
	sqlUpdateCheque  = `UPDATE cheques SET state = ?, note = ?, customer = ?, discount_percent = ?, discount_sum = ?,
		opened_at = ?, opened_by = ?, parked_at = ?, rev = ?, coupons = ?, shift = CASE WHEN state = 'cancelled' THEN shift ELSE ? END WHERE id = ?`
	// Without the columns that an index looks at: the open cheque changes with
	// every scan, and its place in them does not.
	sqlChangeCheque = `UPDATE cheques SET note = ?, customer = ?, discount_percent = ?, discount_sum = ?,
		opened_at = ?, opened_by = ?, rev = ?, coupons = ? WHERE n = ?`
	sqlInsertCheque = `INSERT INTO cheques (state, note, customer, discount_percent, discount_sum,
		opened_at, opened_by, parked_at, rev, coupons, shift, id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`
	sqlOpenShiftID  = `SELECT id FROM shifts WHERE closed_at IS NULL`
	sqlDeleteCheque = `DELETE FROM cheques WHERE id = ?`

	lineColumns = `no, product, sku, name, barcode, unit, list_price, price, qty, vat, discount_percent, discount_sum,
		flags, removed, reason, cost, certificate, expires, offers`
	sqlChequeLines = `SELECT ` + lineColumns + ` FROM cheque_lines WHERE cheque = ? ORDER BY no`
	sqlPutLine     = `INSERT INTO cheque_lines (cheque, ` + lineColumns + `)
		VALUES (coalesce(?, (SELECT n FROM cheques WHERE id = ?)),?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (cheque, no) DO UPDATE SET product = excluded.product, sku = excluded.sku, name = excluded.name,
		barcode = excluded.barcode, unit = excluded.unit, list_price = excluded.list_price, price = excluded.price,
		qty = excluded.qty, vat = excluded.vat, discount_percent = excluded.discount_percent,
		discount_sum = excluded.discount_sum, flags = excluded.flags, removed = excluded.removed, reason = excluded.reason,
		cost = excluded.cost, certificate = excluded.certificate, expires = excluded.expires, offers = excluded.offers`

	tenderColumns    = `no, method, amount, points, challenge, certificate, paid_order`
	sqlChequeTenders = `SELECT ` + tenderColumns + ` FROM tenders WHERE cheque = ? ORDER BY no`
	sqlPutTender     = `INSERT INTO tenders (cheque, ` + tenderColumns + `)
		VALUES (coalesce(?, (SELECT n FROM cheques WHERE id = ?)),?,?,?,?,?,?,?)
		ON CONFLICT (cheque, no) DO UPDATE SET method = excluded.method, amount = excluded.amount,
		points = excluded.points, challenge = excluded.challenge, certificate = excluded.certificate, paid_order = excluded.paid_order`
	sqlDeleteTender = `DELETE FROM tenders WHERE cheque = (SELECT n FROM cheques WHERE id = ?) AND no = ?`
)

// chequeRow is a cheque with its row number, by which lines and tenders hang.
type chequeRow struct {
	pos.Cheque
	n       int64
	coupons string
}

func (c *chequeRow) dest() []any {
	return []any{&c.n, &c.ID, &c.State, &c.Note, &c.Customer, &c.Discount.Percent, &c.Discount.Sum,
		at(&c.OpenedAt), &c.OpenedBy, at(&c.ParkedAt), &c.Rev, &c.coupons}
}

// OpenCheque reads the cheque once: what is changed of it afterwards is changed
// in what is kept, so that a scan costs the same on a long cheque.
func (x *tx) OpenCheque() (*pos.Cheque, error) {
	if x.kept.cheque == nil {
		c, err := x.oneCheque(sqlOpenCheque)
		if err != nil {
			return nil, err
		}
		x.kept.cheque = c
	}
	return x.kept.cheque.clone(), nil
}

func (x *tx) Cheque(id pos.SaleID) (*pos.Cheque, error) {
	c, err := x.oneCheque(sqlCheque, string(id))
	if err != nil {
		return nil, err
	}
	return &c.Cheque, nil
}

func (x *tx) oneCheque(text string, args ...any) (*chequeRow, error) {
	c := &chequeRow{}
	ok, err := x.Row(text, args, c.dest()...)
	if err := found(ok, err, "cheque.missing"); err != nil {
		return nil, err
	}
	return c, x.fill(c)
}

func (x *tx) ParkedCheques() ([]pos.Cheque, error) { return x.cheques(sqlParkedCheques) }

func (x *tx) cheques(text string, args ...any) ([]pos.Cheque, error) {
	var heads []*chequeRow
	err := x.Each(text, args, func(r *sql.Rows) error {
		c := &chequeRow{}
		heads = append(heads, c)
		return r.Scan(c.dest()...)
	})
	if err != nil {
		return nil, err
	}
	var out []pos.Cheque
	for _, c := range heads {
		if err := x.fill(c); err != nil {
			return nil, err
		}
		out = append(out, c.Cheque)
	}
	return out, nil
}

// fill reads a cheque's lines and tenders.
func (x *tx) fill(c *chequeRow) error {
	c.Coupons = couponsOf(c.coupons)
	err := x.Each(sqlChequeLines, []any{c.n}, func(r *sql.Rows) error {
		var l pos.Line
		var p packed
		if err := r.Scan(lineDest(&l, &p)...); err != nil {
			return err
		}
		err := p.unpack(&l)
		c.Lines = append(c.Lines, l)
		return err
	})
	if err != nil {
		return err
	}
	return x.Each(sqlChequeTenders, []any{c.n}, func(r *sql.Rows) error {
		var t pos.Tender
		err := r.Scan(&t.No, &t.Method, &t.Amount, &t.Points, &t.Challenge, &t.Certificate, &t.Order)
		c.Tenders = append(c.Tenders, t)
		return err
	})
}

// packed is what the row of a line keeps in another form.
type packed struct {
	no, flags int64
	offers    string
}

func (p packed) unpack(l *pos.Line) (err error) {
	l.No, l.Flags = int(p.no), flagsOf(p.flags)
	l.Offers, err = offersOf(p.offers)
	return err
}

// lineDest scans lineColumns. Every scan of goods reads the whole cheque, so
// its columns go to plain int64 and string, which database/sql fills without
// the detour it takes for named types.
func lineDest(l *pos.Line, p *packed) []any {
	return []any{&p.no, (*string)(&l.Product), &l.SKU, &l.Name, &l.Barcode, &l.Unit, (*int64)(&l.ListPrice),
		(*int64)(&l.Price), (*int64)(&l.Qty), (*int64)(&l.VAT), (*int64)(&l.Discount.Percent),
		(*int64)(&l.Discount.Sum), &p.flags, &l.Removed, &l.Reason, (*int64)(&l.Cost),
		&l.Certificate, at(&l.Expires), &p.offers}
}

// lineArgs are the values of lineColumns.
func lineArgs(to []any, l *pos.Line) []any {
	return append(to, l.No, string(l.Product), l.SKU, l.Name, l.Barcode, l.Unit, int64(l.ListPrice), int64(l.Price), int64(l.Qty),
		int64(l.VAT), int64(l.Discount.Percent), int64(l.Discount.Sum), flagBits(l.Flags), bit(l.Removed), l.Reason, int64(l.Cost),
		l.Certificate, ms(l.Expires), offersText(l.Offers))
}

func tenderArgs(to []any, t *pos.Tender) []any {
	return append(to, t.No, string(t.Method), int64(t.Amount), t.Points, string(t.Challenge), t.Certificate, t.Order)
}

// PutChequeHead refuses a cheque that is not there yet while the disk has no
// room for a sale: what has begun can be ended, but nothing begins.
func (x *tx) PutChequeHead(c *pos.Cheque) error {
	if k := x.kept.openCheque(c.ID); k != nil && c.State == pos.ChequeOpen && c.ParkedAt.IsZero() && k.ParkedAt.IsZero() {
		x.kept.cheque = nil
		_, err := x.Exec(sqlChangeCheque, c.Note, string(c.Customer), int64(c.Discount.Percent), int64(c.Discount.Sum),
			ms(c.OpenedAt), string(c.OpenedBy), c.Rev, couponsText(c.Coupons), k.n)
		if err == nil {
			k.change(c)
			x.kept.cheque = k
		}
		return err
	}
	x.kept.cheque = nil
	shift := ""
	if c.State == pos.ChequeCancelled {
		if _, err := x.Row(sqlOpenShiftID, nil, &shift); err != nil {
			return err
		}
	}
	args := []any{string(c.State), c.Note, string(c.Customer), int64(c.Discount.Percent), int64(c.Discount.Sum),
		ms(c.OpenedAt), string(c.OpenedBy), ms(c.ParkedAt), c.Rev, couponsText(c.Coupons), shift, string(c.ID)}
	n, err := x.Exec(sqlUpdateCheque, args...)
	if err != nil || n > 0 {
		return chequeConflict(err)
	}
	space, err := x.store.Space()
	if err != nil {
		return err
	}
	if space.Stop {
		return pos.E(pos.CodeUnavailable, storage.IDDiskLow, pos.Args{"FreeMiB": space.Free >> 20, "NeedMiB": int64(storage.SpaceStop >> 20)})
	}
	_, err = x.Exec(sqlInsertCheque, args...)
	return chequeConflict(err)
}

// chequeConflict names the one thing about a cheque that must be unique.
func chequeConflict(err error) error {
	if pos.CodeOf(err) == pos.CodeConflict {
		return pos.Wrap(pos.CodeConflict, "cheque.another-open", err)
	}
	return err
}

func (x *tx) PutChequeLine(id pos.SaleID, l *pos.Line) error {
	return x.changeOpen(id, func(n any) error {
		_, err := x.Exec(sqlPutLine, lineArgs([]any{n, string(id)}, l)...)
		return err
	}, func(k *chequeRow) { k.putLine(*l) })
}

func (x *tx) PutTender(id pos.SaleID, t *pos.Tender) error {
	return x.changeOpen(id, func(n any) error {
		_, err := x.Exec(sqlPutTender, tenderArgs([]any{n, string(id)}, t)...)
		return err
	}, func(k *chequeRow) { k.putTender(*t) })
}

func (x *tx) DeleteTender(id pos.SaleID, no int) error {
	return x.changeOpen(id, func(any) error {
		_, err := x.Exec(sqlDeleteTender, string(id), no)
		return err
	}, func(k *chequeRow) { k.dropTender(no) })
}

// changeOpen stores a change of a cheque and makes it in what is kept of the
// open one, where that is it. n is the cheque's row number, nil where it is not
// known.
func (x *tx) changeOpen(id pos.SaleID, store func(n any) error, change func(*chequeRow)) error {
	k := x.kept.openCheque(id)
	if k == nil {
		return store(nil)
	}
	x.kept.cheque = nil // until it is stored
	if err := store(k.n); err != nil {
		return err
	}
	change(k)
	x.kept.cheque = k
	return nil
}

func (x *tx) DeleteCheque(id pos.SaleID) error {
	x.kept.cheque = nil
	_, err := x.Exec(sqlDeleteCheque, string(id))
	return err
}
