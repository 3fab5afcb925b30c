package clients

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// MergeChoice says what the survivor of a merge keeps of the two cards where
// they differ. False keeps the survivor's own; what the survivor lacks is always
// taken from the duplicate.
type MergeChoice struct {
	Survivor, Duplicate pos.CustomerID
	// TakeName, TakePhone, TakeCard, TakeEmail, TakeBirthday, TakeGroup and
	// TakeLimit give the survivor the duplicate's.
	TakeName, TakePhone, TakeCard, TakeEmail, TakeBirthday, TakeGroup, TakeLimit bool
}

// MergePreview is what a merge would make of two cards.
type MergePreview struct {
	Survivor, Duplicate pos.CustomerState // as they are now
	Becomes             pos.CustomerState // the survivor afterwards
	Points              int64             // that pass over, usable or not
	Debt                money.Amount      // that passes over
	Held                bool              // nothing may be spent for a day: the number was another one for half of it
}

// PreviewMerge tells what MergeCustomers would do, and changes nothing. Errors
// are those of MergeCustomers.
func (t *Till) PreviewMerge(ctx context.Context, a pos.Actor, m MergeChoice) (*MergePreview, error) {
	var p *MergePreview
	err := t.desk.Look(ctx, a, pos.RightMerge, func(o *Op) (err error) {
		p, err = o.previewMerge(m)
		return err
	})
	return desk.OrNil(p, err)
}

// MergeCustomers makes one card of two of the same person. Points, debts and
// history of the duplicate are the survivor's from then on; a scan of its card
// or its phone finds the survivor. CodeConflict when one of them was merged or
// made anonymous already, CodeForbidden without RightCreditLimit when the limit
// is the duplicate's.
func (t *Till) MergeCustomers(ctx context.Context, a pos.Actor, m MergeChoice) (*pos.CustomerState, error) {
	var state *pos.CustomerState
	err := t.desk.Change(ctx, a, pos.RightMerge, func(o *Op) error {
		p, err := o.previewMerge(m)
		if err != nil {
			return err
		}
		if p.Becomes.CreditLimit != p.Survivor.CreditLimit {
			if err := o.Demand(pos.RightCreditLimit); err != nil {
				return err
			}
		}
		state, err = o.merge(p)
		return err
	})
	return desk.OrNil(state, err)
}

func (o *Op) previewMerge(m MergeChoice) (*MergePreview, error) {
	if m.Survivor == m.Duplicate {
		return nil, pos.E(pos.CodeInvalid, "merge.same", nil)
	}
	p := &MergePreview{}
	for _, side := range []struct {
		id pos.CustomerID
		to *pos.CustomerState
	}{{m.Survivor, &p.Survivor}, {m.Duplicate, &p.Duplicate}} {
		c, err := Known(o.Customer(side.id))
		if err != nil {
			return nil, err
		}
		if err := Alive(c); err != nil {
			return nil, err
		}
		s, err := o.StateOf(c)
		if err != nil {
			return nil, err
		}
		*side.to = *s
	}
	became := m.apply(p.Survivor.Customer, p.Duplicate.Customer)
	p.Held = p.Survivor.Phone != "" && p.Duplicate.Phone != "" || became.Phone != p.Survivor.Phone
	if p.Held {
		became.PhoneConfirmed, became.PhoneChangedAt, became.PhoneHeldUntil = false, o.At, o.Steady.Add(pos.PhoneHold)
	}
	lots, err := o.Lots(m.Duplicate)
	if err != nil {
		return nil, err
	}
	for i := range lots {
		p.Points += lots[i].Left
	}
	p.Debt = p.Duplicate.Debt
	return p, o.becomes(p, became, lots)
}

// becomes works out the survivor with everything the duplicate brings.
func (o *Op) becomes(p *MergePreview, c pos.Customer, lots []pos.Lot) error {
	own, err := o.Lots(c.ID)
	if err != nil {
		return err
	}
	debts, err := o.Debts(c.ID)
	if err != nil {
		return err
	}
	more, err := o.Debts(p.Duplicate.ID)
	if err != nil {
		return err
	}
	g, err := o.GroupOf(&c)
	if err != nil {
		return err
	}
	p.Becomes = pos.NewCustomerState(c, g, append(own, lots...), append(debts, more...), o.Due())
	return nil
}

