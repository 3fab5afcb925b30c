// The stories of the queue behind the till, and of the server.

package main

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/settings"
)

const storyServer = "https://kassa.example"

// queueStories show what waits for the backend, and the server behind the till.
var queueStories = []story{
	{name: "queue", shows: "queue", wide: true, play: func(b *book) { b.told().owner().menu("queue") }},
	{name: "queue-carried", shows: "queue", play: func(b *book) { b.carried().owner().menu("queue") }},
	{name: "queue-waiting", shows: "queue", wide: true, play: func(b *book) { b.late("exchange.offline").owner().menu("queue") }},
	{name: "queue-stands", shows: "queue", play: func(b *book) { b.late("exchange.insecure").owner().menu("queue") }},
	{name: "queue-aside", shows: "queue", wide: true, play: func(b *book) { b.rejected().owner().menu("queue") }},
	{name: "queue-refused", shows: "queue", wide: true, play: func(b *book) { b.denied().owner().menu("queue") }},
	{name: "queue-row", shows: "queue.row", wide: true, play: func(b *book) { b.rejected().owner().menu("queue").press("F4", keys.Enter) }},
	{name: "queue-ask-aside", shows: "queue.aside", play: func(b *book) { b.late("exchange.offline").owner().menu("queue").press("F8") }},
	{name: "queue-paused", shows: "queue", play: func(b *book) { b.late("exchange.offline").owner().menu("queue").press("F7") }},
	{name: "sale-exchange-told", shows: "sale", play: func(b *book) { b.told().senior().scan(0, 1) }},
	{name: "sale-exchange-late", shows: "sale", play: func(b *book) { b.late("exchange.offline").senior().scan(0, 1) }},
	{name: "sale-exchange-aside", shows: "sale", play: func(b *book) { b.rejected().senior().scan(0, 1) }},
	{name: "settings-server", shows: "settings.server", wide: true, play: func(b *book) { b.carried().owner().server() }},
	{name: "settings-server-refused", shows: "settings.server", play: func(b *book) {
		b.carried().refusing(pos.E(pos.CodeForbidden, "backend.code-wrong", nil)).owner().server().press(keys.Tab).
			typed(storyServer).press(keys.Enter).typed("ABCD-EFGH").press(keys.Enter)
	}},
	{name: "settings-server-joined", shows: "settings.server", wide: true, play: func(b *book) { b.told().owner().server().press("Shift+F5") }},
	{name: "settings-server-leave", shows: "settings.server.leave", play: func(b *book) { b.told().owner().server().press("Shift+F7") }},
}

func (b *book) server() *book { return b.settings(slices.Index(settings.Tabs(), settings.TabServer)) }

// behind is what stands behind a story's till: nobody is ever contacted.
type behind struct {
	status exchange.Status
	till   *till.Till
	refuse error
	told   func() // that the status is another one
}

// Exchange implements ui.Carrier.
func (x *behind) Exchange() exchange.Status {
	s := x.status
	v, err := x.till.Queue(context.Background(), till.System(), 0, 0)
	must(err)
	s.Queue, s.Aside = v.Counts.Waiting, v.Counts.Aside
	if v.Paused {
		s.State, s.Trouble = exchange.Paused, nil
	}
	return s
}

// WakeExchange implements ui.Carrier: nobody answers, but what was paused is seen.
func (x *behind) WakeExchange() { x.told() }

// CheckServer implements settings.Server.
func (x *behind) CheckServer(context.Context, pos.Actor) (settings.ServerState, error) {
	return settings.ServerState{Name: "Касса 1", Held: 1240}, x.refuse
}

// JoinServer implements settings.Server.
func (x *behind) JoinServer(context.Context, pos.Actor, string, hidden.Text, time.Time) (settings.ServerState, error) {
	return settings.ServerState{Name: "Касса 1"}, x.refuse
}

// LeaveServer implements settings.Server.
func (x *behind) LeaveServer(context.Context, pos.Actor, bool) error { return x.refuse }

// carried gives the till the backend every till carries, which has heard all.
func (b *book) carried() *book {
	b.back = behind{till: b.till, status: exchange.Status{State: exchange.Resting, Contact: b.Clock.Now()}}
	b.env.Exchange = ui.NewExchange(&b.back)
	b.back.told = b.env.Exchange.Changed
	b.acknowledge(0)
	return b
}

