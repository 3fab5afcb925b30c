package local

import (
	"database/sql"
	"slices"
	"time"

	"kassa/pos"
)

// How customers, their points, their debts and what they did are kept.
const (
	customerColumns = `id, name, coalesce(phone, ''), phone_confirmed, email, coalesce(card, ''), language, grp,
		credit_limit, created_at, phone_changed_at, birthday, note, phone_held_until, archived, merged_into, erased_at, seal`
	sqlCustomer        = `SELECT ` + customerColumns + ` FROM customers WHERE id = ?`
	sqlCustomerByPhone = `SELECT ` + customerColumns + ` FROM customers WHERE phone = ?`
	sqlCustomerByCard  = `SELECT ` + customerColumns + ` FROM customers WHERE card = ?`
	sqlListCustomers   = `SELECT ` + customerColumns + ` FROM customers WHERE (folded, id) > (?, ?) ORDER BY folded, id LIMIT ?`
	sqlEachCustomer    = `SELECT ` + customerColumns + ` FROM customers ORDER BY folded, id`

	sqlCustomerRow    = `SELECT n, folded FROM customers WHERE id = ?`
	sqlPhoneOwner     = `SELECT id, name FROM customers WHERE phone = ?`
	sqlCardOwner      = `SELECT id, name FROM customers WHERE card = ?`
	sqlInsertCustomer = `INSERT INTO customers (id, name, folded, phone, phone_tail, phone_confirmed, email, card, language, grp,
		credit_limit, created_at, phone_changed_at, birthday, note, phone_held_until, archived, merged_into, erased_at, seal)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING n`
	sqlUpdateCustomer = `UPDATE customers SET name = ?, folded = ?, phone = ?, phone_tail = ?, phone_confirmed = ?, email = ?,
		card = ?, language = ?, grp = ?, credit_limit = ?, created_at = ?, phone_changed_at = ?,
		birthday = ?, note = ?, phone_held_until = ?, archived = ?, merged_into = ?, erased_at = ?, seal = ? WHERE n = ?`
	sqlUnindexCustomerFragments = `DELETE FROM customer_fragments WHERE rowid = ?`
	sqlUnindexCustomerWords     = `DELETE FROM customer_words WHERE rowid = ?`
	sqlIndexCustomerFragments   = `INSERT INTO customer_fragments (rowid, folded) VALUES (?, ?)`
	sqlIndexCustomerWords       = `INSERT INTO customer_words (rowid, folded) VALUES (?, ?)`

	lotColumns = `id, customer, sale, points, left, at, active_from, expires, from_return, origin`
	sqlLots    = `SELECT ` + lotColumns + ` FROM lots WHERE customer = ? AND left > 0
		ORDER BY expires IS NULL, expires, at, id`
	sqlEachLot = `SELECT ` + lotColumns + ` FROM lots ORDER BY id`
	sqlPutLot  = `INSERT INTO lots (` + lotColumns + `) VALUES (?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET points = excluded.points, left = excluded.left, at = excluded.at,
		active_from = excluded.active_from, expires = excluded.expires`
	sqlEachLotMove = `SELECT lot, sale, points FROM lot_moves ORDER BY n`

	debtColumns = `id, customer, sale, number, amount, left, at, due, origin`
	sqlDebts    = `SELECT ` + debtColumns + ` FROM debts WHERE customer = ? AND left > 0 ORDER BY at, id`
	sqlEachDebt = `SELECT ` + debtColumns + ` FROM debts ORDER BY id`
	sqlPutDebt  = `INSERT INTO debts (` + debtColumns + `) VALUES (?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET number = excluded.number, amount = excluded.amount, left = excluded.left,
		at = excluded.at, due = excluded.due`

	repaymentColumns = `n, id, customer, shift, employee, method, amount, at`
	sqlPutRepayment  = `INSERT INTO repayments (id, customer, shift, employee, method, amount, at) VALUES (?,?,?,?,?,?,?) RETURNING n`
	sqlEachRepayment = `SELECT ` + repaymentColumns + ` FROM repayments ORDER BY n`
	sqlParts         = `SELECT debt, amount FROM repayment_parts WHERE repayment = ? ORDER BY place`

	sqlHistorySales = `SELECT id, number, at, total, points_spent, points_earned, debt_added FROM sales
		WHERE customer = ? AND customer <> '' ORDER BY n DESC LIMIT ?`
	sqlHistoryRepayments = `SELECT at, amount FROM repayments WHERE customer = ? ORDER BY n DESC LIMIT ?`
	sqlHistoryDebts      = `SELECT at, amount FROM debts WHERE customer = ? AND sale = '' LIMIT ?`
	sqlHistoryReturns    = `SELECT sale, number, at, total, points_taken, points_restored,
		-coalesce((SELECT sum(amount) FROM return_refunds f WHERE f.return = returns.n AND f.method = 'credit'), 0)
		FROM returns WHERE customer = ? AND customer <> '' ORDER BY n DESC LIMIT ?`
	sqlHistoryLots = `SELECT at, points FROM lots WHERE customer = ? AND sale = '' LIMIT ?`
)

