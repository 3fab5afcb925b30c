package shelf

import (
	"context"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/store"
)

// SetImage gives a product another picture by its kept name, "" for none, and
// changes nothing else of it. CodeInvalid for what is no such name.
func (t *Till) SetImage(ctx context.Context, a pos.Actor, id pos.ProductID, name string) (*pos.Product, error) {
	var stored *pos.Product
	err := t.desk.Change(ctx, a, pos.RightProducts, func(o *Op) error {
		p, err := o.Product(id)
		if err != nil {
			return err
		}
		p.Image = name
		if err := p.Check(); err != nil {
			return err
		}
		if err := o.Tx.PutProduct(p); err != nil {
			return err
		}
		stored = p
		return o.Note(pos.EventProductChanged, string(id), map[string]string{"sku": p.SKU, "image": name})
	})
	return desk.OrNil(stored, err)
}

// ImageUsed tells whether any product shows the picture, archived ones too.
func (t *Till) ImageUsed(ctx context.Context, name string) (used bool, err error) {
	err = t.desk.Store.View(ctx, func(tx store.Tx) (err error) {
		used, err = tx.ImageUsed(name)
		return err
	})
	return used, err
}

// ProductBySKU finds goods by the whole number the shop gave them, archived
// ones too; CodeNotFound "product.unknown" for none.
func (t *Till) ProductBySKU(ctx context.Context, a pos.Actor, sku string) (*pos.Product, error) {
	var found *pos.Product
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		if err := o.DemandAny(pos.RightSell, pos.RightProducts); err != nil {
			return err
		}
		found, err = o.Tx.ProductBySKU(sku)
		if pos.CodeOf(err) == pos.CodeNotFound {
			return pos.Wrap(pos.CodeNotFound, "product.unknown", err)
		}
		return err
	})
	return desk.OrNil(found, err)
}
