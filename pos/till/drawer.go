package till

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
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
	err := t.change(ctx, a, need, func(o *op) error {
		s, err := o.workingShift()
		if err != nil {
			return err
		}
		reason, err := needReason(reason)
		if err != nil {
			return err
		}
		if err := pos.CheckCashMove(amount); err != nil {
			return err
		}
		if err := o.demandSum(need, amount); err != nil {
			return err
		}
		expected, err := o.expectedCash()
		if err != nil {
			return err
		}
		gain, err := signed(expected, amount)
		if err != nil {
			return err
		}
		m := &pos.CashMove{ID: pos.CashMoveID(o.t.IDs.NewID()), Shift: s.ID, Employee: a.ID, Amount: gain, Reason: reason, At: o.at}
		if err := o.PutCashMove(m); err != nil {
			return err
		}
		if err := o.bookDoc(ledger.KindCash, string(m.ID), m.Digest(), s.ID,
			o.money(ledger.Drawer, gain), o.money(ledger.CashInOut, gain.Neg())); err != nil {
			return err
		}
		result = &CashResult{Move: *m, Expected: expected.Add(gain)}
		if err := o.tell(pos.EventCashMoved, string(m.ID), m); err != nil {
			return err
		}
		return o.note(pos.EventCashMoved, string(m.ID), map[string]string{"amount": minor(gain), "reason": reason})
	})
	return result, err
}

// money is a posting in the shop's currency.
func (o *op) money(a ledger.Account, amount money.Amount) ledger.Posting {
	return ledger.Posting{Account: a, Currency: o.set.Currency, Amount: int64(amount)}
}

// points is a posting in points.
func points(a ledger.Account, n int64) ledger.Posting {
	return ledger.Posting{Account: a, Currency: money.Points, Amount: n}
}

// bookDoc books a document; shift is "" for what happens outside of one.
func (o *op) bookDoc(k ledger.Kind, doc, digest string, shift pos.ShiftID, p ...ledger.Posting) error {
	return o.book(&ledger.Entry{Kind: k, Doc: doc, Digest: digest, Shift: shift, Postings: p})
}

// minor writes an amount for the audit trail: minor units, no formatting.
func minor(a money.Amount) string { return strconv.FormatInt(int64(a), 10) }
