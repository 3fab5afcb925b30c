package counter_test

// These tests let manual payments pay sales.

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
	"kassa/pos/wire"
)

var cardToCard = &manual.Merchant{ID: "m1", Name: "Карта на карту", Account: "RUB", Transaction: "RUB", Currencies: []money.Currency{"RUB"}}

// counter is a shop at which manual payments are asked for.
type counter struct{ *tilltest.Shop }

// waiting asks for so much of a cheque of 300.00; 0 for all.
func waiting(t *testing.T, amount money.Amount) (counter, *manual.Awaited) {
	t.Helper()
	s := counter{tilltest.Small(t)}
	s.ring()
	w, err := s.AskManual(s.Context(), s.Who, cardToCard, amount)
	require.NoError(t, err)
	return s, w
}

func (s counter) ring() { s.Helper(); s.Ring("3*milk") }

// decide is what the backend tells of an order.
func (s counter) decide(w *manual.Awaited, state manual.State, price money.Amount, in money.Currency) {
	s.Helper()
	h := manual.Heard{Order: w.Order, State: state, Price: price, In: in, Reason: "так решили", Decided: s.Clock.Now()}
	require.NoError(s, s.HearOrders(s.Context(), []manual.Heard{h}))
}

func (s counter) news() []till.Decided {
	s.Helper()
	all, err := s.TellDecided(s.Context())
	require.NoError(s, err)
	return all
}

// requests are what was asked of the backend, in order.
func (s counter) requests() (all []wire.Payload) {
	s.Helper()
	v, err := s.Queue(s.Context(), till.System(), 0, 1000)
	require.NoError(s, err)
	for i := range v.Rows {
		switch v.Rows[i].Kind {
		case pos.EventOrderAsked, pos.EventOrderRuled, pos.EventOrderBack:
			p, err := wire.Decode(&v.Rows[i])
			require.NoError(s, err)
			all = append(all, p)
		}
	}
	return all
}

func (s counter) back(w *manual.Awaited) *till.ChequeView {
	s.Helper()
	v, err := s.Recall(s.Context(), s.Who, w.Sale)
	require.NoError(s, err)
	return v
}

func (s counter) refused(code pos.Code, id string) {
	s.Helper()
	_, err := s.FinishSale(s.Context(), s.Who)
	tilltest.Refused(s, err, code, id)
}

// Asked for, the cheque stands aside and the next customer is served; approved, it is
// a sale of that tender, which its order pays alone.
func TestTill_AskManual(t *testing.T) {
	s, w := waiting(t, 0)
	parked, err := s.Parked(s.Context())
	require.NoError(t, err)
	require.Len(t, parked, 1)
	total := parked[0].Totals.Total
	require.Equal(t, total, w.Amount)
	require.Equal(t, manual.Waits, parked[0].Awaited[0].Standing)
	require.Equal(t, w.Asked, parked[0].Awaited[0].Asked)
	asked := s.requests()[0].(*wire.OrderAsked).Ask()
	require.Equal(t, manual.Ask{ID: w.Order, Where: manual.AtTill, Merchant: "m1", Text: asked.Text, Price: total, Currency: "RUB", Date: asked.Date}, asked)
	require.NotEmpty(t, asked.Text)

	s.ring() // the next customer
	s.PayAll(s.Screen())
	_, err = s.FinishWaiting(s.Context(), s.Who, w.Sale)
	tilltest.Refused(t, err, pos.CodeNotPaid, "manual.waits")
	require.Empty(t, s.news())

	s.decide(w, manual.Approved, total, "RUB")
	told := s.news()
	require.Len(t, told, 1)
	require.True(t, told[0].Ready())
	require.Equal(t, asked.Text, told[0].Goods)
	require.Empty(t, s.news(), "told once")

	s.ring() // stays on the screen
	sale, err := s.FinishWaiting(s.Context(), s.Who, w.Sale)
	require.NoError(t, err)
	require.Equal(t, []pos.SaleTender{{Tender: pos.Tender{No: 1, Method: pos.Manual, Amount: total, Order: w.Order}}}, sale.Tenders)
	require.Equal(t, 3, int(s.Screen().Cheque.Lines[0].Qty/money.One))
	require.Zero(t, sale.IntoDrawer())
	stored, err := s.Sale(s.Context(), s.Who, sale.ID)
	require.NoError(t, err)
	require.Equal(t, w.Order, stored.Tenders[0].Order)
	s.PayAll(s.Screen())
	report, err := s.XReport(s.Context(), s.Who)
	require.NoError(t, err)
	require.Equal(t, total, report.ByTender[pos.Manual], "apart from the drawer")
	_, err = s.FinishWaiting(s.Context(), s.Who, w.Sale)
	tilltest.Refused(t, err, pos.CodeNotFound, "cheque.not-parked")
	require.NoError(t, s.HearOrders(s.Context(), []manual.Heard{{Order: "another till's", State: manual.Approved}}))
}

