package queue_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// order is a change that tells of an order.
func order(t *testing.T, id string, version int64, state manual.State, customer string) exchange.Change {
	t.Helper()
	body, err := json.Marshal(manual.Order{ID: id, Version: version, State: state, Customer: customer, Created: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	return exchange.Change{Kind: exchange.ManualOrder, ID: id, Version: version, Body: body}
}

// takes has the till take a page after a cursor.
func takes(t *testing.T, s *tilltest.Shop, cursor string, page exchange.Changes) int {
	t.Helper()
	n, err := s.Till.TakeChanges(s.Context(), "", cursor, page)
	require.NoError(t, err)
	return n
}

// stands are the states of the mirrored orders by id.
func stands(t *testing.T, s *tilltest.Shop) map[string]manual.State {
	t.Helper()
	p, err := s.Till.MirroredOrders(s.Context(), till.MirroredChoice{Limit: 100})
	require.NoError(t, err)
	all := map[string]manual.State{}
	for _, o := range p.Orders {
		all[o.ID] = o.State
	}
	return all
}

func cursor(t *testing.T, s *tilltest.Shop) string {
	t.Helper()
	out, err := s.Till.NextBatch(s.Context())
	require.NoError(t, err)
	return out.Cursor
}

// The mirror follows the feed: in order, once, and back to the beginning where the
// backend has another past.
func TestTakeChanges_Follows(t *testing.T) {
	s := tilltest.Demo(t)
	require.Empty(t, cursor(t, s))
	first := exchange.Changes{Anew: true, Next: "2", Changes: []exchange.Change{order(t, "a", 1, manual.Open, "anna"), order(t, "b", 3, manual.Approved, "")}}
	require.Equal(t, 2, takes(t, s, "", first))
	require.Equal(t, "2", cursor(t, s))
	require.Zero(t, takes(t, s, "", first), "it is not asked for any more")

	next := exchange.Changes{Next: "4", Changes: []exchange.Change{order(t, "b", 2, manual.Open, ""), order(t, "a", 2, manual.Declined, "anna")}}
	require.Equal(t, 1, takes(t, s, "2", next), "a version older than what is there changes nothing")
	require.Equal(t, map[string]manual.State{"a": manual.Declined, "b": manual.Approved}, stands(t, s))

	// The backend was restored: it has of a less, and b not at all.
	require.Equal(t, 2, takes(t, s, "4", exchange.Changes{Anew: true, Next: "1x", Changes: []exchange.Change{order(t, "a", 1, manual.Open, "anna")}}))
	require.Equal(t, map[string]manual.State{"a": manual.Open}, stands(t, s))
	s.Sound()
}

// What the backend does not have any more stays until all it has was read.
func TestTakeChanges_KeepsWhileReadingAnew(t *testing.T) {
	s := tilltest.Demo(t)
	takes(t, s, "", exchange.Changes{Anew: true, Next: "2", Changes: []exchange.Change{order(t, "a", 1, manual.Open, ""), order(t, "b", 1, manual.Open, "")}})
	takes(t, s, "2", exchange.Changes{Anew: true, More: true, Next: "1x", Changes: []exchange.Change{order(t, "b", 2, manual.Approved, "")}})
	require.Equal(t, map[string]manual.State{"a": manual.Open, "b": manual.Approved}, stands(t, s))
	takes(t, s, "1x", exchange.Changes{Next: "2x", Changes: []exchange.Change{order(t, "c", 1, manual.Open, "")}})
	require.Equal(t, map[string]manual.State{"b": manual.Approved, "c": manual.Open}, stands(t, s))
}

// Turning to another backend leaves nothing of the one before, and begins its feed.
func TestTurnTo_BeginsTheFeed(t *testing.T) {
	s := tilltest.Demo(t)
	takes(t, s, "", exchange.Changes{Anew: true, Next: "1", Changes: []exchange.Change{order(t, "a", 1, manual.Open, "")}})
	_, err := s.Till.TurnTo(s.Context(), s.Owner, "https://kassa.example", time.Time{})
	require.NoError(t, err)
	require.Empty(t, stands(t, s))
	require.Empty(t, cursor(t, s))
	require.Zero(t, takes(t, s, "1", exchange.Changes{Next: "2", Changes: []exchange.Change{order(t, "a", 2, manual.Approved, "")}}), "a late answer of the one before")
	require.Empty(t, stands(t, s))
}

// Nothing is written while nothing happens, and the mirror says how old it is.
func TestTakeChanges_WritesNothingForNothing(t *testing.T) {
	s := tilltest.Demo(t)
	takes(t, s, "", exchange.Changes{Anew: true, Next: "1", Changes: []exchange.Change{order(t, "a", 1, manual.Open, "")}})
	came := s.Clock.Now()
	before := len(s.Trail())
	s.Clock.Move(time.Hour)
	_, m, err := s.Till.MirroredOrder(s.Context(), "a")
	require.NoError(t, err)
	require.Equal(t, came.UnixMilli(), m.As.UnixMilli())
	require.Zero(t, takes(t, s, "1", exchange.Changes{Next: "1"}))
	_, m, err = s.Till.MirroredOrder(s.Context(), "a")
	require.NoError(t, err)
	require.Equal(t, s.Clock.Now().UnixMilli(), m.As.UnixMilli())
	require.Len(t, s.Trail(), before)
}

// Orders are found by customer and state, page by page; what cannot be read takes
// nothing of its page.
func TestMirroredOrders(t *testing.T) {
	s := tilltest.Demo(t)
	takes(t, s, "", exchange.Changes{Anew: true, Next: "3", Changes: []exchange.Change{
		order(t, "a", 1, manual.Open, "anna"), order(t, "b", 1, manual.Approved, "anna"), order(t, "c", 1, manual.Open, "")}})
	p, err := s.Till.MirroredOrders(s.Context(), till.MirroredChoice{Customer: "anna", State: manual.Open, Limit: 10})
	require.NoError(t, err)
	require.Len(t, p.Orders, 1)
	require.Equal(t, map[manual.State]int64{manual.Open: 1, manual.Approved: 1}, p.Counts)
	p, err = s.Till.MirroredOrders(s.Context(), till.MirroredChoice{Limit: 2})
	require.NoError(t, err)
	require.True(t, p.More)
	p, err = s.Till.MirroredOrders(s.Context(), till.MirroredChoice{Limit: 2, After: p.Orders[1].ID})
	require.NoError(t, err)
	require.False(t, p.More)
	require.Equal(t, "a", p.Orders[0].ID)

	hurt := exchange.Change{Kind: exchange.ManualOrder, ID: "e", Version: 1, Body: []byte(`{"version":"x"}`)}
	_, err = s.Till.TakeChanges(s.Context(), "", "3", exchange.Changes{Next: "5", Changes: []exchange.Change{order(t, "d", 1, manual.Open, ""), hurt}})
	tilltest.Refused(t, err, pos.CodeUnavailable, "exchange.bad-answer")
	require.Equal(t, "3", cursor(t, s))
	require.Len(t, stands(t, s), 3)
}

// A thing whose customer was forgotten at the backend comes in the version it has.
func TestTakeChanges_Forgets(t *testing.T) {
	s := tilltest.Demo(t)
	named := order(t, "a", 1, manual.Open, "anna")
	bare := named
	named.Body = []byte(strings.Replace(string(named.Body), `"customer":"anna"`, `"customer":"anna","customerName":"Анна"`, 1))
	takes(t, s, "", exchange.Changes{Anew: true, Next: "1", Changes: []exchange.Change{named}})
	require.Equal(t, 1, takes(t, s, "1", exchange.Changes{Next: "2", Changes: []exchange.Change{bare}}))
	o, _, err := s.Till.MirroredOrder(s.Context(), "a")
	require.NoError(t, err)
	require.Empty(t, o.CustomerName)
}

// A server is looked at soon while a payment that was just noted waits for somebody.
func TestNextBatch_Soon(t *testing.T) {
	s := knows(t)
	soon := func() bool {
		out, err := s.Till.NextBatch(s.Context())
		require.NoError(t, err)
		return out.Soon
	}
	require.True(t, soon())
	s.Clock.Move(2 * time.Hour)
	require.False(t, soon(), "nobody stands at the counter any more")
	takes(t, s, "2", exchange.Changes{Next: "3", Changes: []exchange.Change{order(t, "p1", 2, manual.Approved, "")}})
	require.False(t, soon())
}
