package exchange_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/pos"
	"kassa/pos/exchange"
)

// What a head shows beside the one that was known before.
func TestHead_Since(t *testing.T) {
	known := exchange.Head{Till: "a", Epoch: 2, Events: 10, Trail: "t", Entries: 5, Journal: "j"}
	for name, c := range map[string]struct {
		change func(h *exchange.Head)
		want   exchange.Drift
	}{
		"the same":                 {func(*exchange.Head) {}, ""},
		"further":                  {func(h *exchange.Head) { h.Events, h.Trail = 11, "u" }, ""},
		"a new epoch, shorter":     {func(h *exchange.Head) { h.Epoch, h.Events, h.Trail = 3, 1, "u" }, ""},
		"an epoch that ended":      {func(h *exchange.Head) { h.Epoch, h.Events = 1, 99 }, exchange.Older},
		"fewer events":             {func(h *exchange.Head) { h.Events = 9 }, exchange.Backward},
		"fewer entries":            {func(h *exchange.Head) { h.Entries = 4 }, exchange.Backward},
		"another trail":            {func(h *exchange.Head) { h.Trail = "u" }, exchange.Forked},
		"another journal, as long": {func(h *exchange.Head) { h.Events, h.Trail, h.Journal = 11, "u", "k" }, exchange.Forked},
	} {
		h := known
		c.change(&h)
		assert.Equal(t, c.want, h.Since(&known), name)
	}
	first := known
	assert.Empty(t, first.Since(&exchange.Head{}), "nothing was known")
}

// The blanks that stand for what was forgotten do not travel, and change no digest.
func TestOf(t *testing.T) {
	bare := exchange.Of(&pos.OutboxMessage{Payload: []byte(`{"v":1}`)})
	padded := exchange.Of(&pos.OutboxMessage{Payload: []byte(`{"v":1}   `)})
	other := exchange.Of(&pos.OutboxMessage{Payload: []byte(`{"v":2}`)})
	assert.Equal(t, bare.Digest(), padded.Digest())
	assert.NotEqual(t, bare.Digest(), other.Digest())
}