func TestTill_AskManual_Refuses(t *testing.T) {
	s := counter{tilltest.Small(t)}
	ask := func(m *manual.Merchant, amount money.Amount) error {
		_, err := s.AskManual(s.Context(), s.Who, m, amount)
		return err
	}
	tilltest.Refused(t, ask(cardToCard, 0), pos.CodeConflict, "cheque.empty")
	s.ring()
	due := s.Screen().Totals.Due
	tilltest.Refused(t, ask(cardToCard, due+1), pos.CodeInvalid, "tender.no-change")
	tilltest.Refused(t, ask(cardToCard, -5), pos.CodeInvalid, "amount.not-positive")
	tilltest.Refused(t, ask(&manual.Merchant{ID: "m", Name: "Архив", Archived: true}, 0), pos.CodeConflict, "manual.merchant-archived")
	tilltest.Refused(t, ask(&manual.Merchant{ID: "m", Name: "Доллары", Currencies: []money.Currency{"USD"}}, 0), pos.CodeInvalid, "manual.currency-unsupported")
	s.Cash(1)
	tilltest.Refused(t, ask(cardToCard, 0), pos.CodeConflict, "manual.other-tenders")
	_, _, err := s.Tender(s.Context(), s.Who, pos.Manual, 100)
	tilltest.Refused(t, err, pos.CodeInvalid, "tender.manual")
	require.Empty(t, s.requests(), "nothing was asked of anybody")
	require.Equal(t, "cash", s.Tenders())
}

// What was declined, or waited too long, comes back to be paid otherwise, and says why.
func TestTill_AskManual_Declined(t *testing.T) {
	for _, expired := range []bool{false, true} {
		s, w := waiting(t, 0)
		require.NoError(t, s.HearOrders(s.Context(), []manual.Heard{{Order: w.Order, State: manual.Declined, Reason: "не пришло", Expired: expired, Decided: s.Clock.Now()}}))
		told := s.news()
		require.Len(t, told, 1)
		require.Equal(t, manual.Gone, told[0].Standing)
		require.Equal(t, expired, told[0].Expired)
		require.Equal(t, "не пришло", told[0].Reason)
		require.Equal(t, told[0].Total, told[0].Due)
		parked, err := s.Parked(s.Context())
		require.NoError(t, err)
		require.Equal(t, manual.Declined, parked[0].Awaited[0].State, "the list says why it came back")
		require.Empty(t, s.back(w).Cheque.Tenders)
		sale := s.PayAll(s.Screen())
		require.Equal(t, pos.Cash, sale.Tenders[0].Method)
		require.Len(t, s.requests(), 1, "there is nothing to withdraw")
	}
}

// What the backend will not even note comes back at once.
func TestTill_AskManual_RefusedByTheBackend(t *testing.T) {
	s, w := waiting(t, 0)
	out, err := s.NextBatch(s.Context())
	require.NoError(t, err)
	for _, c := range out.Commands {
		if c.Kind != pos.EventOrderAsked {
			continue
		}
		_, err = s.SettleBatch(s.Context(), []exchange.Answer{{ID: c.ID, Verdict: exchange.Denied, Problem: pos.E(pos.CodeConflict, "manual.merchant-archived", nil)}})
		require.NoError(t, err)
	}
	told := s.news()
	require.Len(t, told, 1)
	require.Equal(t, manual.Gone, told[0].Standing)
	require.Zero(t, told[0].Decided, "nobody decided")
	require.Empty(t, s.back(w).Cheque.Tenders)
	s.PayAll(s.Screen())
}

