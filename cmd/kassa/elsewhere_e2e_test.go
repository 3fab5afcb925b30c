package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/client"
	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
)

// What a shop with a server lives through with money that goes past the till: set up by
// keys, asked for at the till, decided by somebody on a telephone, finished at the till;
// declined; given back; and the network cut, hanging and losing answers in between.
// Afterwards both sides have the same books, and nothing twice.
func TestE2E_MoneyPastTheTill(t *testing.T) {
	behind := newServer(t)
	net := newCable(t, behind.address)
	ear := newEar(t)
	r := newRig(t, ear.env())
	r.begin(pos.GroupOwner, "500")
	r.join(behind, net.address())
	boss := behind.person("olga@example.ru")
	r.setUp(func() {
		r.see("merchants.card")
		r.typed(merchant)
	}, "Course")
	mending := r.noted("Mending", "300")

	// Approved by somebody elsewhere, while the next customer is served.
	r.elsewhere(0)
	r.sell()
	before := ear.heard("news")
	boss.decide("approve", "")
	r.see("waiting.news", "says", "waiting.news.ready", "merchant", merchant)
	ear.await("news", before+1)
	r.shot("approved")
	r.finished()

	// Declined: it comes back, and is paid in cash.
	r.elsewhere(1)
	boss.decide("decline", "не пришло")
	r.see("waiting.news", "says", "waiting.news.declined-because")
	r.key("F5")
	r.see("sale.parked", "found", "1")
	r.key("Return")
	r.see("sale", "lines", "1")
	r.paidInCash()

	// Asked for while the network is cut: it waits, the shop goes on, and it is told
	// once the network is back.
	net.turn(cut)
	r.elsewhere(2)
	r.queue("look", "late", "trouble", "exchange.offline")
	r.key("Escape")
	r.see("sale")
	r.sell()
	boss.waits(0)
	net.turn(whole)
	r.triesNow()

	// Decided while the till is cut off: it hears of that later.
	boss.waits(1)
	net.turn(cut)
	boss.decide("approve", "")
	net.turn(whole)
	r.queue()
	r.key("F9")
	r.see("waiting.news", "says", "waiting.news.ready")
	r.key("Escape")
	r.see("sale")
	r.finished()

	// The server hears what is asked, and the till not that it did: it asks again, and
	// that is one payment. The decision hangs in the network on its way.
	net.turn(deaf)
	r.elsewhere(3)
	net.awaitUnheard()
	boss.waits(1)
	r.queue("waiting", "1", "kind", string(pos.EventOrderAsked), "look", "late")
	r.key("Escape")
	r.see("sale")
	net.turn(whole)
	r.triesNow()
	boss.waits(1)
	net.turn(held)
	boss.decide("approve", "")
	net.awaitHeld()
	r.sell()
	net.turn(whole)
	r.see("waiting.news", "says", "waiting.news.ready")
	r.finished()

	// Money asked back without a network, given on the telephone, seen at the till.
	net.turn(cut)
	r.asksBack(mending)
	net.turn(whole)
	r.triesNow()
	boss.giveBack(mending)
	r.place("m", "orders")
	r.key("End")
	r.see("orders", "id", mending, "state", string(manual.Refunded))
	r.key("Escape")
	r.see("sale")
	r.queue("waiting", "0", "aside", "0", "look", "told")
	r.mirrors(mending, manual.Refunded)

	r.booksAgree(behind, map[manual.State]int64{manual.Approved: 3, manual.Declined: 1, manual.Refunded: 1})
}

// merchant is whom the money of these tests comes by.
const merchant = "Card to card"

// noted notes what was paid by the customer's word, approves it, and returns its id.
func (r *rig) noted(text, price string) string {
	r.t.Helper()
	r.place("m", "orders", "found", "0")
	r.key("F2")
	r.see("orders.add", "offers", "1")
	r.key("F4")
	r.typed(text)
	r.key("Tab")
	r.typed(price)
	r.key("ctrl+Return")
	r.see("orders", "found", "1", "state", "open")
	r.key("F9")
	id := r.see("orders", "open", "0", "state", "approved").Facts["id"]
	r.key("Escape")
	r.see("sale")
	return id
}

// elsewhere rings up goods of the demo and asks for a manual payment of it all, which
// sets the sale aside.
func (r *rig) elsewhere(goods int) {
	r.t.Helper()
	r.scan(r.demo.Products[goods].Barcodes[0])
	due := r.see("sale", "lines", "1").Facts["due"]
	r.key("F9")
	r.see("payment", "action", "accept")
	r.key("F7")
	r.see("waiting.ask", "merchant", merchant, "sum", due)
	r.key("Return")
	r.see("sale", "lines", "0", "parked", "1")
}

// finished finishes the only sale that was set aside by one key.
func (r *rig) finished() {
	r.t.Helper()
	r.key("Return")
	r.see("receipt")
	r.key("Return")
	r.see("sale", "lines", "0", "parked", "0")
}

// triesNow has the till ask the server at once, until nothing waits.
func (r *rig) triesNow() {
	r.t.Helper()
	r.queue()
	r.key("F9")
	r.see("queue", "waiting", "0", "look", "told")
	r.key("Escape")
	r.see("sale")
}

