package central

import (
	"database/sql"
	"time"

	"kassa/backend/store"
	"kassa/pos"
)

// Tills and the codes to join them by.
const (
	tillColumns = `id, name, token, joined, seen, revoked, epoch, events, trail, entries, journal, queue, held, held_epoch, held_seq`

	sqlPutTill = `INSERT INTO tills (id, name, token, joined, seen, revoked, epoch, events, trail, entries, journal, queue)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, token = excluded.token, joined = excluded.joined, seen = excluded.seen,
		revoked = excluded.revoked, epoch = excluded.epoch, events = excluded.events, trail = excluded.trail, entries = excluded.entries,
		journal = excluded.journal, queue = excluded.queue`
	sqlTill        = `SELECT ` + tillColumns + ` FROM tills WHERE id = $1`
	sqlTillByToken = `SELECT ` + tillColumns + ` FROM tills WHERE token = $1 AND token <> ''`
	sqlTills       = `SELECT ` + tillColumns + ` FROM tills ORDER BY name, id`

	enrolmentColumns = `code, name, made, ends, used, till, token`
	sqlPutEnrolment  = `INSERT INTO enrolments (` + enrolmentColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	sqlEnrolment     = `SELECT ` + enrolmentColumns + ` FROM enrolments WHERE code = $1`
	sqlUseEnrolment  = `UPDATE enrolments SET used = $1, till = $2, token = $3 WHERE code = $4 AND used = 0`
)

func (x *tx) PutTill(t *store.Till) error {
	_, err := x.exec(sqlPutTill, t.ID, t.Name, t.TokenHash, ms(t.Joined), ms(t.Seen), ms(t.Revoked),
		t.Head.Epoch, t.Head.Events, t.Head.Trail, t.Head.Entries, t.Head.Journal, t.Queue)
	return err
}

func tillDest(t *store.Till) []any {
	return []any{&t.ID, &t.Name, &t.TokenHash, scanAt(&t.Joined), scanAt(&t.Seen), scanAt(&t.Revoked),
		&t.Head.Epoch, &t.Head.Events, &t.Head.Trail, &t.Head.Entries, &t.Head.Journal, &t.Queue, &t.Held.Count, &t.Held.Epoch, &t.Held.Seq}
}

func (x *tx) till(text string, key string) (*store.Till, error) {
	t := &store.Till{}
	ok, err := x.row(text, []any{key}, tillDest(t)...)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, pos.E(pos.CodeNotFound, "backend.till-unknown", nil)
	}
	t.Head.Till = t.ID
	return t, nil
}

func (x *tx) Till(id string) (*store.Till, error) { return x.till(sqlTill, id) }

func (x *tx) TillAlone(id string) (*store.Till, error) {
	return x.till(sqlTill+x.alone, id)
}

func (x *tx) TillByToken(hash string) (*store.Till, error) { return x.till(sqlTillByToken, hash) }

func (x *tx) ListTills() (all []store.Till, err error) {
	err = x.each(sqlTills, nil, func(r *sql.Rows) error {
		var t store.Till
		err := r.Scan(tillDest(&t)...)
		t.Head.Till = t.ID
		all = append(all, t)
		return err
	})
	return all, err
}

func (x *tx) PutEnrolment(e *store.Enrolment) error {
	_, err := x.exec(sqlPutEnrolment, e.CodeHash, e.Name, ms(e.Made), ms(e.Ends), ms(e.Used), e.Till, e.Token)
	return err
}

func (x *tx) Enrolment(codeHash string) (*store.Enrolment, error) {
	e := &store.Enrolment{}
	ok, err := x.row(sqlEnrolment, []any{codeHash}, &e.CodeHash, &e.Name, scanAt(&e.Made), scanAt(&e.Ends), scanAt(&e.Used), &e.Till, &e.Token)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, pos.E(pos.CodeNotFound, "backend.code-wrong", nil)
	}
	return e, nil
}

func (x *tx) UseEnrolment(codeHash, till, token string, at time.Time) (bool, error) {
	n, err := x.exec(sqlUseEnrolment, ms(at), till, token, codeHash)
	return n == 1, err
}
