package till

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/confirm"
)

// StartPhoneChange asks the number a customer has, by a code sent to it, whether
// another may take its place ("" for none). The change is made by EnterCode with
// that code, or by SkipCode with RightSkipPhone and a reason: then nothing can
// be spent by the new number for pos.PhoneHold. CodeInvalid for a number that is
// none, CodeConflict for one that is somebody else's, that the customer has
// already, or where there is no number to ask, CodeWait when the phone was
// written to too often.
func (t *Till) StartPhoneChange(ctx context.Context, a pos.Actor, id pos.CustomerID, number string) (*confirm.Challenge, error) {
	challenge := pos.ChallengeID(t.IDs.NewID())
	plan := func(o *op) (*confirm.Challenge, *pos.Customer, error) { return o.phoneChange(challenge, id, number) }
	var ch *confirm.Challenge
	err := t.look(ctx, a, pos.RightCustomerEdit, func(o *op) (err error) {
		ch, _, err = plan(o)
		return err
	})
	if err != nil {
		return nil, err
	}
	planned := ch.Digest
	code, hash, err := t.makeCode(ch)
	if err != nil {
		return nil, t.told(err)
	}
	var customer *pos.Customer
	err = t.changeOrRefuse(ctx, a, pos.RightCustomerEdit, func(o *op) (refused, err error) {
		if ch, customer, err = plan(o); err != nil {
			return nil, err
		}
		if ch.Digest != planned {
			return pos.E(pos.CodeConflict, "customer.busy", nil), nil
		}
		if refused, err := o.phoneLimit(ch); refused != nil || err != nil {
			return refused, err
		}
		if err := o.revokePhoneChanges(id); err != nil {
			return nil, err
		}
		return nil, o.startSend(ch, hash)
	})
	if err != nil {
		return nil, err
	}
	_, ch, err = t.send(ctx, a, ch, customer, code)
	return orNil(ch, err)
}

// phoneChange asks every rule whether the number may be replaced, and makes the
// challenge for it.
func (o *op) phoneChange(challenge pos.ChallengeID, id pos.CustomerID, number string) (*confirm.Challenge, *pos.Customer, error) {
	c, err := known(o.Customer(id))
	if err != nil {
		return nil, nil, err
	}
	if err := alive(c); err != nil {
		return nil, nil, err
	}
	if strings.TrimSpace(number) != "" {
		if number, err = parsePhone(number, o.set.Country); err != nil {
			return nil, nil, err
		}
	} else {
		number = ""
	}
	switch {
	case c.Phone == "":
		return nil, nil, pos.E(pos.CodeConflict, "phone-change.none", pos.Args{"Name": c.Name})
	case c.Phone == number:
		return nil, nil, pos.E(pos.CodeConflict, "phone-change.same", nil)
	}
	if number != "" {
		if err := takenBy(c, "customer.phone-taken", func() (*pos.Customer, error) { return o.CustomerByPhone(number) }); err != nil {
			return nil, nil, err
		}
	}
	ch := &confirm.Challenge{
		ID: challenge, Operation: confirm.ChangePhone, Customer: c.ID, Phone: c.Phone, NewPhone: number, Cashier: o.actor.ID,
		State: confirm.Created, Channel: string(pos.ConfirmSMS), Provider: o.set.SMSProvider, CreatedAt: o.at,
	}
	ch.Digest, err = o.bindingOf(ch)
	return ch, c, err
}

// withPhoneChange is withChallenge for a change of phone, which belongs to no
// cheque.
func (o *op) withPhoneChange(ch *confirm.Challenge, sameCashier bool,
	fn func(*op, *pos.Cheque, *confirm.Challenge) (refused, err error)) (refused, err error) {
	if err := o.lapse(ch); err != nil {
		return nil, err
	}
	why, err := o.unboundPhone(ch)
	if err != nil {
		return nil, err
	}
	if why == "" && sameCashier && ch.Cashier != o.actor.ID {
		why = "code.revoked-other"
	}
	if why != "" {
		return nil, o.revoke(ch, why)
	}
	return fn(o, nil, ch)
}

// unboundPhone is unbound for a change of phone.
func (o *op) unboundPhone(ch *confirm.Challenge) (string, error) {
	c, err := o.Customer(ch.Customer)
	if err != nil {
		return "", err
	}
	if c.Phone != ch.Phone || alive(c) != nil {
		return "code.revoked-phone-change", nil
	}
	now, err := o.bindingOf(ch)
	if err == nil && now != ch.Digest {
		return "code.revoked-other", nil
	}
	return "", err
}

// replacePhone makes a change that its challenge has confirmed, or an employee
// has without it: then a reason says why, and the new number is held.
func (o *op) replacePhone(ch *confirm.Challenge) error {
	c, err := o.Customer(ch.Customer)
	if err != nil {
		return err
	}
	c.Phone, c.PhoneConfirmed, c.PhoneChangedAt = ch.NewPhone, false, o.at
	detail := map[string]string{"phone": maskPhone(ch.NewPhone), "phone_was": maskPhone(ch.Phone),
		pos.DetailChallenge: string(ch.ID), pos.DetailDigest: ch.Digest, "confirmed": yesNo(ch.Override == nil)}
	if ch.Override != nil {
		c.PhoneHeldUntil = o.at.Add(pos.PhoneHold)
	}
	if err := o.storeCustomer(c); err != nil {
		return err
	}
	ch.State, ch.CodeHash = confirm.Consumed, ""
	if err := o.PutChallenge(ch); err != nil {
		return err
	}
	if err := o.noteCode(pos.EventCodeConsumed, ch, nil); err != nil {
		return err
	}
	if err := o.note(pos.EventPhoneChanged, string(c.ID), detail); err != nil {
		return err
	}
	return o.tell(pos.EventCustomerChanged, string(c.ID), map[string]any{"id": c.ID})
}

// revokePhoneChanges voids the changes of a customer's phone that wait for their
// code.
func (o *op) revokePhoneChanges(id pos.CustomerID) error {
	all, err := o.ChallengesOf("")
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].Customer != id {
			continue
		}
		if err := o.revoke(&all[i], "code.revoked-phone-change"); err != nil {
			return err
		}
	}
	return nil
}

// guarded reports that customers confirm what they spend: only then a number is
// worth protecting.
func guarded(set *pos.Settings) bool {
	return set.ConfirmPoints != pos.ConfirmNone || set.ConfirmCredit != pos.ConfirmNone
}

// checkPhone refuses with CodeCodeRequired to replace a number outside of
// StartPhoneChange, and holds a first number that is given to somebody who has
// points already: nobody can be asked whether it is theirs.
func (o *op) checkPhone(old, c *pos.Customer) error {
	if c.Phone == old.Phone || !guarded(&o.set) {
		return nil
	}
	if old.Phone != "" {
		return pos.E(pos.CodeCodeRequired, "customer.phone-by-code", pos.Args{"Name": old.Name})
	}
	return o.holdPhone(c)
}

// holdPhone holds a number nobody confirmed where there is something to take.
func (o *op) holdPhone(c *pos.Customer) error {
	s, err := o.stateOf(c)
	if err == nil && s.Points+s.PointsSoon > 0 {
		c.PhoneHeldUntil = o.at.Add(pos.PhoneHold)
	}
	return err
}
