package local

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
)

// How the sums behind the reports are kept and read.
const (
	figureColumns = `sales, lines, qty, gross, own, spread, total, vat, cost, costed, points_spent, points_earned, debt, removed, removed_sum`

	sqlFigureState    = `SELECT row, zone FROM figure_state`
	sqlSetFigureState = `UPDATE figure_state SET row = ?, zone = ? WHERE one = 1`
	sqlEachFigure     = `SELECT dim, day, key, ` + figureColumns + ` FROM figures WHERE dim = ? AND day >= ? AND day <= ? ORDER BY day, key`
	sqlOftenSold      = `SELECT key FROM figures WHERE dim = ? AND day >= ? AND day <= ? AND lines > 0 GROUP BY key ORDER BY sum(lines) DESC, key LIMIT ?`
	sqlAddDay         = `INSERT INTO figure_days (day, first, last) VALUES (?,?,?)
		ON CONFLICT (day) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`
	sqlFigureDays = `SELECT day, first, last FROM figure_days WHERE day >= ? AND day <= ? ORDER BY day DESC`

	sqlSoldHeads = `SELECT epoch, number, employee, at, discount, total, vat, change, points_spent, points_earned, debt_added
		FROM sales WHERE n > ? AND at >= ? AND at < ? ORDER BY n LIMIT ?`
	sqlSoldLines = `SELECT sale, product, price, qty, removed, gross, own, share, sum, vat_sum, cost FROM sale_lines
		WHERE n BETWEEN ? AND ? ORDER BY n`
	sqlSoldTenders = `SELECT sale, method, amount FROM sale_tenders WHERE n BETWEEN ? AND ? ORDER BY n`
	sqlSoldBetween = `SELECT count(*), coalesce(sum(total), 0) FROM sales WHERE n >= ? AND n <= ? AND at >= ? AND at < ?`

	sqlFindSales = `SELECT ` + saleColumns + ` FROM sales s WHERE n >= ?1 AND n <= ?2 AND at >= ?3 AND at < ?4
		AND (?5 = '' OR employee = ?5)
		AND (?6 = '' OR EXISTS (SELECT 1 FROM sale_lines l WHERE ` + linesOfS + ` AND l.product = ?6 AND l.removed = 0))
		AND (?7 = '' OR EXISTS (SELECT 1 FROM sale_tenders t WHERE ` + tendersOfS + ` AND t.method = ?7))
		AND (?8 IS NULL OR EXISTS (SELECT 1 FROM sale_lines l CROSS JOIN products p ON p.id = l.product
			WHERE ` + linesOfS + ` AND l.removed = 0 AND p.category = ?8))
		AND (?9 = '' OR EXISTS (SELECT 1 FROM sale_lines l CROSS JOIN json_each(l.offers) g
			WHERE ` + linesOfS + ` AND l.removed = 0 AND l.offers <> '' AND g.value ->> 'o' = ?9))
		ORDER BY n DESC`
	// The name of the newest sale: max() decides which row the bare column is of.
	sqlGivenBetween = `SELECT g.value ->> 'o', g.value ->> 'n', count(DISTINCT s.n), sum(g.value ->> 's'), max(s.n)
		FROM sales s CROSS JOIN sale_lines l ON ` + linesOfS + ` CROSS JOIN json_each(l.offers) g
		WHERE s.n >= ? AND s.n <= ? AND s.at >= ? AND s.at < ? AND l.removed = 0 AND l.offers <> '' GROUP BY 1`
	sqlProductFacts = `SELECT p.id, p.name, p.sku, p.unit, p.category FROM json_each(?) j CROSS JOIN products p ON p.id = j.value`

	// The words of the index events_watched, so that it is used.
	sqlWatched = `SELECT ` + eventColumns + ` FROM events
		WHERE kind IN ('line.removed', 'line.reduced', 'cheque.cancelled', 'line.price.changed') AND at >= ? AND at < ?
		ORDER BY at DESC, n DESC LIMIT ?`
	sqlLotsLeft      = `SELECT expires, left FROM lots INDEXED BY lots_with_points WHERE left > 0`
	sqlLotsExpiring  = `SELECT coalesce(sum(left), 0) FROM lots INDEXED BY lots_with_points WHERE left > 0 AND expires >= ? AND expires < ?`
	sqlAllOpenDebts  = `SELECT ` + debtColumns + ` FROM debts INDEXED BY debts_open WHERE left > 0 ORDER BY due, id`
	sqlCodesBetween  = `SELECT operation, channel, provider, state, sends, wrong, sale, override <> '' FROM challenges WHERE created_at >= ? AND created_at < ? ORDER BY n`
	sqlShiftsBetween = `SELECT ` + shiftColumns + ` FROM shifts WHERE opened_at >= ? AND opened_at < ? ORDER BY number DESC`
)

