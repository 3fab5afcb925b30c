package manual_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/exchange"
	pay "kassa/pos/manual"
	"kassa/pos/wire"
)

// told is a till that asks by its queue.
type told struct {
	*room
	id  string
	seq int64
}

func (r *room) till(id string) *told {
	r.Helper()
	require.NoError(r, r.Carry(r.Context(), id, id))
	return &told{room: r, id: id}
}

// command is the next message of the till.
func (t *told) command(p wire.Payload) exchange.Command {
	t.Helper()
	t.seq++
	m, err := wire.Pack(fmt.Sprint(t.id, "-", t.seq), 1, t.clock.Now(), p)
	require.NoError(t, err)
	m.Seq = t.seq
	return exchange.Of(m)
}

func (t *told) take(c ...exchange.Command) []exchange.Answer {
	t.Helper()
	reply, err := t.Take(t.Context(), t.id, exchange.Batch{Head: exchange.Head{Till: t.id, Epoch: 1}, Commands: c}, 0)
	require.NoError(t, err)
	return reply.Answers
}

func (t *told) ask(id string) exchange.Command {
	in := pay.Ask{ID: id, Where: pay.AtTill, Offer: "o1", Customer: "c1"}
	return t.command(wire.OfOrder(&in, owner.By, pay.AllRights(), t.clock.Now()))
}

func (t *told) rule(request, order string, d pay.Decision, version int64, may pay.Rights) exchange.Command {
	in := pay.Ruling{Decision: d, Version: version, Where: pay.AtOrders}
	return t.command(wire.OfRuling(request, order, &in, manager.By, may, t.clock.Now()))
}

// Whatever waited in a till's queue is carried out once, in its order, and answered
// with what became of it.
func TestRequests(t *testing.T) {
	engines(t, func(r *room) {
		till := r.till("t1")
		ask, approve := till.ask("p1"), till.rule("d1", "p1", pay.Approve, 1, pay.AllRights())
		answers := till.take(ask, approve)
		require.Equal(r, []exchange.Answer{{ID: "t1-1", Verdict: exchange.Applied}, {ID: "t1-2", Verdict: exchange.Applied}}, answers)
		k, err := r.Order(r.Context(), "p1")
		require.NoError(r, err)
		require.Equal(r, pay.Approved, k.State)
		require.Equal(r, manager.By, k.Decider)

		again := till.take(ask, approve)
		require.Equal(r, []exchange.Verdict{exchange.Duplicate, exchange.Duplicate}, []exchange.Verdict{again[0].Verdict, again[1].Verdict})

		late := till.take(till.rule("d2", "p1", pay.Decline, 1, pay.AllRights()), till.ask("p2"))
		require.Equal(r, exchange.Conflict, late[0].Verdict, "somebody else came first")
		require.Equal(r, pay.Approved, late[0].Problem.Args["Order"].(*pay.Order).State)
		require.Equal(r, exchange.Applied, late[1].Verdict, "one that is refused stops none of the others")

		refused := till.rule("d3", "p2", pay.Approve, 1, pay.Rights{})
		a := till.take(refused)[0]
		require.Equal(r, exchange.Denied, a.Verdict)
		require.Equal(r, "manual.forbidden", a.Problem.ID)
		list, err := r.Held(r.Context(), "t1", 0, 0)
		require.NoError(r, err)
		require.Len(r, list, 3, "what was refused is not held")
		require.Equal(r, exchange.Denied, till.take(refused)[0].Verdict)
		k, err = r.Order(r.Context(), "p2")
		require.NoError(r, err)
		require.Equal(r, pay.Open, k.State)
		r.sound()
	})
}

// A decision that went past the queue and got no answer is the same in the queue.
func TestRequests_PastTheQueueBefore(t *testing.T) {
	engines(t, func(r *room) {
		till := r.till("t2")
		r.order("p1")
		_, err := r.decide(manager, "d1", "p1", pay.Approve, 1)
		require.NoError(r, err)
		require.Equal(r, exchange.Applied, till.take(till.rule("d1", "p1", pay.Approve, 1, pay.AllRights()))[0].Verdict)
		k, err := r.Order(r.Context(), "p1")
		require.NoError(r, err)
		require.Equal(r, int64(2), k.Version, "once")

		in := pay.Ask{ID: "p2", Where: pay.AtTill, Offer: "o1", Customer: "c1", Date: r.clock.Now()}
		_, err = r.New(r.Context(), manager, in)
		require.NoError(r, err)
		queued := till.command(wire.OfOrder(&in, manager.By, manager.Rights, r.clock.Now()))
		require.Equal(r, exchange.Applied, till.take(queued)[0].Verdict)
	})
}

// An id taken by another request is kept apart and answered with a conflict.
func TestRequests_IDTaken(t *testing.T) {
	engines(t, func(r *room) {
		till := r.till("t1")
		first := till.ask("p1")
		till.take(first)
		other := till.ask("p2")
		other.ID = first.ID
		a := till.take(other)[0]
		require.Equal(r, exchange.Conflict, a.Verdict)
		require.Equal(r, "backend.command-taken", a.Problem.ID)
		cases, err := r.ListCases(r.Context())
		require.NoError(r, err)
		require.Len(r, cases, 1)
	})
}

