package payment_test

// These tests pay by manual payments.

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/payment"
	"kassa/ui/uitest"
)

// merchants are those the backend keeps.
func (s *shop) merchants(list ...manual.Merchant) {
	s.Env.Merchants = func(context.Context) ([]manual.Merchant, error) { return list, nil }
}

func merchant(id, name string, takes ...money.Currency) manual.Merchant {
	return manual.Merchant{ID: id, Name: name, Description: "Перевод управляющей", Account: takes[0], Transaction: takes[0], Currencies: takes}
}

// waiting is the one cheque that is set aside.
func (s *shop) waiting() till.ChequeView {
	s.T.Helper()
	list, err := s.Till.Parked(s.T.Context())
	require.NoError(s.T, err)
	require.Len(s.T, list, 1)
	return list[0]
}

// decide is what the backend tells of the order of a cheque.
func (s *shop) decide(v *till.ChequeView, state manual.State, price money.Amount) {
	s.T.Helper()
	h := manual.Heard{Order: v.Cheque.Tenders[0].Order, State: state, Price: price, In: "RUB", Decided: s.Clock.Now()}
	require.NoError(s.T, s.Till.HearOrders(s.T.Context(), []manual.Heard{h}))
}

// back takes the cheque onto the screen again and opens its payment.
func (s *shop) back(v *till.ChequeView) {
	s.T.Helper()
	_, err := s.Till.Recall(s.T.Context(), s.Env.Actor, v.Cheque.ID)
	require.NoError(s.T, err)
	payment.Open(s.Env, s.cheque(), s.done)
}

// A key asks, Enter sets the cheque aside, and the next customer can be served.
func TestWindow_AsksForAManualPayment(t *testing.T) {
	s := newShop(t)
	s.merchants(merchant("m1", "Карта на карту", "RUB"), merchant("m2", "Доллары", "USD"))
	s.pay()
	uitest.Press(s.Window, "F7")
	s.Shows("waiting.ask", "found", "1", "merchant", "Карта на карту") // who takes other money is not asked
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, 1, s.backs, "the window has gone")
	v := s.waiting()
	require.Equal(t, v.Totals.Total, v.Awaited[0].Amount)
	require.Equal(t, manual.Waits, v.Awaited[0].Standing)
	require.Empty(t, s.cheque().Cheque.Lines)
	s.unsold()

	s.decide(&v, manual.Approved, v.Totals.Total)
	s.back(&v)
	s.Shows("payment", "action", "finish")
	s.settle()
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, map[pos.Method]money.Amount{pos.Manual: v.Totals.Total}, paidBy(s.sale()))
}

// A part is asked for, of the merchant that was chosen.
func TestWindow_AsksForAPart(t *testing.T) {
	s := newShop(t)
	s.merchants(merchant("m1", "Карта на карту", "RUB"), merchant("m2", "Курьер", "RUB"))
	s.pay()
	uitest.Press(s.Window, "F7")
	s.Shows("waiting.ask", "found", "2", "merchant", "") // which of two is the cashier's to say
	uitest.Press(s.Window, keys.Enter)
	s.Shows("waiting.ask", "error", "invalid")
	uitest.Type(s.Window, "200")
	uitest.Press(s.Window, keys.Down, keys.Down, keys.Enter)
	v := s.waiting()
	require.Equal(t, "m2", v.Awaited[0].Merchant)
	require.EqualValues(t, 200_00, v.Awaited[0].Amount)
	s.decide(&v, manual.Approved, 200_00)
	s.back(&v)
	s.Shows("payment", "action", "accept") // the rest in money
	uitest.Press(s.Window, keys.Enter)
	s.settle()
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, map[pos.Method]money.Amount{pos.Manual: 200_00, pos.Cash: v.Totals.Total - 200_00}, paidBy(s.sale()))
}

func TestWindow_SaysWhereMerchantsAreSetUp(t *testing.T) {
	s := newShop(t)
	s.pay()
	uitest.Press(s.Window, "F7")
	s.Shows("waiting.ask", "error", "conflict")
	uitest.Press(s.Window, keys.Enter, keys.Esc)
	s.Shows("payment")
	require.Len(t, s.cheque().Cheque.Lines, 3, "nothing is lost")
}

// While nobody decided the sale cannot be finished: Enter sets it aside again, Del
// takes the tender off and the money is accepted otherwise.
func TestWindow_WaitsOrPaysOtherwise(t *testing.T) {
	s := newShop(t)
	s.merchants(merchant("m1", "Карта на карту", "RUB"))
	s.pay()
	uitest.Press(s.Window, "F7", keys.Enter)
	v := s.waiting()
	s.back(&v)
	s.Shows("payment", "action", "await")
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, 2, s.backs)
	v = s.waiting()
	s.back(&v)
	uitest.Press(s.Window, keys.Del)
	s.Shows("payment", "action", "manual")
	uitest.Press(s.Window, "F1", keys.Enter)
	s.settle()
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, map[pos.Method]money.Amount{pos.Cash: v.Totals.Total}, paidBy(s.sale()))
}

// Less than was asked is taken by the cashier's word, and the rest is paid.
func TestWindow_TakesWhatWasCorrected(t *testing.T) {
	s := newShop(t)
	s.merchants(merchant("m1", "Карта на карту", "RUB"))
	s.pay()
	uitest.Press(s.Window, "F7", keys.Enter)
	v := s.waiting()
	s.decide(&v, manual.Approved, v.Totals.Total-50_00)
	s.back(&v)
	s.Shows("payment", "action", "take")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("payment", "due", "50.00")
	uitest.Press(s.Window, keys.Enter)
	s.settle()
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, map[pos.Method]money.Amount{pos.Manual: v.Totals.Total - 50_00, pos.Cash: 50_00}, paidBy(s.sale()))
}
