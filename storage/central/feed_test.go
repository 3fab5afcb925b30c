package central_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/store"
	"kassa/pos/exchange"
)

func after(t *testing.T, s store.Store, n int64, limit int) []store.FeedRow {
	t.Helper()
	return look(t, s, func(x store.Tx) ([]store.FeedRow, error) { return x.ChangesAfter(n, limit) })
}

// Changes are numbered without gaps, and of each thing the newest is told.
func TestStore_Feed(t *testing.T) {
	engines(t, func(t *testing.T, s store.Store) {
		require.Empty(t, after(t, s, 0, 10))
		rows := make([]store.FeedRow, 4)
		for i, id := range []string{"a", "b", "a", "c"} {
			rows[i] = store.FeedRow{N: -1, Mark: fmt.Sprint("mark", i), Kind: exchange.ManualOrder, ID: id}
			change(t, s, func(x store.Tx) error { return x.AddChange(&rows[i]) })
			require.Equal(t, int64(i+1), rows[i].N)
		}
		other := store.FeedRow{Mark: "mark4", Kind: exchange.ManualOffer, ID: "a"}
		change(t, s, func(x store.Tx) error { return x.AddChange(&other) })
		assert.Equal(t, []store.FeedRow{rows[1], rows[2], rows[3], other}, after(t, s, 0, 10))
		assert.Equal(t, []store.FeedRow{rows[1], rows[2]}, after(t, s, 0, 2))
		assert.Equal(t, []store.FeedRow{other}, after(t, s, 4, 10))
		mark := func(n int64) string {
			return look(t, s, func(x store.Tx) (string, error) { return x.ChangeMark(n) })
		}
		assert.Equal(t, "mark0", mark(1), "of one that was superseded too")
		assert.Empty(t, mark(6))
		require.ErrorIs(t, s.Change(t.Context(), func(x store.Tx) error {
			if err := x.AddChange(&store.FeedRow{Mark: "undone", Kind: exchange.ManualOrder, ID: "d"}); err != nil {
				return err
			}
			return context.Canceled
		}), context.Canceled)
		last := store.FeedRow{Mark: "mark5", Kind: exchange.ManualOrder, ID: "e"}
		change(t, s, func(x store.Tx) error { return x.AddChange(&last) })
		assert.Equal(t, int64(6), last.N, "what was undone took no number")
	})
}

// Whoever reads on from the last number seen misses nothing, however many write: a
// smaller number is never committed after a larger one.
func TestStore_FeedSkipsNobody(t *testing.T) {
	const writers, each = 8, 25
	engines(t, func(t *testing.T, s store.Store) {
		var done atomic.Bool
		var w sync.WaitGroup
		for i := range writers {
			w.Go(func() {
				for j := range each {
					err := s.Change(context.Background(), func(x store.Tx) error {
						// Work of unlike length on either side of the number.
						for range (i * j) % 5 {
							if _, err := x.ListTills(); err != nil {
								return err
							}
						}
						if err := x.AddChange(&store.FeedRow{Mark: fmt.Sprint(i, j), Kind: exchange.ManualOrder, ID: fmt.Sprint(i, "-", j)}); err != nil {
							return err
						}
						for range (i + j) % 4 {
							if _, err := x.ListTills(); err != nil {
								return err
							}
						}
						return nil
					})
					assert.NoError(t, err)
				}
			})
		}
		go func() { w.Wait(); done.Store(true) }()
		seen := int64(0)
		for ended := false; !ended; {
			ended = done.Load() // before the reading: what was written then is in it
			for _, r := range after(t, s, seen, 1000) {
				require.Equal(t, seen+1, r.N, "read in order, none left out")
				seen = r.N
			}
		}
		require.Equal(t, int64(writers*each), seen)
	})
}
