package tills

import (
	"context"
	"errors"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
)

// carryOut does what a till asks for and answers it. The request is kept with what it
// did, without what it said: that is in what it did. One that is refused leaves
// nothing here, so that what is held of a till is what it was told yes to, and is
// looked at once more when it is sent once more: perhaps by then it can be done.
func (t *Tills) carryOut(ctx context.Context, till string, c *exchange.Command, held *exchange.Held) (a exchange.Answer, err error) {
	err = t.desk.Change(ctx, func(o *desk.Op) error {
		in := taking{Op: o, till: till}
		if a, err = in.once(c); err != nil {
			return err
		}
		if a.Verdict != exchange.Conflict {
			known, err := t.request(o, till, c)
			if !known && err == nil {
				err = pos.E(pos.CodeInvalid, "wire.kind", pos.Args{"Kind": string(c.Kind)})
			}
			if err != nil {
				return err // with all it may have begun
			}
		}
		after, err := in.Till(till)
		if err == nil {
			*held = after.Held
		}
		return err
	})
	refusal, told := errors.AsType[*pos.Error](err)
	if !told || !final(refusal.Code) {
		return a, err
	}
	a = exchange.Answer{ID: c.ID, Verdict: exchange.Denied, Problem: refusal}
	if refusal.Code == pos.CodeConflict {
		a.Verdict = exchange.Conflict
	}
	return a, nil
}

// final reports a refusal that stands as long as nothing else changes: the others say
// that the backend has trouble, and the batch is sent again.
func final(c pos.Code) bool { return c != pos.CodeInternal && c != pos.CodeUnavailable }

// once keeps a request, unless it is kept: Duplicate then, and Conflict where its id
// or its place is taken by something else.
func (in taking) once(c *exchange.Command) (exchange.Answer, error) {
	m := in.message(c, c.Digest())
	bare := m
	bare.Body = nil
	put, err := in.PutMessages(in.till, []store.Message{bare})
	if err != nil {
		return exchange.Answer{}, err
	}
	if put[0] {
		return exchange.Answer{ID: c.ID, Verdict: exchange.Applied}, nil
	}
	return in.taken(&m)
}
