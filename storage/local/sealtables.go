package local

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/seal"
	"kassa/pos/till/store"
)

// This file looks through the seals of whole tables, and seals them anew. What a
// seal covers is told here by the columns and beside each Put by the fields; a
// test holds the two together.

// sealedTable is a table whose records carry a seal.
type sealedTable struct {
	kind       pos.SealKind
	table, key string
	name       string // expression of what a person calls the record
	fields     []sealedColumn

	small bool // of which a shop has a handful

	all, page, one, put string // statements
}

// sealedColumn is one field a seal covers: a permanent word, and the column.
type sealedColumn struct{ word, column string }

var sealedTables = []sealedTable{
	tableOfSeals(pos.SealCustomer, "customers", "id", "name", []sealedColumn{{"phone", "phone"}, {"phone_confirmed", "phone_confirmed"}, {"card", "card"},
		{"group", "grp"}, {"credit_limit", "credit_limit"}, {"phone_changed_at", "phone_changed_at"}, {"phone_held_until", "phone_held_until"},
		{"archived", "archived"}, {"merged_into", "merged_into"}, {"erased_at", "erased_at"}}),
	fewOf(pos.SealCustomerGroup, "customer_groups", "id", "name", []sealedColumn{{"name", "name"}, {"earn_rate", "earn_rate"},
		{"points_share", "max_points_share"}, {"credit_limit", "credit_limit"}, {"due_days", "due_days"}, {"archived", "archived"}}),
	fewOf(pos.SealEmployee, "employees", "id", "name", []sealedColumn{{"name", "name"}, {"group", "grp"}, {"pin", "pin_hash"}, {"pin_tag", "pin_tag"},
		{"archived", "archived"}}),
	fewOf(pos.SealGroup, "groups", "id", "iif(name = '', id, name)", []sealedColumn{{"name", "name"}, {"rights", "rights"}, {"caps", "caps"}}),
	tableOfSeals(pos.SealProduct, "products", "id", "name", []sealedColumn{{"sku", "sku"}, {"name", "name"}, {"unit", "unit"}, {"price", "price"}, {"vat", "vat"},
		{"category", "category"}, {"cost", "cost"}, {"scale_code", "scale_code"},
		{"flags", "weighed | (ask_price << 1) | (no_earn << 2) | (no_points << 3) | (no_offers << 4)"}, {"archived", "archived"},
		{"barcodes", "(SELECT group_concat(code, char(31)) FROM (SELECT code FROM barcodes WHERE product = products.n ORDER BY place))"}}),
	fewOf(pos.SealPromotion, "promotions", "id", "name", []sealedColumn{{"name", "name"}, {"priority", "priority"}, {"on", "active"},
		{"archived", "archived"}, {"rule", "rule"}}),
	tableOfSeals(pos.SealCoupon, "coupons", "number", "number", []sealedColumn{{"promotion", "promotion"}, {"made_at", "made_at"}, {"expires", "expires"}}),
	tableOfSeals(pos.SealCertificate, "certificates", "number", "number", []sealedColumn{{"amount", "amount"}, {"sale", "sale"}, {"issued_at", "issued_at"},
		{"issued_by", "issued_by"}, {"expires", "expires"}, {"state", "state"}, {"reason", "reason"}}),
}

func tableOfSeals(kind pos.SealKind, table, key, name string, fields []sealedColumn) sealedTable {
	columns := make([]string, len(fields))
	for i, f := range fields {
		columns[i] = f.column
	}
	all := `SELECT ` + key + `, ` + name + `, seal, ` + strings.Join(columns, ", ") + ` FROM ` + table
	return sealedTable{kind: kind, table: table, key: key, name: name, fields: fields, all: all,
		page: all + ` WHERE ` + key + ` > ? ORDER BY ` + key + ` LIMIT ?`, one: all + ` WHERE ` + key + ` = ?`,
		put: `UPDATE ` + table + ` SET seal = ? WHERE ` + key + ` = ?`}
}

func fewOf(kind pos.SealKind, table, key, name string, fields []sealedColumn) sealedTable {
	t := tableOfSeals(kind, table, key, name, fields)
	t.small = true
	return t
}

func tableOf(kind pos.SealKind) (*sealedTable, error) {
	for i := range sealedTables {
		if sealedTables[i].kind == kind {
			return &sealedTables[i], nil
		}
	}
	return nil, pos.E(pos.CodeNotFound, "seal.no-record", nil)
}

