package queue_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till/tilltest"
)

// knows has the till's mirror hold a merchant and an open order of 1,000.00.
func knows(t *testing.T) *tilltest.Shop {
	t.Helper()
	s := tilltest.Demo(t)
	change := func(kind exchange.ChangeKind, id string, thing any) exchange.Change {
		body, err := json.Marshal(thing)
		require.NoError(t, err)
		return exchange.Change{Kind: kind, ID: id, Version: 1, Body: body}
	}
	takes(t, s, "", exchange.Changes{Anew: true, Next: "2", Changes: []exchange.Change{
		change(exchange.ManualMerchant, "m1", manual.Merchant{ID: "m1", Version: 1, Name: "Карта", Account: "RUB", Transaction: "RUB", Currencies: []money.Currency{"RUB"}}),
		change(exchange.ManualMerchant, "m2", manual.Merchant{ID: "m2", Version: 1, Name: "Курьер", Account: "RUB", Transaction: "RUB", Currencies: []money.Currency{"RUB"}}),
		change(exchange.ManualOffer, "o1", manual.Offer{ID: "o1", Version: 1, Kind: manual.OfferText, Text: "Курс", Price: 1500_00, Currency: "RUB", Merchants: []string{"m2"}}),
		change(exchange.ManualOrder, "p1", manual.Order{ID: "p1", Version: 1, State: manual.Open, Merchant: "m1", Created: s.Clock.Now(),
			Requested: manual.Terms{Price: 1000_00, Currency: "RUB", Date: s.Clock.Now()}}),
		change(exchange.ManualOrder, "paid", manual.Order{ID: "paid", Version: 2, State: manual.Approved, Merchant: "m1", Created: s.Clock.Now().Add(-time.Hour), Refunded: 100_00,
			Requested: manual.Terms{Price: 900_00, Currency: "RUB", Date: s.Clock.Now()}, Confirmed: &manual.Terms{Price: 1000_00, Currency: "RUB", Date: s.Clock.Now()}})}})
	return s
}

var paid = &manual.Order{ID: "paid"}

var approve = manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders}

// What is asked without a connection waits in the queue; a refusal is shown there,
// holds nothing up, and goes when somebody has seen it.
func TestRequests(t *testing.T) {
	s := knows(t)
	require.NoError(t, s.Till.RequestRuling(s.Context(), s.Owner, "d1", "p1", approve, nil))
	require.NoError(t, s.Till.RequestOrder(s.Context(), s.Owner, manual.Ask{ID: "p2", Where: manual.AtTill, Text: "Занятие", Price: 5000, Merchant: "m1"}, nil))
	require.Equal(t, 1, s.Happened(pos.EventOrderRuled))
	all, err := s.Till.Requests(s.Context(), "")
	require.NoError(t, err)
	require.Len(t, all, 2)
	require.Equal(t, approve, *all[0].Ruling)
	require.Equal(t, "Занятие", all[1].Order.Text)
	require.NoError(t, s.Till.RequestRuling(s.Context(), s.Owner, "d1", "p1", approve, nil), "asked again")
	require.Equal(t, 1, s.Happened(pos.EventOrderRuled), "is asked for once")
	price := money.Amount(990_00)
	other := approve
	other.Price = &price
	tilltest.Refused(t, s.Till.RequestRuling(s.Context(), s.Owner, "d1", "p1", other, nil), pos.CodeConflict, "manual.request-taken")
	tilltest.Refused(t, s.Till.RequestOrder(s.Context(), s.Owner, manual.Ask{ID: "p2", Where: manual.AtTill, Text: "Другое", Price: 5000, Merchant: "m1"}, nil), pos.CodeConflict, "manual.request-taken")

	refused := exchange.Answer{ID: all[0].ID, Verdict: exchange.Conflict, Problem: pos.E(pos.CodeConflict, "manual.changed", nil)}
	tilltest.Refused(t, s.Till.DismissQueued(s.Context(), s.Owner, all[0].ID), pos.CodeConflict, "queue.not-refused")
	_, err = s.Till.SettleBatch(s.Context(), []exchange.Answer{refused})
	require.NoError(t, err)
	require.EqualValues(t, 1, view(t, s).Aside)
	require.NoError(t, s.Till.RequestRuling(s.Context(), s.Owner, "d2", "p1", approve, nil))
	out, err := s.Till.NextBatch(s.Context())
	require.NoError(t, err)
	last := out.Commands[len(out.Commands)-1]
	require.Equal(t, []any{pos.EventOrderRuled, "p1"}, []any{last.Kind, last.Subject}, "the next one of the same order goes")
	all, err = s.Till.Requests(s.Context(), "p1")
	require.NoError(t, err)
	require.Len(t, all, 2)
	require.Equal(t, "manual.changed", all[0].Trouble.ID)

	require.NoError(t, s.Till.DismissQueued(s.Context(), s.Owner, all[0].ID))
	require.Zero(t, view(t, s).Aside)
	require.Equal(t, 1, s.Happened(pos.EventQueueDismissed))
	s.Sound()
}

