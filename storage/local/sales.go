package local

import (
	"database/sql"
	"time"

	"kassa/pos"
	"kassa/pos/history"
)

// epochShift makes a document's row number of its epoch and number: numbers have
// forty bits. (Those of sales end with thirty, see partNumbers.)
const epochShift = 40

const (
	saleColumns = `n, id, till, epoch, number, shift, employee, customer, at, currency, gross, discount, rounding, total,
		vat, change, points_spent, points_earned, debt_added, debt_due, coupons, terms, terms_group, terms_earn_rate,
		terms_points_share, terms_point_value, terms_credit_limit, terms_group_limit`
	sqlSale         = `SELECT ` + saleColumns + ` FROM sales WHERE id = ?`
	sqlSaleByN      = `SELECT ` + saleColumns + ` FROM sales WHERE n = ?`
	sqlLastSale     = `SELECT ` + saleColumns + ` FROM sales ORDER BY n DESC LIMIT 1`
	sqlListSales    = `SELECT ` + saleColumns + ` FROM sales WHERE n < ? ORDER BY n DESC LIMIT ?`
	sqlShiftSales   = `SELECT ` + saleColumns + ` FROM sales WHERE shift = ? AND n < ? ORDER BY n DESC LIMIT ?`
	sqlEachSale     = `SELECT ` + saleColumns + ` FROM sales WHERE number >= ? ORDER BY n`
	sqlTopSale      = `SELECT n FROM sales WHERE n < ? ORDER BY n DESC LIMIT 1`
	sqlPutSale      = `INSERT INTO sales (` + saleColumns + `) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`
	sqlSaleLines    = `SELECT ` + lineColumns + `, totals_no, gross, own, share, discount, sum, vat_sum FROM sale_lines WHERE n BETWEEN ? AND ? ORDER BY n`
	sqlSaleTenders  = `SELECT ` + tenderColumns + `, override FROM sale_tenders WHERE n BETWEEN ? AND ? ORDER BY n`
	overrideColumns = `challenge, sale, operation, customer, amount, employee, cause, reason, at`
	sqlPutOverride  = `INSERT INTO overrides (` + overrideColumns + `) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (challenge) DO NOTHING`
	sqlOverride     = `SELECT ` + overrideColumns + ` FROM overrides WHERE sale = ? AND challenge = ?`
	sqlOverrides    = `SELECT ` + overrideColumns + ` FROM overrides WHERE at >= ? AND at < ? ORDER BY at, n`
	sqlEachOverride = `SELECT ` + overrideColumns + ` FROM overrides ORDER BY n`
)

var (
	insertSaleLines = insertRows(`sale_lines (n, sale, `+lineColumns+`, totals_no, gross, own, share, discount, sum, vat_sum)`, 28, ``)
	// Of a cheque on which nothing was discounted or removed: what its lines do not
	// say is said once, in the text.
	insertPlainLines = rowsLike("INSERT INTO sale_lines (n, sale, "+lineColumns+", totals_no, gross, own, share, discount, sum, vat_sum) VALUES ",
		"(?,?,?,?,?,?,?,?,?,?,?,?,0,0,?,0,'',?,'',NULL,'',?,?,0,0,0,?,?)", "")
	insertTenders = insertRows(`sale_tenders (n, sale, `+tenderColumns+`, override)`, 10, ``)
)

// saleRow is a sale with its row number.
type saleRow struct {
	pos.Sale
	n       int64
	coupons string
	terms   pos.Terms
}

// termsKept scans whether a sale has its terms.
type termsKept struct{ row *saleRow }

// Scan implements sql.Scanner.
func (t termsKept) Scan(v any) error {
	if v == int64(1) {
		t.row.Terms = &t.row.terms
	}
	return nil
}

func termsArgs(t *pos.Terms) []any {
	if t == nil {
		return []any{0, "", 0, 0, 0, 0, 0}
	}
	return []any{1, string(t.Group), int64(t.EarnRate), int64(t.MaxPointsShare), int64(t.PointValue), int64(t.CreditLimit),
		int64(t.GroupLimit)}
}