// Another price is never taken silently: the cashier takes it and the rest is paid
// otherwise, or takes the tender off.
func TestTill_AskManual_Corrected(t *testing.T) {
	s, w := waiting(t, 0)
	s.decide(w, manual.Approved, w.Amount-100_00, "RUB")
	require.Equal(t, manual.Differs, s.news()[0].Standing)
	_, err := s.FinishWaiting(s.Context(), s.Who, w.Sale)
	tilltest.Refused(t, err, pos.CodeConflict, "manual.pays-price")
	v := s.back(w)
	require.Equal(t, "manual.pays-price", v.Awaited[0].Why.ID)
	s.refused(pos.CodeConflict, "manual.pays-price")
	v, err = s.TakeManual(s.Context(), s.Who, w.Order)
	require.NoError(t, err)
	require.Equal(t, manual.Pays, v.Awaited[0].Standing)
	require.EqualValues(t, 100_00, v.Totals.Due)
	s.refused(pos.CodeNotPaid, "sale.not-paid")
	s.Cash(100_00)
	sale := s.Finish()
	require.Equal(t, w.Amount-100_00, sale.Paid(pos.Manual))

	s, w = waiting(t, 0) // more than the sale needs
	s.decide(w, manual.Completed, w.Amount+50_00, "RUB")
	s.back(w)
	v, err = s.TakeManual(s.Context(), s.Who, w.Order)
	require.NoError(t, err)
	require.Zero(t, v.Totals.Due+v.Totals.Change)
	require.Equal(t, w.Total, s.Finish().Paid(pos.Manual))

	s, w = waiting(t, 0) // other money cannot be taken
	s.decide(w, manual.Approved, w.Amount, "USD")
	v = s.back(w)
	require.Equal(t, "manual.pays-currency", v.Awaited[0].Why.ID)
	_, err = s.TakeManual(s.Context(), s.Who, w.Order)
	tilltest.Refused(t, err, pos.CodeConflict, "manual.not-takable")
	_, err = s.RemoveTender(s.Context(), s.Who, pos.Manual, 0)
	require.NoError(t, err)
	require.Len(t, s.requests(), 1, "what is decided cannot be withdrawn")
	s.PayAll(s.Screen())
}

// A sale that changed is not what was asked for: its order pays it again once it is
// as it was, or when the cashier says so.
func TestTill_AskManual_ChangedCheque(t *testing.T) {
	s, w := waiting(t, 0)
	s.back(w)
	s.refused(pos.CodeNotPaid, "manual.waits")
	s.Ring("milk")
	s.decide(w, manual.Approved, w.Amount, "RUB")
	require.Equal(t, pos.ChequeOpen, s.news()[0].Cheque)
	s.refused(pos.CodeNotPaid, "sale.not-paid")
	price := s.Screen().Totals.Due
	s.Cash(price)
	s.refused(pos.CodeConflict, "manual.pays-total")
	_, err := s.RemoveTender(s.Context(), s.Who, pos.Cash, 0)
	require.NoError(t, err)
	_, err = s.SetQty(s.Context(), s.Who, 1, 3*money.One)
	require.NoError(t, err)
	require.Equal(t, manual.Pays, s.Screen().Awaited[0].Standing, "as it was")
	s.Customer(tilltest.Anna)
	require.Equal(t, "manual.pays-customer", s.Screen().Awaited[0].Why.ID)
	_, err = s.TakeManual(s.Context(), s.Who, w.Order)
	require.NoError(t, err)
	require.Equal(t, w.Order, s.Finish().Tenders[0].Order)
}

