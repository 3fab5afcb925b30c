package counter

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till/clients"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// Challenge tells how a challenge stands now (expired ones included).
func (t *Till) Challenge(ctx context.Context, id pos.ChallengeID) (*confirm.Challenge, error) {
	var ch *confirm.Challenge
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) (err error) {
		if ch, err = o.challengeOf(id); err == nil {
			ch.Lapse(o.Steady)
			*ch = o.onTheWall(ch)
		}
		return err
	})
	return desk.OrNil(ch, err)
}

// EnterCode compares what the customer told. A wrong code is no error: the view
// tells the attempts left. After the last one the challenge is dead and its
// tender is taken off. An entry that cannot be a code is CodeInvalid, one before
// the message is sent CodeWait, and one into a code that nobody here knows
// CodeConflict; none of them costs an attempt.
func (t *Till) EnterCode(ctx context.Context, a pos.Actor, id pos.ChallengeID, typed string) (*CodeView, error) {
	seen := confirm.Challenge{Digits: confirm.Digits}
	err := t.desk.Peek(ctx, a, pos.RightSell, func(o *Op) error {
		ch, err := o.challengeOf(id)
		if err == nil {
			seen = *ch
		}
		return err
	})
	code, malformed := confirm.CleanCode(typed, seen.Digits)
	if malformed != nil {
		return nil, malformed
	}
	// The slow part is outside the transaction, and done in every case, so that
	// its time tells nothing about the challenge.
	right := t.hasher().Matches(seen.CodeHash, id, seen.Digest, code)
	if err != nil {
		return nil, err
	}
	return t.withChallenge(ctx, a, pos.RightSell, id, true, func(o *Op, c *pos.Cheque, ch *confirm.Challenge) (refused, err error) {
		switch {
		case ch.State == confirm.Created, ch.State == confirm.Sending:
			return pos.E(pos.CodeWait, "code.sending", pos.Args{"Until": o.Shown(ch.ResendAt)}), nil
		case ch.Unreadable():
			return pos.E(pos.CodeConflict, "code.unreadable", nil), nil
		case ch.Ended(), ch.State == confirm.Verified, ch.Override != nil:
			return nil, nil
		}
		ch.Enter(right && ch.CodeHash == seen.CodeHash, o.Steady)
		if err := o.PutChallenge(ch); err != nil {
			return nil, err
		}
		return nil, o.entered(c, ch)
	})
}

// entered does what follows from an entry.
func (o *Op) entered(c *pos.Cheque, ch *confirm.Challenge) error {
	if ch.State == confirm.Verified {
		if err := o.clients.NoteCode(pos.EventCodeVerified, ch, nil); err != nil {
			return err
		}
		if err := o.answered(ch); err != nil || ch.Operation != confirm.ChangePhone {
			return err
		}
		return o.replacePhone(ch)
	}
	err := o.clients.NoteCode(pos.EventCodeWrong, ch, map[string]string{"attempt": strconv.Itoa(ch.Wrong)})
	if err != nil || ch.State != confirm.Dead {
		return err
	}
	if err := o.clients.NoteCode(pos.EventCodeDead, ch, nil); err != nil {
		return err
	}
	if c == nil {
		return nil
	}
	return o.release(c, ch, "")
}

// answered records that the customer read the message: its sends count no more
// as unanswered, and the number is confirmed to be the customer's.
func (o *Op) answered(ch *confirm.Challenge) error {
	sends, err := o.SendsTo(ch.Phone, o.Steady.Add(-confirm.PhoneSpan))
	if err != nil {
		return err
	}
	for _, s := range sends {
		if s.Challenge != ch.ID {
			continue
		}
		s.Answered = true
		if err := o.PutSend(s); err != nil {
			return err
		}
	}
	customer, err := o.Customer(ch.Customer)
	if err != nil || customer.PhoneConfirmed || customer.Phone != ch.Phone {
		return err
	}
	customer.PhoneConfirmed = true
	if err := o.PutCustomer(customer); err != nil {
		return err
	}
	if err := o.Note(pos.EventPhoneConfirmed, string(customer.ID), map[string]string{"phone": clients.MaskPhone(customer.Phone)}); err != nil {
		return err
	}
	return o.Tell(wire.OfCustomer(pos.EventCustomerChanged, customer, o.Act()))
}

