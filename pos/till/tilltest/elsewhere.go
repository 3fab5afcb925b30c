package tilltest

// This file lets sales be paid by money that moves elsewhere.

import (
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
)

// CardToCard is a merchant of manual payments.
func CardToCard() *manual.Merchant {
	return &manual.Merchant{ID: "m1", Name: "Карта на карту", Version: 1, Account: "RUB", Transaction: "RUB", Currencies: []money.Currency{"RUB"}}
}

// AskElsewhere asks for so much of the open cheque, or with 0 for all that is due,
// which sets it aside.
func (s *Shop) AskElsewhere(amount money.Amount) *manual.Awaited {
	s.Helper()
	w, err := s.AskManual(s.Context(), s.Who, CardToCard(), amount)
	require.NoError(s, err)
	return w
}

// Decided is what the backend tells of an order.
func (s *Shop) Decided(w *manual.Awaited, state manual.State, price money.Amount) {
	s.Helper()
	h := manual.Heard{Order: w.Order, State: state, Price: price, In: s.Settings.Currency, Decided: s.Clock.Now()}
	require.NoError(s, s.HearOrders(s.Context(), []manual.Heard{h}))
}

// PaidElsewhere sells three pieces of DemoGoods that an order pays, as soon as it is
// approved.
func (s *Shop) PaidElsewhere() *pos.Sale {
	s.Helper()
	code := s.Demo.Products[DemoGoods].Barcodes[0]
	s.Ring(code, code, code)
	w := s.AskElsewhere(0)
	s.Decided(w, manual.Approved, w.Amount)
	sale, err := s.FinishWaiting(s.Context(), s.Who, w.Sale)
	require.NoError(s, err)
	return sale
}

// givesBackElsewhere brings one piece of such a sale back, and lets another sale be
// paid otherwise than it was asked for.
func (s *Shop) givesBackElsewhere() {
	s.Helper()
	sale := s.PaidElsewhere()
	_, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: sale.ID})
	require.NoError(s, err)
	_, err = s.ReturnLine(s.Context(), s.Owner, 1, money.One, "брак", true)
	require.NoError(s, err)
	_, err = s.FinishReturn(s.Context(), s.Owner, "брак")
	require.NoError(s, err)
	s.Ring(s.Demo.Products[DemoGoods].Barcodes[0])
	w := s.AskElsewhere(0)
	_, err = s.Recall(s.Context(), s.Who, w.Sale)
	require.NoError(s, err)
	_, err = s.RemoveTender(s.Context(), s.Who, pos.Manual, 0)
	require.NoError(s, err)
	s.PayAll(s.Screen())
}
