package relay_test

// What changed at a backend comes to the till's mirror.

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/manual"
	"kassa/backend/relay"
	"kassa/pos"
	"kassa/pos/exchange"
	pay "kassa/pos/manual"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

var office = manual.From{Till: "office", By: pay.Person{ID: "owner"}, Rights: pay.AllRights()}

// sells has the backend offer a payment, and one noted by somebody else.
func (b *behind) sells() {
	b.Helper()
	_, err := b.backend.PutMerchant(b.Context(), office, pay.Merchant{ID: "m1", Name: "Карта на карту", Account: "RUB"})
	require.NoError(b, err)
	_, err = b.backend.New(b.Context(), office, pay.Ask{ID: "p1", Where: pay.AtTill, Text: "Занятие", Price: 1000_00, Merchant: "m1"})
	require.NoError(b, err)
}

func orders(t *testing.T, s *tilltest.Shop) till.MirroredOrders {
	t.Helper()
	p, err := s.Till.MirroredOrders(s.Context(), till.MirroredChoice{Limit: 100})
	require.NoError(t, err)
	return p
}

// counting counts what is asked of the feed.
func (b *behind) counting() *int {
	n := new(int)
	b.broken = func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/changes") {
			*n++
		}
		return next.RoundTrip(r)
	}
	return n
}

// A change that is noticed comes at once, and nothing is asked while nothing happens.
func TestRelay_BringsChanges(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		var noticed func()
		b.backend = backend.New(backend.Params{Store: b.store, Clock: b.clock, IDs: postest.IDsAfter(1 << 40), Changed: func() {
			if noticed != nil {
				noticed()
			}
		}})
		b.handler = api.New(api.Params{Backend: b.backend})
		b.sells()
		s := tilltest.Demo(t)
		asked := b.counting()
		heard := 0
		r := b.joinedHearing(s, func() { heard++ })
		noticed = r.Notice
		require.Equal(t, relay.Never, settle(t, r))
		require.Equal(t, pay.Open, orders(t, s).Orders[0].State)
		require.Equal(t, 1, heard)
		before := *asked
		require.Equal(t, relay.Never, settle(t, r))
		require.Equal(t, before, *asked, "nobody asks while nothing happens")

		_, err := b.backend.Decide(b.Context(), office, "d1", "p1", pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders})
		require.NoError(t, err)
		require.Equal(t, relay.Never, settle(t, r))
		require.Equal(t, pay.Approved, orders(t, s).Orders[0].State)
		require.Equal(t, 2, heard)
		require.Equal(t, before+1, *asked)
	})
}

// joinedHearing is joined for whoever hears of the mirror.
func (b *behind) joinedHearing(s *tilltest.Shop, heard func()) *relay.Relay {
	b.Helper()
	c := b.client(s)
	return relay.New(relay.Params{Till: s.Till, Backend: to(c), Now: b.clock.Now, Jitter: func() float64 { return 0.5 }, Mirrored: heard})
}

// What the till asks for comes back as it became, in the same exchange.
func TestRelay_BringsWhatWasAsked(t *testing.T) {
	engines(t, func(t *testing.T, b *behind) {
		b.sells()
		s := tilltest.Demo(t)
		b.clock.Move(s.Clock.Now().Sub(b.clock.Now()))
		r := b.joined(s)
		settle(t, r)
		require.NoError(t, s.Till.RequestRuling(s.Context(), s.Owner, "d1", "p1", pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders}, nil))
		r.Tell()
		require.Equal(t, relay.Never, settle(t, r))
		got := orders(t, s).Orders[0]
		require.Equal(t, []any{pay.Approved, string(s.Owner.ID)}, []any{got.State, got.Decider.ID})
		require.Zero(t, counts(t, s))

		// Somebody else comes first: the mirror shows how it stands, the queue that it was refused.
		_, err := b.backend.New(t.Context(), office, pay.Ask{ID: "p2", Where: pay.AtTill, Text: "Ещё", Price: 500_00, Merchant: "m1"})
		require.NoError(t, err)
		r.Notice()
		settle(t, r)
		require.NoError(t, s.Till.RequestRuling(s.Context(), s.Owner, "d2", "p2", pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders}, nil))
		_, err = b.backend.Decide(t.Context(), office, "d3", "p2", pay.Ruling{Decision: pay.Decline, Version: 1, Where: pay.AtOrders})
		require.NoError(t, err)
		settle(t, r)
		all, err := s.Till.Requests(s.Context(), "p2")
		require.NoError(t, err)
		require.Len(t, all, 1)
		require.Equal(t, "manual.changed", all[0].Trouble.ID)
		o, _, err := s.Till.MirroredOrder(s.Context(), "p2")
		require.NoError(t, err)
		require.Equal(t, pay.Declined, o.State)
		s.Sound()
	})
}

// A server is looked at while nothing waits.
func TestRelay_LooksAtAServer(t *testing.T) {
	b := &behind{T: t, clock: postest.NewClock()}
	m := &memory{name: "t", epoch: 1}
	asked := 0
	r := relay.New(relay.Params{Till: m, Now: b.clock.Now, Jitter: func() float64 { return 0.5 }, Poll: time.Minute,
		Backend: to(answering{func() (exchange.Changes, error) { asked++; return exchange.Changes{Next: "1"}, nil }})})
	for i := range 3 {
		require.Equal(t, time.Minute, settle(t, r))
		require.Equal(t, i+1, asked)
	}
	m.soon = true
	require.Equal(t, 5*time.Second, settle(t, r), "somebody waits for a decision")
}

// answering is a backend that takes everything and answers what changed as it likes.
type answering struct {
	changes func() (exchange.Changes, error)
}

func (a answering) Changes(context.Context, string) (exchange.Changes, error) { return a.changes() }

func (a answering) Await(context.Context, string) (bool, bool, error) { return false, false, nil }

func (a answering) Contact(context.Context) (exchange.Held, error) { return exchange.Held{}, nil }

func (a answering) Held(context.Context, int64, int64) ([]exchange.Command, error) { return nil, nil }

func (a answering) CountHeld(_ context.Context, s exchange.Span) (int64, error) { return s.Count, nil }

func (a answering) Push(_ context.Context, b exchange.Batch, _ int64) (r exchange.Reply, err error) {
	for _, c := range b.Commands {
		r.Answers = append(r.Answers, exchange.Answer{ID: c.ID, Verdict: exchange.Applied})
	}
	r.Held.Count = int64(len(b.Commands))
	return r, nil
}

// What cannot be read of the feed holds up nothing that is told.
func TestRelay_TellsThoughTheFeedIsBroken(t *testing.T) {
	m := &memory{name: "t", epoch: 1}
	m.tell()
	clock := postest.NewClock()
	r := relay.New(relay.Params{Till: m, Now: clock.Now, Jitter: func() float64 { return 0.5 },
		Backend: to(answering{func() (exchange.Changes, error) { return exchange.Changes{}, errors.New("unreadable") }})})
	require.Equal(t, time.Second, settle(t, r))
	require.Equal(t, pos.OutboxWaiting, m.rows[0].state)
	settle(t, r)
	require.Equal(t, pos.OutboxAcknowledged, m.rows[0].state)
	require.Equal(t, relay.Waiting, r.Status().State, "and it is said that something is wrong")
}