// ResendCode places a new code, for BringCode to send; the one before is void.
// CodeWait before ResendAt, CodeLimit after the third message. An employee who
// resends takes the operation over: the new code is bound to whoever asked for
// it.
func (t *Till) ResendCode(ctx context.Context, a pos.Actor, id pos.ChallengeID) (*CodeView, error) {
	return t.withChallenge(ctx, a, pos.RightSell, id, false, func(o *Op, _ *pos.Cheque, ch *confirm.Challenge) (refused, err error) {
		if err := ch.CanResend(o.Steady); err != nil {
			return o.ShownIn(err), nil
		}
		if refused, err := o.phoneLimit(ch); refused != nil || err != nil {
			return refused, err
		}
		ch.Cashier = a.ID
		if ch.Digest, err = o.bindingOf(ch); err != nil {
			return nil, err
		}
		return nil, o.place(ch)
	})
}

// SkipCode goes on without the code, with a reason. CodeForbidden without the
// right for that operation, CodeWait while it is not offered yet (the sending
// neither failed nor is unknown, and 120 s have not passed). Whoever skips need
// not be who rang up the cheque.
func (t *Till) SkipCode(ctx context.Context, a pos.Actor, id pos.ChallengeID, reason string) (*CodeView, error) {
	return t.withChallenge(ctx, a, "", id, false, func(o *Op, _ *pos.Cheque, ch *confirm.Challenge) (refused, err error) {
		if refused, err := o.maySkip(ch); refused != nil || err != nil {
			return refused, err
		}
		cause, refused := ch.SkipCause(o.Steady)
		if cause == confirm.CauseNobody && !o.route().Nobody {
			// A provider was chosen since: the customer is asked after all.
			cause, refused = "", pos.E(pos.CodeConflict, "code.provider-now", nil)
		}
		if refused != nil {
			return o.ShownIn(refused), o.clients.NoteCode(pos.EventCodeSkipRefused, ch, map[string]string{"why": string(pos.CodeOf(refused))})
		}
		if reason, refused = desk.NeedReason(reason); refused != nil {
			return refused, nil
		}
		ch.Skip(pos.Override{
			Challenge: ch.ID, Sale: ch.Sale, Operation: string(ch.Operation), Customer: ch.Customer, Amount: ch.Amount,
			Employee: o.Actor.ID, Cause: cause, Reason: reason, At: o.Steady,
		})
		if err := o.PutChallenge(ch); err != nil {
			return nil, err
		}
		if err := o.clients.NoteCode(pos.EventCodeSkipped, ch, map[string]string{"cause": cause, "reason": reason}); err != nil {
			return nil, err
		}
		if ch.Operation == confirm.ChangePhone {
			return nil, o.replacePhone(ch)
		}
		return nil, nil
	})
}

// maySkip asks the right for the challenge's operation, before anything else is
// told. A refusal leaves its own trace in the trail.
func (o *Op) maySkip(ch *confirm.Challenge) (refused, err error) {
	o.About(string(ch.Sale))
	err = o.DemandSum(skipRight(ch.Operation), ch.Amount)
	refusal, ok := desk.Refusal(err)
	if !ok {
		return nil, err
	}
	if err := o.Note(pos.EventForbidden, "", desk.RefusalDetail(refusal)); err != nil {
		return nil, err
	}
	return refusal, o.clients.NoteCode(pos.EventCodeSkipRefused, ch, map[string]string{"why": "right"})
}

// withChallenge runs one operation on a challenge and shows it as it then is.
// One that time has ended is stored as such first. One that no longer fits its
// cheque is revoked and its tender taken off; fn is not called. sameCashier asks
// that the employee be the one the code is bound to. CodeConflict when its sale
// is over.
func (t *Till) withChallenge(ctx context.Context, a pos.Actor, need pos.Right, id pos.ChallengeID, sameCashier bool,
	fn func(*Op, *pos.Cheque, *confirm.Challenge) (refused, err error),
) (*CodeView, error) {
	var v *CodeView
	err := t.desk.ChangeOrRefuse(ctx, a, need, func(o *Op) (refused, err error) {
		ch, err := o.challengeOf(id)
		if err != nil {
			return nil, err
		}
		if refused, err = o.standing(ch, sameCashier, fn); err != nil {
			return nil, err
		}
		v, err = o.showCode(ch)
		return refused, err
	})
	return desk.OrNil(v, err)
}