// sealedRow is a row as its seal sees it.
type sealedRow struct {
	id, name string
	mark     []byte
	values   []any
}

func (t *sealedTable) each(x *tx, text string, args []any, fn func(*sealedRow) error) error {
	row := &sealedRow{values: make([]any, len(t.fields))}
	dest := []any{&row.id, &row.name, &row.mark}
	for i := range row.values {
		dest = append(dest, &row.values[i])
	}
	return x.Each(text, args, func(r *sql.Rows) error {
		if err := r.Scan(dest...); err != nil {
			return err
		}
		return fn(row)
	})
}

// standing is the seal of the record that is about to be replaced, empty where
// there is none. A record whose seal is not whole is not written over, whoever
// asks: it would be sealed as somebody else left it. CodeConflict names it.
func (x *tx) standing(kind pos.SealKind, id string) (mark []byte, err error) {
	if x.store.key.Load() == nil {
		return nil, nil
	}
	t, err := tableOf(kind)
	if err != nil {
		return nil, err
	}
	err = t.each(x, t.one, []any{id}, func(row *sealedRow) error {
		mark = row.mark
		return x.read(row.mark, kind, row.id, row.values...).Guard(kind, row.name)
	})
	return mark, err
}

// record is the row as a person is shown it.
func (t *sealedTable) record(row *sealedRow, is pos.Seal) *seal.Record {
	r := &seal.Record{Kind: t.kind, ID: row.id, Name: row.name, Seal: is}
	for i, f := range t.fields {
		text := ""
		if row.values[i] != nil {
			text = fmt.Sprint(row.values[i])
		}
		switch f.word {
		case "pin_tag":
			continue
		case "pin":
			if text != "" {
				text = "•"
			}
		case "barcodes":
			text = strings.ReplaceAll(text, unitSeparator, " ")
		}
		r.Fields = append(r.Fields, seal.Field{Name: f.word, Value: text})
	}
	return r
}

