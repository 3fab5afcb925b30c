package local

import (
	"database/sql"
	"strings"

	"kassa/pos/exchange"
	"kassa/pos/till/store"
)

// What is shared at the backend, as it came last.
const (
	mirrorColumns = `kind, id, version, body, came, past, state, customer, made`

	sqlPutMirrored   = `INSERT OR REPLACE INTO mirror (` + mirrorColumns + `) VALUES (?,?,?,?,?,?,?,?,?)`
	sqlMirrored      = `SELECT ` + mirrorColumns + ` FROM mirror WHERE kind = ? AND id = ?`
	sqlListMirrored  = `SELECT ` + mirrorColumns + ` FROM mirror WHERE kind = ?`
	sqlCountMirrored = `SELECT state, count(*) FROM mirror WHERE kind = ?`
	sqlForgetMirror  = `DELETE FROM mirror WHERE past < ?`
)

func (x *tx) PutMirrored(r *store.MirrorRow) error {
	_, err := x.Exec(sqlPutMirrored, string(r.Kind), r.ID, r.Version, string(r.Body), ms(r.Came), r.Past, r.State, r.Customer, ms(r.Made))
	return err
}

func mirrorDest(r *store.MirrorRow) []any {
	return []any{&r.Kind, &r.ID, &r.Version, &r.Body, at(&r.Came), &r.Past, &r.State, &r.Customer, at(&r.Made)}
}

func (x *tx) Mirrored(kind exchange.ChangeKind, id string) (*store.MirrorRow, error) {
	r := &store.MirrorRow{}
	ok, err := x.Row(sqlMirrored, []any{string(kind), id}, mirrorDest(r)...)
	if err := found(ok, err, "exchange.not-here"); err != nil {
		return nil, err
	}
	return r, nil
}

func (x *tx) ListMirrored(f store.MirrorFilter) (out []store.MirrorRow, err error) {
	text, args := sqlListMirrored, []any{string(f.Kind)}
	and := func(more string, values ...any) { text, args = text+more, append(args, values...) }
	if f.State != "" {
		and(` AND state = ?`, f.State)
	}
	if f.Customer != "" {
		more, cards := ofCustomer(&f)
		and(more, cards...)
	}
	if f.AfterID != "" {
		and(` AND (made, id) < (?, ?)`, ms(f.After), f.AfterID)
	}
	and(` ORDER BY made DESC, id DESC LIMIT ?`, f.Limit)
	err = x.Each(text, args, func(r *sql.Rows) error {
		var row store.MirrorRow
		err := r.Scan(mirrorDest(&row)...)
		out = append(out, row)
		return err
	})
	return out, err
}

// ofCustomer is the condition of a customer under every card.
func ofCustomer(f *store.MirrorFilter) (text string, cards []any) {
	cards = append(cards, f.Customer)
	for _, card := range f.Also {
		cards = append(cards, card)
	}
	return ` AND customer IN (?` + strings.Repeat(`,?`, len(f.Also)) + `)`, cards
}

func (x *tx) CountMirrored(f store.MirrorFilter) (map[string]int64, error) {
	text, args := sqlCountMirrored, []any{string(f.Kind)}
	if f.Customer != "" {
		more, cards := ofCustomer(&f)
		text, args = text+more, append(args, cards...)
	}
	counts := map[string]int64{}
	err := x.Each(text+` GROUP BY state`, args, func(r *sql.Rows) error {
		var state string
		var n int64
		err := r.Scan(&state, &n)
		counts[state] = n
		return err
	})
	return counts, err
}

func (x *tx) ForgetMirrored(before int64) (int64, error) { return x.Exec(sqlForgetMirror, before) }
