package central

import (
	"database/sql"
	"errors"

	"kassa/backend/store"
)

// The feed of what changed. Its numbers are given under the lock of one row and not
// by a sequence: a sequence gives 5 and 6 to two transactions of which 6 may commit
// first, and a reader who has seen 6 would never read 5.
const (
	sqlNextChange   = `UPDATE feed_head SET n = n + 1 WHERE one = 1 RETURNING n`
	sqlAddChange    = `INSERT INTO feed (n, mark, kind, thing) VALUES ($1, $2, $3, $4)`
	sqlChangesAfter = `SELECT n, mark, kind, thing FROM feed f WHERE n > $1
		AND NOT EXISTS (SELECT 1 FROM feed l WHERE l.kind = f.kind AND l.thing = f.thing AND l.n > f.n) ORDER BY n LIMIT $2`
	sqlChangeMark = `SELECT mark FROM feed WHERE n = $1`
)

func (x *tx) AddChange(r *store.FeedRow) error {
	ok, err := x.row(sqlNextChange, nil, &r.N)
	if err != nil {
		return err
	}
	if !ok {
		return errors.New("the feed has no head")
	}
	_, err = x.exec(sqlAddChange, r.N, r.Mark, string(r.Kind), r.ID)
	return err
}

func (x *tx) ChangesAfter(n int64, limit int) (all []store.FeedRow, err error) {
	err = x.each(sqlChangesAfter, []any{n, limit}, func(rows *sql.Rows) error {
		var r store.FeedRow
		err := rows.Scan(&r.N, &r.Mark, &r.Kind, &r.ID)
		all = append(all, r)
		return err
	})
	return all, err
}

func (x *tx) ChangeMark(n int64) (mark string, err error) {
	_, err = x.row(sqlChangeMark, []any{n}, &mark)
	return mark, err
}
