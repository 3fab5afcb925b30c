package till

import (
	"context"
	"strconv"

	"kassa/pos"
)

// metaEpoch names the epoch in the store's meta: it grows when data is restored
// or cloned, so that (till, epoch, number) never names two sales.
const metaEpoch = "epoch"

// InitShop makes the preset groups and the first epoch of a new shop. Calling
// it again changes nothing: groups a shop has changed stay as they are.
func (t *Till) InitShop(ctx context.Context) error {
	return t.change(ctx, pos.Actor{}, "", func(o *op) error { return o.initShop() })
}

func (o *op) initShop() error {
	for _, g := range pos.PresetGroups() {
		_, err := o.Group(g.ID)
		if err == nil {
			continue
		}
		if pos.CodeOf(err) != pos.CodeNotFound {
			return err
		}
		if err := o.PutGroup(&g); err != nil {
			return err
		}
	}
	epoch, err := o.Meta(metaEpoch)
	if err != nil || epoch != "" {
		return err
	}
	return o.PutMeta(metaEpoch, "1")
}

// epoch is the till's current one; a shop that never stored one is in its first.
func (o *op) epoch() (int64, error) {
	text, err := o.Meta(metaEpoch)
	if err != nil || text == "" {
		return 1, err
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return n, nil
}
