package local

// This file reads what came back, for reports.

import (
	"database/sql"
	"errors"
	"time"

	"kassa/pos"
	"kassa/pos/figures"
)

const (
	sqlBackHeads = `SELECT n, epoch, number, employee, sale, at, total, vat, points_back, points_taken, points_withheld
		FROM returns WHERE at >= ? AND at < ? ORDER BY n`
	// Each line with that of the sale, and how much of it had come back before.
	sqlBackLines = `SELECT b.return, b.product, b.qty, b.cost, b.sum, b.vat, coalesce(s.employee, ''), coalesce(l.qty, 0),
		coalesce(l.gross, 0), coalesce(l.own, 0), coalesce(l.share, 0), coalesce(l.offers, ''), coalesce(
			(SELECT sum(x.qty) FROM returns e CROSS JOIN return_lines x ON x.return = e.n
			WHERE e.sale = r.sale AND e.sale <> '' AND e.n < r.n AND x.origin = b.origin), 0)
		FROM returns r CROSS JOIN return_lines b ON b.return = r.n LEFT JOIN sales s ON s.id = r.sale
		LEFT JOIN sale_lines l ON ` + linesOfS + ` AND l.no = b.origin
		WHERE r.at >= ? AND r.at < ? ORDER BY r.n, b.no`
	sqlBackRefunds = `SELECT f.return, f.method, f.amount FROM returns r JOIN return_refunds f ON f.return = r.n WHERE r.at >= ? AND r.at < ? ORDER BY r.n, f.no`

	sqlOfferStays = `SELECT count(*) FROM sales s CROSS JOIN sale_lines l ON ` + linesOfS + ` CROSS JOIN json_each(l.offers) g
		WHERE s.id = ?1 AND l.removed = 0 AND l.offers <> '' AND g.value ->> 'o' = ?2 AND l.qty > coalesce(
			(SELECT sum(x.qty) FROM returns e CROSS JOIN return_lines x ON x.return = e.n
			WHERE e.sale = ?1 AND e.sale <> '' AND e.n <= ?3 AND x.origin = l.no), 0)`

	sqlFindReturns = `SELECT r.id, r.number, r.epoch, r.employee, r.sale, r.sale_number, r.at, r.total FROM returns r
		WHERE r.at >= ?1 AND r.at < ?2
		AND (?3 = '' OR r.employee = ?3)
		AND (?4 = '' OR EXISTS (SELECT 1 FROM sales s WHERE s.id = r.sale AND s.employee = ?4))
		AND (?5 = '' OR EXISTS (SELECT 1 FROM return_lines b WHERE b.return = r.n AND b.product = ?5))
		AND (?6 = '' OR EXISTS (SELECT 1 FROM return_refunds f WHERE f.return = r.n AND f.method = ?6))
		AND (?7 IS NULL OR EXISTS (SELECT 1 FROM return_lines b CROSS JOIN products p ON p.id = b.product
			WHERE b.return = r.n AND p.category = ?7))
		AND (?8 = '' OR EXISTS (SELECT 1 FROM return_lines b CROSS JOIN sales s ON s.id = r.sale CROSS JOIN sale_lines l ON ` + linesOfS + `
			AND l.no = b.origin CROSS JOIN json_each(l.offers) g WHERE b.return = r.n AND l.offers <> '' AND g.value ->> 'o' = ?8))
		ORDER BY r.n DESC`
)

// ReturnedBetween reads returns as SoldAfter reads sales. They are few beside
// the sales: their heads are looked through whole.
func (x *tx) ReturnedBetween(from, to time.Time) ([]figures.Back, error) {
	lo, hi := bounds(from, to)
	var out []figures.Back
	places := map[int64]int{}
	err := x.Each(sqlBackHeads, []any{lo, hi}, func(r *sql.Rows) error {
		var n int64
		var d figures.Back
		err := r.Scan(&n, &d.Epoch, &d.Number, &d.Employee, &d.Sale, at(&d.At), &d.Total, &d.VAT, &d.PointsBack, &d.PointsTaken, &d.PointsWithheld)
		places[n] = len(out)
		out = append(out, d)
		return err
	})
	if err != nil || len(out) == 0 {
		return out, err
	}
	err = x.Each(sqlBackLines, []any{lo, hi}, func(r *sql.Rows) error {
		var n int64
		var l pos.ReturnLine
		var of figures.SoldLine
		var seller, given string
		err := r.Scan(&n, &l.Product, &l.Qty, &l.Cost, &l.Sum, &l.VAT, &seller, &of.Qty, &of.Gross, &of.Own, &of.Spread, &given, &of.Before)
		if err == nil {
			of.Offers, err = offersOf(given)
		}
		d := &out[places[n]]
		d.Seller, d.Lines, d.Sold = seller, append(d.Lines, l), append(d.Sold, of)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = x.Each(sqlBackRefunds, []any{lo, hi}, func(r *sql.Rows) error {
		var n int64
		var f pos.Refund
		err := r.Scan(&n, &f.Method, &f.Amount)
		d := &out[places[n]]
		d.Refunds = append(d.Refunds, f)
		return err
	})
	return out, err
}

func (x *tx) OfferStays(r *figures.Back, offer string) (bool, error) {
	var left int64
	_, err := x.Row(sqlOfferStays, []any{string(r.Sale), offer, r.Epoch<<epochShift | r.Number}, &left)
	return left > 0, err
}

func (x *tx) FindReturns(f figures.Find) ([]pos.Return, error) {
	lo, hi := bounds(f.From, f.To)
	var category any
	if f.Category != nil {
		category = *f.Category
	}
	employee, seller := f.Employee, ""
	if f.Seller {
		employee, seller = "", f.Employee
	}
	var out []pos.Return
	err := x.Each(sqlFindReturns, []any{lo, hi, employee, seller, f.Product, f.Tender, category, f.Offer}, func(rows *sql.Rows) error {
		var r pos.Return
		if err := rows.Scan(&r.ID, &r.Number, &r.Epoch, &r.Employee, &r.Sale, &r.SaleNo, at(&r.At), &r.Total); err != nil {
			return err
		}
		if f.Matches(r.At) {
			out = append(out, r)
		}
		if len(out) >= f.Limit {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}
