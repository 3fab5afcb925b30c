package clients

import (
	"context"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
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
		if left, err = o.spread(r); err != nil {
			return err
		}
		if err := o.PutRepayment(r); err != nil {
			return err
		}
		if err := o.BookDoc(ledger.KindRepayment, string(r.ID), r.Digest(), s.ID,
			o.Money(ledger.AccountOf(m, "", ""), amount), o.Money(ledger.DebtOf(c.ID), amount.Neg())); err != nil {
			return err
		}
		done = r
		if err := o.Tell(pos.EventDebtRepaid, string(r.ID), r); err != nil {
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

// spread pays the customer's open debts, oldest first, and tells what is left.
func (o *Op) spread(r *pos.Repayment) (money.Amount, error) {
	debts, err := o.Debts(r.Customer)
	if err != nil {
		return 0, err
	}
	if len(debts) == 0 {
		return 0, pos.E(pos.CodeConflict, "debt.none", nil)
	}
	if r.Parts, err = pos.Repay(debts, r.Amount); err != nil {
		return 0, err
	}
	paid := make(map[pos.DebtID]bool, len(r.Parts))
	for _, p := range r.Parts {
		paid[p.Debt] = true
	}
	var left money.Amount
	for i := range debts {
		left = left.Add(debts[i].Left)
		if paid[debts[i].ID] {
			if err := o.PutDebt(&debts[i]); err != nil {
				return 0, err
			}
		}
	}
	return left, nil
}
