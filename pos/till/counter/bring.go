package counter

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/integration"
	"kassa/pos/till/internal/desk"
)

// BringCode sends the code that was placed and returns how it then stands. On
// the way it reports each state, the last one too, on the caller's goroutine;
// report may be nil. A code is sent once however often it is brought: whoever
// comes while it is on its way waits along, and whoever comes later is told how
// it stands. What was revoked meanwhile, or cannot be sent, is no error.
func (t *Till) BringCode(ctx context.Context, a pos.Actor, id pos.ChallengeID, report func(CodeView)) (*CodeView, error) {
	if report == nil {
		report = func(CodeView) {}
	}
	arrived, first := t.flights.begin(id)
	if !first {
		return t.waitAlong(ctx, a, id, arrived, report)
	}
	defer t.flights.end(id)
	e, v, err := t.setOut(ctx, a, id)
	if err != nil {
		return nil, err
	}
	report(*v)
	if e == nil {
		return v, nil
	}
	r := t.deliver(ctx, e.Delivery)
	if e.Code == "" {
		r = t.takeOver(e, r)
	}
	if r.Err != nil {
		t.desk.Log.Warn("code not sent", "challenge", id, "state", r.State, "error", r.Err)
	}
	// The message may have left, so its outcome is stored even when nobody waits
	// for the answer any more.
	v, err = t.arrive(context.WithoutCancel(ctx), a, e, r)
	if err != nil {
		return nil, err
	}
	report(*v)
	return v, nil
}

// errand is a code on its way.
type errand struct {
	confirm.Delivery
	digest string    // of what it is bound to
	at     time.Time // when it left

	// Of a code that the provider made.
	hash   string
	digits int
}

// setOut makes the code and stores that it is about to leave. From here on it
// counts as one that may have arrived: a crash must not make it forgotten. The
// errand is nil when there is nothing to send.
func (t *Till) setOut(ctx context.Context, a pos.Actor, id pos.ChallengeID) (*errand, *CodeView, error) {
	placed, err := t.Challenge(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	code, hash := "", ""
	if placed.State == confirm.Created && placed.Digits > 0 {
		if code, hash, err = t.makeCode(placed); err != nil {
			return nil, nil, t.desk.Told(err)
		}
	}
	var e *errand
	v, err := t.withChallenge(ctx, a, "", id, false, func(o *Op, _ *pos.Cheque, ch *confirm.Challenge) (refused, err error) {
		e = nil
		if ch.State != confirm.Created || ch.Digest != placed.Digest || ch.Digits != placed.Digits {
			return nil, nil
		}
		// Others may have been sent to the number since this one was placed.
		if refused, err := o.phoneLimit(ch); err != nil {
			return nil, err
		} else if limit, ok := errors.AsType[*pos.Error](refused); ok {
			ch.Refuse(limit.ID, limit.Args)
			return nil, o.PutChallenge(ch)
		}
		to, err := o.Customer(ch.Customer)
		if err != nil {
			return nil, err
		}
		if err := to.Seal.Guard(pos.SealCustomer, to.Name); err != nil {
			return nil, err
		}
		ch.StartSend(hash, confirm.Lifetime(o.Settings.CodeLifetime), o.Steady)
		if err := o.PutChallenge(ch); err != nil {
			return nil, err
		}
		e = &errand{digest: ch.Digest, at: o.Steady, Delivery: confirm.Delivery{
			Challenge: id, Phone: ch.Phone, By: integration.Way(ch.Channel), Code: code, Operation: ch.Operation,
			Amount: ch.Amount, Points: ch.Points, NewPhone: ch.NewPhone, Customer: to.Name, Language: to.Language, Number: ch.Sends,
		}}
		return nil, o.PutSend(confirm.Send{Challenge: id, Phone: ch.Phone, At: o.Steady, State: confirm.SendUnknown})
	})
	return e, v, err
}

// makeCode makes a code and the slow hash of it, bound to the challenge.
func (t *Till) makeCode(ch *confirm.Challenge) (code, hash string, err error) {
	if code, err = confirm.NewCode(); err != nil {
		return "", "", err
	}
	hash, err = t.hasher().Hash(ch.ID, ch.Digest, code)
	return code, hash, err
}

func (t *Till) hasher() confirm.Hasher {
	return confirm.Hasher{Pepper: t.desk.Pepper, MemoryKiB: t.desk.HashCost.MemoryKiB, Passes: t.desk.HashCost.Passes}
}

// deliver asks the sender and waits SendTimeout at most, whatever the sender
// does: one that hangs or panics has perhaps sent.
func (t *Till) deliver(ctx context.Context, d confirm.Delivery) confirm.Result {
	ctx, cancel := context.WithTimeout(ctx, SendTimeout)
	defer cancel()
	answer := make(chan confirm.Result, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				t.desk.Log.Error("sender panicked", "challenge", d.Challenge, "panic", p, "stack", string(debug.Stack()))
				answer <- confirm.Result{State: confirm.SendUnknown, Err: fmt.Errorf("sender panicked: %v", p)}
			}
		}()
		answer <- t.desk.Sender.SendCode(ctx, d)
	}()
	select {
	case r := <-answer:
		return r.Sane()
	case <-ctx.Done():
	}
	// A sender that minds the end of its time knows best whether anything left.
	grace := time.NewTimer(sendGrace)
	defer grace.Stop()
	select {
	case r := <-answer:
		return r.Sane()
	case <-grace.C:
		return confirm.Result{State: confirm.SendUnknown, Err: ctx.Err()}.Sane()
	}
}

// sendGrace is how long a sender may take to notice that its time is over.
const sendGrace = 300 * time.Millisecond

// takeOver reads the code that the provider made and keeps its slow hash, bound
// as the till's own would be.
func (t *Till) takeOver(e *errand, r confirm.Result) confirm.Result {
	r, code := r.Made(e.Operation)
	if code == "" {
		return r
	}
	hash, err := t.hasher().Hash(e.Challenge, e.digest, code)
	if err != nil {
		return confirm.Result{State: confirm.SendUnknown, Channel: r.Channel, Provider: r.Provider, MessageID: r.MessageID,
			ReasonID: "code.hash", Err: err}
	}
	e.hash, e.digits = hash, len(code)
	return r
}

// arrive stores what became of a message. A challenge that was revoked or placed
// again meanwhile stays as it is, yet the message counts.
func (t *Till) arrive(ctx context.Context, a pos.Actor, e *errand, r confirm.Result) (*CodeView, error) {
	var v *CodeView
	err := t.desk.Change(ctx, a, "", func(o *Op) error {
		ch, err := o.Challenge(e.Challenge)
		if err != nil {
			return err
		}
		if err := o.PutSend(confirm.Send{Challenge: ch.ID, Phone: ch.Phone, At: e.at, State: r.State}); err != nil {
			return err
		}
		if ch.Seal != pos.SealWhole {
			if err := o.clients.Revoke(ch, tampered); err != nil {
				return err
			}
		}
		if ch.FinishSend(e.Number, r) {
			if e.hash != "" {
				ch.TakeCode(e.hash, e.digits)
			}
			if err := o.PutChallenge(ch); err != nil {
				return err
			}
		}
		detail := map[string]string{"number": strconv.Itoa(e.Number), "message": r.MessageID, "reason": r.ReasonID}
		if err := o.clients.NoteSent(r.State, ch, detail); err != nil {
			return err
		}
		v, err = o.showCode(ch)
		return err
	})
	return desk.OrNil(v, err)
}