func (s *saleRow) dest() []any {
	return []any{&s.n, &s.ID, &s.Till, &s.Epoch, &s.Number, &s.Shift, &s.Employee, &s.Customer, at(&s.At), &s.Currency,
		&s.Gross, &s.Discount, &s.Rounding, &s.Total, &s.VAT, &s.Change, &s.PointsSpent, &s.PointsEarned,
		&s.DebtAdded, at(&s.DebtDue), &s.coupons, termsKept{s}, &s.terms.Group, &s.terms.EarnRate, &s.terms.MaxPointsShare,
		&s.terms.PointValue, &s.terms.CreditLimit, &s.terms.GroupLimit}
}

func (x *tx) PutSale(s *pos.Sale) error {
	known := x.kept.number
	x.kept.number = nil // until it is stored
	if err := x.putSale(s); err != nil {
		return err
	}
	x.gave(history.Sales, s.Epoch, s.Number)
	if known != nil && known.epoch == s.Epoch && s.Number > known.n {
		x.kept.number = &numbered{s.Epoch, s.Number}
	}
	return nil
}

func (x *tx) putSale(s *pos.Sale) error {
	if err := checkParts(s); err != nil {
		return err
	}
	n := s.Epoch<<epochShift | s.Number
	first := firstPart(n)
	_, err := x.Exec(sqlPutSale, append([]any{n, string(s.ID), s.Till, s.Epoch, s.Number, string(s.Shift), string(s.Employee), string(s.Customer),
		ms(s.At), string(s.Currency), int64(s.Gross), int64(s.Discount), int64(s.Rounding), int64(s.Total), int64(s.VAT),
		int64(s.Change), s.PointsSpent, s.PointsEarned, int64(s.DebtAdded), ms(s.DebtDue), couponsText(s.Coupons)},
		termsArgs(s.Terms)...)...)
	if err != nil {
		return err
	}
	if err := x.putSaleLines(n, s.Lines); err != nil {
		return err
	}
	err = insertTenders.insert(x.Tx, len(s.Tenders), func(i int, to []any) []any {
		t := &s.Tenders[i]
		return append(tenderArgs(append(to, first+int64(i), n), &t.Tender), bit(t.Override != nil))
	})
	if err != nil {
		return err
	}
	for i := range s.Tenders {
		if o := s.Tenders[i].Override; o != nil {
			if err := x.PutOverride(o); err != nil {
				return err
			}
		}
	}
	return nil
}

// plainLine reports a line of which only the product and its figures are to tell.
func plainLine(l *pos.SaleLine) bool {
	t := &l.LineTotals
	return l.Line.Discount.IsZero() && !l.Removed && l.Reason == "" && l.Certificate == "" && l.Expires.IsZero() && len(l.Offers) == 0 &&
		t.Own == 0 && t.Share == 0 && t.Discount == 0
}

func (x *tx) putSaleLines(sale int64, lines []pos.SaleLine) error {
	first := firstPart(sale)
	for i := range lines {
		if !plainLine(&lines[i]) {
			return insertSaleLines.insert(x.Tx, len(lines), func(i int, to []any) []any {
				l := &lines[i]
				to = lineArgs(append(to, first+int64(i), sale), &l.Line)
				t := &l.LineTotals
				return append(to, t.No, int64(t.Gross), int64(t.Own), int64(t.Share), int64(t.Discount), int64(t.Sum), int64(t.VAT))
			})
		}
	}
	return insertPlainLines.insert(x.Tx, len(lines), func(i int, to []any) []any {
		l := &lines[i]
		t := &l.LineTotals
		return append(to, first+int64(i), sale, l.Line.No, string(l.Product), l.SKU, l.Name, l.Barcode, l.Unit, int64(l.ListPrice),
			int64(l.Price), int64(l.Qty), int64(l.Line.VAT), flagBits(l.Flags), int64(l.Cost), t.No, int64(t.Gross), int64(t.Sum), int64(t.VAT))
	})
}

func (x *tx) oneSale(text string, args ...any) (*pos.Sale, error) {
	s := &saleRow{}
	ok, err := x.Row(text, args, s.dest()...)
	if err := found(ok, err, "sale.missing"); err != nil {
		return nil, err
	}
	if err := x.fillSale(s); err != nil {
		return nil, err
	}
	return &s.Sale, nil
}