// A tender that is taken off, and a cheque that is cancelled, withdraw an order
// nobody decided; what is decided of it later pays nothing.
func TestTill_AskManual_Withdrawn(t *testing.T) {
	s, w := waiting(t, 0)
	s.back(w)
	_, err := s.RemoveTender(s.Context(), s.Who, pos.Manual, 0)
	require.NoError(t, err)
	asked := s.requests()
	require.Equal(t, w.Order, asked[1].(*wire.OrderRuled).ID)
	s.decide(w, manual.Approved, w.Amount, "RUB")
	require.Empty(t, s.news())
	require.Empty(t, s.Screen().Awaited)
	s.refused(pos.CodeNotPaid, "sale.not-paid")
	s.PayAll(s.Screen())

	s, w = waiting(t, 0)
	s.back(w)
	_, err = s.CancelCheque(s.Context(), s.Who, "передумал")
	require.NoError(t, err)
	require.Equal(t, w.Order, s.requests()[1].(*wire.OrderRuled).ID)
}

// Set aside once more, a cheque goes on waiting; a process that ended knows the same.
func TestTill_AskManual_Restart(t *testing.T) {
	s, w := waiting(t, 0)
	s.back(w)
	_, err := s.Park(s.Context(), s.Who, "ушла за кошельком")
	require.NoError(t, err)
	s.Restart()
	s.decide(w, manual.Approved, w.Amount, "RUB")
	s.Restart()
	told := s.news()
	require.Len(t, told, 1, "told after the restart")
	require.True(t, told[0].Ready())
	_, err = s.FinishWaiting(s.Context(), s.Who, w.Sale)
	require.NoError(t, err)
}

// Two sales wait at once, and one sale is paid by two orders.
func TestTill_AskManual_Two(t *testing.T) {
	s, first := waiting(t, 100_00)
	v := s.back(first)
	second, err := s.AskManual(s.Context(), s.Who, cardToCard, v.Totals.Due)
	require.NoError(t, err)
	require.Equal(t, first.Sale, second.Sale)
	s.ring()
	other, err := s.AskManual(s.Context(), s.Who, cardToCard, 0)
	require.NoError(t, err)
	require.NoError(t, s.HearOrders(s.Context(), []manual.Heard{
		{Order: first.Order, State: manual.Approved, Price: first.Amount, In: "RUB", Decided: s.Clock.Now()},
		{Order: other.Order, State: manual.Approved, Price: other.Amount, In: "RUB", Decided: s.Clock.Now().Add(time.Second)}}))
	told := s.news()
	require.Len(t, told, 2)
	_, err = s.FinishWaiting(s.Context(), s.Who, first.Sale)
	tilltest.Refused(t, err, pos.CodeNotPaid, "manual.waits")
	_, err = s.FinishWaiting(s.Context(), s.Who, other.Sale)
	require.NoError(t, err)
	s.decide(second, manual.Approved, second.Amount, "RUB")
	require.True(t, s.news()[0].Ready())
	sale, err := s.FinishWaiting(s.Context(), s.Who, first.Sale)
	require.NoError(t, err)
	require.Len(t, sale.Tenders, 2)
	assert.Equal(t, sale.Total, sale.Paid(pos.Manual))
}

// Who may not ask is refused by the right's name; another's approval lifts it.
func TestTill_AskManual_Right(t *testing.T) {
	s := counter{tilltest.Small(t)}
	groups, err := s.Groups(s.Context())
	require.NoError(t, err)
	i := slices.IndexFunc(groups, func(g pos.Group) bool { return g.ID == s.Cashier.Group })
	require.GreaterOrEqual(t, i, 0)
	g := groups[i]
	g.Rights = slices.DeleteFunc(slices.Clone(g.Rights), func(r pos.Right) bool { return r == pos.RightManualCreate })
	require.NoError(t, s.SaveGroup(s.Context(), s.Owner, g))
	s.ring()
	_, err = s.AskManual(s.Context(), s.Cashier, cardToCard, 0)
	what, lifts := till.RefusedOf(err)
	require.True(t, lifts)
	require.Equal(t, pos.RightManualCreate, what.Right)
}
