package payments_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/backend/manual"
	"kassa/backend/payments"
	"kassa/backend/relay"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/postest"
	"kassa/pos/till/tilltest"
	"kassa/storage/central"
	"kassa/storage/images"
)

// apart is a shop whose connection to its backend can be cut.
type apart struct {
	*tilltest.Shop
	*payments.Payments
	backend *backend.Backend
	relay   *relay.Relay
	handler http.Handler
	cut     bool // nothing arrives
	deaf    bool // what is asked arrives, and no answer does
}

// RoundTrip implements http.RoundTripper.
func (a *apart) RoundTrip(r *http.Request) (*http.Response, error) {
	if a.cut {
		return nil, errors.New("no route")
	}
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, r)
	if a.deaf {
		return nil, errors.New("reset")
	}
	return w.Result(), nil
}

var office = manual.From{Till: "office", By: pay.Person{ID: "owner"}, Rights: pay.AllRights()}

func open(t *testing.T) *apart {
	s := tilltest.Demo(t)
	st, err := central.OpenFile(t.Context(), filepath.Join(t.TempDir(), central.FileName), false, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, st.Close()) })
	a := &apart{Shop: s, backend: backend.New(backend.Params{Store: st, Clock: s.Clock, IDs: postest.IDsAfter(1 << 40)})}
	head, err := s.ExchangeHead(t.Context())
	require.NoError(t, err)
	require.NoError(t, a.backend.Carry(t.Context(), head.Till, "Касса"))
	a.handler = api.New(api.Params{Backend: a.backend, Carrier: head.Till})
	c := client.New(client.Params{Base: "http://127.0.0.1", Till: head.Till, Lang: "ru", Transport: a})
	a.Payments = payments.New(payments.Params{Till: s.Till, Files: images.Attached{}, Backend: func(context.Context) (*client.Client, error) { return c, nil }})
	a.relay = relay.New(relay.Params{Till: s.Till, Backend: func(string) (relay.Backend, error) { return c, nil }, Now: s.Clock.Now, Jitter: func() float64 { return 0.5 }})
	_, err = a.backend.PutMerchant(t.Context(), office, pay.Merchant{ID: "m1", Name: "Карта на карту", Account: "RUB"})
	require.NoError(t, err)
	for _, id := range []string{"p1", "p2", "p3"} {
		_, err = a.backend.New(t.Context(), office, pay.Ask{ID: id, Where: pay.AtTill, Text: "Занятие", Price: 1000_00, Merchant: "m1"})
		require.NoError(t, err)
	}
	a.exchange()
	return a
}

func (a *apart) exchange() {
	for a.relay.Step(a.Shop.Context()) == 0 {
	}
}

// stands is how an order stands at the backend.
func (a *apart) stands(id string) *pay.Kept {
	a.Helper()
	k, err := a.backend.Order(a.Shop.Context(), id)
	require.NoError(a, err)
	return k
}

// With the connection cut the board shows what the till keeps, and how old that is.
func TestPayments_ReadsTheMirror(t *testing.T) {
	a := open(t)
	now, err := a.Orders(t.Context(), a.Owner, pay.Choice{Limit: 2})
	require.NoError(t, err)
	require.True(t, now.AsOf.IsZero())
	a.cut = true
	kept, err := a.Orders(t.Context(), a.Owner, pay.Choice{Limit: 2})
	require.NoError(t, err)
	require.False(t, kept.AsOf.IsZero())
	require.Equal(t, now.Orders, kept.Orders)
	require.Equal(t, now.Counts, kept.Counts)
	require.True(t, kept.More)
	rest, err := a.Orders(t.Context(), a.Owner, pay.Choice{Limit: 2, After: kept.Orders[1].ID})
	require.NoError(t, err)
	require.Len(t, rest.Orders, 1)
	require.False(t, rest.More)
	none, err := a.Orders(t.Context(), a.Owner, pay.Choice{Merchant: "m2"})
	require.NoError(t, err)
	require.Empty(t, none.Orders)
	all, err := a.Merchants(t.Context(), a.Owner)
	require.NoError(t, err)
	require.Len(t, all, 1)
	k, err := a.Order(t.Context(), a.Owner, "p1")
	require.NoError(t, err)
	require.Equal(t, pay.Open, k.State)
}

