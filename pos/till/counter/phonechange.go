package counter

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till/clients"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// StartPhoneChange asks the number a customer has, by a code that BringCode
// sends to it, whether another may take its place ("" for none). The change is
// made by EnterCode with that code, or by SkipCode with RightSkipPhone and a
// reason: then nothing can be spent by the new number for pos.PhoneHold.
// CodeInvalid for a number that is none, CodeConflict for one that is somebody
// else's, that the customer has already, or where there is no number to ask,
// CodeWait when the phone was written to too often.
func (t *Till) StartPhoneChange(ctx context.Context, a pos.Actor, id pos.CustomerID, number string) (*CodeView, error) {
	challenge := pos.ChallengeID(t.desk.NewID())
	var v *CodeView
	err := t.desk.ChangeOrRefuse(ctx, a, pos.RightCustomerEdit, func(o *Op) (refused, err error) {
		ch, customer, err := o.phoneChange(challenge, id, number)
		if err != nil {
			return nil, err
		}
		if refused, err := o.phoneLimit(ch); refused != nil || err != nil {
			return refused, err
		}
		if err := o.clients.RevokePhoneChanges(id); err != nil {
			return nil, err
		}
		err = o.place(ch)
		v = new(ShowCode(ch, customer.Name, a))
		return nil, err
	})
	return desk.OrNil(v, err)
}

// phoneChange asks every rule whether the number may be replaced, and makes the
// challenge for it.
func (o *Op) phoneChange(challenge pos.ChallengeID, id pos.CustomerID, number string) (*confirm.Challenge, *pos.Customer, error) {
	c, err := clients.Known(o.Customer(id))
	if err != nil {
		return nil, nil, err
	}
	if err := clients.Alive(c); err != nil {
		return nil, nil, err
	}
	if err := c.Seal.Guard(pos.SealCustomer, c.Name); err != nil {
		return nil, nil, err
	}
	if strings.TrimSpace(number) != "" {
		if number, err = clients.ParsePhone(number, o.Settings.Country); err != nil {
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
		if err := clients.TakenBy(c, "customer.phone-taken", func() (*pos.Customer, error) { return o.CustomerByPhone(number) }); err != nil {
			return nil, nil, err
		}
	}
	ch := &confirm.Challenge{
		ID: challenge, Operation: confirm.ChangePhone, Customer: c.ID, Phone: c.Phone, NewPhone: number, Cashier: o.Actor.ID,
		CreatedAt: o.Steady,
	}
	ch.Digest, err = o.bindingOf(ch)
	return ch, c, err
}

// withPhoneChange is standing for a change of phone, which belongs to no
// cheque.
func (o *Op) withPhoneChange(ch *confirm.Challenge, sameCashier bool,
	fn func(*Op, *pos.Cheque, *confirm.Challenge) (refused, err error)) (refused, err error) {
	if err := o.lapse(ch); err != nil {
		return nil, err
	}
	why, err := o.unboundPhone(ch)
	if err != nil {
		return nil, err
	}
	if why == "" && sameCashier && ch.Cashier != o.Actor.ID {
		why = "code.revoked-other"
	}
	if why != "" {
		return nil, o.clients.Revoke(ch, why)
	}
	return fn(o, nil, ch)
}

// unboundPhone is unbound for a change of phone.
func (o *Op) unboundPhone(ch *confirm.Challenge) (string, error) {
	c, err := o.Customer(ch.Customer)
	if err != nil {
		return "", err
	}
	if ch.Seal != pos.SealWhole {
		return tampered, nil
	}
	if c.Phone != ch.Phone || clients.Alive(c) != nil {
		return "code.revoked-phone-change", nil
	}
	now, err := o.bindingOf(ch)
	if err == nil && now != ch.Digest {
		return o.otherwise(ch, "code.revoked-other", tampered)
	}
	return "", err
}

// replacePhone makes a change that its challenge has confirmed, or an employee
// has without it: then a reason says why, and the new number is held.
func (o *Op) replacePhone(ch *confirm.Challenge) error {
	c, err := o.Customer(ch.Customer)
	if err != nil {
		return err
	}
	c.Phone, c.PhoneConfirmed, c.PhoneChangedAt = ch.NewPhone, false, o.At
	detail := map[string]string{"phone": clients.MaskPhone(ch.NewPhone), "phone_was": clients.MaskPhone(ch.Phone),
		pos.DetailChallenge: string(ch.ID), pos.DetailDigest: ch.Digest, "confirmed": desk.YesNo(ch.Override == nil)}
	if ch.Override != nil {
		c.PhoneHeldUntil = o.Steady.Add(pos.PhoneHold)
	}
	if err := o.clients.StoreCustomer(c); err != nil {
		return err
	}
	ch.State, ch.CodeHash = confirm.Consumed, ""
	if err := o.PutChallenge(ch); err != nil {
		return err
	}
	if err := o.clients.NoteCode(pos.EventCodeConsumed, ch, nil); err != nil {
		return err
	}
	if err := o.Note(pos.EventPhoneChanged, string(c.ID), detail); err != nil {
		return err
	}
	return o.Tell(wire.OfCustomer(pos.EventCustomerChanged, c, o.Act()))
}
