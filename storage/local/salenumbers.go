package local

import (
	"strconv"

	"kassa/pos/history"
)

// The numbers of sales: gapless in each epoch of the till, and none that an
// earlier epoch gave where the epoch says with which it begins.

// epoch is the till's current one: as set, else that of the newest sale.
func (x *tx) epoch() (int64, error) {
	text, err := x.Meta("epoch")
	if err != nil {
		return 0, err
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	if k := x.kept.number; k != nil && k.n > 0 {
		return k.epoch, nil
	}
	var n int64
	_, err = x.Row(sqlTopSale, []any{int64(1)<<62 - 1}, &n)
	return n >> epochShift, err
}

// NextSaleNumber is one more than the newest of the current epoch.
func (x *tx) NextSaleNumber() (int64, error) {
	epoch, err := x.epoch()
	if err != nil {
		return 0, err
	}
	if k := x.kept.number; k == nil || k.epoch != epoch {
		n, err := x.newest(sqlTopSale, epoch)
		if err != nil {
			return 0, err
		}
		next, err := x.notBelow(n+1, epoch, history.Sales)
		if err != nil {
			return 0, err
		}
		x.kept.number = &numbered{epoch, next - 1}
	}
	return x.kept.number.n + 1, nil
}

// nextNumber is one more than the newest of the current epoch in a series, and
// never below the number the epoch begins with.
func (x *tx) nextNumber(top string, series history.Series) (int64, error) {
	epoch, err := x.epoch()
	if err != nil {
		return 0, err
	}
	n, err := x.newest(top, epoch)
	if err != nil {
		return 0, err
	}
	return x.notBelow(n+1, epoch, series)
}

// newest is the highest number of an epoch in a series, 0 for none.
func (x *tx) newest(top string, epoch int64) (n int64, err error) {
	_, err = x.Row(top, []any{(epoch + 1) << epochShift}, &n)
	if n>>epochShift != epoch {
		return 0, err // the newest is of an epoch before
	}
	return n & (1<<epochShift - 1), err
}
