package local

import (
	"database/sql"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
)

// What others are told: rows that only change their state, found by what waits,
// by what was put aside, and by the customer they tell of.
const (
	outboxColumns = `n, id, epoch, kind, subject, ` + outboxObject + `, payload, at, state, since, why, tries, tried, trouble`
	// An object is stored where it is not the subject.
	outboxObject = `iif(object = '', subject, object)`

	sqlEnqueue    = `INSERT INTO outbox (id, epoch, kind, subject, object, payload, at) VALUES (?,?,?,?,?,?,?)`
	sqlEachOutbox = `SELECT ` + outboxColumns + ` FROM outbox ORDER BY n`
	sqlOutboxByID = `SELECT ` + outboxColumns + ` FROM outbox WHERE id = ?`
	sqlWaiting    = `SELECT ` + outboxColumns + ` FROM outbox o WHERE state = 'waiting' AND n > ? AND NOT EXISTS (
		SELECT 1 FROM outbox a WHERE a.state = 'aside' AND iif(a.object = '', a.subject, a.object) = iif(o.object = '', o.subject, o.object) AND a.n < o.n
			AND NOT (substr(a.kind, 1, 8) = 'request.' AND a.why = ''))
		ORDER BY n LIMIT ?`
	sqlOpenRequests = `SELECT ` + outboxColumns + ` FROM outbox WHERE state IN ('waiting', 'aside') AND substr(kind, 1, 8) = 'request.'
		AND ? IN ('', iif(object = '', subject, object)) ORDER BY n`
	sqlAside        = `SELECT ` + outboxColumns + ` FROM outbox WHERE state = 'aside' ORDER BY n`
	sqlCountWaiting = `SELECT count(*) FROM outbox WHERE state = 'waiting'`
	sqlCountAside   = `SELECT count(*) FROM outbox WHERE state = 'aside'`

	// The answer to a request is kept where somebody saw that it was no: whoever it is
	// for has nothing of it.
	sqlAcknowledge = `UPDATE outbox SET state = 'acknowledged', since = ?, why = '', trouble = iif(substr(kind, 1, 8) = 'request.', '', trouble)
		WHERE id = ? AND state <> 'acknowledged'`
	sqlDismiss     = `UPDATE outbox SET state = 'acknowledged', since = ?, why = '' WHERE id = ? AND state = 'aside' AND substr(kind, 1, 8) = 'request.' AND trouble <> ''`
	had            = ` AND NOT (substr(kind, 1, 8) = 'request.' AND trouble <> '')`
	sqlPutAside    = `UPDATE outbox SET state = 'aside', since = ?, why = ? WHERE id = ? AND state = 'waiting'`
	sqlTakeBack    = `UPDATE outbox SET state = 'waiting', since = ?, why = '', tries = 0, tried = NULL, trouble = '' WHERE id = ? AND state <> 'waiting'`
	sqlTakeBackAll = `UPDATE outbox SET state = 'waiting', since = ?, tries = 0, tried = NULL, trouble = '' WHERE state = 'acknowledged' AND at >= ?
		AND substr(kind, 1, 8) <> 'request.'` + had  // what was asked for and done is brought, not asked again
	sqlTry   = `UPDATE outbox SET tries = tries + 1, tried = ?, trouble = ? WHERE id = ? AND state = 'waiting'`
	sqlTries = `SELECT tries FROM outbox WHERE id = ?`

	sqlOutboxPage   = `SELECT ` + outboxColumns + ` FROM outbox WHERE state IN ('waiting', 'aside') AND n > ? ORDER BY n LIMIT ?`
	sqlAcked        = `SELECT n, id, epoch FROM outbox WHERE state = 'acknowledged' AND n > ?` + had + ` ORDER BY n LIMIT ?`
	sqlSpansAcked   = `SELECT epoch, max(n), count(*) FROM outbox WHERE state = 'acknowledged' AND n > ?` + had + ` GROUP BY epoch ORDER BY epoch`
	sqlNewestOutbox = `SELECT coalesce(max(n), 0) FROM outbox`

	sqlToldOf = `SELECT ` + outboxColumns + ` FROM outbox WHERE subject = ?1 AND substr(kind, 1, 9) = 'customer.'
		UNION ALL SELECT ` + outboxColumns + ` FROM outbox WHERE kind = 'request.order.new' AND json_extract(CAST(payload AS TEXT), '$.customer') = ?1 ORDER BY n`
	sqlForgetTold = `UPDATE outbox SET payload = ? WHERE id = ?`
)

func (x *tx) Enqueue(m *pos.OutboxMessage) error {
	payload, object := m.Payload, m.Object
	if payload == nil {
		payload = []byte{}
	}
	if object == m.Subject {
		object = ""
	}
	_, err := x.Exec(sqlEnqueue, m.ID, m.Epoch, string(m.Kind), m.Subject, object, payload, ms(m.At))
	return err
}

