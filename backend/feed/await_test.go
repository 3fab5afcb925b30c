package feed

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos/exchange"
)

// So many wait and no more; one that waits already may wait anew.
func TestWaiting_IsBounded(t *testing.T) {
	w := &waiting{all: map[string]*waiter{}, stop: make(chan struct{})}
	first := w.begin("0")
	for i := 1; i < exchange.MostWaiting; i++ {
		require.NotNil(t, w.begin(strconv.Itoa(i)))
	}
	require.Nil(t, w.begin("more"))
	again := w.begin("0")
	require.NotNil(t, again)
	<-first.away
	w.leave("0", first) // it leaves nobody else's place
	require.Nil(t, w.begin("more"))
	w.leave("0", again)
	require.NotNil(t, w.begin("more"))
	w.wake()
	require.Empty(t, w.all)
}
