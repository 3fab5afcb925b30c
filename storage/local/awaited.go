package local

import (
	"database/sql"

	"kassa/pos"
	"kassa/pos/manual"
)

// How manual payments are kept that are to pay a sale.
const (
	awaitedColumns = `id, sale, merchant, account, currency, amount, total, customer, asked_at, asked_by, state, price, price_in, reason, expired,
		decided_at, taken, loose, told`
	sqlAwaited     = `SELECT ` + awaitedColumns + ` FROM awaited WHERE id = ?`
	sqlAwaitedOf   = `SELECT ` + awaitedColumns + ` FROM awaited WHERE sale = ? ORDER BY asked_at, id`
	sqlUntold      = `SELECT ` + awaitedColumns + ` FROM awaited WHERE told = 0 AND state <> 'open' ORDER BY decided_at, id`
	sqlEachAwaited = `SELECT ` + awaitedColumns + ` FROM awaited ORDER BY id`
	sqlPutAwaited  = `INSERT INTO awaited (` + awaitedColumns + `) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET amount = excluded.amount, total = excluded.total, customer = excluded.customer, state = excluded.state,
		price = excluded.price, price_in = excluded.price_in, reason = excluded.reason, expired = excluded.expired,
		decided_at = excluded.decided_at, taken = excluded.taken, loose = excluded.loose, told = excluded.told`
)

func awaitedDest(w *manual.Awaited) []any {
	return []any{&w.Order, &w.Sale, &w.Merchant, &w.Account, &w.Currency, &w.Amount, &w.Total, &w.Customer, at(&w.Asked), &w.By, &w.State, &w.Price, &w.In,
		&w.Reason, &w.Expired, at(&w.Decided), &w.Taken, &w.Loose, &w.Told}
}

func (x *tx) Awaited(order string) (*manual.Awaited, error) {
	w := &manual.Awaited{}
	ok, err := x.Row(sqlAwaited, []any{order}, awaitedDest(w)...)
	if err := found(ok, err, "manual.order-unknown"); err != nil {
		return nil, err
	}
	return w, nil
}

func (x *tx) AwaitedOf(sale pos.SaleID) (all []manual.Awaited, err error) {
	err = x.eachAwaited(sqlAwaitedOf, []any{string(sale)}, func(w *manual.Awaited) error { all = append(all, *w); return nil })
	return all, err
}

func (x *tx) UntoldAwaited() (all []manual.Awaited, err error) {
	err = x.eachAwaited(sqlUntold, nil, func(w *manual.Awaited) error { all = append(all, *w); return nil })
	return all, err
}

func (x *tx) EachAwaited(fn func(*manual.Awaited) error) error {
	return x.eachAwaited(sqlEachAwaited, nil, fn)
}

func (x *tx) eachAwaited(text string, args []any, fn func(*manual.Awaited) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		w := &manual.Awaited{}
		if err := r.Scan(awaitedDest(w)...); err != nil {
			return err
		}
		return fn(w)
	})
}

func (x *tx) PutAwaited(w *manual.Awaited) error {
	_, err := x.Exec(sqlPutAwaited, w.Order, string(w.Sale), w.Merchant, w.Account, string(w.Currency), int64(w.Amount), int64(w.Total), string(w.Customer),
		ms(w.Asked), string(w.By), string(w.State), int64(w.Price), string(w.In), w.Reason, bit(w.Expired), ms(w.Decided), bit(w.Taken), bit(w.Loose), bit(w.Told))
	return err
}
