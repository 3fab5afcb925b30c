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

// Epoch is the till's current one, asked once for the operation; a shop that never
// stored one is in its first.
func (o *Op) Epoch() (int64, error) {
	if o.epoch > 0 {
		return o.epoch, nil
	}
	text, err := o.Meta(MetaEpoch)
	if err != nil {
		return 0, err
	}
	n := int64(1)
	if text != "" {
		if n, err = strconv.ParseInt(text, 10, 64); err != nil || n < 1 {
			return 0, pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
	}
	o.epoch = n
	return n, nil
}
