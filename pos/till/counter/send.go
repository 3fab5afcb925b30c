package counter

import (
	"context"
	"fmt"
	"runtime/debug"
	"strconv"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
)

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

// send brings the code to the customer and stores what became of it. The till
// is free meanwhile; who waits is the caller alone.
func (t *Till) send(ctx context.Context, a pos.Actor, ch *confirm.Challenge, to *pos.Customer, code string) (*ChequeView, *confirm.Challenge, error) {
	number := ch.Sends
	r := t.deliver(ctx, confirm.Delivery{
		Challenge: ch.ID, Phone: ch.Phone, Code: code, Operation: ch.Operation, Amount: ch.Amount, Points: ch.Points,
		NewPhone: ch.NewPhone, Customer: to.Name, Language: to.Language, Number: number,
	})
	if r.Err != nil {
		t.desk.Log.Warn("code not sent", "challenge", ch.ID, "state", r.State, "error", r.Err)
	}
	// The message may have left, so its outcome is stored even when nobody
	// waits for the answer any more.
	return t.recordSend(context.WithoutCancel(ctx), a, ch.ID, number, r)
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

// recordSend stores what became of message number n. A challenge that was
// revoked or sent again meanwhile stays as it is, yet the message counts.
func (t *Till) recordSend(ctx context.Context, a pos.Actor, id pos.ChallengeID, n int, r confirm.Result) (*ChequeView, *confirm.Challenge, error) {
	var v *ChequeView
	var ch *confirm.Challenge
	err := t.desk.Change(ctx, a, "", func(o *Op) (err error) {
		if ch, err = o.Challenge(id); err != nil {
			return err
		}
		sentAt := ch.SentAt
		newest := ch.Sends == n
		if ch.FinishSend(n, r) {
			if err := o.PutChallenge(ch); err != nil {
				return err
			}
		}
		if newest {
			err := o.PutSend(confirm.Send{Challenge: id, Phone: ch.Phone, At: sentAt, State: r.State})
			if err != nil {
				return err
			}
		}
		detail := map[string]string{"number": strconv.Itoa(n), "message": r.MessageID, "reason": r.ReasonID}
		if err := o.clients.NoteCode(sendEvent(r.State), ch, detail); err != nil {
			return err
		}
		c, err := o.CurrentCheque()
		if err != nil {
			return err
		}
		v, err = o.View(c)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return v, ch, nil
}

func sendEvent(s confirm.State) pos.EventKind {
	switch s {
	case confirm.Sent:
		return pos.EventCodeSent
	case confirm.SendFailed:
		return pos.EventCodeFailed
	}
	return pos.EventCodeUnknown
}