// standing calls fn with a challenge that stands, and with one that is over.
func (o *Op) standing(ch *confirm.Challenge, sameCashier bool,
	fn func(*Op, *pos.Cheque, *confirm.Challenge) (refused, err error),
) (refused, err error) {
	if ch.Ended() {
		return fn(o, nil, ch)
	}
	if ch.Operation == confirm.ChangePhone {
		return o.withPhoneChange(ch, sameCashier, fn)
	}
	c, err := o.CurrentCheque()
	if err != nil {
		return nil, err
	}
	if c.ID != ch.Sale {
		return pos.E(pos.CodeConflict, "code.ended", nil), nil
	}
	if err := o.lapse(ch); err != nil {
		return nil, err
	}
	why, err := o.unbound(c, ch)
	if err == nil && why == "" && sameCashier && ch.Cashier != o.Actor.ID && ch.Override == nil {
		why = "code.revoked-cashier"
	}
	if err != nil {
		return nil, err
	}
	if why != "" {
		return nil, o.release(c, ch, why)
	}
	return fn(o, c, ch)
}

// lapse stores what time has ended.
func (o *Op) lapse(ch *confirm.Challenge) error {
	if !ch.Lapse(o.Steady) {
		return nil
	}
	if err := o.PutChallenge(ch); err != nil {
		return err
	}
	if ch.State != confirm.Expired {
		return o.clients.NoteSent(ch.State, ch, map[string]string{"reason": ch.ReasonID})
	}
	return o.clients.NoteCode(pos.EventCodeExpired, ch, nil)
}

// unbound compares what the challenge was made for with what is true now. It
// returns the reason when they differ, "" when the code still stands for this.
func (o *Op) unbound(c *pos.Cheque, ch *confirm.Challenge) (string, error) {
	d := c.Tender(methodOf(ch.Operation))
	switch {
	case ch.Seal != pos.SealWhole: // whether it was answered cannot be told
		return tampered, nil
	case d == nil || d.Challenge != ch.ID || d.Amount != ch.Amount || d.Points != ch.Points:
		return "code.revoked-amount", nil
	case c.Customer != ch.Customer:
		return "code.revoked-customer", nil
	}
	p, err := o.price(c)
	switch {
	case err != nil:
		return "", err
	case p.Total != ch.Total:
		return "code.revoked-cheque", nil
	case p.buyer == nil || p.buyer.Phone != ch.Phone:
		return "code.revoked-phone", nil
	}
	now, err := o.bindingOf(ch)
	if err == nil && now != ch.Digest {
		return o.otherwise(ch, "code.revoked-settings", tampered)
	}
	return "", err
}

// tampered is why a code does not hold that was changed past the till.
const tampered = "code.revoked-tampered"

// release takes the challenge's tender off the cheque and, unless the challenge
// is over already, revokes it.
func (o *Op) release(c *pos.Cheque, ch *confirm.Challenge, why string) error {
	for i, d := range c.Tenders {
		if d.Challenge != ch.ID {
			continue
		}
		if err := o.DeleteTender(c.ID, d.No); err != nil {
			return err
		}
		c.Tenders = append(c.Tenders[:i:i], c.Tenders[i+1:]...)
		break
	}
	c.Rev++
	if err := o.PutChequeHead(c); err != nil {
		return err
	}
	return o.clients.Revoke(ch, why)
}

// challengeOf names a missing challenge in words a cashier can act on.
func (o *Op) challengeOf(id pos.ChallengeID) (*confirm.Challenge, error) {
	ch, err := o.Challenge(id)
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, pos.E(pos.CodeNotFound, "code.none", nil)
	}
	return ch, err
}