// What is decided or noted meanwhile goes by the queue, once, whether or not the
// attempt before it arrived.
func TestPayments_AsksByTheQueue(t *testing.T) {
	a := open(t)
	seen := a.stands("p1").Order
	ruling := pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders}
	for name, lost := range map[string]func(*apart, bool){"p1": func(a *apart, on bool) { a.cut = on }, "p2": func(a *apart, on bool) { a.deaf = on }} {
		seen.ID = name
		lost(a, true)
		for range 2 { // somebody presses again
			_, err := a.Decide(t.Context(), a.Owner, "d-"+name, &seen, ruling)
			tilltest.Refused(t, err, pos.CodeUnavailable, "manual.queued")
			_, err = a.New(t.Context(), a.Owner, pay.Ask{ID: "n-" + name, Where: pay.AtTill, Text: "Ещё", Price: 5000, Merchant: "m1"})
			tilltest.Refused(t, err, pos.CodeUnavailable, "manual.queued")
		}
		lost(a, false)
		a.Clock.Move(1 << 40) // until the exchange tries again
		a.exchange()
		require.Equal(t, pay.Approved, a.stands(name).State)
		require.EqualValues(t, 2, a.stands(name).Version, "once")
		require.Equal(t, pay.Open, a.stands("n-"+name).State)
		left, err := a.Requests(t.Context(), "")
		require.NoError(t, err)
		require.Empty(t, left)
	}
	a.cut = true
	unknown := seen
	unknown.ID = "p9"
	_, err := a.Decide(t.Context(), a.Owner, "d9", &unknown, ruling)
	tilltest.Refused(t, err, pos.CodeUnavailable, "exchange.offline")
	a.Sound()
}

// Money asked back meanwhile goes by the queue too, once, whether or not the attempt
// before it arrived; by the till's rights, and what is refused there is told.
func TestPayments_AsksMoneyBackByTheQueue(t *testing.T) {
	for name, lost := range map[string]func(*apart, bool){"cut": func(a *apart, on bool) { a.cut = on }, "deaf": func(a *apart, on bool) { a.deaf = on }} {
		t.Run(name, func(t *testing.T) {
			a := open(t)
			seen, err := a.Decide(t.Context(), a.Owner, "d", &a.stands("p1").Order, pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders})
			require.NoError(t, err)
			a.Clock.Move(1 << 40)
			a.exchange()
			lost(a, true)
			in := pay.AskRefund{ID: "back", Amount: 400_00, Reason: "передумала", Where: pay.AtOrders, Finish: true}
			for range 2 { // somebody presses again
				_, err = a.AskRefund(t.Context(), a.Owner, &seen, in)
				tilltest.Refused(t, err, pos.CodeUnavailable, "manual.queued")
			}
			other := pay.AskRefund{ID: "other", Reason: "остальное", Where: pay.AtOrders}
			_, err = a.AskRefund(t.Context(), a.Senior, &seen, other)
			tilltest.Refused(t, err, pos.CodeUnavailable, "manual.queued")
			lost(a, false)
			a.Clock.Move(1 << 40)
			a.exchange()
			k := a.stands("p1")
			require.EqualValues(t, 400_00, k.Refunded, "given at once, and once")
			require.EqualValues(t, 600_00, k.Pending, "asked for alone")
			require.Len(t, k.Refunds, 2)
			left, err := a.Requests(t.Context(), "")
			require.NoError(t, err)
			require.Empty(t, left)
			a.Sound()
		})
	}
}

// Somebody else was first: the request waits in the queue with why it was refused.
func TestPayments_ARefundByTheQueueComesTooLate(t *testing.T) {
	a := open(t)
	seen, err := a.Decide(t.Context(), a.Owner, "d", &a.stands("p1").Order, pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders})
	require.NoError(t, err)
	a.Clock.Move(1 << 40)
	a.exchange()
	a.cut = true
	_, err = a.AskRefund(t.Context(), a.Owner, &seen, pay.AskRefund{ID: "late", Reason: "передумала", Where: pay.AtOrders, Finish: true})
	tilltest.Refused(t, err, pos.CodeUnavailable, "manual.queued")
	_, err = a.backend.AskRefund(t.Context(), office, "p1", pay.AskRefund{ID: "first", Reason: "передумала", Where: pay.AtOrders, Finish: true})
	require.NoError(t, err)
	a.cut = false
	a.Clock.Move(1 << 40)
	a.exchange()
	require.Len(t, a.stands("p1").Refunds, 1)
	left, err := a.Requests(t.Context(), "p1")
	require.NoError(t, err)
	require.Len(t, left, 1)
	require.Equal(t, pos.OutboxAside, left[0].State)
	require.NotNil(t, left[0].Trouble)
	require.Equal(t, "late", left[0].Refund.ID)
	a.Sound()
}
