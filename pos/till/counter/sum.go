package counter

// This file asks whether a sum somebody typed can be meant, and whether the till
// can give what it leaves to give.

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
)

// doubtful is how many times what is due a sum must be to be asked about: a slip
// of the finger, or a barcode read into the field of the sum.
const doubtful = 100

// TenderSure is Tender for a sum of which the person was asked whether it is
// meant, because it is far more than what is due. The change must then be in the
// drawer, with what was put in before: CodeConflict "tender.no-change-left".
func (t *Till) TenderSure(ctx context.Context, a pos.Actor, m pos.Method, amount money.Amount) (*ChequeView, *CodeView, error) {
	return t.tender(ctx, a, m, amount, true)
}

// checkSum asks about a sum that is far more than what is due, once.
func (o *Op) checkSum(c *pos.Cheque, t pos.Totals, amount money.Amount, sure bool) error {
	if amount <= t.Due*doubtful {
		return nil
	}
	change := amount.Sub(t.Due)
	if !sure {
		return pos.E(pos.CodeConflict, "tender.sure", pos.Args{"Amount": amount, "Due": t.Due, "Change": change})
	}
	has, err := o.drawer.ExpectedCash()
	if err != nil {
		return err
	}
	for _, d := range c.Tenders {
		if d.Method.InDrawer() {
			has = has.Add(d.Amount)
		}
	}
	if change > has {
		// How much there is stays unsaid: whoever counts the drawer must not know.
		return pos.E(pos.CodeConflict, "tender.no-change-left", pos.Args{"Change": change})
	}
	return nil
}

// checkStep keeps the change a whole number of the rounding's steps: no coin is
// smaller.
func (o *Op) checkStep(due, amount money.Amount) error {
	step := o.Settings.Rules.RoundingStep
	change := amount.Sub(due)
	if over := change.Sub(money.RoundDown(change, step)); change > 0 && over > 0 {
		return pos.E(pos.CodeInvalid, "tender.step", pos.Args{"Step": step, "Change": change, "Sum": amount.Sub(over)})
	}
	return nil
}
