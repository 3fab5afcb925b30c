package local

import (
	"database/sql"
	"encoding/json"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
)

// How the customers' codes are kept, and what was sent to which phone.
const (
	challengeColumns = `id, sale, operation, customer, phone, amount, points, total, cashier, digest, code_hash, state, channel,
		provider, message_id, sends, wrong, created_at, sent_at, expires_at, resend_at, verified_at, reason_id, reason_args, override, new_phone, digits, seal`
	sqlChallenge     = `SELECT ` + challengeColumns + ` FROM challenges WHERE id = ?`
	sqlChallengesOf  = `SELECT ` + challengeColumns + ` FROM challenges WHERE sale = ? ORDER BY n`
	sqlInFlight      = `SELECT ` + challengeColumns + ` FROM challenges WHERE state IN ('created', 'sending') ORDER BY n`
	sqlEachChallenge = `SELECT ` + challengeColumns + ` FROM challenges ORDER BY n`
	sqlPutChallenge  = `INSERT INTO challenges (` + challengeColumns + `) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET sale = excluded.sale, operation = excluded.operation, customer = excluded.customer,
		phone = excluded.phone, amount = excluded.amount, points = excluded.points, total = excluded.total,
		cashier = excluded.cashier, digest = excluded.digest, code_hash = excluded.code_hash, state = excluded.state,
		channel = excluded.channel, provider = excluded.provider, message_id = excluded.message_id, sends = excluded.sends,
		wrong = excluded.wrong, created_at = excluded.created_at, sent_at = excluded.sent_at,
		expires_at = excluded.expires_at, resend_at = excluded.resend_at, verified_at = excluded.verified_at,
		reason_id = excluded.reason_id, reason_args = excluded.reason_args, override = excluded.override,
		new_phone = excluded.new_phone, digits = excluded.digits, seal = excluded.seal`
	sqlChallengeSeal = `SELECT seal FROM challenges WHERE id = ?`
	sqlConsume       = `UPDATE challenges SET state = 'consumed', code_hash = '', consumed_at = ?, seal = x'' WHERE id = ? AND state = 'verified'`

	sendColumns = `phone, at, challenge, state, answered`
	sqlPutSend  = `INSERT INTO sends (` + sendColumns + `) VALUES (?,?,?,?,?)
		ON CONFLICT (phone, at, challenge) DO UPDATE SET state = excluded.state, answered = excluded.answered`
	sqlSendsTo = `SELECT ` + sendColumns + ` FROM sends WHERE phone = ? AND at >= ? ORDER BY at, challenge`
)

// challengeSealed is what the seal of a customer's code covers: what it stands
// for, how it was answered, and how often it may still be. One that is over
// allows nothing, and is proved by the audit trail.
func challengeSealed(c *confirm.Challenge, override string) []any {
	return []any{string(c.Sale), string(c.Operation), string(c.Customer), c.Phone, c.NewPhone, int64(c.Amount), c.Points, int64(c.Total),
		string(c.Cashier), c.Digest, c.CodeHash, int64(c.Digits), string(c.State), int64(c.Sends), int64(c.Wrong), ms(c.ExpiresAt),
		ms(c.ResendAt), ms(c.VerifiedAt), override}
}

func (x *tx) eachChallenge(text string, args []any, fn func(*confirm.Challenge) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		c := &confirm.Challenge{}
		var args, override string
		var mark []byte
		if err := r.Scan(&c.ID, &c.Sale, &c.Operation, &c.Customer, &c.Phone, &c.Amount, &c.Points, &c.Total, &c.Cashier,
			&c.Digest, &c.CodeHash, &c.State, &c.Channel, &c.Provider, &c.MessageID, &c.Sends, &c.Wrong, at(&c.CreatedAt),
			at(&c.SentAt), at(&c.ExpiresAt), at(&c.ResendAt), at(&c.VerifiedAt), &c.ReasonID, &args, &override, &c.NewPhone, &c.Digits, &mark); err != nil {
			return err
		}
		if !c.Ended() {
			c.Seal = x.read(mark, pos.SealCode, string(c.ID), challengeSealed(c, override)...)
		}
		var err error
		if c.ReasonArgs, err = unpackArgs(args); err != nil {
			return err
		}
		if c.Override, err = unpackOverride(override); err != nil {
			return err
		}
		return fn(c)
	})
}

