package main

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// manager decides manual payments at a server over HTTP, as another till does.
type manager struct {
	t     *testing.T
	c     *client.Client
	asker api.Asker
}

func (s *remote) manager() *manager {
	s.t.Helper()
	token := hidden.New("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
	c := client.New(client.Params{Base: "http://" + s.address, Till: "manager", Token: token, Lang: "ru"})
	s.t.Cleanup(c.Close)
	_, err := c.Join(context.Background(), hidden.New(s.code("Manager")), token)
	require.NoError(s.t, err)
	return &manager{t: s.t, c: c, asker: api.Asker{By: manual.Person{ID: "boss", Name: "Борис"}, Rights: manual.AllRights()}}
}

// open is the one order that waits for a decision.
func (m *manager) open() manual.Order {
	m.t.Helper()
	var page api.Orders
	require.Eventually(m.t, func() bool {
		var err error
		page, err = m.c.Orders(context.Background(), backend.Orders{State: manual.Open})
		return err == nil && len(page.Orders) == 1
	}, patience, 50*time.Millisecond)
	return page.Orders[0]
}

func (m *manager) decide(o *manual.Order, d manual.Decision, comment string) {
	m.t.Helper()
	_, err := m.c.Decide(context.Background(), m.asker, o.ID+"d", o.ID, manual.Ruling{Decision: d, Version: o.Version, Where: manual.AtOrders, Comment: comment})
	require.NoError(m.t, err)
}

// join turns the till to a server by its window.
func (r *rig) join(s *remote) {
	r.t.Helper()
	r.key("F10")
	r.see("menu")
	r.key("1")
	r.see("settings", "tab", "shop")
	for range 10 {
		r.key("Next")
	}
	r.see("settings.server", "joined", "no")
	r.key("Tab")
	r.typed("http://" + s.address)
	r.key("Return")
	r.typed(s.code("Window"))
	r.key("Return")
	r.see("settings.server", "joined", "yes", "said", "joined")
	r.key("Escape") // the sale is as it was
}

// lookThere has the till look at the server now, by the queue.
func (r *rig) lookThere(shows string, facts ...string) {
	r.t.Helper()
	r.queue()
	r.key("F9")
	r.see(shows, facts...)
	r.key("Escape")
	r.see("sale")
}

// A sale is paid by a manual payment that somebody approves at the server: the next
// customer is served meanwhile, and Enter finishes the sale that waited. One that is
// declined comes back and is paid in cash.
func TestE2E_ManualPaymentPaysASale(t *testing.T) {
	behind := newServer(t)
	boss := behind.manager()
	_, err := boss.c.PutMerchant(t.Context(), boss.asker, manual.Merchant{ID: "m1", Name: "Card to card", Account: "RUB"})
	require.NoError(t, err)
	r := newRig(t)
	r.begin(pos.GroupOwner, "500")
	r.join(behind)
	r.queue("waiting", "0", "look", "told")
	r.key("Escape")
	r.see("sale")

	r.scan(r.demo.Products[0].Barcodes[0])
	due := r.see("sale", "lines", "1").Facts["due"]
	r.key("F9")
	r.see("payment", "action", "accept")
	r.key("F7")
	r.see("waiting.ask", "merchant", "Card to card", "sum", due)
	r.key("Return")
	r.see("sale", "lines", "0", "parked", "1")
	order := boss.open()
	require.Equal(t, due, manual.ShowSum(order.Requested.Price, "RUB"))
	require.NotEmpty(t, order.Text)
	r.sell() // the next customer
	boss.decide(&order, manual.Approve, "")
	r.lookThere("waiting.news", "says", "waiting.news.ready", "merchant", "Card to card")
	r.key("Return")
	r.see("receipt")
	r.key("Return")
	r.see("sale", "lines", "0", "parked", "0")

	r.scan(r.demo.Products[1].Barcodes[0])
	r.see("sale", "lines", "1")
	r.key("F9")
	r.see("payment", "action", "accept")
	r.key("F7")
	r.see("waiting.ask", "merchant", "Card to card")
	r.key("Return")
	r.see("sale", "lines", "0", "parked", "1")
	order = boss.open()
	boss.decide(&order, manual.Decline, "не пришло")
	r.lookThere("waiting.news", "says", "waiting.news.declined-because")
	r.key("F5")
	r.see("sale.parked", "found", "1")
	r.key("Return")
	r.see("sale", "lines", "1")
	r.key("F9")
	r.see("payment", "action", "accept")
	r.key("Return")
	r.see("payment", "action", "finish")
	r.key("Return")
	r.see("receipt")
	r.key("Return")
	r.see("sale", "lines", "0")
	r.queue("waiting", "0", "look", "told")

	s, ctx := r.stored()
	sales := r.sales(s, ctx)
	require.Len(t, sales, 3)
	require.Equal(t, []pos.Method{pos.Cash, pos.Manual, pos.Cash}, []pos.Method{sales[0].Tenders[0].Method, sales[1].Tenders[0].Method, sales[2].Tenders[0].Method})
	require.Equal(t, map[pos.Method]money.Amount{pos.Manual: sales[1].Total}, byMethod(sales[1]))
	k, err := boss.c.Order(ctx, sales[1].Tenders[0].Order)
	require.NoError(t, err)
	require.Equal(t, string(sales[1].ID), k.Sale, "the server knows which sale the order paid")
	require.Equal(t, manual.Approved, k.State)
}
