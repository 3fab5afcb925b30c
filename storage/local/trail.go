package local

import (
	"database/sql"
	"encoding/json"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// How the journal, the audit trail, the outbox and the meta values are kept.
const (
	entryColumns  = `n, at, kind, doc, digest, shift, employee, reverses, hash`
	sqlLedgerHead = `SELECT n, hash FROM entries ORDER BY n DESC LIMIT 1`
	sqlPutEntry   = `INSERT INTO entries (` + entryColumns + `) VALUES (?,?,?,?,?,?,?,?,?)`
	sqlEachEntry  = `SELECT ` + entryColumns + ` FROM entries WHERE n >= ? ORDER BY n`
	sqlPostings   = `SELECT account, currency, amount FROM postings WHERE entry = ? ORDER BY place`
	sqlBalance    = `SELECT amount FROM balances WHERE account = ? AND currency = ?`
	sqlBalances   = `SELECT account, currency, amount FROM balances ORDER BY account, currency`

	eventColumns = `n, at, kind, employee, subject, detail, hash`
	sqlAuditHead = `SELECT n, hash FROM events ORDER BY n DESC LIMIT 1`
	sqlPutEvent  = `INSERT INTO events (` + eventColumns + `) VALUES (?,?,?,?,?,?,?)`
	sqlEvents    = `SELECT ` + eventColumns + ` FROM events ORDER BY n DESC LIMIT ?`
	sqlEventsOf  = `SELECT ` + eventColumns + ` FROM events WHERE subject = ? AND subject <> '' ORDER BY n DESC LIMIT ?`
	sqlEachEvent = `SELECT ` + eventColumns + ` FROM events WHERE n >= ? ORDER BY n`

	sqlMeta    = `SELECT value FROM meta WHERE key = ?`
	sqlPutMeta = `INSERT INTO meta (key, value) VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`
)

var (
	insertPostings = insertRows(`postings (entry, place, account, currency, amount)`, 5, ``)
	addBalances    = insertRows(`balances (account, currency, amount)`, 3,
		`ON CONFLICT (account, currency) DO UPDATE SET amount = amount + excluded.amount`)
)

// head is the end of a chain, read unless it is known.
func (x *tx) head(known **head, text string) (int64, string, error) {
	if *known == nil {
		h := &head{}
		if _, err := x.Row(text, nil, &h.n, &h.hash); err != nil {
			return 0, "", err
		}
		*known = h
	}
	return (*known).n, (*known).hash, nil
}

// follow puts the next link of a chain, and refuses any number but the next,
// CodeInternal: the caller chained to something else than the head, and a chain
// has no gaps.
func (x *tx) follow(known **head, text string, n int64, hash string, put func() error) error {
	last, _, err := x.head(known, text)
	if err != nil {
		return err
	}
	if n != last+1 {
		return pos.E(pos.CodeInternal, "storage.chain", pos.Args{"N": n})
	}
	*known = nil // until it is there
	if err := put(); err != nil {
		return err
	}
	*known = &head{n: n, hash: hash}
	return nil
}

func (x *tx) LedgerHead() (int64, string, error) { return x.head(&x.kept.journal, sqlLedgerHead) }

func (x *tx) AuditHead() (int64, string, error) { return x.head(&x.kept.trail, sqlAuditHead) }

func (x *tx) AppendEntry(e *ledger.Entry) error {
	return x.follow(&x.kept.journal, sqlLedgerHead, e.N, e.Hash, func() error { return x.putEntry(e) })
}

func (x *tx) putEntry(e *ledger.Entry) error {
	_, err := x.Exec(sqlPutEntry, e.N, ms(e.At), string(e.Kind), e.Doc, e.Digest, string(e.Shift), string(e.Employee), e.Reverses, e.Hash)
	if err != nil {
		return err
	}
	err = insertPostings.insert(x.Tx, len(e.Postings), func(i int, to []any) []any {
		p := &e.Postings[i]
		return append(to, e.N, i, string(p.Account), string(p.Currency), p.Amount)
	})
	if err != nil {
		return err
	}
	return addBalances.insert(x.Tx, len(e.Postings), func(i int, to []any) []any {
		p := &e.Postings[i]
		return append(to, string(p.Account), string(p.Currency), p.Amount)
	})
}

func (x *tx) Balance(a ledger.Account, c money.Currency) (n int64, err error) {
	_, err = x.Row(sqlBalance, []any{string(a), string(c)}, &n)
	return n, err
}

func (x *tx) EachBalance(fn func(ledger.Account, money.Currency, int64) error) error {
	return x.Each(sqlBalances, nil, func(r *sql.Rows) error {
		var a ledger.Account
		var c money.Currency
		var n int64
		if err := r.Scan(&a, &c, &n); err != nil {
			return err
		}
		return fn(a, c, n)
	})
}

func (x *tx) EachEntry(from int64, fn func(*ledger.Entry) error) error {
	return x.Each(sqlEachEntry, []any{from}, func(r *sql.Rows) error {
		e := &ledger.Entry{}
		if err := r.Scan(&e.N, at(&e.At), &e.Kind, &e.Doc, &e.Digest, &e.Shift, &e.Employee, &e.Reverses, &e.Hash); err != nil {
			return err
		}
		err := x.Each(sqlPostings, []any{e.N}, func(r *sql.Rows) error {
			var p ledger.Posting
			err := r.Scan(&p.Account, &p.Currency, &p.Amount)
			e.Postings = append(e.Postings, p)
			return err
		})
		if err != nil {
			return err
		}
		return fn(e)
	})
}

func (x *tx) AppendEvent(e *pos.Event) error {
	detail := ""
	if e.Detail != nil {
		b, err := json.Marshal(e.Detail)
		if err != nil {
			return err
		}
		detail = string(b)
	}
	return x.follow(&x.kept.trail, sqlAuditHead, e.N, e.Hash, func() error {
		_, err := x.Exec(sqlPutEvent, e.N, ms(e.At), string(e.Kind), string(e.Employee), e.Subject, detail, e.Hash)
		return err
	})
}

func (x *tx) eachEvent(text string, args []any, fn func(*pos.Event) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		e := &pos.Event{}
		var detail string
		if err := r.Scan(&e.N, at(&e.At), &e.Kind, &e.Employee, &e.Subject, &detail, &e.Hash); err != nil {
			return err
		}
		if detail != "" {
			if err := json.Unmarshal([]byte(detail), &e.Detail); err != nil {
				return err
			}
		}
		return fn(e)
	})
}

func (x *tx) Events(subject string, limit int) (out []pos.Event, err error) {
	text, args := sqlEvents, []any{limit}
	if subject != "" {
		text, args = sqlEventsOf, []any{subject, limit}
	}
	err = x.eachEvent(text, args, func(e *pos.Event) error {
		out = append(out, *e)
		return nil
	})
	return out, err
}

func (x *tx) EachEvent(from int64, fn func(*pos.Event) error) error {
	return x.eachEvent(sqlEachEvent, []any{from}, fn)
}

func (x *tx) Meta(key string) (value string, err error) {
	if value, ok := x.kept.meta.get(key); ok {
		return value, nil
	}
	if _, err := x.Row(sqlMeta, []any{key}, &value); err != nil {
		return "", err
	}
	x.kept.meta.put(key, value)
	return value, nil
}

func (x *tx) PutMeta(key, value string) error {
	x.kept.meta.drop(key)
	_, err := x.Exec(sqlPutMeta, key, value)
	return err
}