// sqlClearFigures empties the tables; without a WHERE the engine drops their
// pages at once.
var sqlClearFigures = []string{`DELETE FROM figures`, `DELETE FROM figure_days`, `UPDATE figure_state SET row = 0, zone = ''`}

var addFigures = insertRows(`figures (dim, day, key, `+figureColumns+`)`, 18, `ON CONFLICT (dim, day, key) DO UPDATE SET
	sales = sales + excluded.sales, lines = lines + excluded.lines, qty = qty + excluded.qty, gross = gross + excluded.gross,
	own = own + excluded.own, spread = spread + excluded.spread, total = total + excluded.total, vat = vat + excluded.vat,
	cost = cost + excluded.cost, costed = costed + excluded.costed, points_spent = points_spent + excluded.points_spent,
	points_earned = points_earned + excluded.points_earned, debt = debt + excluded.debt, removed = removed + excluded.removed,
	removed_sum = removed_sum + excluded.removed_sum`)

func (x *tx) FiguresState() (s figures.State, err error) {
	_, err = x.Row(sqlFigureState, nil, &s.Row, &s.Zone)
	return s, err
}

func (x *tx) AddFigures(t *figures.Tally, now figures.State) error {
	places := make([]figures.Place, 0, len(t.Cells))
	for p := range t.Cells {
		places = append(places, p)
	}
	// In the order of the key: neighbours share pages.
	slices.SortFunc(places, figures.Place.Compare)
	err := addFigures.insert(x.Tx, len(places), func(i int, to []any) []any {
		p := places[i]
		to = append(to, int64(p.Dim), int64(p.Day), p.Key)
		for _, v := range t.Cells[p].Figures() {
			to = append(to, *v)
		}
		return to
	})
	if err != nil {
		return err
	}
	for d, r := range t.Days {
		if _, err := x.Exec(sqlAddDay, int64(d), r.First, r.Last); err != nil {
			return err
		}
	}
	_, err = x.Exec(sqlSetFigureState, now.Row, now.Zone)
	return err
}

func (x *tx) ClearFigures() error {
	for _, text := range sqlClearFigures {
		if _, err := x.Exec(text); err != nil {
			return err
		}
	}
	return nil
}

func (x *tx) EachFigure(d figures.Dim, from, to figures.Day, fn func(figures.Place, *figures.Sums) error) error {
	var p figures.Place
	var s figures.Sums
	dest := []any{&p.Dim, &p.Day, &p.Key}
	for _, v := range s.Figures() {
		dest = append(dest, v)
	}
	return x.Each(sqlEachFigure, []any{int64(d), int64(from), int64(to)}, func(r *sql.Rows) error {
		if err := r.Scan(dest...); err != nil {
			return err
		}
		return fn(p, &s)
	})
}