// What is known to be refused is refused at once, and nothing is asked.
func TestRequests_RefusesWhatItKnows(t *testing.T) {
	s := knows(t)
	before := view(t, s).Waiting
	late := approve
	late.Version = 2
	future := manual.Ask{ID: "p3", Where: manual.AtTill, Text: "Занятие", Price: 5000, Merchant: "m1", Date: s.Clock.Now().Add(time.Hour)}
	for name, tt := range map[string]struct {
		err  error
		code pos.Code
		id   string
	}{
		"a right that is missing": {s.Till.RequestRuling(s.Context(), s.Cashier, "d1", "p1", approve, nil), pos.CodeForbidden, "till.forbidden"},
		"an order nobody told of": {s.Till.RequestRuling(s.Context(), s.Owner, "d1", "p9", approve, nil), pos.CodeNotFound, "exchange.not-here"},
		"another version":         {s.Till.RequestRuling(s.Context(), s.Owner, "d1", "p1", late, nil), pos.CodeConflict, "manual.changed"},
		"a date to come":          {s.Till.RequestOrder(s.Context(), s.Owner, future, nil), pos.CodeInvalid, "manual.future"},
		"a merchant of none":      {s.Till.RequestOrder(s.Context(), s.Owner, manual.Ask{ID: "p3", Where: manual.AtTill, Text: "x", Price: 1, Merchant: "m9"}, nil), pos.CodeNotFound, "manual.merchant-unknown"},
		"no merchant":             {s.Till.RequestOrder(s.Context(), s.Owner, manual.Ask{ID: "p3", Where: manual.AtTill, Text: "x", Price: 1}, nil), pos.CodeInvalid, "manual.merchant-which"},
		"an offer nobody told of": {s.Till.RequestOrder(s.Context(), s.Owner, manual.Ask{ID: "p3", Where: manual.AtTill, Offer: "o9"}, nil), pos.CodeNotFound, "exchange.not-here"},
		"money of what is open":   {s.Till.RequestRefund(s.Context(), s.Owner, &manual.Order{ID: "p1"}, manual.AskRefund{ID: "b1", Reason: "x", Where: manual.AtOrders}, nil), pos.CodeConflict, "manual.transition"},
		"more than is left":       {s.Till.RequestRefund(s.Context(), s.Owner, paid, manual.AskRefund{ID: "b1", Amount: 900_01, Reason: "x", Where: manual.AtOrders}, nil), pos.CodeLimit, "manual.refund-much"},
		"money back by no right":  {s.Till.RequestRefund(s.Context(), s.Cashier, paid, manual.AskRefund{ID: "b1", Reason: "x", Where: manual.AtOrders}, nil), pos.CodeForbidden, "till.forbidden"},
		"a refund without reason": {s.Till.RequestRefund(s.Context(), s.Owner, paid, manual.AskRefund{ID: "b1", Where: manual.AtOrders}, nil), pos.CodeInvalid, "manual.name-empty"},
		"a sum below zero":        {s.Till.RequestOrder(s.Context(), s.Owner, manual.Ask{ID: "p3", Where: manual.AtTill, Text: "x", Price: -5, Merchant: "m1"}, nil), pos.CodeInvalid, "manual.price-low"},
	} {
		t.Run(name, func(t *testing.T) { tilltest.Refused(t, tt.err, tt.code, tt.id) })
	}
	require.Equal(t, before, view(t, s).Waiting)
	require.NoError(t, s.Till.RequestOrder(s.Context(), s.Cashier, manual.Ask{ID: "p3", Where: manual.AtTill, Offer: "o1"}, nil), "whom the money comes by is plain")
}

// Money asked back without a connection waits once, with what was said, and counts what
// waits already.
func TestRequests_MoneyBack(t *testing.T) {
	s := knows(t)
	part := manual.AskRefund{ID: "b1", Amount: 300_00, Reason: "передумал", Where: manual.AtOrders, Finish: true}
	for range 2 { // somebody presses again
		require.NoError(t, s.Till.RequestRefund(s.Context(), s.Owner, paid, part, nil))
	}
	require.Equal(t, 1, s.Happened(pos.EventOrderBack))
	much := manual.AskRefund{ID: "b2", Amount: 600_01, Reason: "ещё", Where: manual.AtCard}
	tilltest.Refused(t, s.Till.RequestRefund(s.Context(), s.Owner, paid, much, nil), pos.CodeLimit, "manual.refund-much")
	other := part
	other.Reason = "другое"
	tilltest.Refused(t, s.Till.RequestRefund(s.Context(), s.Owner, paid, other, nil), pos.CodeConflict, "manual.request-taken")
	rest := manual.AskRefund{ID: "b2", Reason: "остальное", Where: manual.AtCard}
	require.NoError(t, s.Till.RequestRefund(s.Context(), s.Owner, paid, rest, nil))
	much.ID, much.Amount = "b3", 1
	tilltest.Refused(t, s.Till.RequestRefund(s.Context(), s.Owner, paid, much, nil), pos.CodeLimit, "manual.refund-much")

	all, err := s.Till.Requests(s.Context(), "paid")
	require.NoError(t, err)
	require.Len(t, all, 2)
	require.Equal(t, []manual.AskRefund{part, rest}, []manual.AskRefund{*all[0].Refund, *all[1].Refund})
	_, err = s.Till.SettleBatch(s.Context(), []exchange.Answer{{ID: all[0].ID, Verdict: exchange.Denied, Problem: pos.E(pos.CodeForbidden, "manual.own", nil)}})
	require.NoError(t, err)
	require.EqualValues(t, 1, view(t, s).Aside, "a refusal is seen in the queue")
	s.Sound()
}
