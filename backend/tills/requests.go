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
// did, or, where it is refused, by itself, so that the till finds it held; what it
// said is in what it did, and is kept nowhere else. A refused request that is sent
// once more is looked at once more: perhaps by then it can be done.
func (t *Tills) carryOut(ctx context.Context, till string, c *exchange.Command) (a exchange.Answer, held exchange.Held, err error) {
	var refusal *pos.Error
	do := func(o *desk.Op) error {
		refusal = nil
		in := taking{Op: o, till: till}
		if a, err = in.once(c); err != nil {
			return err
		}
		if a.Verdict == exchange.Conflict {
			return in.heldNow(&held)
		}
		known, err := t.request(o, till, c)
		if !known && err == nil {
			err = pos.E(pos.CodeInvalid, "wire.kind", pos.Args{"Kind": string(c.Kind)})
		}
		if refused, ok := errors.AsType[*pos.Error](err); ok && final(refused.Code) {
			refusal = refused
		}
		if err != nil {
			return err // with all it may have begun
		}
		return in.heldNow(&held)
	}
	err = t.desk.Change(ctx, do)
	if refusal == nil || err == nil {
		return a, held, err
	}
	err = t.desk.Change(ctx, func(o *desk.Op) error {
		in := taking{Op: o, till: till}
		if a, err = in.once(c); err != nil {
			return err
		}
		return in.heldNow(&held)
	})
	if a.Verdict != exchange.Conflict {
		a.Verdict, a.Problem = exchange.Denied, refusal
		if refusal.Code == pos.CodeConflict {
			a.Verdict = exchange.Conflict
		}
	}
	return a, held, err
}

// final reports a refusal that stands as long as nothing else changes: the others say
// that the backend has trouble, and the batch is sent again.
func final(c pos.Code) bool { return c != pos.CodeInternal && c != pos.CodeUnavailable }

// once keeps a request, unless it is kept: Duplicate then, and Conflict where its id
// or its place is taken by something else.
func (in taking) once(c *exchange.Command) (exchange.Answer, error) {
	m := in.message(c)
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

func (in taking) heldNow(held *exchange.Held) error {
	till, err := in.Till(in.till)
	if err == nil {
		*held = till.Held
	}
	return err
}
