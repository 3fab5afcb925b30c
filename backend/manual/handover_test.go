package manual_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/manual"
	"kassa/backend/store"
	pay "kassa/pos/manual"
	"kassa/pos/money"
	"kassa/storage/central"
)

// second is another backend, carried in the till t1, with the same goods to pay for.
func second(t *testing.T) *room {
	s, err := central.OpenFile(t.Context(), filepath.Join(t.TempDir(), central.FileName), true, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return open(t, s)
}

// lived has an order of each fate.
func (r *room) lived() {
	for _, id := range []string{"open", "paid", "back", "refused"} {
		r.order(id)
		r.clock.Move(time.Minute)
	}
	for id, d := range map[string]pay.Decision{"paid": pay.Approve, "back": pay.Approve, "refused": pay.Decline} {
		_, err := r.decide(owner, "d-"+id, id, d, 1)
		require.NoError(r, err)
	}
	for i, sum := range []int64{333_33, 1_01} {
		id := []string{"f1", "f2"}[i]
		_, err := r.AskRefund(r.Context(), owner, "back", pay.AskRefund{ID: id, Amount: money.Amount(sum), Reason: "передумал", Where: pay.AtOrders, Finish: true})
		require.NoError(r, err)
	}
	_, err := r.AskRefund(r.Context(), owner, "back", pay.AskRefund{ID: "f3", Amount: 5_00, Reason: "ждёт", Where: pay.AtOrders})
	require.NoError(r, err)
}

// whole is all a backend keeps for t1, as it is brought.
func (r *room) whole() (h pay.Handover) {
	r.Helper()
	merchants, err := r.Merchants(r.Context())
	require.NoError(r, err)
	offers, err := r.Offers(r.Context())
	require.NoError(r, err)
	page, err := r.ListOrders(r.Context(), backend.Orders{})
	require.NoError(r, err)
	h = pay.Handover{Merchants: merchants, Offers: offers}
	for i := range page.Orders {
		k, err := r.Order(r.Context(), page.Orders[i].ID)
		require.NoError(r, err)
		h.Orders = append(h.Orders, *k)
	}
	return h
}

func (r *room) bring(h pay.Handover) pay.Taken {
	r.Helper()
	taken, err := r.TakeOver(r.Context(), owner.Till, h)
	require.NoError(r, err)
	r.sound()
	return taken
}

func TestManual_TakesOverWhatAnotherBackendKept(t *testing.T) {
	engines(t, func(r *room) {
		from := second(r.T)
		from.lived()
		_, err := from.PutMerchant(r.Context(), owner, pay.Merchant{ID: "m2", Name: "Курьер", Account: "RUB"})
		require.NoError(r, err)
		require.Equal(r, pay.Taken{Taken: 5}, r.bring(from.whole()), "a merchant and four orders; m1 and o1 stay as they are here")
		assert.Zero(r, r.bring(from.whole()), "the same again is no change")
		then := from.whole()
		for i := range then.Orders {
			k, err := r.Order(r.Context(), then.Orders[i].ID)
			require.NoError(r, err)
			assert.Equal(r, then.Orders[i].State, k.State)
			assert.Equal(r, then.Orders[i].Refunded, k.Refunded)
			assert.Len(r, k.Events, len(then.Orders[i].Events))
		}
		theirs, err := from.Takings(r.Context(), time.Time{}, time.Time{})
		require.NoError(r, err)
		mine, err := r.Takings(r.Context(), time.Time{}, time.Time{})
		require.NoError(r, err)
		assert.Equal(r, theirs, mine, "the books say the same")

		_, err = from.decide(owner, "later", "open", pay.Approve, 1)
		require.NoError(r, err)
		_, err = from.AdvanceRefund(r.Context(), owner, "give-1", "back", manualMove("f3", pay.AllowRefund))
		require.NoError(r, err)
		_, err = from.AdvanceRefund(r.Context(), owner, "give-2", "back", manualMove("f3", pay.GiveRefund))
		require.NoError(r, err)
		assert.Equal(r, pay.Taken{Taken: 2}, r.bring(from.whole()), "what happened since is added")

		_, err = r.AskRefund(r.Context(), owner, "paid", pay.AskRefund{ID: "f9", Reason: "здесь", Where: pay.AtOrders, Finish: true})
		require.NoError(r, err)
		assert.Zero(r, r.bring(from.whole()), "what went on here stays")
		r.sound()
	})
}

func manualMove(refund string, step pay.RefundStep) manual.RefundMove {
	return manual.RefundMove{Refund: refund, Step: step, Where: pay.AtOrders}
}

func TestManual_OrdersThatWentOnInTwoPlacesOpenACase(t *testing.T) {
	engines(t, func(r *room) {
		from := second(r.T)
		from.order("split")
		r.bring(from.whole())
		_, err := from.decide(owner, "there", "split", pay.Approve, 1)
		require.NoError(r, err)
		_, err = r.decide(manager, "here", "split", pay.Decline, 1)
		require.NoError(r, err)
		for range 2 {
			assert.Equal(r, pay.Taken{Apart: 1}, r.bring(from.whole()))
		}
		k, err := r.Order(r.Context(), "split")
		require.NoError(r, err)
		assert.Equal(r, pay.Declined, k.State)
		cases, err := r.ListCases(r.Context())
		require.NoError(r, err)
		require.Len(r, cases, 1)
		assert.EqualValues(r, "apart", cases[0].Kind)
	})
}

func TestManual_BelievesNoMoreOfWhatIsBrought(t *testing.T) {
	r := second(t)
	from := second(t)
	from.lived()
	for name, spoil := range map[string]func(*pay.Kept){
		"another till's":          func(k *pay.Kept) { k.Till = "t2" },
		"no sum":                  func(k *pay.Kept) { k.Confirmed = nil },
		"more given than paid":    func(k *pay.Kept) { k.Refunds[0].Amount = 1_000_000_00 },
		"a state nobody gave it":  func(k *pay.Kept) { k.State = pay.Completed },
		"a history with a hole":   func(k *pay.Kept) { k.Events = k.Events[1:] },
		"another order's refund":  func(k *pay.Kept) { k.Refunds[2].Order = "paid" },
		"a refund told twice":     func(k *pay.Kept) { k.Refunds[2].ID = "f1" },
		"a refund nobody told of": func(k *pay.Kept) { k.Refunds = k.Refunds[:1] },
	} {
		h := pay.Handover{}
		for _, k := range from.whole().Orders {
			if k.ID == "back" {
				spoil(&k)
				h.Orders = append(h.Orders, k)
			}
		}
		require.Len(t, h.Orders, 1)
		_, err := r.TakeOver(context.Background(), owner.Till, h)
		assert.Equal(t, "manual.brought", idOf(err), name)
	}
	page, err := r.ListOrders(t.Context(), backend.Orders{})
	require.NoError(t, err)
	assert.Empty(t, page.Orders)
}

// A till leaves a server where an order was decided in time. What the till had of it is
// from before, and asking for its proofs on the way does not end it by the clock.
func TestManual_ADecisionIsBroughtOverAnOldCopyWhoseTimeRanOut(t *testing.T) {
	engines(t, func(r *room) {
		from := second(r.T)
		from.order("late")
		r.bring(from.whole())
		_, err := from.decide(owner, "in time", "late", pay.Approve, 1)
		require.NoError(r, err)
		r.clock.Move(40 * 24 * time.Hour)
		_, err = r.Proofs(r.Context(), "late")
		require.NoError(r, err)
		assert.Equal(r, pay.Taken{Taken: 1}, r.bring(from.whole()))
		k, err := r.Order(r.Context(), "late")
		require.NoError(r, err)
		assert.Equal(r, pay.Approved, k.State)
	})
}

func TestManual_ARefundThatIsBroughtTakesNoOthersPlace(t *testing.T) {
	engines(t, func(r *room) {
		_, err := r.New(r.Context(), manager, pay.Ask{ID: "theirs", Where: pay.AtTill, Offer: "o1"})
		require.NoError(r, err)
		_, err = r.decide(manager, "d", "theirs", pay.Approve, 1)
		require.NoError(r, err)
		_, err = r.AskRefund(r.Context(), manager, "theirs", pay.AskRefund{ID: "f3", Amount: 7_00, Reason: "брак", Where: pay.AtOrders})
		require.NoError(r, err)
		from := second(r.T)
		from.lived()
		_, err = r.TakeOver(r.Context(), owner.Till, from.whole())
		assert.Equal(r, "manual.request-taken", idOf(err))
		k, err := r.Order(r.Context(), "theirs")
		require.NoError(r, err)
		require.Len(r, k.Refunds, 1)
		assert.EqualValues(r, 7_00, k.Refunds[0].Amount)
		r.sound()
	})
}

func TestManual_WhatIsBookedIsNotWrittenOverByWhatIsBrought(t *testing.T) {
	engines(t, func(r *room) {
		from := second(r.T)
		from.order("sold")
		_, err := from.decide(owner, "d", "sold", pay.Approve, 1)
		require.NoError(r, err)
		r.bring(from.whole())
		_, err = from.AskRefund(r.Context(), owner, "sold", pay.AskRefund{ID: "f1", Amount: 1_00, Reason: "брак", Where: pay.AtOrders})
		require.NoError(r, err)
		h := from.whole()
		k := &h.Orders[0]
		k.Confirmed.Price, k.Fees.Net = k.Confirmed.Price+500_00, k.Fees.Net+500_00
		taken, err := r.TakeOver(r.Context(), owner.Till, h)
		require.NoError(r, err)
		assert.Equal(r, pay.Taken{Apart: 1}, taken)
		r.sound()
		here, err := r.Order(r.Context(), "sold")
		require.NoError(r, err)
		assert.EqualValues(r, 1000_00, here.Confirmed.Price)
	})
}

// carried is a backend a till goes back to.
func carried(t *testing.T) *room {
	r := second(t)
	r.Backend = backend.New(backend.Params{Store: r.store, Clock: r.clock, IDs: r.ids, Carried: true})
	return r
}

func TestManual_ATillThatGoesBackTakesMerchantsAsTheServerHasThem(t *testing.T) {
	server, r := second(t), carried(t)
	_, err := server.PutMerchant(t.Context(), owner, pay.Merchant{ID: "m1", Version: 1, Name: "Карта на карту", Commission: 30000, Account: "RUB", Currencies: []money.Currency{"RUB", "USD"}})
	require.NoError(t, err)
	_, err = server.PutOffer(t.Context(), owner, pay.Offer{ID: "o1", Version: 1, Text: "Курс кройки", Price: 1200_00, Currency: "RUB", Merchants: []string{"m1"}})
	require.NoError(t, err)
	assert.Equal(t, pay.Taken{Taken: 2}, r.bring(server.whole()))
	assert.Zero(t, r.bring(server.whole()), "the same again is no change")
	m, err := r.Merchant(t.Context(), "m1")
	require.NoError(t, err)
	assert.EqualValues(t, 30000, m.Commission)
	assert.Zero(t, m.Fee)
	o, err := r.Offer(t.Context(), "o1")
	require.NoError(t, err)
	assert.EqualValues(t, 1200_00, o.Price)
}

func TestManual_WhomOneBackendForgotTheOtherForgetsToo(t *testing.T) {
	named := func(r *room) string {
		k, err := r.Order(t.Context(), "p1")
		require.NoError(t, err)
		return k.CustomerName + k.Email + k.Phone
	}
	for _, here := range []bool{false, true} {
		from, r := second(t), second(t)
		_, err := from.New(t.Context(), owner, pay.Ask{ID: "p1", Where: pay.AtTill, Offer: "o1", Customer: "c1", CustomerName: "Анна", Phone: "+79000000000"})
		require.NoError(t, err)
		r.bring(from.whole())
		require.NotEmpty(t, named(r))
		forgets := from
		if here {
			forgets = r
		}
		require.NoError(t, forgets.store.Change(t.Context(), func(x store.Tx) error { _, err := x.ForgetPayer("c1"); return err }))
		_, err = from.decide(owner, "d", "p1", pay.Approve, 1)
		require.NoError(t, err)
		for range 2 {
			r.bring(from.whole())
			require.Empty(t, named(r))
		}
	}
}