// apply is the survivor's card after the choice.
func (m MergeChoice) apply(c, d pos.Customer) pos.Customer {
	take := func(yes bool, own *string, theirs string) {
		if theirs != "" && (yes || *own == "") {
			*own = theirs
		}
	}
	take(m.TakeName, &c.Name, d.Name)
	take(m.TakeCard, &c.Card, d.Card)
	take(m.TakeEmail, &c.Email, d.Email)
	take(m.TakeBirthday, &c.Birthday, d.Birthday)
	take(m.TakeGroup, (*string)(&c.Group), string(d.Group))
	if d.Phone != "" && (m.TakePhone || c.Phone == "") {
		c.Phone, c.PhoneConfirmed = d.Phone, d.PhoneConfirmed
	}
	if m.TakeLimit {
		c.CreditLimit = d.CreditLimit
	}
	if d.Note != "" && d.Note != c.Note {
		if both := c.Note + "\n" + d.Note; c.Note == "" {
			c.Note = d.Note
		} else if len([]rune(both)) <= pos.MaxCustomerNoteRunes {
			c.Note = both
		}
	}
	return c
}

// merge stores a merge that was previewed.
func (o *Op) merge(p *MergePreview) (*pos.CustomerState, error) {
	for _, id := range []pos.CustomerID{p.Survivor.ID, p.Duplicate.ID} {
		if err := o.freeCheques(id, p.Survivor.ID); err != nil {
			return nil, err
		}
		if err := o.RevokePhoneChanges(id); err != nil {
			return nil, err
		}
	}
	survivor, duplicate := p.Becomes.Customer, p.Duplicate.Customer
	if err := o.swapNumbers(&survivor, &duplicate, p); err != nil {
		return nil, err
	}
	doc := &pos.Merge{ID: pos.MergeID(o.NewID()), Survivor: survivor.ID, Duplicate: duplicate.ID,
		Points: p.Points, Debt: p.Debt, Employee: o.Actor.ID, At: o.At}
	if err := o.PutMerge(doc); err != nil {
		return nil, err
	}
	if err := o.PassOn(duplicate.ID, survivor.ID); err != nil {
		return nil, err
	}
	if err := o.passConsents(duplicate.ID, survivor.ID); err != nil {
		return nil, err
	}
	if err := o.Book(ledger.OfMerge(doc, o.Settings.Currency)); err != nil {
		return nil, err
	}
	detail := map[string]string{"merge": string(doc.ID), "duplicate": string(doc.Duplicate),
		"points": strconv.FormatInt(doc.Points, 10), "debt": desk.Minor(doc.Debt)}
	if err := o.Note(pos.EventCustomersMerged, string(doc.Survivor), detail); err != nil {
		return nil, err
	}
	if err := o.NoteCustomer(pos.EventCustomerChanged, &p.Survivor.Customer, &survivor); err != nil {
		return nil, err
	}
	if err := o.noteLimit(&p.Duplicate.Customer, &duplicate); err != nil {
		return nil, err
	}
	if err := o.Tell(wire.OfMerge(doc, &duplicate, o.Settings.Currency)); err != nil {
		return nil, err
	}
	return o.StateOf(&survivor)
}

// swapNumbers stores both cards: the duplicate is archived, points at the
// survivor, and keeps whichever phone and card the survivor does not have, so
// that they go on finding the person.
func (o *Op) swapNumbers(survivor, duplicate *pos.Customer, p *MergePreview) error {
	if survivor.Phone == duplicate.Phone {
		duplicate.Phone = p.Survivor.Phone
	}
	if survivor.Card == duplicate.Card {
		duplicate.Card = p.Survivor.Card
	}
	duplicate.Archived, duplicate.MergedInto, duplicate.CreditLimit, duplicate.PhoneConfirmed = true, survivor.ID, 0, false
	// For a moment nobody has them: both are unique.
	bare := *duplicate
	bare.Phone, bare.Card = "", ""
	for _, c := range []*pos.Customer{&bare, survivor, duplicate} {
		if err := o.PutCustomer(c); err != nil {
			return err
		}
	}
	return nil
}

// freeCheques takes the points and credit of a customer out of open and parked
// cheques, voids their codes, and puts them down to another ("" for nobody).
func (o *Op) freeCheques(id, to pos.CustomerID) error {
	cheques, err := o.ChequesOf(id)
	if err != nil {
		return err
	}
	for i := range cheques {
		c := &cheques[i]
		if err := o.RevokeAll(c, "code.revoked-customer"); err != nil {
			return err
		}
		c.Customer = to
		c.Rev++
		if err := o.PutChequeHead(c); err != nil {
			return err
		}
	}
	return nil
}

// Alive refuses with CodeConflict what is asked of a card that is no person's
// any more.
func Alive(c *pos.Customer) error {
	switch {
	case !c.ErasedAt.IsZero():
		return pos.E(pos.CodeConflict, "customer.erased", nil)
	case c.MergedInto != "":
		return pos.E(pos.CodeConflict, "customer.merged", nil)
	}
	return nil
}
