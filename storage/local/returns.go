package local

import (
	"database/sql"

	"kassa/pos"
	"kassa/pos/history"
)

// How returns are kept.
const (
	returnColumns = `n, id, till, epoch, number, shift, employee, sale, sale_number, customer, at, currency, reason, exchange,
		total, vat, points_back, points_restored, points_taken, points_withheld, points_kept`
	sqlReturn       = `SELECT ` + returnColumns + ` FROM returns WHERE id = ?`
	sqlReturnByN    = `SELECT ` + returnColumns + ` FROM returns WHERE n = ?`
	sqlReturnsOf    = `SELECT ` + returnColumns + ` FROM returns WHERE sale = ? AND sale <> '' ORDER BY n`
	sqlExchangedFor = `SELECT ` + returnColumns + ` FROM returns WHERE exchange = ? AND exchange <> ''`
	sqlListReturns  = `SELECT ` + returnColumns + ` FROM returns WHERE n < ? ORDER BY n DESC LIMIT ?`
	sqlShiftReturns = `SELECT ` + returnColumns + ` FROM returns WHERE shift = ? AND n < ? ORDER BY n DESC LIMIT ?`
	sqlEachReturn   = `SELECT ` + returnColumns + ` FROM returns ORDER BY n`
	sqlTopReturn    = `SELECT n FROM returns WHERE n < ? ORDER BY n DESC LIMIT 1`
	sqlPutReturn    = `INSERT INTO returns (` + returnColumns + `) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`

	returnLineColumns = `no, origin, product, sku, name, unit, price, cost, qty, rate, sum, vat, reason, restock`
	sqlReturnLines    = `SELECT ` + returnLineColumns + ` FROM return_lines WHERE return = ? ORDER BY no`
	refundColumns     = `no, sale, of, certificate, method, amount, points, customer, debt`
	sqlRefunds        = `SELECT ` + refundColumns + ` FROM return_refunds WHERE return = ? ORDER BY no`
	sqlRefundsOf      = `SELECT ` + refundColumns + ` FROM return_refunds WHERE sale = ? AND sale <> '' ORDER BY return, no`
	returnPoints      = `lot, sale, customer, points, fresh, expires`
	sqlReturnPoints   = `SELECT ` + returnPoints + ` FROM return_points WHERE return = ? ORDER BY place`
	sqlPointsOf       = `SELECT ` + returnPoints + ` FROM return_points WHERE sale = ? ORDER BY return, place`
)

var (
	insertReturnLines  = insertRows(`return_lines (return, `+returnLineColumns+`)`, 15, ``)
	insertRefunds      = insertRows(`return_refunds (return, `+refundColumns+`)`, 10, ``)
	insertReturnPoints = insertRows(`return_points (return, place, `+returnPoints+`)`, 8, ``)
)

// returnRow is a return with its row number.
type returnRow struct {
	pos.Return
	n int64
}

func (r *returnRow) dest() []any {
	return []any{&r.n, &r.ID, &r.Till, &r.Epoch, &r.Number, &r.Shift, &r.Employee, &r.Sale, &r.SaleNo, &r.Customer, at(&r.At),
		&r.Currency, &r.Reason, &r.Exchange, &r.Total, &r.VAT, &r.PointsBack, &r.PointsRestored, &r.PointsTaken,
		&r.PointsWithheld, &r.PointsKept}
}

// NextReturnNumber is one more than the newest of the current epoch.
func (x *tx) NextReturnNumber() (int64, error) { return x.nextNumber(sqlTopReturn, history.Returns) }

func (x *tx) PutReturn(r *pos.Return) error {
	x.gave(history.Returns, r.Epoch, r.Number)
	n := r.Epoch<<epochShift | r.Number
	_, err := x.Exec(sqlPutReturn, n, string(r.ID), r.Till, r.Epoch, r.Number, string(r.Shift), string(r.Employee), string(r.Sale), r.SaleNo,
		string(r.Customer), ms(r.At), string(r.Currency), r.Reason, string(r.Exchange), int64(r.Total), int64(r.VAT),
		r.PointsBack, r.PointsRestored, r.PointsTaken, r.PointsWithheld, r.PointsKept)
	if err != nil {
		return err
	}
	err = insertReturnLines.insert(x.Tx, len(r.Lines), func(i int, to []any) []any {
		l := &r.Lines[i]
		return append(to, n, l.No, l.Origin, string(l.Product), l.SKU, l.Name, l.Unit, int64(l.Price), int64(l.Cost), int64(l.Qty), int64(l.Rate),
			int64(l.Sum), int64(l.VAT), l.Reason, bit(l.Restock))
	})
	if err != nil {
		return err
	}
	err = insertRefunds.insert(x.Tx, len(r.Refunds), func(i int, to []any) []any {
		f := &r.Refunds[i]
		return append(to, n, f.No, string(f.Sale), string(f.Of), f.Certificate, string(f.Method), int64(f.Amount), f.Points,
			string(f.Customer), string(f.Debt))
	})
	if err != nil {
		return err
	}
	return insertReturnPoints.insert(x.Tx, len(r.Points), func(i int, to []any) []any {
		m := &r.Points[i]
		return append(to, n, i, string(m.Lot), string(m.Sale), string(m.Customer), m.Points, string(m.Fresh), ms(m.Expires))
	})
}

