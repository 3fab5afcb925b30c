package returns_test

// These tests hand cash back where no coin is smaller than the rounding step.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// thirds sells three for 100.00 that no coin divides.
func thirds(s *tilltest.Shop, pay func()) *pos.Sale {
	s.Helper()
	s.Settings.Rules.RoundingStep = 1_00
	s.Ring("3*milk")
	_, err := s.DiscountCheque(s.Context(), s.Owner, pos.Discount{Sum: 200_00})
	require.NoError(s, err)
	pay()
	return s.Finish()
}

func TestTill_ReturnInPartIsWholeSteps(t *testing.T) {
	t.Run("and all parts are what was paid", func(t *testing.T) {
		s := uncoded(t)
		sale := thirds(s, func() { s.Cash(500_00) })
		require.EqualValues(t, 400_00, sale.Change)
		var cash, waits money.Amount
		for i, want := range []money.Amount{33_00, 33_00, 34_00} {
			v := bring(s, sale, 1, 1000)
			require.Equal(t, want, v.Preview.Refunded(pos.Cash))
			require.Equal(t, want.Neg(), v.Difference())
			r := back(s)
			require.Equal(t, want, r.Refunded(pos.Cash), "return %d", i+1)
			require.Equal(t, r.Total, r.Refunded(pos.Cash)+r.Refunded(pos.Rounding))
			cash, waits = cash+r.Refunded(pos.Cash), waits+r.Refunded(pos.Rounding)
		}
		require.EqualValues(t, 100_00, cash)
		require.Zero(t, waits, "nothing is left on the account of the rounding")
		allBack(s, sale)
		rep, err := s.XReport(s.Context(), s.Owner)
		require.NoError(t, err)
		require.EqualValues(t, 1000_00, rep.Expected)
	})
	t.Run("of a sale paid in several ways", func(t *testing.T) {
		s := uncoded(t)
		sale := thirds(s, func() { s.Pay(pos.Card, 41_00); s.Cash(59_00) })
		var sum money.Amount
		for range 3 {
			bring(s, sale, 1, 1000)
			r := back(s)
			require.Zero(t, r.Refunded(pos.Cash)%1_00, "%+v", r.Refunds)
			sum += r.Refunded(pos.Cash) + r.Refunded(pos.Card)
		}
		require.EqualValues(t, 100_00, sum)
		allBack(s, sale)
	})
	t.Run("of a debt that was repaid in cash", func(t *testing.T) {
		s := uncoded(t)
		s.Customer(tilltest.Anna)
		sale := thirds(s, func() { s.Credit(100_00) })
		_, _, err := s.RepayDebt(s.Context(), s.Owner, sale.Customer, pos.Cash, 100_00)
		require.NoError(t, err)
		var cash money.Amount
		for range 3 {
			bring(s, sale, 1, 1000)
			r := back(s)
			require.Zero(t, r.Refunded(pos.Cash)%1_00, "%+v", r.Refunds)
			cash += r.Refunded(pos.Cash)
		}
		require.EqualValues(t, 100_00, cash)
	})
	t.Run("by card they need no coins", func(t *testing.T) {
		s := uncoded(t)
		sale := thirds(s, func() { s.Pay(pos.Card, 100_00) })
		bring(s, sale, 1, 1000)
		require.EqualValues(t, 33_33, back(s).Refunded(pos.Card))
	})
	t.Run("a step that is given up pays out what waits", func(t *testing.T) {
		s := uncoded(t)
		sale := thirds(s, func() { s.Cash(100_00) })
		bring(s, sale, 1, 1000)
		back(s)
		s.Settings.Rules.RoundingStep = 0
		bring(s, sale, 1, 1000)
		require.EqualValues(t, 33_67, back(s).Refunded(pos.Cash))
		bring(s, sale, 1, 1000)
		require.EqualValues(t, 33_33, back(s).Refunded(pos.Cash))
	})
	t.Run("without a receipt", func(t *testing.T) {
		s := uncoded(t)
		s.Settings.Rules.RoundingStep = 7_00
		_, err := s.StartReturnWithoutReceipt(s.Context(), s.Owner)
		require.NoError(t, err)
		_, err = s.ReturnScan(s.Context(), s.Owner, "milk", 0, nil)
		require.NoError(t, err)
		require.EqualValues(t, 98_00, back(s).Refunded(pos.Cash))
	})
}

func TestTill_ExchangeIsPaidInWholeSteps(t *testing.T) {
	for name, want := range map[string]struct {
		goods     string
		due, cash money.Amount
	}{
		"the customer pays the rest": {"milk", 67_00, 0},
		"the shop gives the rest":    {"bread", 0, 16_00},
	} {
		t.Run(name, func(t *testing.T) {
			s := uncoded(t)
			sale := thirds(s, func() { s.Cash(100_00) })
			picked := money.Quantity(1000)
			if want.due == 0 {
				picked = 2000
			}
			bring(s, sale, 1, picked)
			_, err := s.StartExchange(s.Context(), s.Owner)
			require.NoError(t, err)
			require.Equal(t, want.due, s.Ring(want.goods).Totals.Due)
			v, err := s.OpenReturn(s.Context())
			require.NoError(t, err)
			require.Equal(t, want.due-want.cash, v.Difference())
			if want.due > 0 {
				s.Cash(100_00)
			}
			r, next, err := s.FinishExchange(s.Context(), s.Owner, "размер")
			require.NoError(t, err)
			require.Equal(t, want.cash, r.Refunded(pos.Cash))
			require.Zero(t, next.Change%1_00)
			bring(s, sale, 1, 3000-picked)
			back(s)
			allBack(s, sale)
			_, err = s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: next.ID})
			require.NoError(t, err)
			_, err = s.ReturnAll(s.Context(), s.Owner, "", true)
			require.NoError(t, err)
			back(s)
			allBack(s, next)
		})
	}
}

func TestTill_CorrectTenderInWholeSteps(t *testing.T) {
	s := uncoded(t)
	sale := thirds(s, func() { s.Pay(pos.Card, 100_00) })
	_, err := s.CorrectTender(s.Context(), s.Owner, sale.ID, pos.Card, pos.Cash, 33_33, "перепутали кнопку")
	tilltest.Refused(t, err, pos.CodeInvalid, "correction.step")
	_, err = s.CorrectTender(s.Context(), s.Owner, sale.ID, pos.Card, pos.Transfer, 33_33, "перепутали кнопку")
	require.NoError(t, err)
	_, err = s.CorrectTender(s.Context(), s.Owner, sale.ID, pos.Card, pos.Cash, 66_67, "перепутали кнопку")
	require.NoError(t, err, "all that is left of it")
}
