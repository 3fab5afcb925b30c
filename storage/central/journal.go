package central

import (
	"database/sql"
	"errors"
	"math"
	"time"

	"kassa/backend/store"
	"kassa/pos/ledger"
	"kassa/pos/manual"
)

// The journal of what the backend books, and the requests it carried out.
const (
	sqlHead     = `SELECT n, hash FROM journal_head WHERE one = 1`
	sqlMoveHead = `UPDATE journal_head SET n = $1, hash = $2 WHERE one = 1 AND n = $3`
	sqlBook     = `INSERT INTO journal (n, at, kind, doc, employee, reverses, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	sqlPost     = `INSERT INTO postings (entry, place, account, currency, amount) VALUES ($1, $2, $3, $4, $5)`
	sqlEntries  = `SELECT n, at, kind, doc, employee, reverses, hash FROM journal WHERE n > $1 ORDER BY n LIMIT $2`
	sqlPostings = `SELECT entry, account, currency, amount FROM postings WHERE entry > $1 AND entry <= $2 ORDER BY entry, place`

	sqlPosted = `SELECT p.account, p.currency, j.kind, CAST(SUM(p.amount) AS BIGINT), COUNT(*) FROM journal j JOIN postings p ON p.entry = j.n
		WHERE j.at >= $1 AND j.at < $2 GROUP BY p.account, p.currency, j.kind ORDER BY p.account, p.currency, j.kind`

	sqlAnswered    = `SELECT till, id, digest, answer, at FROM answered WHERE till = $1 AND id = $2`
	sqlPutAnswered = `INSERT INTO answered (till, id, digest, answer, at) VALUES ($1, $2, $3, $4, $5)`
)

func (x *tx) Book(e *ledger.Entry) error {
	var prev string
	var n int64
	ok, err := x.row(sqlHead+x.alone, nil, &n, &prev)
	if err != nil {
		return err
	}
	if !ok {
		return errors.New("the journal has no head")
	}
	e.N = n + 1
	if err := e.Seal(prev); err != nil {
		return err
	}
	moved, err := x.exec(sqlMoveHead, e.N, e.Hash, n)
	if err != nil {
		return err
	}
	if moved != 1 {
		return errors.New("the journal's head moved")
	}
	if _, err := x.exec(sqlBook, e.N, ms(e.At), string(e.Kind), e.Doc, string(e.Employee), e.Reverses, e.Hash); err != nil {
		return err
	}
	for i, p := range e.Postings {
		if _, err := x.exec(sqlPost, e.N, i, string(p.Account), string(p.Currency), p.Amount); err != nil {
			return err
		}
	}
	return nil
}

func (x *tx) Entries(after int64, limit int) (all []ledger.Entry, err error) {
	err = x.each(sqlEntries, []any{after, limit}, func(r *sql.Rows) error {
		var e ledger.Entry
		err := r.Scan(&e.N, scanAt(&e.At), &e.Kind, &e.Doc, &e.Employee, &e.Reverses, &e.Hash)
		all = append(all, e)
		return err
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	i := 0
	err = x.each(sqlPostings, []any{after, all[len(all)-1].N}, func(r *sql.Rows) error {
		var n int64
		var p ledger.Posting
		if err := r.Scan(&n, &p.Account, &p.Currency, &p.Amount); err != nil {
			return err
		}
		for i < len(all)-1 && all[i].N < n {
			i++
		}
		all[i].Postings = append(all[i].Postings, p)
		return nil
	})
	return all, err
}

func (x *tx) Posted(from, to time.Time) (all []manual.Posted, err error) {
	after, before := int64(0), int64(math.MaxInt64)
	if !from.IsZero() {
		after = ms(from)
	}
	if !to.IsZero() {
		before = ms(to)
	}
	err = x.each(sqlPosted, []any{after, before}, func(r *sql.Rows) error {
		var p manual.Posted
		err := r.Scan(&p.Account, &p.Currency, &p.Kind, &p.Sum, &p.Count)
		all = append(all, p)
		return err
	})
	return all, err
}

func (x *tx) Answered(till, id string) (*store.Answered, error) {
	a := &store.Answered{}
	ok, err := x.row(sqlAnswered, []any{till, id}, &a.Till, &a.ID, &a.Digest, &a.Answer, scanAt(&a.At))
	if err != nil || !ok {
		return nil, err
	}
	return a, nil
}

func (x *tx) PutAnswered(a *store.Answered) error {
	_, err := x.exec(sqlPutAnswered, a.Till, a.ID, a.Digest, a.Answer, ms(a.At))
	return err
}
