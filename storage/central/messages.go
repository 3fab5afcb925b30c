package central

import (
	"database/sql"
	"fmt"
	"strings"
	"time"

	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
)

// What tills told. What was received is never changed.
const (
	messageColumns = `id, till, epoch, seq, kind, subject, object, digest, body, at, received`

	sqlPutMessage = `INSERT INTO messages (` + messageColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`
	sqlMessageByID = `SELECT ` + messageColumns + ` FROM messages WHERE id = $1`
	sqlMessageAt   = `SELECT ` + messageColumns + ` FROM messages WHERE till = $1 AND epoch = $2 AND seq = $3`
	sqlHeldAfter   = `SELECT id, epoch, seq FROM messages
		WHERE till = $1 AND (epoch > $2 OR epoch = $2 AND seq > $3) ORDER BY epoch, seq LIMIT $4`
	sqlToldOf    = `SELECT ` + messageColumns + ` FROM messages WHERE subject = $1 AND kind LIKE 'customer.%' AND body IS NOT NULL ORDER BY till, epoch, seq`
	sqlForget    = `UPDATE messages SET body = $1, digest = $2 WHERE id = $3 AND (kind LIKE 'customer.%' OR kind = 'request.order.new')`
	sqlCountSpan = `SELECT count(*) FROM messages WHERE till = $1 AND epoch = $2 AND seq > $3 AND seq <= $4`
	sqlCountHeld = `UPDATE tills SET held = held + $1 WHERE id = $2`
	sqlNewest    = `UPDATE tills SET held_epoch = $1, held_seq = $2 WHERE id = $3 AND (held_epoch < $1 OR held_epoch = $1 AND held_seq < $2)`
	sqlPutApart  = `INSERT INTO apart (` + messageColumns + `, why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`
)

func messageArgs(m *store.Message) []any {
	return []any{m.ID, m.Till, m.Epoch, m.Seq, string(m.Kind), m.Subject, m.Object, m.Digest, []byte(m.Body), ms(m.At), ms(m.Received)}
}

func (x *tx) PutMessages(till string, list []store.Message) ([]bool, error) {
	insert := x.insertEach
	if x.many {
		insert = x.insertMany
	}
	put, err := insert(list)
	if err != nil {
		return nil, err
	}
	var kept int64
	var newest *store.Message
	for i := range list {
		if !put[i] {
			continue
		}
		kept++
		if m := &list[i]; newest == nil || m.Epoch > newest.Epoch || m.Epoch == newest.Epoch && m.Seq > newest.Seq {
			newest = m
		}
	}
	if newest == nil {
		return put, nil
	}
	if _, err := x.exec(sqlCountHeld, kept, till); err != nil {
		return nil, err
	}
	_, err = x.exec(sqlNewest, newest.Epoch, newest.Seq, till)
	return put, err
}

// insertEach inserts a row at a time, where a statement costs no way to a server, and
// tells which were not there.
func (x *tx) insertEach(list []store.Message) ([]bool, error) {
	put := make([]bool, len(list))
	insert, err := x.t.PrepareContext(x.ctx, sqlPutMessage)
	if err != nil {
		return nil, err
	}
	defer insert.Close()
	for i := range list {
		res, err := insert.Exec(messageArgs(&list[i])...)
		if err != nil {
			return nil, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return nil, err
		}
		put[i] = n == 1
	}
	return put, nil
}

// rowsAtOnce is how many rows a statement inserts at the most. What is left over of a
// batch is a statement of its own length, and so there are no more of them than that.
const rowsAtOnce = 50

// insertMany is insertEach in few statements.
func (x *tx) insertMany(list []store.Message) ([]bool, error) {
	type row struct { // by the id alone one whose place is taken would be told of as the other
		id         string
		epoch, seq int64
	}
	put := make([]bool, len(list))
	for from := 0; from < len(list); from += rowsAtOnce {
		part := list[from:min(from+rowsAtOnce, len(list))]
		var args []any
		at := map[row]int{} // the first of each: of two alike one is inserted
		for i := range part {
			args = append(args, messageArgs(&part[i])...)
			m := row{part[i].ID, part[i].Epoch, part[i].Seq}
			if _, there := at[m]; !there {
				at[m] = from + i
			}
		}
		err := x.each(putMessages(len(part)), args, func(r *sql.Rows) error {
			var m row
			err := r.Scan(&m.id, &m.epoch, &m.seq)
			put[at[m]] = true
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return put, nil
}

// putMessages is sqlPutMessage for n rows; it returns the ids and places of those that
// were not there.
func putMessages(n int) string {
	const columns = 11
	var b strings.Builder
	b.WriteString(`INSERT INTO messages (` + messageColumns + `) VALUES `)
	for i := range n {
		for j := range columns {
			switch {
			case j > 0:
				b.WriteString(", ")
			case i > 0:
				b.WriteString("), (")
			default:
				b.WriteString("(")
			}
			fmt.Fprintf(&b, "$%d", i*columns+j+1)
		}
	}
	b.WriteString(") ON CONFLICT DO NOTHING RETURNING id, epoch, seq")
	return b.String()
}

func messageDest(m *store.Message) []any {
	return []any{&m.ID, &m.Till, &m.Epoch, &m.Seq, &m.Kind, &m.Subject, &m.Object, &m.Digest, (*[]byte)(&m.Body), scanAt(&m.At), scanAt(&m.Received)}
}

func (x *tx) message(text string, args ...any) (*store.Message, error) {
	m := &store.Message{}
	ok, err := x.row(text, args, messageDest(m)...)
	if err != nil || !ok {
		return nil, err
	}
	return m, nil
}

func (x *tx) ToldOf(card pos.CustomerID) (all []store.Message, err error) {
	err = x.each(sqlToldOf, []any{string(card)}, func(r *sql.Rows) error {
		var m store.Message
		err := r.Scan(messageDest(&m)...)
		all = append(all, m)
		return err
	})
	return all, err
}

func (x *tx) ForgetMessage(id string, body []byte, digest string) error {
	_, err := x.exec(sqlForget, body, digest, id)
	return err
}

func (x *tx) MessageByID(id string) (*store.Message, error) { return x.message(sqlMessageByID, id) }

func (x *tx) MessageAt(till string, epoch, seq int64) (*store.Message, error) {
	return x.message(sqlMessageAt, till, epoch, seq)
}

func (x *tx) HeldAfter(till string, epoch, seq int64, limit int) (all []exchange.Command, err error) {
	err = x.each(sqlHeldAfter, []any{till, epoch, seq, limit}, func(r *sql.Rows) error {
		var c exchange.Command
		err := r.Scan(&c.ID, &c.Epoch, &c.Seq)
		all = append(all, c)
		return err
	})
	return all, err
}

func (x *tx) CountHeld(till string, s exchange.Span) (n int64, err error) {
	_, err = x.row(sqlCountSpan, []any{till, s.Epoch, s.After, s.UpTo}, &n)
	return n, err
}

// sqlSold repeats the condition of the index messages_sold, word for word.
const sqlSold = `SELECT till, id, epoch, kind, subject, body, at FROM messages
	WHERE kind IN ('sale.completed', 'return.completed', 'tender.corrected') AND at >= $1 AND at < $2 AND received >= $3 AND body IS NOT NULL`

func (x *tx) EachSold(from, to, since time.Time, fn func(till string, m *pos.OutboxMessage) error) error {
	return x.each(sqlSold, []any{ms(from), ms(to), ms(since)}, func(r *sql.Rows) error {
		var till string
		m := &pos.OutboxMessage{}
		if err := r.Scan(&till, &m.ID, &m.Epoch, &m.Kind, &m.Subject, (*[]byte)(&m.Payload), scanAt(&m.At)); err != nil {
			return err
		}
		return fn(till, m)
	})
}

func (x *tx) PutApart(m *store.Message, why string) error {
	args := messageArgs(m)
	if m.Body == nil {
		args[8] = []byte{}
	}
	_, err := x.exec(sqlPutApart, append(args, why)...)
	return err
}

// Cases somebody should look at.
const (
	caseColumns = `id, till, kind, about, detail, at, seen, seen_by, closed, by_who, note`

	sqlOpenCase  = `INSERT INTO cases (` + caseColumns + `) VALUES ($1, $2, $3, $4, $5, $6, 0, '', 0, '', '') ON CONFLICT DO NOTHING`
	sqlOpenCases = `SELECT ` + caseColumns + ` FROM cases WHERE closed = 0 ORDER BY at DESC, id DESC LIMIT $1`
	sqlAllCases  = `SELECT ` + caseColumns + ` FROM cases ORDER BY at DESC, id DESC LIMIT $1`
	sqlSeeCase   = `UPDATE cases SET seen = $1, seen_by = $2 WHERE id = $3 AND closed = 0`
	sqlCloseCase = `UPDATE cases SET closed = $1, by_who = $2, note = $3 WHERE id = $4 AND closed = 0`
)

func (x *tx) OpenCase(c *store.Case) error {
	detail, err := encodeDetail(c.Detail)
	if err != nil {
		return err
	}
	_, err = x.exec(sqlOpenCase, c.ID, c.Till, string(c.Kind), c.About, detail, ms(c.At))
	return err
}

func (x *tx) ListCases(openOnly bool, limit int) (all []store.Case, err error) {
	text := sqlAllCases
	if openOnly {
		text = sqlOpenCases
	}
	err = x.each(text, []any{limit}, func(r *sql.Rows) error {
		var c store.Case
		var detail string
		err := r.Scan(&c.ID, &c.Till, &c.Kind, &c.About, &detail, scanAt(&c.At), scanAt(&c.Seen), &c.SeenBy, scanAt(&c.Closed), &c.By, &c.Note)
		if err == nil {
			c.Detail, err = decodeDetail(detail)
		}
		all = append(all, c)
		return err
	})
	return all, err
}

func (x *tx) SeeCase(id, by string, at time.Time) (bool, error) {
	n, err := x.exec(sqlSeeCase, ms(at), by, id)
	return n == 1, err
}

func (x *tx) CloseCase(id, by, note string, at time.Time) (bool, error) {
	n, err := x.exec(sqlCloseCase, ms(at), by, note, id)
	return n == 1, err
}