func (x *tx) challenges(text string, args ...any) (out []confirm.Challenge, err error) {
	err = x.eachChallenge(text, args, func(c *confirm.Challenge) error {
		out = append(out, *c)
		return nil
	})
	return out, err
}

func (x *tx) Challenge(id pos.ChallengeID) (*confirm.Challenge, error) {
	all, err := x.challenges(sqlChallenge, string(id))
	if err := found(len(all) > 0, err, "challenge.missing"); err != nil {
		return nil, err
	}
	return &all[0], nil
}

func (x *tx) ChallengesOf(sale pos.SaleID) ([]confirm.Challenge, error) {
	return x.challenges(sqlChallengesOf, string(sale))
}

func (x *tx) InFlightChallenges() ([]confirm.Challenge, error) { return x.challenges(sqlInFlight) }

func (x *tx) EachChallenge(fn func(*confirm.Challenge) error) error {
	return x.eachChallenge(sqlEachChallenge, nil, fn)
}

func (x *tx) PutChallenge(c *confirm.Challenge) error {
	args, err := packArgs(c.ReasonArgs)
	if err != nil {
		return err
	}
	override, err := packOverride(c.Override)
	if err != nil {
		return err
	}
	var mark []byte
	if _, err := x.Row(sqlChallengeSeal, []any{string(c.ID)}, &mark); err != nil {
		return err
	}
	mark = x.mark(mark, pos.SealCode, string(c.ID), challengeSealed(c, override)...)
	_, err = x.Exec(sqlPutChallenge, string(c.ID), string(c.Sale), string(c.Operation), string(c.Customer), c.Phone, int64(c.Amount),
		c.Points, int64(c.Total), string(c.Cashier), c.Digest, c.CodeHash, string(c.State), c.Channel, c.Provider, c.MessageID,
		c.Sends, c.Wrong, ms(c.CreatedAt), ms(c.SentAt), ms(c.ExpiresAt), ms(c.ResendAt), ms(c.VerifiedAt), c.ReasonID, args, override,
		c.NewPhone, c.Digits, mark)
	return err
}

func (x *tx) ConsumeChallenge(id pos.ChallengeID, when time.Time) (bool, error) {
	n, err := x.Exec(sqlConsume, ms(when), string(id))
	return n == 1, err
}

// storedOverride is how an override of a challenge is written: its time in
// Unix milliseconds, so that it comes back like every other time.
type storedOverride struct {
	pos.Override
	At *int64
}

func packOverride(o *pos.Override) (string, error) {
	if o == nil {
		return "", nil
	}
	s := storedOverride{Override: *o}
	if !o.At.IsZero() {
		n := o.At.UnixMilli()
		s.At = &n
	}
	b, err := json.Marshal(s)
	return string(b), err
}

func unpackOverride(text string) (*pos.Override, error) {
	if text == "" {
		return nil, nil
	}
	var s storedOverride
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return nil, err
	}
	o := s.Override
	if s.At != nil {
		o.At = time.UnixMilli(*s.At).UTC()
	}
	return &o, nil
}

func (x *tx) PutSend(s confirm.Send) error {
	_, err := x.Exec(sqlPutSend, s.Phone, s.At.UnixMilli(), string(s.Challenge), string(s.State), bit(s.Answered))
	return err
}

func (x *tx) SendsTo(phone string, since time.Time) (out []confirm.Send, err error) {
	err = x.Each(sqlSendsTo, []any{phone, since.UnixMilli()}, func(r *sql.Rows) error {
		var s confirm.Send
		err := r.Scan(&s.Phone, at(&s.At), &s.Challenge, &s.State, &s.Answered)
		out = append(out, s)
		return err
	})
	return out, err
}
