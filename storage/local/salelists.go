package local

import (
	"database/sql"
	"sync"

	"kassa/pos"
	"kassa/pos/history"
)

// Sales in lists, and the way from a list to one of them.

// ListSales goes on below a place, or a bare number in the current epoch; the
// sales of earlier epochs follow those of later ones.
func (x *tx) ListSales(shift pos.ShiftID, before int64, limit int) ([]pos.Sale, error) {
	bound, err := x.before(before)
	if err != nil {
		return nil, err
	}
	text, args := sqlListSales, []any{bound, limit}
	if shift != "" {
		text, args = sqlShiftSales, []any{string(shift), bound, limit}
	}
	var out []pos.Sale
	err = x.Each(text, args, func(r *sql.Rows) error {
		var s saleRow
		err := r.Scan(s.dest()...)
		s.Coupons = couponsOf(s.coupons)
		out = append(out, s.Sale)
		if err == nil && x.Era() == 0 { // what a change lists it may have put there itself
			x.store.listed.put(s.ID, s.n)
		}
		return err
	})
	return out, err
}

// before is the row number below which a list goes on that has come down to a
// document's place, or to a bare number in the current epoch; 0 begins with the
// newest.
func (x *tx) before(number int64) (int64, error) {
	switch {
	case number <= 0:
		return 1<<62 - 1, nil
	case history.IsPlace(number):
		return number, nil
	}
	epoch, err := x.epoch()
	return epoch<<epochShift | number, err
}

// listedMost bounds how many sales' rows are known.
const listedMost = 1024

// listed are rows of sales that were shown in a list. A sale that is stored stays
// as it is, so they hold for as long as the store is open.
type listed struct {
	sync.Mutex
	rows map[pos.SaleID]int64
}

func (l *listed) row(id pos.SaleID) (int64, bool) {
	l.Lock()
	defer l.Unlock()
	n, ok := l.rows[id]
	return n, ok
}

func (l *listed) put(id pos.SaleID, n int64) {
	l.Lock()
	defer l.Unlock()
	if l.rows == nil || len(l.rows) >= listedMost {
		l.rows = map[pos.SaleID]int64{}
	}
	l.rows[id] = n
}
