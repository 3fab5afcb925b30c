package staff

import (
	"context"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
)

// Staffed reports whether anybody who works here has a PIN. After a restore on
// another computer nobody may have one; then the owner is made anew.
func (o *Op) Staffed() (bool, error) {
	people, err := o.Tx.Employees()
	if err != nil {
		return false, err
	}
	for _, e := range people {
		if e.PINHash != "" {
			return true, nil
		}
	}
	return false, nil
}

// InitShop makes the preset groups and the first epoch of a new shop. Calling
// it again changes nothing: groups a shop has changed stay as they are.
func (t *Till) InitShop(ctx context.Context) error {
	return t.desk.Change(ctx, pos.Actor{}, "", func(o *Op) error { return o.InitShop() })
}

// InitShop is Till.InitShop within an operation.
func (o *Op) InitShop() error {
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
	epoch, err := o.Meta(desk.MetaEpoch)
	if err != nil || epoch != "" {
		return err
	}
	return o.PutMeta(desk.MetaEpoch, "1")
}