var (
	insertLotMoves = insertRows(`lot_moves (lot, sale, points, at)`, 4, ``)
	insertParts    = insertRows(`repayment_parts (repayment, place, debt, amount)`, 4, ``)
)

func customerDest(c *pos.Customer, mark *[]byte) []any {
	return []any{&c.ID, &c.Name, &c.Phone, &c.PhoneConfirmed, &c.Email, &c.Card, &c.Language, &c.Group,
		&c.CreditLimit, at(&c.CreatedAt), at(&c.PhoneChangedAt), &c.Birthday, &c.Note, at(&c.PhoneHeldUntil),
		&c.Archived, &c.MergedInto, at(&c.ErasedAt), mark}
}

// customerSealed is what a customer's seal covers: to whom a code goes, when it
// may, and what may be spent.
func customerSealed(c *pos.Customer) []any {
	return []any{null(c.Phone), bit(c.PhoneConfirmed), null(c.Card), string(c.Group), int64(c.CreditLimit),
		ms(c.PhoneChangedAt), ms(c.PhoneHeldUntil), bit(c.Archived), string(c.MergedInto), ms(c.ErasedAt)}
}

// readCustomer says of a customer just read how its seal is.
func (x *tx) readCustomer(c *pos.Customer, mark []byte) {
	c.Seal = x.read(mark, pos.SealCustomer, string(c.ID), customerSealed(c)...)
}

func (x *tx) oneCustomer(text string, key string) (*pos.Customer, error) {
	c := &pos.Customer{}
	var mark []byte
	ok, err := x.Row(text, []any{key}, customerDest(c, &mark)...)
	if err := found(ok, err, "customer.unknown"); err != nil {
		return nil, err
	}
	x.readCustomer(c, mark)
	return c, nil
}

func (x *tx) eachCustomer(text string, args []any, fn func(*pos.Customer) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		c := &pos.Customer{}
		var mark []byte
		if err := r.Scan(customerDest(c, &mark)...); err != nil {
			return err
		}
		x.readCustomer(c, mark)
		return fn(c)
	})
}

func (x *tx) customers(text string, args ...any) (out []pos.Customer, err error) {
	err = x.eachCustomer(text, args, func(c *pos.Customer) error {
		out = append(out, *c)
		return nil
	})
	return out, err
}

func (x *tx) Customer(id pos.CustomerID) (*pos.Customer, error) {
	if x.kept.customer == nil || x.kept.customer.ID != id {
		c, err := x.oneCustomer(sqlCustomer, string(id))
		if err != nil {
			return nil, err
		}
		x.kept.customer = c
	}
	return another(x.kept.customer), nil
}

func (x *tx) CustomerByPhone(e164 string) (*pos.Customer, error) {
	return x.oneCustomer(sqlCustomerByPhone, e164)
}

func (x *tx) CustomerByCard(card string) (*pos.Customer, error) {
	return x.oneCustomer(sqlCustomerByCard, card)
}

func (x *tx) ListCustomers(afterName string, afterID pos.CustomerID, limit int) ([]pos.Customer, error) {
	return x.customers(sqlListCustomers, pos.Fold(afterName), string(afterID), limit)
}

func (x *tx) EachCustomer(fn func(*pos.Customer) error) error {
	return x.eachCustomer(sqlEachCustomer, nil, fn)
}