// Seals looks at every seal and tells fn of those that are not whole; quick
// leaves out goods and customers where there are many. Without a key none is
// looked at.
func (x *tx) Seals(quick bool, fn func(*seal.Record) error) (*seal.Stand, error) {
	key := x.store.key.Load()
	stand := &seal.Stand{Unread: key == nil, Quick: quick}
	if key == nil {
		return stand, nil
	}
	if err := x.flush(); err != nil {
		return nil, err
	}
	whole := int64(0)
	var broken []*seal.Record
	for i := range sealedTables {
		t := &sealedTables[i]
		kept, err := x.storedSum(t.kind)
		if err != nil {
			return nil, err
		}
		if quick && !t.small {
			many, err := x.many(t.kind)
			if err != nil {
				return nil, err
			}
			if many {
				if x.wentBack(t.kind, kept) {
					broken = append(broken, &seal.Record{Kind: t.kind, Seal: pos.SealBroken})
				}
				continue
			}
		}
		var sum seal.Sum
		err = t.each(x, t.all, nil, func(row *sealedRow) error {
			stand.Sealed++
			sum.Add(row.mark)
			is := x.read(row.mark, t.kind, row.id, row.values...)
			if is == pos.SealWhole {
				whole++
			} else if len(broken) < maxBroken {
				broken = append(broken, t.record(row, is))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if x.wentBack(t.kind, kept) || x.store.demanded.Load() && (kept.Sum != sum || len(kept.mark) == 0 && sum.N > 0 || len(kept.mark) > 0 && !x.soundSum(t.kind, kept)) {
			broken = append(broken, &seal.Record{Kind: t.kind, Seal: pos.SealBroken})
		}
	}
	if stand.Foreign = whole == 0 && stand.Sealed > 1; stand.Foreign {
		return stand, nil
	}
	for _, r := range broken {
		if err := fn(r); err != nil {
			return nil, err
		}
	}
	return stand, nil
}

// quickMost is up to how many records of a kind are looked at quickly too: those of
// an ordinary shop, in some ten milliseconds.
const quickMost = 5000

// many reports a kind whose records are too many for a quick look. A number that
// was edited makes none too many.
func (x *tx) many(kind pos.SealKind) (bool, error) {
	kept, err := x.storedSum(kind)
	return err == nil && kept.N > quickMost && x.soundSum(kind, kept), err
}

// maxBroken bounds what is told: nobody reads further.
const maxBroken = 1000

// SealedRecord is a record as its seal sees it, whole or not. An id of "" is the
// number of a kind's records.
func (x *tx) SealedRecord(kind pos.SealKind, id string) (*seal.Record, error) {
	t, err := tableOf(kind)
	if err != nil {
		return nil, err
	}
	if id == "" {
		return &seal.Record{Kind: kind, Seal: pos.SealBroken}, nil
	}
	var found *seal.Record
	err = t.each(x, t.one, []any{id}, func(row *sealedRow) error {
		found = t.record(row, x.read(row.mark, kind, row.id, row.values...))
		return nil
	})
	if err == nil && found == nil {
		err = pos.E(pos.CodeNotFound, "seal.no-record", nil)
	}
	return found, err
}

// SealAgain seals a record as it is stored now, or with an id of "" the number of
// a kind's records.
func (x *tx) SealAgain(kind pos.SealKind, id string) error {
	t, err := tableOf(kind)
	if err != nil || x.store.key.Load() == nil {
		return err
	}
	x.forget()
	if id == "" {
		return x.sumAnew(t)
	}
	var mark []byte
	err = t.each(x, t.one, []any{id}, func(row *sealedRow) error {
		mark, err = x.reseal(row.mark, kind, row.id, row.values...)
		return err
	})
	if err == nil && mark != nil {
		_, err = x.Exec(t.put, mark, id)
	}
	return err
}

// sumAnew counts a kind's seals and seals the sum, whatever it was.
func (x *tx) sumAnew(t *sealedTable) error {
	var sum seal.Sum
	err := t.each(x, t.all, nil, func(row *sealedRow) error {
		sum.Add(row.mark)
		return nil
	})
	if err != nil {
		return err
	}
	was, err := x.storedSum(t.kind)
	if err != nil {
		return err
	}
	delete(x.sealed, t.kind)
	count := x.reached[history.Series(t.kind)]
	if x.soundSum(t.kind, was) {
		count = max(count, seal.Version(was.mark))
	}
	v := sum.Values()
	mark := x.mark(seal.After(count), sumKind, string(t.kind), v...)
	x.counted(t.kind, mark)
	_, err = x.Exec(sqlPutSealSum, string(t.kind), v[0], v[1], v[2], mark)
	return err
}

// forget drops what is kept of sealed records: they are to be read with their
// new seals.
func (x *tx) forget() { *x.kept = kept{era: x.kept.era} }

// sealBatch is how many records one transaction seals.
const sealBatch = 5000

// SealAll seals every record as it is stored now, whatever seal it had, some
// thousands in one transaction. It returns how many there were. Interrupted, it
// is to be begun anew.
func (s *Store) SealAll(ctx context.Context) (n int64, err error) {
	for i := range sealedTables {
		t := &sealedTables[i]
		for after, more := "", true; more; {
			var done int
			err := s.Update(ctx, func(y store.Tx) (err error) {
				x := y.(*tx)
				if after, done, err = x.sealPage(t, after); err != nil || done == sealBatch {
					return err
				}
				return x.sumAnew(t)
			})
			if err != nil {
				return n, err
			}
			n, more = n+int64(done), done == sealBatch
		}
	}
	return n, nil
}

// SealAnew seals every record within the transaction.
func (x *tx) SealAnew() (n int64, err error) {
	for i := range sealedTables {
		t := &sealedTables[i]
		for after, done := "", sealBatch; done == sealBatch; n += int64(done) {
			if after, done, err = x.sealPage(t, after); err != nil {
				return n, err
			}
		}
		if err := x.sumAnew(t); err != nil {
			return n, err
		}
	}
	return n, nil
}

// sealPage seals the records after one, a batch at most, and tells the last.
func (x *tx) sealPage(t *sealedTable, after string) (last string, n int, err error) {
	x.forget()
	if err := x.flush(); err != nil {
		return "", 0, err
	}
	type made struct {
		id   string
		mark []byte
	}
	var all []made
	err = t.each(x, t.page, []any{after, sealBatch}, func(row *sealedRow) error {
		all = append(all, made{row.id, x.mark(row.mark, t.kind, row.id, row.values...)})
		return nil
	})
	if err != nil {
		return "", 0, err
	}
	for _, m := range all {
		if _, err := x.Exec(t.put, m.mark, m.id); err != nil {
			return "", 0, err
		}
		after = m.id
	}
	return after, len(all), nil
}