func outboxDest(m *pos.OutboxMessage) []any {
	return []any{&m.Seq, &m.ID, &m.Epoch, &m.Kind, &m.Subject, &m.Object, &m.Payload, at(&m.At), &m.State, at(&m.Since), &m.Why,
		&m.Tries, at(&m.Tried), trouble{&m.Trouble}}
}

func (x *tx) OutboxMessage(id string) (*pos.OutboxMessage, error) {
	m := &pos.OutboxMessage{}
	ok, err := x.Row(sqlOutboxByID, []any{id}, outboxDest(m)...)
	if err := found(ok, err, "outbox.unknown"); err != nil {
		return nil, err
	}
	return m, nil
}

func (x *tx) eachOutbox(text string, args []any, fn func(*pos.OutboxMessage) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		m := &pos.OutboxMessage{}
		if err := r.Scan(outboxDest(m)...); err != nil {
			return err
		}
		return fn(m)
	})
}

func (x *tx) outbox(text string, args ...any) (out []pos.OutboxMessage, err error) {
	err = x.eachOutbox(text, args, func(m *pos.OutboxMessage) error {
		out = append(out, *m)
		return nil
	})
	return out, err
}

func (x *tx) EachOutbox(fn func(*pos.OutboxMessage) error) error {
	return x.eachOutbox(sqlEachOutbox, nil, fn)
}

func (x *tx) WaitingOutbox(after int64, limit int) ([]pos.OutboxMessage, error) {
	return x.outbox(sqlWaiting, after, limit)
}

func (x *tx) OpenRequests(object string) ([]pos.OutboxMessage, error) {
	return x.outbox(sqlOpenRequests, object)
}

func (x *tx) AsideOutbox() ([]pos.OutboxMessage, error) { return x.outbox(sqlAside) }

func (x *tx) CountOutbox() (c pos.OutboxCounts, err error) {
	if _, err = x.Row(sqlCountWaiting, nil, &c.Waiting); err != nil {
		return c, err
	}
	_, err = x.Row(sqlCountAside, nil, &c.Aside)
	return c, err
}

func (x *tx) moveOutbox(text string, args ...any) (bool, error) {
	n, err := x.Exec(text, args...)
	return n == 1, err
}

func (x *tx) AcknowledgeOutbox(id string, at time.Time) (bool, error) {
	return x.moveOutbox(sqlAcknowledge, ms(at), id)
}

func (x *tx) DismissOutbox(id string, at time.Time) (bool, error) {
	return x.moveOutbox(sqlDismiss, ms(at), id)
}

func (x *tx) PutOutboxAside(id string, at time.Time, why string) (bool, error) {
	return x.moveOutbox(sqlPutAside, ms(at), why, id)
}

func (x *tx) TakeOutboxBack(id string, at time.Time) (bool, error) {
	return x.moveOutbox(sqlTakeBack, ms(at), id)
}

func (x *tx) TryOutbox(id string, at time.Time, why *pos.Error) (int, error) {
	moved, err := x.moveOutbox(sqlTry, ms(at), encodeTrouble(why), id)
	if err != nil || !moved {
		return 0, err
	}
	var tries int
	_, err = x.Row(sqlTries, []any{id}, &tries)
	return tries, err
}

func (x *tx) TakeOutboxBackSince(since, at time.Time) (int64, error) {
	return x.Exec(sqlTakeBackAll, ms(at), since.UnixMilli())
}

func (x *tx) OutboxPage(after int64, limit int) ([]pos.OutboxMessage, error) {
	return x.outbox(sqlOutboxPage, after, limit)
}

func (x *tx) AcknowledgedOutbox(after int64, limit int) (out []pos.OutboxMessage, err error) {
	err = x.Each(sqlAcked, []any{after, limit}, func(r *sql.Rows) error {
		m := pos.OutboxMessage{State: pos.OutboxAcknowledged}
		err := r.Scan(&m.Seq, &m.ID, &m.Epoch)
		out = append(out, m)
		return err
	})
	return out, err
}

func (x *tx) SpansAcknowledged(after int64) (all []exchange.Span, err error) {
	err = x.Each(sqlSpansAcked, []any{after}, func(r *sql.Rows) error {
		s := exchange.Span{After: after}
		err := r.Scan(&s.Epoch, &s.UpTo, &s.Count)
		all = append(all, s)
		return err
	})
	return all, err
}

func (x *tx) OutboxSeq() (n int64, err error) {
	_, err = x.Row(sqlNewestOutbox, nil, &n)
	return n, err
}

func (x *tx) ToldOfCustomer(id pos.CustomerID) ([]pos.OutboxMessage, error) {
	return x.outbox(sqlToldOf, string(id))
}

func (x *tx) ForgetTold(id string, payload []byte) error {
	_, err := x.Exec(sqlForgetTold, payload, id)
	return err
}