// pages reads a feed to its end.
func (r *room) pages(cursor string, limit int) (all []exchange.Change, next string, anew bool) {
	r.Helper()
	for first := true; ; first = false {
		page, err := r.Changes(context.Background(), cursor, limit)
		require.NoError(r, err)
		all, cursor, anew = append(all, page.Changes...), page.Next, anew || first && page.Anew
		if !page.More {
			return all, cursor, anew
		}
	}
}

// Each change is in the feed, each thing as it stands, without images.
func TestChanges(t *testing.T) {
	engines(t, func(r *room) {
		all, cursor, anew := r.pages("", 1)
		require.True(r, anew)
		require.Len(r, all, 2, "the merchant and the offer")
		again, same, anew := r.pages(cursor, 0)
		require.False(r, anew)
		require.Empty(r, again)
		require.Equal(r, cursor, same)

		r.order("p1")
		r.order("p2")
		_, err := r.decide(manager, "d1", "p1", pay.Approve, 1)
		require.NoError(r, err)
		_, err = r.decide(manager, "d2", "p1", pay.Decline, 1)
		require.Error(r, err)
		m, err := r.Merchant(r.Context(), "m1")
		require.NoError(r, err)
		m.Name, m.Image = "Карта", picture(r.T)
		_, err = r.PutMerchant(r.Context(), owner, *m)
		require.NoError(r, err)
		news, cursor, _ := r.pages(cursor, 2)
		require.Equal(r, []string{"p2", "p1", "m1"}, []string{news[0].ID, news[1].ID, news[2].ID}, "what changed twice is told where it changed last")
		var o pay.Order
		require.NoError(r, json.Unmarshal(news[1].Body, &o))
		require.Equal(r, []any{pay.Approved, int64(2), int64(2)}, []any{o.State, o.Version, news[1].Version})
		require.NotContains(r, string(news[2].Body), "image")

		n, mark := cursor[:1], cursor[2:]
		for name, bad := range map[string]string{"another past": n + ".x" + mark[1:], "too new": "99." + mark, "no cursor": "никакой", "no mark": n + "."} {
			all, next, anew := r.pages(bad, 0)
			require.True(r, anew, name)
			require.Len(r, all, 4, name)
			require.Equal(r, cursor, next, name)
		}
	})
}

// A customer who is made anonymous is forgotten in their payments too, in what a
// request is answered again, and by the mirrors.
func TestRequests_ForgetsTheCustomer(t *testing.T) {
	engines(t, func(r *room) {
		till := r.till("t1")
		in := pay.Ask{ID: "p1", Where: pay.AtTill, Offer: "o1", Customer: "anna", CustomerName: "Анна Лебедева", Email: "anna@example.test", Phone: "+79000000001"}
		opened, err := r.New(r.Context(), owner, in)
		require.NoError(r, err)
		again, err := r.New(r.Context(), owner, in)
		require.NoError(r, err)
		require.Equal(r, opened, again)
		other := r.order("p2")
		_, cursor, _ := r.pages("", 0)

		erased := wire.OfErasure(&pos.Erasure{ID: "e1", Customer: "anna", Employee: "e1", At: r.clock.Now()}, []pos.CustomerID{"anna"})
		require.Equal(r, exchange.Applied, till.take(till.command(erased))[0].Verdict)
		k, err := r.Order(r.Context(), "p1")
		require.NoError(r, err)
		require.Equal(r, []string{"anna", "", "", ""}, []string{k.Customer, k.CustomerName, k.Email, k.Phone})
		again, err = r.New(r.Context(), owner, in)
		require.NoError(r, err)
		require.Empty(r, again.CustomerName)
		news, _, _ := r.pages(cursor, 0)
		require.Len(r, news, 1)
		require.NotContains(r, string(news[0].Body), "Лебедева")
		k, err = r.Order(r.Context(), other.ID)
		require.NoError(r, err)
		require.Equal(r, *other, k.Order)
		r.sound()
	})
}

// A page is bounded in bytes too, and nothing is lost at its end.
func TestChanges_BoundedInBytes(t *testing.T) {
	engines(t, func(r *room) {
		const n = 160
		for i := range n {
			_, err := r.New(r.Context(), owner, pay.Ask{ID: fmt.Sprint("p", i), Where: pay.AtTill, Offer: "o1", Comment: strings.Repeat("<", pay.MaxText)})
			require.NoError(r, err)
		}
		page, err := r.Changes(r.Context(), "", 0)
		require.NoError(r, err)
		require.True(r, page.More)
		require.Less(r, len(page.Changes), n)
		size := 0
		for _, c := range page.Changes {
			size += len(c.Body)
		}
		require.LessOrEqual(r, size, exchange.MostChangeBytes)
		all, _, _ := r.pages("", 0)
		require.Len(r, all, n+2)
	})
}
