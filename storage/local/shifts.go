package local

import (
	"database/sql"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/money"
)

// How shifts and the cash in their drawer are kept.
const (
	shiftColumns = `id, number, opened_at, opened_by, float, closed_at, closed_by, expected, counted`
	sqlOpenShift = `SELECT ` + shiftColumns + ` FROM shifts WHERE closed_at IS NULL`
	sqlShift     = `SELECT ` + shiftColumns + ` FROM shifts WHERE id = ?`
	sqlLastShift = `SELECT ` + shiftColumns + ` FROM shifts ORDER BY number DESC LIMIT 1`
	sqlShifts    = `SELECT ` + shiftColumns + ` FROM shifts ORDER BY number DESC LIMIT ?`
	sqlEachShift = `SELECT ` + shiftColumns + ` FROM shifts ORDER BY number`
	sqlTopShift  = `SELECT coalesce(max(number), 0) + 1 FROM shifts`
	sqlPutShift  = `INSERT INTO shifts (` + shiftColumns + `) VALUES (?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET opened_at = excluded.opened_at, opened_by = excluded.opened_by, float = excluded.float,
		closed_at = excluded.closed_at, closed_by = excluded.closed_by, expected = excluded.expected, counted = excluded.counted`

	cashColumns  = `id, shift, employee, amount, reason, at`
	sqlPutCash   = `INSERT INTO cash_moves (` + cashColumns + `) VALUES (?,?,?,?,?,?)`
	sqlEachCash  = `SELECT ` + cashColumns + ` FROM cash_moves ORDER BY n`
	sqlShiftHead = `SELECT count(*), coalesce(sum(gross), 0), coalesce(sum(discount), 0), coalesce(sum(total), 0),
		coalesce(sum(vat), 0), coalesce(sum(points_spent), 0), coalesce(sum(points_earned), 0), coalesce(sum(debt_added), 0),
		coalesce(sum(change), 0) FROM sales WHERE shift = ?`
	sqlShiftTenders = `SELECT t.method, sum(t.amount) FROM sales s CROSS JOIN sale_tenders t ON ` + tendersOfS + ` WHERE s.shift = ? GROUP BY t.method`
	sqlShiftPrepaid = `SELECT coalesce(sum(l.sum), 0) FROM sales s CROSS JOIN sale_lines l ON ` + linesOfS + `
		WHERE s.shift = ? AND l.certificate <> '' AND l.removed = 0`
	sqlShiftRepaid = `SELECT method, sum(amount) FROM repayments WHERE shift = ? GROUP BY method`
	sqlShiftCash   = `SELECT coalesce(sum(amount) FILTER (WHERE amount > 0), 0), coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)
		FROM cash_moves WHERE shift = ?`
	sqlShiftReturned = `SELECT count(*), coalesce(sum(total), 0), coalesce(sum(vat), 0), coalesce(sum(points_restored), 0),
		coalesce(sum(points_taken), 0) FROM returns WHERE shift = ?`
	sqlShiftRefunds   = `SELECT f.method, sum(f.amount) FROM returns r JOIN return_refunds f ON f.return = r.n WHERE r.shift = ? GROUP BY f.method`
	sqlShiftCorrected = `SELECT method, sum(amount) FROM (
		SELECT to_method AS method, amount FROM corrections WHERE shift = ?1
		UNION ALL SELECT from_method, -amount FROM corrections WHERE shift = ?1) GROUP BY method`
	sqlShiftCounts = `SELECT
		(SELECT count(*) FROM sales s CROSS JOIN sale_lines l ON ` + linesOfS + ` WHERE s.shift = ?1 AND l.removed = 1) +
		(SELECT count(*) FROM cheques c JOIN cheque_lines l ON l.cheque = c.n
			WHERE c.state = 'cancelled' AND c.shift = ?1 AND l.removed = 1),
		(SELECT count(*) FROM cheques WHERE state = 'cancelled' AND shift = ?1),
		(SELECT count(*) FROM sales s JOIN overrides o ON o.sale = s.id WHERE s.shift = ?1)`
)

func shiftDest(s *pos.Shift) []any {
	return []any{&s.ID, &s.Number, at(&s.OpenedAt), &s.OpenedBy, &s.Float, at(&s.ClosedAt), &s.ClosedBy, &s.Expected, &s.Counted}
}

func (x *tx) oneShift(unknown, text string, args ...any) (*pos.Shift, error) {
	s := &pos.Shift{}
	ok, err := x.Row(text, args, shiftDest(s)...)
	if err := found(ok, err, unknown); err != nil {
		return nil, err
	}
	return s, nil
}

