package history_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/pos/till/tilltest/history"
	"kassa/storage/local"
)

// begin is a demo shop with its owner in an open shift, and a customer of it who
// has points.
func begin(t *testing.T) (*history.History, till.Store, pos.Actor, *pos.CustomerState) {
	t.Helper()
	clock := postest.NewClock()
	store, err := local.Open(t.Context(), local.Params{Dir: t.TempDir(), Now: clock.Now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	set := pos.Settings{Shop: "Лавка", Till: "1", Language: "ru", Country: "RU", Currency: "RUB", Rules: pos.DefaultRules(),
		ConfirmPoints: pos.ConfirmSMS, ConfirmCredit: pos.ConfirmSMS, CodeLifetime: 5 * time.Minute}
	h := history.New(till.Params{Store: store, Clock: clock, IDs: &postest.IDs{}, Sender: postest.NewSender(), Pepper: postest.Pepper,
		Settings: func() pos.Settings { return set }, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}})
	demo, err := h.SeedDemo(t.Context(), assets.Demo)
	require.NoError(t, err)
	owner, err := h.Login(t.Context(), demo.Employees[0].PIN)
	require.NoError(t, err)
	_, err = h.OpenShift(t.Context(), owner, 500_00)
	require.NoError(t, err)
	var buyer *pos.CustomerState
	require.NoError(t, h.CustomerStates(t.Context(), owner, func(s *pos.CustomerState, _ []pos.Debt) error {
		if s.Points > 0 && buyer == nil {
			c := *s
			buyer = &c
		}
		return nil
	}))
	require.NotNil(t, buyer)
	return h, store, owner, buyer
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
	h, _, owner, buyer := begin(t)
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
	healthy(t, h, owner)
}

func TestHistory_SaleUsesItsCodeUp(t *testing.T) {
	h, store, owner, buyer := begin(t)
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
	s, err := h.Sale(t.Context(), owner, &c, code)
	require.NoError(t, err)
	assert.Equal(t, points, s.PointsSpent)
	require.NoError(t, store.View(t.Context(), func(tx till.Tx) error {
		ch, err := tx.Challenge(code.ID)
		require.NoError(t, err)
		assert.Equal(t, confirm.Consumed, ch.State)
		return nil
	}))
	healthy(t, h, owner)

	t.Run("and asks the rules as ever", func(t *testing.T) {
		c.ID, c.Tenders = "01900000-0000-7000-8000-00000000fffd", c.Tenders[1:]
		_, err := h.Sale(t.Context(), owner, &c)
		assert.Equal(t, pos.CodeNotPaid, pos.CodeOf(err))
	})
}

func TestHistory_BatchIsOneTransaction(t *testing.T) {
	h, _, owner, _ := begin(t)
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

func healthy(t *testing.T, h *history.History, a pos.Actor) {
	t.Helper()
	problems, err := h.SelfCheck(context.Background(), a)
	require.NoError(t, err)
	assert.Empty(t, problems)
}
