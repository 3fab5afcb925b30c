package history_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
	"kassa/pos/till/tilltest/history"
)

// begin is a demo shop whose till writes its past, with its owner in an open shift
// and a customer of it who has points.
func begin(t *testing.T) (*tilltest.Shop, *history.History, *pos.CustomerState) {
	t.Helper()
	s := tilltest.Demo(t)
	h := history.New(s.Params())
	_, err := h.OpenShift(t.Context(), s.Owner, 500_00)
	require.NoError(t, err)
	i := slices.IndexFunc(s.Demo.Customers, func(c pos.CustomerState) bool { return c.Points > 0 })
	require.GreaterOrEqual(t, i, 0)
	return s, h, &s.Demo.Customers[i]
}

// ringUp puts two goods into the customer's cheque.
func ringUp(t *testing.T, h *history.History, a pos.Actor, buyer *pos.CustomerState) *till.ChequeView {
	t.Helper()
	goods, err := h.Products(t.Context(), a, "", "", 2)
	require.NoError(t, err)
	for _, g := range goods {
		_, err = h.Add(t.Context(), a, g.ID, money.One, nil)
		require.NoError(t, err)
	}
	v, err := h.SetCustomer(t.Context(), a, till.FindCustomer{ID: buyer.ID})
	require.NoError(t, err)
	return v
}

func TestHistory_SaleIsTheOneFinishSaleStores(t *testing.T) {
	s, h, buyer := begin(t)
	owner := s.Owner
	v := ringUp(t, h, owner, buyer)
	v, _, err := h.Tender(t.Context(), owner, pos.Cash, v.Totals.Due)
	require.NoError(t, err)
	rung, err := h.FinishSale(t.Context(), owner)
	require.NoError(t, err)

	c := v.Cheque
	c.ID = "01900000-0000-7000-8000-00000000ffff"
	made, err := h.Sale(t.Context(), owner, &c)
	require.NoError(t, err)
	want := *rung
	want.ID, want.Number = c.ID, rung.Number+1
	assert.Equal(t, &want, made)
}

func TestHistory_SaleUsesItsCodeUp(t *testing.T) {
	s, h, buyer := begin(t)
	owner := s.Owner
	v := ringUp(t, h, owner, buyer)
	c := v.Cheque
	_, err := h.CancelCheque(t.Context(), owner, "набрано для образца")
	require.NoError(t, err)
	c.ID = "01900000-0000-7000-8000-00000000ffff"
	at := postest.Noon
	points := min(buyer.Points, v.Totals.MaxPoints)
	amount := money.Amount(points) * pos.DefaultRules().PointValue
	code := confirm.Challenge{ID: "01900000-0000-7000-8000-00000000fffe", Sale: c.ID, Operation: confirm.SpendPoints, Customer: buyer.ID,
		Phone: buyer.Phone, Amount: amount, Points: points, Total: v.Totals.Total, Cashier: owner.ID, State: confirm.Verified,
		Sends: 1, CreatedAt: at, SentAt: at, VerifiedAt: at}
	c.Tenders = []pos.Tender{{No: 1, Method: pos.Points, Points: points, Amount: amount, Challenge: code.ID},
		{No: 2, Method: pos.Card, Amount: v.Totals.Total - amount}}
	sale, err := h.Sale(t.Context(), owner, &c, code)
	require.NoError(t, err)
	assert.Equal(t, points, sale.PointsSpent)
	s.Look(func(tx till.Tx) error {
		ch, err := tx.Challenge(code.ID)
		require.NoError(t, err)
		assert.Equal(t, confirm.Consumed, ch.State)
		return nil
	})
	s.Sound()

	t.Run("and asks the rules as ever", func(t *testing.T) {
		c.ID, c.Tenders = "01900000-0000-7000-8000-00000000fffd", c.Tenders[1:]
		_, err := h.Sale(t.Context(), owner, &c)
		assert.Equal(t, pos.CodeNotPaid, pos.CodeOf(err))
	})
}

func TestHistory_BatchIsOneTransaction(t *testing.T) {
	s, h, _ := begin(t)
	owner := s.Owner
	stop := errors.New("stop")
	err := h.Batch(t.Context(), func(till.Tx) error {
		_, err := h.CashIn(t.Context(), owner, 100_00, "размен")
		require.NoError(t, err)
		r, err := h.XReport(t.Context(), owner)
		require.NoError(t, err)
		assert.Equal(t, money.Amount(600_00), r.Expected, "what was done is seen within")
		return stop
	})
	require.ErrorIs(t, err, stop)
	r, err := h.XReport(t.Context(), owner)
	require.NoError(t, err)
	assert.Equal(t, money.Amount(500_00), r.Expected)
}
