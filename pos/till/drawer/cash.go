package drawer

import (
	"context"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// CashIn puts cash into the drawer with a reason.
func (t *Till) CashIn(ctx context.Context, a pos.Actor, amount money.Amount, reason string) (*CashResult, error) {
	return t.moveCash(ctx, a, pos.RightCashIn, amount, reason, func(_, amount money.Amount) (money.Amount, error) {
		return amount, nil
	})
}

// CashOut takes cash out of the drawer with a reason; CodeLimit beyond what is
// expected in it.
func (t *Till) CashOut(ctx context.Context, a pos.Actor, amount money.Amount, reason string) (*CashResult, error) {
	return t.moveCash(ctx, a, pos.RightCashOut, amount, reason, func(expected, amount money.Amount) (money.Amount, error) {
		if amount > expected {
			return 0, pos.E(pos.CodeLimit, "cash.too-much", pos.Args{"Amount": amount, "Expected": expected})
		}
		return amount.Neg(), nil
	})
}

// moveCash books a movement; signed turns the amount into what the drawer gains.
func (t *Till) moveCash(ctx context.Context, a pos.Actor, need pos.Right, amount money.Amount, reason string,
	signed func(expected, amount money.Amount) (money.Amount, error)) (*CashResult, error) {
	var result *CashResult
	err := t.desk.Change(ctx, a, need, func(o *Op) error {
		s, err := o.WorkingShift()
		if err != nil {
			return err
		}
		reason, err := desk.NeedReason(reason)
		if err != nil {
			return err
		}
		if err := pos.CheckCashMove(amount); err != nil {
			return err
		}
		if err := o.DemandSum(need, amount); err != nil {
			return err
		}
		expected, err := o.ExpectedCash()
		if err != nil {
			return err
		}
		gain, err := signed(expected, amount)
		if err != nil {
			return err
		}
		m := &pos.CashMove{ID: pos.CashMoveID(o.NewID()), Shift: s.ID, Employee: a.ID, Amount: gain, Reason: reason, At: o.At}
		if err := o.PutCashMove(m); err != nil {
			return err
		}
		digest := m.Digest()
		if err := o.BookDoc(ledger.KindCash, string(m.ID), digest, s.ID,
			o.Money(ledger.Drawer, gain), o.Money(ledger.CashInOut, gain.Neg())); err != nil {
			return err
		}
		result = &CashResult{Move: *m, Expected: expected.Add(gain)}
		if err := o.Tell(wire.OfCash(m, digest, o.Settings.Currency)); err != nil {
			return err
		}
		return o.Note(pos.EventCashMoved, string(m.ID), map[string]string{"amount": desk.Minor(gain), "reason": reason})
	})
	return result, err
}

// CashResult is the drawer after a movement.
type CashResult struct {
	Move     pos.CashMove
	Expected money.Amount
}
