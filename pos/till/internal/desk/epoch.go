package desk

import (
	"strconv"
	"time"

	"kassa/pos"
)

// Zone is the one in which the shop's days begin and end.
func (o *Op) Zone() *time.Location { return o.At.Location() }

// MetaEpoch names the epoch in the store's meta: it grows when data is restored
// or cloned, so that (till, epoch, number) never names two sales.
const MetaEpoch = "epoch"

// Epoch is the till's current one; a shop that never stored one is in its first.
func (o *Op) Epoch() (int64, error) {
	text, err := o.Meta(MetaEpoch)
	if err != nil || text == "" {
		return 1, err
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return n, nil
}
