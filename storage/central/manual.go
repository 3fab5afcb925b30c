package central

import (
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// Merchants and offers of manual payments. The image is read of one alone.
const (
	merchantColumns = `id, version, name, description, hint, commission, fee, fee_in, account, transacted, currencies, archived`

	sqlAddMerchant = `INSERT INTO manual_merchants (` + merchantColumns + `, image)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`
	sqlSaveMerchant = `UPDATE manual_merchants SET version = $2, name = $3, description = $4, hint = $5, commission = $6, fee = $7, fee_in = $8,
		account = $9, transacted = $10, currencies = $11, archived = $12, image = $13 WHERE id = $1 AND version = $14`
	sqlMerchant  = `SELECT ` + merchantColumns + `, image FROM manual_merchants WHERE id = $1`
	sqlMerchants = `SELECT ` + merchantColumns + ` FROM manual_merchants ORDER BY name, id`

	payableColumns = `id, version, kind, product, text, price, currency, merchants, wait_days, archived`
	sqlAddOffer    = `INSERT INTO manual_offers (` + payableColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`
	sqlSaveOffer   = `UPDATE manual_offers SET version = $2, kind = $3, product = $4, text = $5, price = $6, currency = $7, merchants = $8, wait_days = $9,
		archived = $10 WHERE id = $1 AND version = $11`
	sqlOffer  = `SELECT ` + payableColumns + ` FROM manual_offers WHERE id = $1`
	sqlOffers = `SELECT ` + payableColumns + ` FROM manual_offers ORDER BY text, id`
)

// put stores what was read with a version, or what is new.
func (x *tx) put(add, save string, was int64, args ...any) (bool, error) {
	text := add
	if was > 0 {
		text, args = save, append(args, was)
	}
	n, err := x.exec(text, args...)
	return n == 1, err
}

func (x *tx) PutMerchant(m *manual.Merchant, was int64) (bool, error) {
	m.Version = was + 1
	codes := make([]string, len(m.Currencies))
	for i, c := range m.Currencies {
		codes[i] = string(c)
	}
	image := m.Image
	if image == nil {
		image = []byte{}
	}
	return x.put(sqlAddMerchant, sqlSaveMerchant, was, m.ID, m.Version, m.Name, m.Description, m.Hint, int64(m.Commission), int64(m.Fee), string(m.FeeCurrency),
		string(m.Account), string(m.Transaction), strings.Join(codes, " "), bit(m.Archived), image)
}

// merchantScan reads a merchant whose currencies are one text.
type merchantScan struct {
	manual.Merchant
	codes    string
	archived int64
}

func (s *merchantScan) dest() []any {
	return []any{&s.ID, &s.Version, &s.Name, &s.Description, &s.Hint, &s.Commission, &s.Fee, &s.FeeCurrency, &s.Account, &s.Transaction, &s.codes, &s.archived}
}

func (s *merchantScan) merchant() manual.Merchant {
	m := s.Merchant
	for _, c := range strings.Fields(s.codes) {
		m.Currencies = append(m.Currencies, money.Currency(c))
	}
	m.Archived = s.archived != 0
	if len(m.Image) == 0 {
		m.Image = nil
	}
	return m
}

func (x *tx) Merchant(id string) (*manual.Merchant, error) {
	var s merchantScan
	ok, err := x.row(sqlMerchant, []any{id}, append(s.dest(), &s.Image)...)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, pos.E(pos.CodeNotFound, "manual.merchant-unknown", nil)
	}
	m := s.merchant()
	return &m, nil
}

func (x *tx) Merchants() (all []manual.Merchant, err error) {
	err = x.each(sqlMerchants, nil, func(r *sql.Rows) error {
		var s merchantScan
		err := r.Scan(s.dest()...)
		all = append(all, s.merchant())
		return err
	})
	return all, err
}

func (x *tx) PutOffer(o *manual.Offer, was int64) (bool, error) {
	o.Version = was + 1
	return x.put(sqlAddOffer, sqlSaveOffer, was, o.ID, o.Version, string(o.Kind), o.Product, o.Text, int64(o.Price), string(o.Currency),
		strings.Join(o.Merchants, " "), int64(o.Window), bit(o.Archived))
}

func scanOffer(scan func(...any) error) (manual.Offer, error) {
	var o manual.Offer
	var merchants string
	var archived int64
	err := scan(&o.ID, &o.Version, &o.Kind, &o.Product, &o.Text, &o.Price, &o.Currency, &merchants, &o.Window, &archived)
	o.Merchants, o.Archived = strings.Fields(merchants), archived != 0
	return o, err
}

func (x *tx) Offer(id string) (*manual.Offer, error) {
	var found bool
	o, err := scanOffer(func(dest ...any) (err error) {
		found, err = x.row(sqlOffer, []any{id}, dest...)
		return err
	})
	if err == nil && !found {
		err = pos.E(pos.CodeNotFound, "manual.offer-unknown", nil)
	}
	if err != nil {
		return nil, err
	}
	return &o, nil
}

func (x *tx) Offers() (all []manual.Offer, err error) {
	err = x.each(sqlOffers, nil, func(r *sql.Rows) error {
		o, err := scanOffer(r.Scan)
		all = append(all, o)
		return err
	})
	return all, err
}

// bit is how a yes is stored.
func bit(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// Orders of manual payments: what is searched and checked has columns, all of it
// is the body.
const (
	orderColumns = `id, version, state, merchant, customer, offer, price, currency, confirmed, refunded, pending, created, deadline, body`

	sqlAddOrder = `INSERT INTO manual_orders (` + orderColumns + `, timed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1) ON CONFLICT DO NOTHING`
	sqlSaveOrder = `UPDATE manual_orders SET version = $2, state = $3, confirmed = $4, refunded = $5, pending = $6, body = $7
		WHERE id = $1 AND version = $8`
	sqlOrder   = `SELECT body FROM manual_orders WHERE id = $1`
	sqlOverdue = `SELECT id FROM manual_orders WHERE state = 'open' AND deadline <= $1 ORDER BY deadline, id LIMIT $2`
	sqlUntimed = `SELECT body FROM manual_orders WHERE state = 'open' AND timed = 0 ORDER BY id LIMIT $1`
	sqlTimed   = `UPDATE manual_orders SET timed = 1 WHERE id = $1 AND timed = 0`

	sqlAddOrderEvent = `INSERT INTO manual_events (order_id, n, at, kind, body) VALUES ($1, $2, $3, $4, $5)`
	sqlOrderEvents   = `SELECT body FROM manual_events WHERE order_id = $1 ORDER BY n`

	sqlPutRefund = `INSERT INTO manual_refunds (id, order_id, amount, state, asked, body) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`
	sqlRefund  = `SELECT body FROM manual_refunds WHERE id = $1`
	sqlRefunds = `SELECT body FROM manual_refunds WHERE order_id = $1 ORDER BY asked, id`
)

func (x *tx) AddOrder(o *manual.Order) (bool, error) {
	body, err := json.Marshal(o)
	if err != nil {
		return false, err
	}
	n, err := x.exec(sqlAddOrder, o.ID, o.Version, string(o.State), o.Merchant, o.Customer, o.Offer, int64(o.Requested.Price), string(o.Requested.Currency),
		confirmed(o), int64(o.Refunded), int64(o.Pending), ms(o.Created), ms(o.Deadline), body)
	return n == 1, err
}

func confirmed(o *manual.Order) int64 {
	if o.Confirmed == nil {
		return 0
	}
	return int64(o.Confirmed.Price)
}

func (x *tx) SaveOrder(o *manual.Order, was int64) (bool, error) {
	body, err := json.Marshal(o)
	if err != nil {
		return false, err
	}
	n, err := x.exec(sqlSaveOrder, o.ID, o.Version, string(o.State), confirmed(o), int64(o.Refunded), int64(o.Pending), body, was)
	return n == 1, err
}

func (x *tx) Order(id string) (*manual.Order, error) {
	return one[manual.Order](x, sqlOrder, id, "manual.order-unknown")
}

func (x *tx) OrderAlone(id string) (*manual.Order, error) {
	return one[manual.Order](x, sqlOrder+x.alone, id, "manual.order-unknown")
}

// one reads a body by an id.
func one[T any](x *tx, text, id, unknown string) (*T, error) {
	var body []byte
	ok, err := x.row(text, []any{id}, &body)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, pos.E(pos.CodeNotFound, unknown, nil)
	}
	v := new(T)
	return v, json.Unmarshal(body, v)
}

// bodies reads all bodies of a statement.
func bodies[T any](x *tx, text string, args ...any) (all []T, err error) {
	err = x.each(text, args, func(r *sql.Rows) error {
		var body []byte
		var v T
		if err := r.Scan(&body); err != nil {
			return err
		}
		err := json.Unmarshal(body, &v)
		all = append(all, v)
		return err
	})
	return all, err
}

// choose writes the condition of a filter: constant pieces alone, values apart.
func choose(f *store.OrderFilter) (where string, args []any) {
	and := func(text string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			text = strings.Replace(text, "?", "$"+strconv.Itoa(len(args)), 1)
		}
		where += " AND " + text
	}
	if f.State != "" {
		and("state = ?", string(f.State))
	}
	if f.Merchant != "" {
		and("merchant = ?", f.Merchant)
	}
	if f.Customer != "" {
		cards := []any{f.Customer}
		for _, card := range f.Also {
			cards = append(cards, card)
		}
		and("customer IN (?"+strings.Repeat(", ?", len(f.Also))+")", cards...)
	}
	if f.Currency != "" {
		and("currency = ?", string(f.Currency))
	}
	if !f.From.IsZero() {
		and("created >= ?", ms(f.From))
	}
	if !f.To.IsZero() {
		and("created < ?", ms(f.To))
	}
	if f.AfterID != "" {
		and("(created < ? OR created = ? AND id < ?)", ms(f.After), ms(f.After), f.AfterID)
	}
	return " WHERE 1 = 1" + where, args
}

func (x *tx) Orders(f store.OrderFilter) ([]manual.Order, error) {
	where, args := choose(&f)
	args = append(args, f.Limit)
	return bodies[manual.Order](x, "SELECT body FROM manual_orders"+where+" ORDER BY created DESC, id DESC LIMIT $"+strconv.Itoa(len(args)), args...)
}

func (x *tx) CountOrders(f store.OrderFilter) (map[manual.State]int64, error) {
	where, args := choose(&f)
	counts := map[manual.State]int64{}
	err := x.each("SELECT state, COUNT(*) FROM manual_orders"+where+" GROUP BY state", args, func(r *sql.Rows) error {
		var s manual.State
		var n int64
		err := r.Scan(&s, &n)
		counts[s] = n
		return err
	})
	return counts, err
}

func (x *tx) Overdue(now time.Time, limit int) (ids []string, err error) {
	err = x.each(sqlOverdue, []any{ms(now), limit}, func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return slices.Clip(ids), err
}

func (x *tx) Untimed(limit int) ([]manual.Order, error) {
	return bodies[manual.Order](x, sqlUntimed, limit)
}

func (x *tx) SetTimed(id string) (bool, error) {
	n, err := x.exec(sqlTimed, id)
	return n == 1, err
}

func (x *tx) AddOrderEvent(order string, e *manual.Event) error {
	body, err := json.Marshal(e)
	if err == nil {
		_, err = x.exec(sqlAddOrderEvent, order, e.N, ms(e.At), string(e.Kind), body)
	}
	return err
}

func (x *tx) OrderEvents(order string) ([]manual.Event, error) {
	return bodies[manual.Event](x, sqlOrderEvents, order)
}

func (x *tx) PutRefund(f *manual.Refund) error {
	body, err := json.Marshal(f)
	if err == nil {
		_, err = x.exec(sqlPutRefund, f.ID, f.Order, int64(f.Amount), string(f.State), ms(f.Asked), body)
	}
	return err
}

func (x *tx) Refund(id string) (*manual.Refund, error) {
	return one[manual.Refund](x, sqlRefund, id, "manual.refund-unknown")
}

func (x *tx) Refunds(order string) ([]manual.Refund, error) {
	return bodies[manual.Refund](x, sqlRefunds, order)
}