// told is a till with a server that has heard all.
func (b *book) told() *book {
	b.carried()
	_, err := b.till.TurnTo(context.Background(), till.System(), storyServer, time.Time{})
	must(err)
	b.back.status.Server = storyServer
	return b
}

// late is a till whose server has not answered for a while.
func (b *book) late(id string) *book {
	now := b.Clock.Now()
	b.told()
	_, err := b.till.TurnTo(context.Background(), till.System(), storyServer, now.AddDate(-1, 0, 0))
	must(err)
	b.acknowledge(12)
	stands := id == "exchange.insecure"
	b.back.status = exchange.Status{State: exchange.Waiting, Server: storyServer, Since: now.Add(-4 * time.Minute), Tries: 7, Next: now.Add(48 * time.Second),
		Trouble: pos.E(pos.CodeUnavailable, id, nil), Stands: stands, Contact: now.Add(-5 * time.Minute)}
	return b
}

// rejected is a till of whose messages one was not taken until it was put aside.
func (b *book) rejected() *book {
	b.late("exchange.offline")
	b.back.status = exchange.Status{State: exchange.Resting, Server: storyServer, Contact: b.Clock.Now()}
	ctx := context.Background()
	v, err := b.till.Queue(ctx, till.System(), 0, 100)
	must(err)
	bad := []exchange.Answer{{ID: v.Rows[len(v.Rows)/2].ID, Verdict: exchange.Conflict,
		Problem: pos.E(pos.CodeConflict, "backend.command-taken", pos.Args{"Epoch": int64(1), "Number": v.Rows[len(v.Rows)/2].Seq})}}
	_, err = b.till.SettleBatch(ctx, bad)
	must(err)
	must(b.till.PutQueuedAside(ctx, till.System(), v.Rows[1].ID, b.env.T("queue.reason.support", nil)))
	return b
}

// denied is a till of whose requests one was refused, because somebody came first.
func (b *book) denied() *book {
	b.told()
	ctx, now := context.Background(), b.Clock.Now()
	page := exchange.Changes{Anew: true, Next: "2"}
	for kind, thing := range map[exchange.ChangeKind]any{
		exchange.ManualMerchant: manual.Merchant{ID: "m1", Version: 1, Name: "Карта на карту", Account: "RUB", Transaction: "RUB", Currencies: []money.Currency{"RUB"}},
		exchange.ManualOrder: manual.Order{ID: "p1", Version: 1, State: manual.Open, Merchant: "m1", Created: now,
			Requested: manual.Terms{Price: 150_000, Currency: "RUB", Date: now}},
	} {
		body, err := json.Marshal(thing)
		must(err)
		id := map[exchange.ChangeKind]string{exchange.ManualMerchant: "m1", exchange.ManualOrder: "p1"}[kind]
		page.Changes = append(page.Changes, exchange.Change{Kind: kind, ID: id, Version: 1, Body: body})
	}
	_, err := b.till.TakeChanges(ctx, storyServer, "", page)
	must(err)
	must(b.till.RequestRuling(ctx, till.System(), "d1", "p1", manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders}, &pos.Group{}))
	asked, err := b.till.Requests(ctx, "p1")
	must(err)
	_, err = b.till.SettleBatch(ctx, []exchange.Answer{{ID: asked[0].ID, Verdict: exchange.Conflict,
		Problem: pos.E(pos.CodeConflict, "manual.changed", pos.Args{"Seen": int64(1), "Now": int64(2)})}})
	must(err)
	b.back.status.Aside = 1
	return b
}

// acknowledge lets the backend have all but the newest so many.
func (b *book) acknowledge(left int64) {
	ctx := context.Background()
	for {
		v, err := b.till.Queue(ctx, till.System(), 0, 500)
		must(err)
		n := min(v.Counts.Waiting-left, int64(len(v.Rows)))
		if n <= 0 {
			return
		}
		var answers []exchange.Answer
		for i := range v.Rows[:n] {
			answers = append(answers, exchange.Answer{ID: v.Rows[i].ID, Verdict: exchange.Applied})
		}
		_, err = b.till.SettleBatch(ctx, answers)
		must(err)
	}
}

// refusing lets the server refuse.
func (b *book) refusing(err error) *book {
	b.back.refuse = err
	return b
}
