package counter

import (
	"context"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// Tender adds a payment. A method that gives change may exceed what is due;
// others may not (CodeInvalid "tender.no-change"). A sum of more than a hundred
// times what is due is asked about: CodeConflict "tender.sure", and TenderSure
// takes it. Where a rounding step is set, the change is whole steps (CodeInvalid
// "tender.step"). Credit is as SpendPoints. What
// a sum does not tell enough for has an operation of its own, such as SpendPoints
// and PayCertificate: CodeInvalid here, by an id that says what is missing.
func (t *Till) Tender(ctx context.Context, a pos.Actor, m pos.Method, amount money.Amount) (*ChequeView, *CodeView, error) {
	return t.tender(ctx, a, m, amount, false)
}

func (t *Till) tender(ctx context.Context, a pos.Actor, m pos.Method, amount money.Amount, sure bool) (*ChequeView, *CodeView, error) {
	switch {
	case !m.ByHand():
		return nil, nil, pos.E(pos.CodeInvalid, "tender.unknown", nil)
	case m.Put() == pos.PutByAsking:
		return nil, nil, pos.E(pos.CodeInvalid, "tender."+string(m), nil)
	case m == pos.Credit:
		return t.protect(ctx, a, request{operation: confirm.SellCredit, amount: amount})
	}
	var v *ChequeView
	err := t.desk.Change(ctx, a, m.Right(), func(o *Op) error {
		c, _, err := o.ChequeToPay()
		if err != nil {
			return err
		}
		p, err := o.price(c)
		if err != nil {
			return err
		}
		if err := checkTender(p.Totals, m, amount); err != nil {
			return err
		}
		if err := o.checkSum(c, p.Totals, amount, sure); err != nil {
			return err
		}
		if err := o.checkStep(p.Totals.Due, amount); err != nil {
			return err
		}
		if err := o.AddTender(c, pos.Tender{No: c.NextTender(), Method: m, Amount: amount}); err != nil {
			return err
		}
		v, err = o.View(c)
		return err
	})
	v, err = desk.OrNil(v, err)
	return v, nil, err
}

// checkTender tells whether a payment in money may be added to what was paid.
func checkTender(t pos.Totals, m pos.Method, amount money.Amount) error {
	switch {
	case amount <= 0:
		return pos.E(pos.CodeInvalid, "amount.not-positive", nil)
	case amount > money.MaxAmount || t.Paid.Add(amount) > money.MaxAmount:
		return pos.E(pos.CodeLimit, "cheque.too-large", pos.Args{"Max": money.MaxAmount})
	case t.Due == 0:
		return pos.E(pos.CodeConflict, "tender.nothing-due", nil)
	case !m.GivesChange() && amount > t.Due:
		return pos.E(pos.CodeInvalid, "tender.no-change", pos.Args{"Due": t.Due})
	}
	return nil
}

// AddTender adds a tender to the cheque and stores it.
func (o *Op) AddTender(c *pos.Cheque, d pos.Tender) error {
	c.Tenders = append(c.Tenders, d)
	if err := o.PutTender(c.ID, &d); err != nil {
		return err
	}
	c.Rev++
	return o.PutChequeHead(c)
}

// RemoveTender takes a payment off again and revokes its code; an order nobody
// decided yet is withdrawn. no 0 means the
// last one of the method. CodeNotFound when there is none.
func (t *Till) RemoveTender(ctx context.Context, a pos.Actor, m pos.Method, no int) (*ChequeView, error) {
	return t.edit(ctx, a, pos.RightSell, func(o *Op, c *pos.Cheque) error {
		for i := len(c.Tenders) - 1; i >= 0; i-- {
			d := c.Tenders[i]
			if m.Put() == pos.PutByTill {
				return pos.E(pos.CodeConflict, "return.exchange-tender", nil)
			}
			if d.Method != m || (no != 0 && d.No != no) {
				continue
			}
			return o.TakeOff(c, d, "code.revoked-removed")
		}
		return pos.E(pos.CodeNotFound, "tender.none", nil)
	})
}

// TakeOff removes one tender from the cheque, here and in the store, and voids
// its code; an order it waited for is not needed any more.
func (o *Op) TakeOff(c *pos.Cheque, gone pos.Tender, reason string) error {
	kept := make([]pos.Tender, 0, len(c.Tenders))
	for _, d := range c.Tenders {
		if d.No != gone.No {
			kept = append(kept, d)
		}
	}
	c.Tenders = kept
	if gone.Method.NeedsApproval() {
		if err := o.letGo(c, gone.Order); err != nil {
			return err
		}
	}
	return o.clients.DropTender(c.ID, gone, reason)
}