func (x *tx) OftenSold(from, to figures.Day, limit int) (ids []pos.ProductID, err error) {
	err = x.Each(sqlOftenSold, []any{int64(figures.ByProduct), int64(from), int64(to), limit}, func(r *sql.Rows) error {
		var id pos.ProductID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

func (x *tx) FigureDays(from, to figures.Day) (out []figures.DayRows, err error) {
	err = x.Each(sqlFigureDays, []any{int64(from), int64(to)}, func(r *sql.Rows) error {
		var d figures.DayRows
		err := r.Scan(&d.Day, &d.First, &d.Last)
		out = append(out, d)
		return err
	})
	return out, err
}

// bounds are a span of time in milliseconds, open where zero.
func bounds(from, to time.Time) (int64, int64) {
	lo, hi := int64(-1)<<62, int64(1)<<62
	if !from.IsZero() {
		lo = from.UnixMilli()
	}
	if !to.IsZero() {
		hi = to.UnixMilli()
	}
	return lo, hi
}

// SoldAfter reads heads, lines and tenders in three walks side by side, not
// three questions for each sale.
func (x *tx) SoldAfter(row int64, from, to time.Time, limit int) ([]pos.Sale, error) {
	lo, hi := bounds(from, to)
	var out []pos.Sale
	err := x.Each(sqlSoldHeads, []any{row, lo, hi, limit}, func(r *sql.Rows) error {
		var s pos.Sale
		err := r.Scan(&s.Epoch, &s.Number, &s.Employee, at(&s.At), &s.Discount, &s.Total, &s.VAT, &s.Change,
			&s.PointsSpent, &s.PointsEarned, &s.DebtAdded)
		out = append(out, s)
		return err
	})
	if err != nil || len(out) == 0 {
		return out, err
	}
	span := []any{firstPart(figures.RowOf(&out[0])), lastPart(figures.RowOf(&out[len(out)-1]))}
	next := follow(out)
	err = x.Each(sqlSoldLines, span, func(r *sql.Rows) error {
		var n int64
		var l pos.SaleLine
		if err := r.Scan(&n, &l.Product, &l.Price, &l.Qty, &l.Removed, &l.Gross, &l.Own, &l.Share, &l.Sum, &l.LineTotals.VAT, &l.Cost); err != nil {
			return err
		}
		if s := next(n); s != nil {
			s.Lines = append(s.Lines, l)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	next = follow(out)
	err = x.Each(sqlSoldTenders, span, func(r *sql.Rows) error {
		var n int64
		var t pos.SaleTender
		if err := r.Scan(&n, &t.Method, &t.Amount); err != nil {
			return err
		}
		if s := next(n); s != nil {
			s.Tenders = append(s.Tenders, t)
		}
		return nil
	})
	return out, err
}

// follow returns the sale of a row among sales in order, for rows asked in
// order; nil for one that is not among them.
func follow(sales []pos.Sale) func(row int64) *pos.Sale {
	i := 0
	return func(row int64) *pos.Sale {
		for i < len(sales) && figures.RowOf(&sales[i]) < row {
			i++
		}
		if i < len(sales) && figures.RowOf(&sales[i]) == row {
			return &sales[i]
		}
		return nil
	}
}

// topRow is above every row there can be.
const topRow = int64(1)<<62 - 1

// segments are the disjoint ranges of rows a question is about, newest first.
func segments(in []figures.DayRows, after, before int64) []figures.Rows {
	all := []figures.Rows{{First: after + 1, Last: topRow}}
	for _, d := range in {
		all = append(all, d.Rows)
	}
	slices.SortFunc(all, func(a, b figures.Rows) int { return int(min(max(b.Last-a.Last, -1), 1)) })
	var out []figures.Rows
	for _, r := range all {
		if before > 0 {
			r.Last = min(r.Last, before-1)
		}
		if n := len(out); n > 0 && r.Last >= out[n-1].First {
			r.Last = out[n-1].First - 1 // what overlaps is asked once
		}
		if r.First <= r.Last {
			out = append(out, r)
		}
	}
	return out
}

var errEnough = errors.New("enough")

func (x *tx) FindSales(f figures.Find) ([]pos.Sale, error) {
	lo, hi := bounds(f.From, f.To)
	var category any
	if f.Category != nil {
		category = *f.Category
	}
	var out []pos.Sale
	for _, seg := range segments(f.In, f.After, f.Before) {
		args := []any{seg.First, seg.Last, lo, hi, f.Employee, f.Product, f.Tender, category, f.Offer}
		err := x.Each(sqlFindSales, args, func(r *sql.Rows) error {
			var s saleRow
			if err := r.Scan(s.dest()...); err != nil {
				return err
			}
			if f.Matches(s.At) {
				out = append(out, s.Sale)
			}
			if len(out) >= f.Limit {
				return errEnough
			}
			return nil
		})
		if errors.Is(err, errEnough) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (x *tx) SoldBetween(from, to time.Time, in []figures.DayRows, after int64) (count int64, total money.Amount, err error) {
	lo, hi := bounds(from, to)
	for _, seg := range segments(in, after, 0) {
		var n int64
		var sum money.Amount
		if _, err := x.Row(sqlSoldBetween, []any{seg.First, seg.Last, lo, hi}, &n, &sum); err != nil {
			return 0, 0, err
		}
		count, total = count+n, total.Add(sum)
	}
	return count, total, nil
}

// ProductFacts asks for all at once: a question each would cost more than the
// sums of a report.
func (x *tx) ProductFacts(ids []string) (map[string]figures.Product, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]figures.Product, len(ids))
	err = x.Each(sqlProductFacts, []any{string(list)}, func(r *sql.Rows) error {
		var id string
		var p figures.Product
		err := r.Scan(&id, &p.Name, &p.SKU, &p.Unit, &p.Category)
		out[id] = p
		return err
	})
	return out, err
}

func (x *tx) WatchedEvents(from, to time.Time, limit int) (out []pos.Event, err error) {
	lo, hi := bounds(from, to)
	err = x.eachEvent(sqlWatched, []any{lo, hi, limit}, func(e *pos.Event) error {
		out = append(out, *e)
		return nil
	})
	return out, err
}

func (x *tx) LotsByExpiry(from time.Time, zone *time.Location) (map[figures.Day]int64, error) {
	out := map[figures.Day]int64{}
	err := x.Each(sqlLotsLeft, nil, func(r *sql.Rows) error {
		var expires time.Time
		var left int64
		if err := r.Scan(at(&expires), &left); err != nil {
			return err
		}
		switch {
		case expires.IsZero():
			out[0] += left
		case !expires.Before(from):
			out[figures.DayOf(expires, zone).Month()] += left
		}
		return nil
	})
	return out, err
}

func (x *tx) LotsExpiring(from, to time.Time) (n int64, err error) {
	lo, hi := bounds(from, to)
	_, err = x.Row(sqlLotsExpiring, []any{lo, hi}, &n)
	return n, err
}

func (x *tx) OpenDebts() (out []pos.Debt, err error) {
	err = x.eachDebt(sqlAllOpenDebts, nil, func(d *pos.Debt) error {
		out = append(out, *d)
		return nil
	})
	return out, err
}

func (x *tx) CodesBetween(from, to time.Time, fn func(figures.Code) error) error {
	lo, hi := bounds(from, to)
	return x.Each(sqlCodesBetween, []any{lo, hi}, func(r *sql.Rows) error {
		var c figures.Code
		if err := r.Scan(&c.Operation, &c.Channel, &c.Provider, &c.State, &c.Sends, &c.Wrong, &c.Sale, &c.Skipped); err != nil {
			return err
		}
		return fn(c)
	})
}

func (x *tx) ShiftsBetween(from, to time.Time) (out []pos.Shift, err error) {
	lo, hi := bounds(from, to)
	err = x.eachShift(sqlShiftsBetween, []any{lo, hi}, func(s *pos.Shift) error {
		out = append(out, *s)
		return nil
	})
	return out, err
}
