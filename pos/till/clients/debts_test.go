package clients_test

// These tests take money for debts.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/tilltest"
)

func TestTill_RepayDebt(t *testing.T) {
	t.Run("pays the oldest debt first and partly too", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		s.Sell(1, 1, func() { s.CreditConfirmed(10_000); s.Cash(28_900) })
		id := s.Demo.Customers[1].ID
		r, left, err := s.RepayDebt(s.Context(), s.Cashier, id, pos.Card, 125_000)
		require.NoError(t, err)
		require.Equal(t, money.Amount(5_000), left)
		require.Len(t, r.Parts, 2)
		require.Equal(t, [2]money.Amount{120_000, 5_000}, [2]money.Amount{r.Parts[0].Amount, r.Parts[1].Amount})
		require.Equal(t, int64(5_000), s.Balance(ledger.DebtOf(id), "RUB"))
		require.Equal(t, int64(125_000), s.Balance(ledger.CardMoney, "RUB"))

		_, left, err = s.RepayDebt(s.Context(), s.Cashier, id, pos.Cash, 5_000)
		require.NoError(t, err)
		require.Zero(t, left)
		_, _, err = s.RepayDebt(s.Context(), s.Cashier, id, pos.Cash, 1)
		tilltest.Refused(t, err, pos.CodeConflict, "debt.none")
	})
	t.Run("keeps nothing by mistake", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		id := s.Demo.Customers[1].ID
		for amount, want := range map[money.Amount]string{120_001: "debt.too-much", 0: "amount.not-positive", -5: "amount.not-positive"} {
			_, _, err := s.RepayDebt(s.Context(), s.Cashier, id, pos.Cash, amount)
			require.Equal(t, want, refusalID(err))
		}
		for _, m := range []pos.Method{pos.Points, pos.Credit, "gold"} {
			_, _, err := s.RepayDebt(s.Context(), s.Cashier, id, m, 100)
			tilltest.Refused(t, err, pos.CodeInvalid, "debt.method")
		}
		_, _, err := s.RepayDebt(s.Context(), s.Cashier, "nobody", pos.Cash, 100)
		require.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
		require.Equal(t, int64(120_000), s.Balance(ledger.DebtOf(id), "RUB"))
		require.Equal(t, int64(10_000), s.Balance(ledger.Drawer, "RUB"))
	})
	t.Run("opens the way for new credit when an overdue debt is paid", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		var late pos.CustomerState
		for _, c := range s.Demo.Customers {
			if c.Overdue > 0 {
				late = c
			}
		}
		require.Equal(t, pos.CodeOverdue, pos.CodeOf(pos.CheckCredit(late, 100)))
		_, _, err := s.RepayDebt(s.Context(), s.Cashier, late.ID, pos.Transfer, late.Debt)
		require.NoError(t, err)
		card, err := s.CustomerCard(s.Context(), s.Cashier, late.ID)
		require.NoError(t, err)
		require.NoError(t, pos.CheckCredit(card.CustomerState, 100))
	})
}

func refusalID(err error) string {
	if e, ok := err.(*pos.Error); ok {
		return e.ID
	}
	return ""
}