// fillSale reads a sale's lines and tenders.
func (x *tx) fillSale(s *saleRow) error {
	s.Coupons = couponsOf(s.coupons)
	err := x.Each(sqlSaleLines, partsOf(s.n), func(r *sql.Rows) error {
		var l pos.SaleLine
		var p packed
		t := &l.LineTotals
		if err := r.Scan(append(lineDest(&l.Line, &p), &t.No, &t.Gross, &t.Own, &t.Share, &t.Discount, &t.Sum, &t.VAT)...); err != nil {
			return err
		}
		err := p.unpack(&l.Line)
		if t.Offered = l.OfferSum(); l.Removed {
			t.Offered = 0
		}
		s.Lines = append(s.Lines, l)
		return err
	})
	if err != nil {
		return err
	}
	var skipped []int
	err = x.Each(sqlSaleTenders, partsOf(s.n), func(r *sql.Rows) error {
		var t pos.SaleTender
		var override bool
		err := r.Scan(&t.No, &t.Method, &t.Amount, &t.Points, &t.Challenge, &t.Certificate, &t.Order, &override)
		if override {
			skipped = append(skipped, len(s.Tenders))
		}
		s.Tenders = append(s.Tenders, t)
		return err
	})
	if err != nil {
		return err
	}
	for _, i := range skipped {
		o := &pos.Override{}
		ok, err := x.Row(sqlOverride, []any{string(s.ID), string(s.Tenders[i].Challenge)}, overrideDest(o)...)
		if err != nil {
			return err
		}
		if ok {
			s.Tenders[i].Override = o
		}
	}
	return nil
}

// Sale finds one that was listed by its row: the index of ids is as large as the
// history, and at a till a receipt is picked from a list.
func (x *tx) Sale(id pos.SaleID) (*pos.Sale, error) {
	if n, ok := x.store.listed.row(id); ok {
		s, err := x.oneSale(sqlSaleByN, n)
		if err == nil && s.ID == id {
			return s, nil
		}
	}
	return x.oneSale(sqlSale, string(id))
}

// SaleByNumber looks in the current epoch.
func (x *tx) SaleByNumber(n int64) (*pos.Sale, error) {
	epoch, err := x.epoch()
	if err != nil {
		return nil, err
	}
	return x.oneSale(sqlSaleByN, epoch<<epochShift|n)
}

func (x *tx) LastSale() (*pos.Sale, error) { return x.oneSale(sqlLastSale) }

func (x *tx) EachSale(from int64, fn func(*pos.Sale) error) error {
	return x.Each(sqlEachSale, []any{from}, func(r *sql.Rows) error {
		s := &saleRow{}
		if err := r.Scan(s.dest()...); err != nil {
			return err
		}
		if err := x.fillSale(s); err != nil {
			return err
		}
		return fn(&s.Sale)
	})
}

func overrideDest(o *pos.Override) []any {
	return []any{&o.Challenge, &o.Sale, &o.Operation, &o.Customer, &o.Amount, &o.Employee, &o.Cause, &o.Reason, at(&o.At)}
}

// PutOverride stores an override once; the first stays.
func (x *tx) PutOverride(o *pos.Override) error {
	_, err := x.Exec(sqlPutOverride, string(o.Challenge), string(o.Sale), o.Operation, string(o.Customer), int64(o.Amount),
		string(o.Employee), o.Cause, o.Reason, ms(o.At))
	return err
}

func (x *tx) eachOverride(text string, args []any, fn func(*pos.Override) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		o := &pos.Override{}
		if err := r.Scan(overrideDest(o)...); err != nil {
			return err
		}
		return fn(o)
	})
}

func (x *tx) Overrides(from, to time.Time) (out []pos.Override, err error) {
	err = x.eachOverride(sqlOverrides, []any{from.UnixMilli(), to.UnixMilli()}, func(o *pos.Override) error {
		out = append(out, *o)
		return nil
	})
	return out, err
}

func (x *tx) EachOverride(fn func(*pos.Override) error) error {
	return x.eachOverride(sqlEachOverride, nil, fn)
}