// asksBack asks for all the money of the oldest payment back while nobody answers.
func (r *rig) asksBack(order string) {
	r.t.Helper()
	r.place("m", "orders")
	r.key("End")
	r.see("orders", "id", order, "state", "approved")
	r.key("shift+F9")
	r.see("orders.refund", "id", order)
	r.key("Tab")
	r.typed("her mind")
	r.key("ctrl+Return")
	r.see("orders", "error", "")
	r.shot("asked-back")
	r.key("Escape")
	r.see("sale")
	r.queue("waiting", "1", "kind", string(pos.EventOrderBack))
	r.key("Escape")
	r.see("sale")
}

// mirrors waits until the till itself knows how an order stands.
func (r *rig) mirrors(order string, want manual.State) {
	r.t.Helper()
	s, err := shop.Open(context.Background(), shop.Options{Home: r.home, Beside: true})
	require.NoError(r.t, err)
	defer s.Close()
	require.Eventually(r.t, func() bool {
		o, _, err := s.Till.MirroredOrder(context.Background(), order)
		return err == nil && o.State == want
	}, patience, 50*time.Millisecond)
}

// ear is a player of sounds that notes what it was to play.
type ear struct {
	t        *testing.T
	dir, log string
}

func newEar(t *testing.T) *ear {
	t.Helper()
	e := &ear{t: t, dir: t.TempDir()}
	e.log = filepath.Join(e.dir, "heard")
	script := "#!/bin/sh\nfor f; do :; done\necho \"${f##*/}\" >>'" + e.log + "'\n"
	require.NoError(t, os.WriteFile(filepath.Join(e.dir, "pw-play"), []byte(script), 0o700))
	return e
}

func (e *ear) env() string { return "PATH=" + e.dir + ":" + os.Getenv("PATH") }

// heard is how often a sound was heard.
func (e *ear) heard(kind string) int {
	e.t.Helper()
	text, err := os.ReadFile(e.log)
	if !os.IsNotExist(err) {
		require.NoError(e.t, err)
	}
	return strings.Count(string(text), kind+".wav\n")
}

func (e *ear) await(kind string, times int) {
	e.t.Helper()
	require.Eventually(e.t, func() bool { return e.heard(kind) == times }, patience, 20*time.Millisecond, "the sound of %s", kind)
}

// office is another till of the server's, to look with.
func (s *remote) office() *client.Client {
	s.t.Helper()
	token := hidden.New("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
	c := client.New(client.Params{Base: "http://" + s.address, Till: "office", Token: token, Lang: "ru"})
	s.t.Cleanup(c.Close)
	_, err := c.Join(context.Background(), hidden.New(s.code("Office")), token)
	require.NoError(s.t, err)
	return c
}

// booksAgree ends the till and compares what both sides have.
func (r *rig) booksAgree(behind *remote, counts map[manual.State]int64) {
	r.t.Helper()
	s, ctx := r.stored()
	office := behind.office()
	there, err := office.Orders(ctx, backend.Orders{Limit: 100})
	require.NoError(r.t, err)
	require.Equal(r.t, counts, there.Counts, "each payment once")
	here, err := s.Till.MirroredOrders(ctx, till.MirroredChoice{Limit: 100})
	require.NoError(r.t, err)
	assert.JSONEq(r.t, text(r.t, there.Orders), text(r.t, here.Orders), "the till's mirror")

	paid := map[string]money.Amount{}
	sold := map[string]string{}
	for _, sale := range r.sales(s, ctx) {
		for _, d := range sale.Tenders {
			if d.Method == pos.Manual {
				paid[d.Order] = d.Amount
				sold[d.Order] = string(sale.ID)
			}
		}
	}
	var gross, returned money.Amount
	used := 0
	for _, o := range there.Orders {
		k, err := office.Order(ctx, o.ID)
		require.NoError(r.t, err)
		r.onceEach(&k)
		if o.State.Paid() || o.State == manual.Refunded {
			gross, returned = gross.Add(o.Confirmed.Price), returned.Add(o.Refunded)
		}
		require.Equal(r.t, sold[o.ID], k.Sale, "which sale it paid")
		if k.Sale != "" {
			used++
			require.Equal(r.t, paid[o.ID], k.Confirmed.Price)
		}
	}
	require.Len(r.t, sold, used, "no sale was paid by what the server does not know")
	books, err := office.Takings(ctx, time.Time{}, time.Time{})
	require.NoError(r.t, err)
	require.Len(r.t, books, 1)
	require.Equal(r.t, []money.Amount{gross, returned}, []money.Amount{books[0].Gross, books[0].Returned})
	r.allTold(s, ctx, behind)
	require.NoError(r.t, s.Close())
	out, err := exec.Command(program(r.t, "kassactl"), "verify", "--home", r.home).CombinedOutput()
	require.NoError(r.t, err, "%s", out)
}

// onceEach demands that nothing happened to a payment twice.
func (r *rig) onceEach(k *manual.Kept) {
	r.t.Helper()
	seen := map[manual.EventKind]int{}
	for _, e := range k.Events {
		seen[e.Kind]++
	}
	for kind, n := range seen {
		require.Equal(r.t, 1, n, "%s of %s", kind, k.Text)
	}
}

// allTold demands that the server has each message it acknowledged, once.
func (r *rig) allTold(s *shop.Shop, ctx context.Context, behind *remote) {
	r.t.Helper()
	spans, err := s.Till.Acknowledged(ctx)
	require.NoError(r.t, err)
	acked := int64(0)
	for _, span := range spans {
		acked += span.Count
	}
	require.Positive(r.t, acked)
	require.Equal(r.t, acked, behind.held())
}

func text(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return string(raw)
}
