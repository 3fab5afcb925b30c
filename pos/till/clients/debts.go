package clients

import (
	"context"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// RepayDebt takes money of the counter against a customer's debts, oldest first;
// it returns what is still owed. CodeInvalid for any other method.
func (t *Till) RepayDebt(ctx context.Context, a pos.Actor, id pos.CustomerID, m pos.Method, amount money.Amount) (*pos.Repayment, money.Amount, error) {
	var done *pos.Repayment
	var left money.Amount
	err := t.desk.Change(ctx, a, pos.RightRepay, func(o *Op) error {
		if !m.OverCounter() {
			return pos.E(pos.CodeInvalid, "debt.method", nil)
		}
		s, err := o.drawer.WorkingShift()
		if err != nil {
			return err
		}
		c, err := o.Surviving(o.Customer(id))
		if err != nil {
			return err
		}
		if err := o.DemandSum(pos.RightRepay, amount); err != nil {
			return err
		}
		r := &pos.Repayment{ID: pos.RepaymentID(o.NewID()), Customer: c.ID, Shift: s.ID, Employee: a.ID, Method: m, Amount: amount, At: o.At}
		var debts []pos.Debt
		if debts, left, err = o.spread(r); err != nil {
			return err
		}
		if err := o.PutRepayment(r); err != nil {
			return err
		}
		digest := r.Digest()
		if err := o.BookDoc(ledger.KindRepayment, string(r.ID), digest, s.ID,
			o.Money(ledger.AccountOf(m, "", ""), amount), o.Money(ledger.DebtOf(c.ID), amount.Neg())); err != nil {
			return err
		}
		done = r
		if err := o.Tell(wire.OfRepayment(r, debts, digest, o.Settings.Currency)); err != nil {
			return err
		}
		return o.Note(pos.EventDebtRepaid, string(r.ID), map[string]string{
			"customer": string(c.ID), "method": string(m), "amount": desk.Minor(amount), "left": desk.Minor(left),
		})
	})
	if err != nil {
		return nil, 0, err
	}
	return done, left, nil
}

// spread pays the customer's open debts, oldest first, and tells which there
// were and what is left.
func (o *Op) spread(r *pos.Repayment) (debts []pos.Debt, left money.Amount, err error) {
	if debts, err = o.Debts(r.Customer); err != nil {
		return nil, 0, err
	}
	if len(debts) == 0 {
		return nil, 0, pos.E(pos.CodeConflict, "debt.none", nil)
	}
	if r.Parts, err = pos.Repay(debts, r.Amount); err != nil {
		return nil, 0, err
	}
	paid := make(map[pos.DebtID]bool, len(r.Parts))
	for _, p := range r.Parts {
		paid[p.Debt] = true
	}
	for i := range debts {
		left = left.Add(debts[i].Left)
		if paid[debts[i].ID] {
			if err := o.PutDebt(&debts[i]); err != nil {
				return nil, 0, err
			}
		}
	}
	return debts, left, nil
}
