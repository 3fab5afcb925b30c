package payments_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/till"
)

// The history of a customer's orders goes on after their cards were merged: under the
// card that is left, and under the one that was, at the backend and in the mirror.
func TestPayments_OrdersOfMergedCards(t *testing.T) {
	a := open(t)
	ctx := t.Context()
	cards := []pos.CustomerID{a.Demo.Customers[0].ID, a.Demo.Customers[1].ID, a.Demo.Customers[2].ID}
	for i, card := range cards {
		for _, id := range []string{"first", "second"} {
			_, err := a.backend.New(ctx, office, pay.Ask{ID: string(rune('a'+i)) + "-" + id, Where: pay.AtTill, Text: "Занятие", Price: 100_00, Merchant: "m1", Customer: string(card)})
			require.NoError(t, err)
		}
	}
	ids := func(who pos.CustomerID, limit int, after string) (ids []string, more bool) {
		t.Helper()
		p, err := a.Orders(ctx, a.Owner, pay.Choice{Customer: string(who), Limit: limit, After: after})
		require.NoError(t, err)
		require.EqualValues(t, len(cards)*2-countOf(a, who), p.Counts[pay.Open])
		for i := range p.Orders {
			ids = append(ids, p.Orders[i].ID)
		}
		return ids, p.More
	}
	own, _ := ids(cards[0], 10, "")
	require.Equal(t, []string{"a-second", "a-first"}, own)
	// The second into the third, and that into the first: a chain.
	for _, m := range [][2]int{{2, 1}, {0, 2}} {
		_, err := a.MergeCustomers(ctx, a.Owner, till.MergeChoice{Survivor: cards[m[0]], Duplicate: cards[m[1]]})
		require.NoError(t, err)
	}
	all := []string{"c-second", "c-first", "b-second", "b-first", "a-second", "a-first"}
	for _, cut := range []bool{false, true} {
		a.relay.Notice()
		a.exchange()
		a.cut = cut
		for _, card := range cards {
			got, more := ids(card, 10, "")
			require.Equal(t, all, got, "cut off: %v", cut)
			require.False(t, more)
		}
		page, more := ids(cards[0], 4, "")
		require.True(t, more)
		rest, more := ids(cards[0], 4, page[3])
		require.Equal(t, all, append(page, rest...))
		require.False(t, more)
	}
	nobody, err := a.Orders(ctx, a.Owner, pay.Choice{Customer: "of another till", Limit: 10})
	require.NoError(t, err)
	require.Empty(t, nobody.Orders)
	a.Sound()
}

// countOf is how many of the six orders are not of a customer, as the cards are now.
func countOf(a *apart, who pos.CustomerID) int {
	cards, err := a.CardsOf(a.Shop.Context(), who)
	if err != nil {
		return 6
	}
	return 6 - 2*len(cards)
}