func (x *tx) PutCustomer(c *pos.Customer) error {
	x.kept.customer = nil
	if err := x.customerTaken(c); err != nil {
		return err
	}
	var n int64
	var was string
	there, err := x.Row(sqlCustomerRow, []any{string(c.ID)}, &n, &was)
	if err != nil {
		return err
	}
	mark, err := x.standing(pos.SealCustomer, string(c.ID))
	if err != nil {
		return err
	}
	if mark, err = x.reseal(mark, pos.SealCustomer, string(c.ID), customerSealed(c)...); err != nil {
		return err
	}
	folded := pos.Fold(c.Name)
	values := []any{c.Name, folded, null(c.Phone), null(reversedDigits(c.Phone)), bit(c.PhoneConfirmed), c.Email, null(c.Card),
		c.Language, string(c.Group), int64(c.CreditLimit), ms(c.CreatedAt), ms(c.PhoneChangedAt), c.Birthday, c.Note,
		ms(c.PhoneHeldUntil), bit(c.Archived), string(c.MergedInto), ms(c.ErasedAt), mark}
	if there {
		_, err = x.Exec(sqlUpdateCustomer, append(values, n)...)
	} else {
		_, err = x.ExecRow(sqlInsertCustomer, append([]any{string(c.ID)}, values...), &n)
	}
	if err != nil || (there && was == folded) {
		return err
	}
	if there {
		if err := x.execBoth(sqlUnindexCustomerFragments, sqlUnindexCustomerWords, n); err != nil {
			return err
		}
	}
	if c.ErasedAt.IsZero() { // nobody is found by a name that is gone
		if err := x.execBoth(sqlIndexCustomerFragments, sqlIndexCustomerWords, n, folded); err != nil {
			return err
		}
		if err := x.learn(&customersWords, folded); err != nil {
			return err
		}
	}
	return x.unlearn(&customersWords, was)
}

// customerTaken tells whose the phone or the card is when it is another's.
func (x *tx) customerTaken(c *pos.Customer) error {
	for _, k := range []struct{ text, value, id, arg string }{
		{sqlPhoneOwner, c.Phone, "customer.phone-taken", "Phone"},
		{sqlCardOwner, c.Card, "customer.card-taken", "Card"},
	} {
		if k.value == "" {
			continue
		}
		var id pos.CustomerID
		var name string
		ok, err := x.Row(k.text, []any{k.value}, &id, &name)
		if err != nil {
			return err
		}
		if ok && id != c.ID {
			return pos.E(pos.CodeConflict, k.id, pos.Args{"Name": name})
		}
	}
	return nil
}

func lotDest(l *pos.Lot) []any {
	return []any{&l.ID, &l.Customer, &l.Sale, &l.Points, &l.Left, at(&l.At), at(&l.ActiveFrom), at(&l.Expires), &l.Return, &l.Origin}
}

func (x *tx) eachLot(text string, args []any, fn func(*pos.Lot) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		l := &pos.Lot{}
		if err := r.Scan(lotDest(l)...); err != nil {
			return err
		}
		return fn(l)
	})
}

func (x *tx) Lots(id pos.CustomerID) (out []pos.Lot, err error) {
	err = x.eachLot(sqlLots, []any{string(id)}, func(l *pos.Lot) error {
		out = append(out, *l)
		return nil
	})
	return out, err
}

func (x *tx) EachLot(fn func(*pos.Lot) error) error { return x.eachLot(sqlEachLot, nil, fn) }

func (x *tx) PutLot(l *pos.Lot) error {
	_, err := x.Exec(sqlPutLot, string(l.ID), string(l.Customer), string(l.Sale), l.Points, l.Left, ms(l.At), ms(l.ActiveFrom), ms(l.Expires), string(l.Return),
		string(l.Origin))
	return err
}

func (x *tx) PutLotMoves(moves []pos.LotMove, when time.Time) error {
	return insertLotMoves.insert(x.Tx, len(moves), func(i int, to []any) []any {
		return append(to, string(moves[i].Lot), string(moves[i].Sale), moves[i].Points, ms(when))
	})
}

func (x *tx) EachLotMove(fn func(*pos.LotMove) error) error {
	return x.Each(sqlEachLotMove, nil, func(r *sql.Rows) error {
		m := &pos.LotMove{}
		if err := r.Scan(&m.Lot, &m.Sale, &m.Points); err != nil {
			return err
		}
		return fn(m)
	})
}

func debtDest(d *pos.Debt) []any {
	return []any{&d.ID, &d.Customer, &d.Sale, &d.Number, &d.Amount, &d.Left, at(&d.At), at(&d.Due), &d.Origin}
}

