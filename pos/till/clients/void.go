package clients

import (
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till/internal/desk"
)

// RevokeAll takes the points and the credit of a cheque out of its payment and
// voids their codes; other tenders stay.
func (o *Op) RevokeAll(c *pos.Cheque, reason string) error {
	kept := c.Tenders[:0:0]
	for _, d := range c.Tenders {
		if !d.Method.NeedsCustomer() {
			kept = append(kept, d)
			continue
		}
		if err := o.DropTender(c.ID, d, reason); err != nil {
			return err
		}
	}
	c.Tenders = kept
	return nil
}

// DropTender takes one tender off the stored cheque and voids its code.
func (o *Op) DropTender(sale pos.SaleID, d pos.Tender, reason string) error {
	if err := o.DeleteTender(sale, d.No); err != nil {
		return err
	}
	if d.Challenge == "" {
		return nil
	}
	ch, err := o.Challenge(d.Challenge)
	if err != nil {
		return err
	}
	return o.Revoke(ch, reason)
}

// Revoke voids a code that is not over yet, and says why in the trail.
func (o *Op) Revoke(ch *confirm.Challenge, reason string) error {
	if !ch.Revoke(reason) {
		return nil
	}
	if err := o.PutChallenge(ch); err != nil {
		return err
	}
	return o.NoteCode(pos.EventCodeRevoked, ch, map[string]string{"reason": reason})
}

// NoteSent records what became of a message of a challenge.
func (o *Op) NoteSent(s confirm.State, ch *confirm.Challenge, more map[string]string) error {
	kind := pos.EventCodeUnknown
	switch s {
	case confirm.Sent:
		kind = pos.EventCodeSent
	case confirm.SendFailed:
		kind = pos.EventCodeFailed
	}
	return o.NoteCode(kind, ch, more)
}

// NoteCode records a step of a challenge: never its code, never the whole
// number it went to.
func (o *Op) NoteCode(k pos.EventKind, ch *confirm.Challenge, more map[string]string) error {
	detail := map[string]string{
		"challenge": string(ch.ID), "operation": string(ch.Operation), "customer": string(ch.Customer),
		"phone": MaskPhone(ch.Phone), "amount": desk.Minor(ch.Amount), "digest": ch.Digest, "provider": ch.Provider,
	}
	for key, value := range more {
		if value != "" {
			detail[key] = value
		}
	}
	subject := string(ch.Sale)
	if ch.Operation == confirm.ChangePhone {
		subject = string(ch.Customer)
		detail["phone_new"] = MaskPhone(ch.NewPhone)
	}
	return o.Note(k, subject, detail)
}
