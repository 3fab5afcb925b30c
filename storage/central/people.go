package central

import (
	"database/sql"
	"errors"
	"time"

	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/money"
)

// People who may sign in, the links by which they set a password, their sessions.
const (
	personColumns = `id, email, level, password, secret, offered, step, added, revoked, decide_cap, refund_cap, cap_in`

	sqlPutPerson = `INSERT INTO people (` + personColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET email = excluded.email, level = excluded.level, password = excluded.password, secret = excluded.secret,
		offered = excluded.offered, step = excluded.step, revoked = excluded.revoked,
		decide_cap = excluded.decide_cap, refund_cap = excluded.refund_cap, cap_in = excluded.cap_in`
	sqlPerson        = `SELECT ` + personColumns + ` FROM people WHERE id = $1`
	sqlPersonByEmail = `SELECT ` + personColumns + ` FROM people WHERE email = $1 AND revoked = 0`
	sqlPeople        = `SELECT ` + personColumns + ` FROM people ORDER BY email, added`

	linkColumns  = `hash, person, made, ends, used`
	sqlVoidLinks = `UPDATE password_links SET used = $1 WHERE person = $2 AND used = 0`
	sqlPutLink   = `INSERT INTO password_links (` + linkColumns + `) VALUES ($1, $2, $3, $4, $5)`
	sqlLink      = `SELECT ` + linkColumns + ` FROM password_links WHERE hash = $1`
	sqlUseLink   = `UPDATE password_links SET used = $1 WHERE hash = $2 AND used = 0`

	sessionColumns    = `id, token, person, agent, from_at, made, seen, ends, half`
	sqlAddSession     = `INSERT INTO sessions (` + sessionColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	sqlSessionByToken = `SELECT ` + sessionColumns + ` FROM sessions WHERE token = $1`
	sqlSessions       = `SELECT ` + sessionColumns + ` FROM sessions WHERE person = $1 ORDER BY made DESC, id DESC`
	sqlSeeSession     = `UPDATE sessions SET seen = $1 WHERE id = $2`
	sqlEndSession     = `DELETE FROM sessions WHERE person = $1 AND id = $2`
	sqlEndSessions    = `DELETE FROM sessions WHERE person = $1`
	sqlSweepSessions  = `DELETE FROM sessions WHERE ends <= $1`

	// One statement, so that tries at the same moment are each counted.
	sqlCountTry = `INSERT INTO tries (what, count, since) VALUES ($1, 1, $2)
		ON CONFLICT (what) DO UPDATE SET count = CASE WHEN tries.since <= $3 THEN 1 ELSE tries.count + 1 END,
		since = CASE WHEN tries.since <= $3 THEN excluded.since ELSE tries.since END
		RETURNING count, since`
	sqlForgetTries = `DELETE FROM tries WHERE what = $1`
	sqlSweepTries  = `DELETE FROM tries WHERE since <= $1`
)

func (x *tx) PutPerson(p *store.Person) error {
	_, err := x.exec(sqlPutPerson, p.ID, p.Email, string(p.Level), p.Password, p.Secret, p.Offered, p.Step, ms(p.Added), ms(p.Revoked),
		bound(p.DecideCap), bound(p.RefundCap), string(p.CapIn))
	return err
}

func personDest(p *store.Person) []any {
	return []any{&p.ID, &p.Email, &p.Level, &p.Password, &p.Secret, &p.Offered, &p.Step, scanAt(&p.Added), scanAt(&p.Revoked),
		boundScan{&p.DecideCap}, boundScan{&p.RefundCap}, &p.CapIn}
}

// noBound is how the want of a bound is stored.
const noBound = -1

func bound(most *money.Amount) int64 {
	if most == nil {
		return noBound
	}
	return int64(*most)
}

// boundScan reads what bound wrote.
type boundScan struct{ to **money.Amount }

// Scan implements sql.Scanner.
func (b boundScan) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return errors.New("a bound is no integer")
	}
	*b.to = nil
	if n != noBound {
		most := money.Amount(n)
		*b.to = &most
	}
	return nil
}

func (x *tx) person(text, key string) (*store.Person, error) {
	p := &store.Person{}
	ok, err := x.row(text, []any{key}, personDest(p)...)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, pos.E(pos.CodeNotFound, "person.unknown", nil)
	}
	return p, nil
}

func (x *tx) Person(id string) (*store.Person, error) { return x.person(sqlPerson, id) }

func (x *tx) PersonAlone(id string) (*store.Person, error) { return x.person(sqlPerson+x.alone, id) }

func (x *tx) PersonByEmail(email string) (*store.Person, error) {
	return x.person(sqlPersonByEmail, email)
}

func (x *tx) ListPeople() (all []store.Person, err error) {
	err = x.each(sqlPeople, nil, func(r *sql.Rows) error {
		var p store.Person
		err := r.Scan(personDest(&p)...)
		all = append(all, p)
		return err
	})
	return all, err
}

func (x *tx) PutPasswordLink(l *store.PasswordLink) error {
	if _, err := x.exec(sqlVoidLinks, ms(l.Made), l.Person); err != nil {
		return err
	}
	_, err := x.exec(sqlPutLink, l.Hash, l.Person, ms(l.Made), ms(l.Ends), ms(l.Used))
	return err
}

func (x *tx) PasswordLink(hash string) (*store.PasswordLink, error) {
	l := &store.PasswordLink{}
	ok, err := x.row(sqlLink, []any{hash}, &l.Hash, &l.Person, scanAt(&l.Made), scanAt(&l.Ends), scanAt(&l.Used))
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, pos.E(pos.CodeNotFound, "person.link", nil)
	}
	return l, nil
}

func (x *tx) UsePasswordLink(hash string, at time.Time) (bool, error) {
	n, err := x.exec(sqlUseLink, ms(at), hash)
	return n == 1, err
}

func (x *tx) AddSession(s *store.Session) error {
	_, err := x.exec(sqlAddSession, s.ID, s.Token, s.Person, s.Agent, s.From, ms(s.Made), ms(s.Seen), ms(s.Ends), bit(s.Half))
	return err
}

// scanSession reads a session whose half is a number.
func scanSession(scan func(...any) error) (s store.Session, err error) {
	var half int64
	err = scan(&s.ID, &s.Token, &s.Person, &s.Agent, &s.From, scanAt(&s.Made), scanAt(&s.Seen), scanAt(&s.Ends), &half)
	s.Half = half != 0
	return s, err
}

func (x *tx) SessionByToken(hash string) (*store.Session, error) {
	var found bool
	s, err := scanSession(func(dest ...any) (err error) {
		found, err = x.row(sqlSessionByToken, []any{hash}, dest...)
		return err
	})
	if err != nil || !found {
		return nil, err
	}
	return &s, nil
}

func (x *tx) ListSessions(person string) (all []store.Session, err error) {
	err = x.each(sqlSessions, []any{person}, func(r *sql.Rows) error {
		s, err := scanSession(r.Scan)
		all = append(all, s)
		return err
	})
	return all, err
}

func (x *tx) SeeSession(id string, at time.Time) error {
	_, err := x.exec(sqlSeeSession, ms(at), id)
	return err
}

func (x *tx) EndSession(person, id string) (bool, error) {
	n, err := x.exec(sqlEndSession, person, id)
	return n == 1, err
}

func (x *tx) EndSessions(person string) error {
	_, err := x.exec(sqlEndSessions, person)
	return err
}

func (x *tx) CountTry(key string, now, before time.Time) (count int64, since time.Time, err error) {
	_, err = x.row(sqlCountTry, []any{key, ms(now), ms(before)}, &count, scanAt(&since))
	return count, since, err
}

func (x *tx) ForgetTries(key string) error {
	_, err := x.exec(sqlForgetTries, key)
	return err
}

func (x *tx) Sweep(now, before time.Time) error {
	if _, err := x.exec(sqlSweepSessions, ms(now)); err != nil {
		return err
	}
	_, err := x.exec(sqlSweepTries, ms(before))
	return err
}
