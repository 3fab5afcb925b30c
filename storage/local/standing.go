package local

import (
	"database/sql"
	"maps"
	"slices"
	"strconv"

	"kassa/pos"
	"kassa/pos/history"
)

// How far the history has come, and with which numbers an epoch begins.

const (
	sqlTopOfShifts  = `SELECT coalesce(max(number), 0) FROM shifts`
	sqlPutFirst     = `INSERT INTO epochs (epoch, series, first) VALUES (?,?,?)`
	sqlFirstNumber  = `SELECT first FROM epochs WHERE epoch = ? AND series = ?`
	sqlFirstNumbers = `SELECT epoch, series, first FROM epochs ORDER BY epoch, series`
	sqlTopFirst     = `SELECT series, max(first) FROM epochs WHERE series > ? GROUP BY series ORDER BY series LIMIT 1`
	sqlHasTable     = `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?`
)

// rowReader reads at most one row and reports whether there was one.
type rowReader func(text string, args []any, dest ...any) (bool, error)

// highest reads the newest number of an epoch in a series of documents whose row
// is their epoch and number, and the highest in any epoch.
func highest(row rowReader, top string, epoch int64) (newest, most int64, err error) {
	for bound := int64(1)<<62 - 1; ; {
		var n int64
		ok, err := row(top, []any{bound}, &n)
		if err != nil || !ok {
			return newest, most, err
		}
		number := n & (1<<epochShift - 1)
		if n>>epochShift == epoch {
			newest = number
		}
		most = max(most, number)
		bound = n >> epochShift << epochShift
	}
}

// numbers reads into s which document numbers were given. has tells whether
// there is a table: an older copy may lack some.
func numbers(row rowReader, has func(table string) (bool, error), s *history.Standing) error {
	s.Most = history.Numbers{}
	read := func(table string, one func() error) error {
		if ok, err := has(table); err != nil || !ok {
			return err
		}
		return one()
	}
	var n int64
	err := read("sales", func() (err error) {
		s.Sale, n, err = highest(row, sqlTopSale, s.Epoch)
		s.Most.Raise(history.Sales, n)
		return err
	})
	if err != nil {
		return err
	}
	err = read("returns", func() (err error) {
		s.Return, n, err = highest(row, sqlTopReturn, s.Epoch)
		s.Most.Raise(history.Returns, n)
		return err
	})
	if err != nil {
		return err
	}
	err = read("shifts", func() error {
		_, err := row(sqlTopOfShifts, nil, &n)
		s.Most.Raise(history.Shifts, n)
		return err
	})
	if err != nil {
		return err
	}
	err = read("stock_docs", func() error {
		for _, k := range pos.StockKinds {
			n = 0
			if _, err := row(sqlTopStockNumber, []any{string(k)}, &n); err != nil {
				return err
			}
			s.Most.Raise(history.Stock(k), n)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return read("epochs", func() error { return skipped(row, s.Most) })
}

// skipped raises numbers to those an epoch began above: a document that is lost
// had them, and in an epoch that has none of its kind yet nothing else tells.
func skipped(row rowReader, most history.Numbers) error {
	for last := ""; ; {
		var series string
		var first int64
		ok, err := row(sqlTopFirst, []any{last}, &series, &first)
		if err != nil || !ok {
			return err
		}
		most.Raise(history.Series(series), first-1)
		last = series
	}
}

// Standing is how far the history has come. Within a change it is kept from one
// to the next, see kept.
func (x *tx) Standing() (history.Standing, error) {
	if x.kept.standing == nil {
		s := &history.Standing{}
		var err error
		if s.Epoch, err = x.epochInForce(); err != nil {
			return history.Standing{}, err
		}
		if err := numbers(x.Row, func(string) (bool, error) { return true, nil }, s); err != nil {
			return history.Standing{}, err
		}
		if s.Seals, err = x.sealCounts(); err != nil {
			return history.Standing{}, err
		}
		x.kept.standing = s
	}
	s := x.kept.standing
	var err error
	if s.Origin == "" {
		if s.Origin, err = x.Origin(); err != nil {
			return history.Standing{}, err
		}
	}
	if s.Entries, s.Journal, err = x.LedgerHead(); err != nil {
		return history.Standing{}, err
	}
	if s.Events, s.Head, err = x.AuditHead(); err != nil {
		return history.Standing{}, err
	}
	told := *s
	told.Most = maps.Clone(s.Most)
	if told.Seals = s.Seals.With(x.reached); len(told.Seals) == 0 {
		told.Seals = nil
	}
	return told, nil
}

// epochInForce is the epoch documents are numbered in; a shop that never stored
// one is in its first.
func (x *tx) epochInForce() (int64, error) {
	n, err := x.epoch()
	return max(n, 1), err
}

// gave says that a document got its number: what is kept of the standing follows.
func (x *tx) gave(series history.Series, epoch, number int64) {
	s := x.kept.standing
	if s == nil || number <= 0 {
		return
	}
	s.Most.Raise(series, number)
	if epoch != s.Epoch {
		return
	}
	switch series {
	case history.Sales:
		s.Sale = max(s.Sale, number)
	case history.Returns:
		s.Return = max(s.Return, number)
	}
}

// BeginEpoch begins a run of numbers that go on above those given.
func (x *tx) BeginEpoch(epoch int64, most history.Numbers) error {
	x.kept.standing, x.kept.number = nil, nil
	if err := x.PutMeta("epoch", strconv.FormatInt(epoch, 10)); err != nil {
		return err
	}
	for _, series := range slices.Sorted(maps.Keys(most)) {
		if most[series] <= 0 {
			continue
		}
		if _, err := x.Exec(sqlPutFirst, epoch, string(series), most[series]+1); err != nil {
			return err
		}
	}
	return nil
}

// FirstNumbers are the numbers with which each epoch begins; what is not there
// begins with 1.
func (x *tx) FirstNumbers() (map[int64]history.Numbers, error) {
	all := map[int64]history.Numbers{}
	err := x.Each(sqlFirstNumbers, nil, func(r *sql.Rows) error {
		var epoch, first int64
		var series history.Series
		if err := r.Scan(&epoch, &series, &first); err != nil {
			return err
		}
		if all[epoch] == nil {
			all[epoch] = history.Numbers{}
		}
		all[epoch][series] = first
		return nil
	})
	return all, err
}

// notBelow is a number that is at least the first of its series in the epoch.
func (x *tx) notBelow(n, epoch int64, series history.Series) (int64, error) {
	var first int64
	_, err := x.Row(sqlFirstNumber, []any{epoch, string(series)}, &first)
	return max(n, first), err
}

// notBelowNow is notBelow in the epoch in force.
func (x *tx) notBelowNow(n int64, series history.Series) (int64, error) {
	epoch, err := x.epochInForce()
	if err != nil {
		return 0, err
	}
	return x.notBelow(n, epoch, series)
}
