package local

import (
	"database/sql"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/store"
)

// What a return asks of its sale: its points, its debt, what was put right in it;
// and how a sale is found again.
const (
	sqlSpentIn  = `SELECT lot, sale, points FROM lot_moves WHERE sale = ? ORDER BY n`
	sqlLot      = `SELECT ` + lotColumns + ` FROM lots WHERE id = ?`
	sqlDebtOf   = `SELECT ` + debtColumns + ` FROM debts WHERE sale = ? AND sale <> ''`
	sqlDebt     = `SELECT ` + debtColumns + ` FROM debts WHERE id = ?`
	sqlRepaidOf = `SELECT r.method, sum(p.amount) FROM repayment_parts p JOIN repayments r ON r.n = p.repayment
		WHERE p.debt = ? GROUP BY r.method`

	correctionColumns = `id, sale, sale_number, shift, employee, from_method, to_method, amount, reason, at`
	sqlPutCorrection  = `INSERT INTO corrections (` + correctionColumns + `) VALUES (?,?,?,?,?,?,?,?,?,?)`
	sqlCorrectionsOf  = `SELECT ` + correctionColumns + ` FROM corrections WHERE sale = ? ORDER BY n`
	sqlCorrections    = `SELECT ` + correctionColumns + ` FROM corrections ORDER BY n`
	// Documents are corrected soon after they were made: the newest entries
	// are read first, and an index that every sale pays for is not worth it.
	sqlEntryOf = `SELECT n FROM entries WHERE doc = ? ORDER BY n DESC LIMIT 1`
)

func (x *tx) SpentIn(sale pos.SaleID) (out []pos.LotMove, err error) {
	err = x.Each(sqlSpentIn, []any{string(sale)}, func(r *sql.Rows) error {
		var m pos.LotMove
		err := r.Scan(&m.Lot, &m.Sale, &m.Points)
		if m.Points < 0 {
			out = append(out, m)
		}
		return err
	})
	return out, err
}

func (x *tx) Lot(id pos.LotID) (*pos.Lot, error) {
	l := &pos.Lot{}
	ok, err := x.Row(sqlLot, []any{string(id)}, lotDest(l)...)
	if err := found(ok, err, "points.lot-missing"); err != nil {
		return nil, err
	}
	return l, nil
}

func (x *tx) oneDebt(text string, key string) (*pos.Debt, error) {
	d := &pos.Debt{}
	ok, err := x.Row(text, []any{key}, debtDest(d)...)
	if err := found(ok, err, "debt.missing"); err != nil {
		return nil, err
	}
	return d, nil
}

func (x *tx) DebtOf(sale pos.SaleID) (*pos.Debt, error) { return x.oneDebt(sqlDebtOf, string(sale)) }

func (x *tx) Debt(id pos.DebtID) (*pos.Debt, error) { return x.oneDebt(sqlDebt, string(id)) }

func (x *tx) RepaidOf(id pos.DebtID) (map[pos.Method]money.Amount, error) {
	return x.sums(sqlRepaidOf, []any{string(id)})
}

// SearchSales looks by what narrows most: the number, the customer, or the shifts
// that were open in the time asked for. There is no index by time that every
// sale would have to keep.
func (x *tx) SearchSales(q store.SaleQuery, limit int) ([]pos.Sale, error) {
	var where []string
	var args []any
	narrow := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	if q.Number > 0 {
		epoch, err := x.epoch()
		if err != nil {
			return nil, err
		}
		var rows []string
		for ; epoch >= 0; epoch-- {
			rows, args = append(rows, "?"), append(args, epoch<<epochShift|q.Number)
		}
		narrow("n IN (" + strings.Join(rows, ",") + ")")
	}
	if q.Customer != "" {
		narrow("customer = ? AND customer <> ''", string(q.Customer))
	}
	if !q.From.IsZero() || !q.To.IsZero() {
		from, to := int64(-1<<62), int64(1)<<62
		if !q.From.IsZero() {
			from = q.From.UnixMilli()
		}
		if !q.To.IsZero() {
			to = q.To.UnixMilli()
		}
		narrow(`shift IN (SELECT id FROM shifts WHERE opened_at < ? AND (closed_at IS NULL OR closed_at >= ?))
			AND at >= ? AND at < ?`, to, from, from, to)
	}
	if q.Product != "" {
		narrow(`EXISTS (SELECT 1 FROM sale_lines l WHERE `+linesOfS+` AND l.product = ? AND l.removed = 0)`, string(q.Product))
	}
	if q.Total != 0 {
		narrow(`total = ?`, int64(q.Total))
	}
	text := `SELECT ` + saleColumns + ` FROM sales s`
	order := "n"
	if len(where) > 0 {
		text += ` WHERE ` + strings.Join(where, ` AND `)
		order = "+n" // what was narrowed down is sorted, not the whole table walked
	}
	var out []pos.Sale
	err := x.Each(text+` ORDER BY `+order+` DESC LIMIT ?`, append(args, limit), func(r *sql.Rows) error {
		var s saleRow
		err := r.Scan(s.dest()...)
		out = append(out, s.Sale)
		return err
	})
	return out, err
}

func (x *tx) PutCorrection(c *pos.Correction) error {
	_, err := x.Exec(sqlPutCorrection, string(c.ID), string(c.Sale), c.SaleNo, string(c.Shift), string(c.Employee), string(c.From),
		string(c.To), int64(c.Amount), c.Reason, ms(c.At))
	return err
}

func (x *tx) corrections(text string, args []any, fn func(*pos.Correction) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		c := &pos.Correction{}
		if err := r.Scan(&c.ID, &c.Sale, &c.SaleNo, &c.Shift, &c.Employee, &c.From, &c.To, &c.Amount, &c.Reason, at(&c.At)); err != nil {
			return err
		}
		return fn(c)
	})
}

func (x *tx) CorrectionsOf(sale pos.SaleID) (out []pos.Correction, err error) {
	err = x.corrections(sqlCorrectionsOf, []any{string(sale)}, func(c *pos.Correction) error {
		out = append(out, *c)
		return nil
	})
	return out, err
}

func (x *tx) EachCorrection(fn func(*pos.Correction) error) error {
	return x.corrections(sqlCorrections, nil, fn)
}

func (x *tx) EntryOf(doc string) (n int64, err error) {
	ok, err := x.Row(sqlEntryOf, []any{doc}, &n)
	return n, found(ok, err, "ledger.entry-missing")
}
