package returns

import (
	"context"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// CorrectTender says that a part of a sale was paid by another method than was
// booked: cash, card or transfer. The sale stays as it is; a pair of entries
// takes the sum back and books it anew. Only a sale of the open shift can be
// corrected: the drawer of an earlier one is counted. CodeConflict then and when
// the drawer would go below nothing, CodeLimit beyond what was paid by that
// method and has not come back, CodeInvalid without a reason.
func (t *Till) CorrectTender(ctx context.Context, a pos.Actor, sale pos.SaleID, from, to pos.Method, amount money.Amount, reason string) (*pos.Correction, error) {
	var c *pos.Correction
	err := t.desk.Change(ctx, a, "", func(o *op) error {
		o.About(string(sale))
		if err := o.DemandSum(pos.RightCorrectTender, amount); err != nil {
			return err
		}
		shift, err := o.drawer.WorkingShift()
		if err != nil {
			return err
		}
		s, err := o.Tx.Sale(sale)
		if err != nil {
			return err
		}
		if s.Shift != shift.ID {
			return pos.E(pos.CodeConflict, "correction.other-shift", pos.Args{"Number": s.Number})
		}
		c = &pos.Correction{ID: pos.CorrectionID(o.NewID()), Sale: s.ID, SaleNo: s.Number, Shift: shift.ID, Employee: a.ID,
			From: from, To: to, Amount: amount, At: o.At}
		if err := c.Check(); err != nil {
			return err
		}
		if c.Reason, err = desk.NeedReason(reason); err != nil {
			return err
		}
		if err := o.correctable(s, c); err != nil {
			return err
		}
		return o.storeCorrection(s, c)
	})
	return desk.OrNil(c, err)
}

// correctable tells whether that much of the sale stands on the wrong account.
func (o *op) correctable(s *pos.Sale, c *pos.Correction) error {
	from, err := o.originOf(s)
	if err != nil {
		return err
	}
	f, err := o.saleFacts(from)
	if err != nil {
		return err
	}
	var paid money.Amount
	if p := payment(f.Payments, s.ID, c.From, ""); p != nil {
		paid = p.Paid.Sub(p.Back)
	}
	step := o.Settings.Rules.RoundingStep
	switch inCash := c.From.InDrawer() || c.To.InDrawer(); {
	case c.Amount > paid:
		return pos.E(pos.CodeLimit, "correction.too-much", pos.Args{"Method": c.From, "Paid": paid})
	case inCash && c.Amount != paid && money.RoundDown(c.Amount, step) != c.Amount:
		return pos.E(pos.CodeInvalid, "correction.step", pos.Args{"Step": step})
	}
	cash, err := o.drawer.ExpectedCash()
	if err == nil && c.From.InDrawer() && c.Amount > cash {
		err = pos.E(pos.CodeConflict, "return.drawer", pos.Args{"Amount": c.Amount, "Expected": cash})
	}
	return err
}

func (o *op) storeCorrection(s *pos.Sale, c *pos.Correction) error {
	n, err := o.EntryOf(string(c.Sale))
	if err != nil {
		return err
	}
	if err := o.PutCorrection(c); err != nil {
		return err
	}
	for _, e := range ledger.OfCorrection(c, o.Settings.Currency, n) {
		if err := o.Book(e); err != nil {
			return err
		}
	}
	detail := map[string]string{"sale": string(c.Sale), "from": string(c.From), "to": string(c.To), "amount": desk.Minor(c.Amount), "reason": c.Reason}
	if err := o.Tell(wire.OfCorrection(c, s)); err != nil {
		return err
	}
	return o.Note(pos.EventTenderCorrected, string(c.ID), detail)
}