func (x *tx) oneReturn(text string, args ...any) (*pos.Return, error) {
	r := &returnRow{}
	ok, err := x.Row(text, args, r.dest()...)
	if err := found(ok, err, "return.missing"); err != nil {
		return nil, err
	}
	if err := x.fillReturn(r); err != nil {
		return nil, err
	}
	return &r.Return, nil
}

// fillReturn reads a return's lines, refunds and points.
func (x *tx) fillReturn(r *returnRow) error {
	err := x.Each(sqlReturnLines, []any{r.n}, func(rows *sql.Rows) error {
		var l pos.ReturnLine
		err := rows.Scan(&l.No, &l.Origin, &l.Product, &l.SKU, &l.Name, &l.Unit, &l.Price, &l.Cost, &l.Qty, &l.Rate, &l.Sum, &l.VAT,
			&l.Reason, &l.Restock)
		r.Lines = append(r.Lines, l)
		return err
	})
	if err != nil {
		return err
	}
	if r.Refunds, err = x.refunds(sqlRefunds, r.n); err != nil {
		return err
	}
	r.Points, err = x.pointsMoves(sqlReturnPoints, r.n)
	return err
}

func (x *tx) refunds(text string, key any) (out []pos.Refund, err error) {
	err = x.Each(text, []any{key}, func(rows *sql.Rows) error {
		var f pos.Refund
		err := rows.Scan(&f.No, &f.Sale, &f.Of, &f.Certificate, &f.Method, &f.Amount, &f.Points, &f.Customer, &f.Debt)
		out = append(out, f)
		return err
	})
	return out, err
}

func (x *tx) pointsMoves(text string, key any) (out []pos.PointsMove, err error) {
	err = x.Each(text, []any{key}, func(rows *sql.Rows) error {
		var m pos.PointsMove
		err := rows.Scan(&m.Lot, &m.Sale, &m.Customer, &m.Points, &m.Fresh, at(&m.Expires))
		out = append(out, m)
		return err
	})
	return out, err
}

func (x *tx) Return(id pos.ReturnID) (*pos.Return, error) { return x.oneReturn(sqlReturn, string(id)) }

// ReturnByNumber looks in the current epoch.
func (x *tx) ReturnByNumber(n int64) (*pos.Return, error) {
	epoch, err := x.epoch()
	if err != nil {
		return nil, err
	}
	return x.oneReturn(sqlReturnByN, epoch<<epochShift|n)
}

func (x *tx) ExchangedFor(sale pos.SaleID) (*pos.Return, error) {
	return x.oneReturn(sqlExchangedFor, string(sale))
}

func (x *tx) eachReturn(text string, args []any, fn func(*pos.Return) error) error {
	return x.Each(text, args, func(rows *sql.Rows) error {
		r := &returnRow{}
		if err := rows.Scan(r.dest()...); err != nil {
			return err
		}
		if err := x.fillReturn(r); err != nil {
			return err
		}
		return fn(&r.Return)
	})
}

func (x *tx) ReturnsOf(sale pos.SaleID) (out []pos.Return, err error) {
	err = x.eachReturn(sqlReturnsOf, []any{string(sale)}, func(r *pos.Return) error {
		out = append(out, *r)
		return nil
	})
	return out, err
}

func (x *tx) EachReturn(fn func(*pos.Return) error) error {
	return x.eachReturn(sqlEachReturn, nil, fn)
}

// ListReturns counts before in the current epoch, like ListSales.
func (x *tx) ListReturns(shift pos.ShiftID, before int64, limit int) ([]pos.Return, error) {
	bound, err := x.before(before)
	if err != nil {
		return nil, err
	}
	text, args := sqlListReturns, []any{bound, limit}
	if shift != "" {
		text, args = sqlShiftReturns, []any{string(shift), bound, limit}
	}
	var out []pos.Return
	err = x.Each(text, args, func(rows *sql.Rows) error {
		var r returnRow
		err := rows.Scan(r.dest()...)
		out = append(out, r.Return)
		return err
	})
	return out, err
}

func (x *tx) RefundsOf(sale pos.SaleID) ([]pos.Refund, error) {
	return x.refunds(sqlRefundsOf, string(sale))
}

func (x *tx) PointsOf(sale pos.SaleID) ([]pos.PointsMove, error) {
	return x.pointsMoves(sqlPointsOf, string(sale))
}