func (x *tx) eachShift(text string, args []any, fn func(*pos.Shift) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		s := &pos.Shift{}
		if err := r.Scan(shiftDest(s)...); err != nil {
			return err
		}
		return fn(s)
	})
}

func (x *tx) OpenShift() (*pos.Shift, error) {
	if x.kept.shift == nil {
		s, err := x.oneShift("shift.closed", sqlOpenShift)
		if err != nil {
			return nil, err
		}
		x.kept.shift = s
	}
	s := *x.kept.shift
	return &s, nil
}

func (x *tx) Shift(id pos.ShiftID) (*pos.Shift, error) {
	return x.oneShift("shift.missing", sqlShift, string(id))
}

func (x *tx) LastShift() (*pos.Shift, error) { return x.oneShift("shift.missing", sqlLastShift) }

func (x *tx) ListShifts(limit int) (out []pos.Shift, err error) {
	err = x.eachShift(sqlShifts, []any{limit}, func(s *pos.Shift) error {
		out = append(out, *s)
		return nil
	})
	return out, err
}

func (x *tx) EachShift(fn func(*pos.Shift) error) error { return x.eachShift(sqlEachShift, nil, fn) }

func (x *tx) NextShiftNumber() (n int64, err error) {
	if _, err = x.Row(sqlTopShift, nil, &n); err != nil {
		return 0, err
	}
	return x.notBelowNow(n, history.Shifts)
}

func (x *tx) PutShift(s *pos.Shift) error {
	x.kept.shift = nil
	x.gave(history.Shifts, 0, s.Number)
	_, err := x.Exec(sqlPutShift, string(s.ID), s.Number, ms(s.OpenedAt), string(s.OpenedBy), int64(s.Float), ms(s.ClosedAt),
		string(s.ClosedBy), int64(s.Expected), int64(s.Counted))
	return err
}

func (x *tx) PutCashMove(m *pos.CashMove) error {
	_, err := x.Exec(sqlPutCash, string(m.ID), string(m.Shift), string(m.Employee), int64(m.Amount), m.Reason, ms(m.At))
	return err
}

func (x *tx) EachCashMove(fn func(*pos.CashMove) error) error {
	return x.Each(sqlEachCash, nil, func(r *sql.Rows) error {
		m := &pos.CashMove{}
		if err := r.Scan(&m.ID, &m.Shift, &m.Employee, &m.Amount, &m.Reason, at(&m.At)); err != nil {
			return err
		}
		return fn(m)
	})
}

func (x *tx) ShiftTotals(id pos.ShiftID) (*pos.ShiftReport, error) {
	r := &pos.ShiftReport{}
	key := []any{string(id)}
	var change money.Amount
	if _, err := x.Row(sqlShiftHead, key, &r.Sales, &r.Gross, &r.Discount, &r.Total, &r.VAT,
		&r.Points.Spent, &r.Points.Earned, &r.DebtAdded, &change); err != nil {
		return nil, err
	}
	var err error
	if r.ByTender, err = x.sums(sqlShiftTenders, key); err != nil {
		return nil, err
	}
	if change != 0 {
		r.ByTender[pos.ChangeMethod] = r.ByTender[pos.ChangeMethod].Sub(change)
	}
	if _, err := x.Row(sqlShiftPrepaid, key, &r.Prepaid); err != nil {
		return nil, err
	}
	if r.Repaid, err = x.sums(sqlShiftRepaid, key); err != nil {
		return nil, err
	}
	if _, err := x.Row(sqlShiftReturned, key, &r.Returns.Count, &r.Returns.Total, &r.Returns.VAT,
		&r.Returns.Points.Restored, &r.Returns.Points.Taken); err != nil {
		return nil, err
	}
	if r.Returns.ByMethod, err = x.sums(sqlShiftRefunds, key); err != nil {
		return nil, err
	}
	if r.Corrected, err = x.sums(sqlShiftCorrected, key); err != nil {
		return nil, err
	}
	if _, err := x.Row(sqlShiftCash, key, &r.CashIn, &r.CashOut); err != nil {
		return nil, err
	}
	_, err = x.Row(sqlShiftCounts, key, &r.Removed, &r.Cancelled, &r.Skips)
	return r, err
}

func (x *tx) sums(text string, key []any) (map[pos.Method]money.Amount, error) {
	out := map[pos.Method]money.Amount{}
	err := x.Each(text, key, func(r *sql.Rows) error {
		var m pos.Method
		var sum money.Amount
		err := r.Scan(&m, &sum)
		out[m] = sum
		return err
	})
	return out, err
}