func (x *tx) eachDebt(text string, args []any, fn func(*pos.Debt) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		d := &pos.Debt{}
		if err := r.Scan(debtDest(d)...); err != nil {
			return err
		}
		return fn(d)
	})
}

func (x *tx) Debts(id pos.CustomerID) (out []pos.Debt, err error) {
	err = x.eachDebt(sqlDebts, []any{string(id)}, func(d *pos.Debt) error {
		out = append(out, *d)
		return nil
	})
	return out, err
}

func (x *tx) EachDebt(fn func(*pos.Debt) error) error { return x.eachDebt(sqlEachDebt, nil, fn) }

func (x *tx) PutDebt(d *pos.Debt) error {
	_, err := x.Exec(sqlPutDebt, string(d.ID), string(d.Customer), string(d.Sale), d.Number, int64(d.Amount), int64(d.Left), ms(d.At), ms(d.Due),
		string(d.Origin))
	return err
}

func (x *tx) PutRepayment(r *pos.Repayment) error {
	var n int64
	_, err := x.ExecRow(sqlPutRepayment, []any{string(r.ID), string(r.Customer), string(r.Shift), string(r.Employee),
		string(r.Method), int64(r.Amount), ms(r.At)}, &n)
	if err != nil {
		return err
	}
	return insertParts.insert(x.Tx, len(r.Parts), func(i int, to []any) []any {
		return append(to, n, i, string(r.Parts[i].Debt), int64(r.Parts[i].Amount))
	})
}

func (x *tx) EachRepayment(fn func(*pos.Repayment) error) error {
	return x.Each(sqlEachRepayment, nil, func(rows *sql.Rows) error {
		r, n := &pos.Repayment{}, int64(0)
		if err := rows.Scan(&n, &r.ID, &r.Customer, &r.Shift, &r.Employee, &r.Method, &r.Amount, at(&r.At)); err != nil {
			return err
		}
		err := x.Each(sqlParts, []any{n}, func(rows *sql.Rows) error {
			var p pos.RepaymentPart
			if err := rows.Scan(&p.Debt, &p.Amount); err != nil {
				return err
			}
			r.Parts = append(r.Parts, p)
			return nil
		})
		if err != nil {
			return err
		}
		return fn(r)
	})
}

func (x *tx) History(id pos.CustomerID, limit int) ([]pos.HistoryItem, error) {
	merged, err := x.MergedCards(id)
	if err != nil {
		return nil, err
	}
	whose := []pos.CustomerID{id}
	for i := range merged {
		whose = append(whose, merged[i].ID)
	}
	var out []pos.HistoryItem
	for _, id := range whose {
		of, err := x.historyOf(id, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, of...)
	}
	slices.SortStableFunc(out, func(a, b pos.HistoryItem) int { return b.At.Compare(a.At) })
	return out[:min(len(out), max(limit, 0))], nil
}

// historyOf is what happened under one card.
func (x *tx) historyOf(id pos.CustomerID, limit int) ([]pos.HistoryItem, error) {
	var out []pos.HistoryItem
	read := func(text string, kind pos.HistoryKind, dest func(*pos.HistoryItem) []any) error {
		return x.Each(text, []any{string(id), limit}, func(r *sql.Rows) error {
			h := pos.HistoryItem{Kind: kind}
			if err := r.Scan(dest(&h)...); err != nil {
				return err
			}
			out = append(out, h)
			return nil
		})
	}
	for _, err := range []error{
		read(sqlHistorySales, pos.HistorySale, func(h *pos.HistoryItem) []any {
			return []any{&h.Sale, &h.Number, at(&h.At), &h.Amount, &h.PointsSpent, &h.PointsEarned, &h.DebtAdded}
		}),
		read(sqlHistoryReturns, pos.HistoryReturn, func(h *pos.HistoryItem) []any {
			return []any{&h.Sale, &h.Number, at(&h.At), &h.Amount, &h.PointsSpent, &h.PointsEarned, &h.DebtAdded}
		}),
		read(sqlHistoryRepayments, pos.HistoryRepayment, func(h *pos.HistoryItem) []any { return []any{at(&h.At), &h.Amount} }),
		read(sqlHistoryDebts, pos.HistoryOpening, func(h *pos.HistoryItem) []any { return []any{at(&h.At), &h.DebtAdded} }),
		read(sqlHistoryLots, pos.HistoryOpening, func(h *pos.HistoryItem) []any { return []any{at(&h.At), &h.PointsEarned} }),
	} {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
