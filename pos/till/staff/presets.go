package staff

import (
	"context"
	"slices"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/store"
)

// Staffed reports that PINs let people in here, or did until somebody took them
// out of the file past the till. Where it is false the owner is made anew: in a
// new shop, and after a restore on another computer.
func (o *Op) Staffed() (bool, error) {
	none, err := Unstaffed(o.Tx)
	return !none, err
}

// Unstaffed reports that nobody has a PIN and that the till left it so: the trail
// tells of nobody who acted here since the last PINs were lost. PINs that are gone
// although somebody acted were taken out past the till; then nobody becomes the
// owner by being first.
func Unstaffed(tx store.Tx) (bool, error) {
	people, err := tx.Employees()
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(people, func(e pos.Employee) bool { return e.PINHash != "" || e.Seal != pos.SealWhole }) {
		return false, nil
	}
	acted := false
	err = tx.EachEvent(0, func(e *pos.Event) error {
		switch {
		case e.Kind == pos.EventDataRestored && e.Detail[pos.DetailPINsLost] == desk.YesNo(true):
			acted = false
		case e.Employee != "" && e.Employee != desk.System().ID:
			acted = true
		}
		return nil
	})
	return !acted, err
}

// pinsTaken reports that nobody has a PIN although somebody had one.
func (o *Op) pinsTaken() (bool, error) {
	people, err := o.Tx.Employees()
	if err != nil || slices.ContainsFunc(people, func(e pos.Employee) bool { return e.PINHash != "" }) {
		return false, err
	}
	return o.Staffed()
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
