package till

import (
	"context"

	"kassa/pos"
)

// SetImage gives a product another picture by its kept name, "" for none, and
// changes nothing else of it. CodeInvalid for what is no such name.
func (t *Till) SetImage(ctx context.Context, a pos.Actor, id pos.ProductID, name string) (*pos.Product, error) {
	var stored *pos.Product
	err := t.change(ctx, a, pos.RightProducts, func(o *op) error {
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
		return o.note(pos.EventProductChanged, string(id), map[string]string{"sku": p.SKU, "image": name})
	})
	return orNil(stored, err)
}

// ImageUsed tells whether any product shows the picture, archived ones too.
func (t *Till) ImageUsed(ctx context.Context, name string) (used bool, err error) {
	err = t.Store.View(ctx, func(tx Tx) (err error) {
		used, err = tx.ImageUsed(name)
		return err
	})
	return used, err
}

// ProductBySKU finds goods by the whole number the shop gave them, archived
// ones too; CodeNotFound "product.unknown" for none.
func (t *Till) ProductBySKU(ctx context.Context, a pos.Actor, sku string) (*pos.Product, error) {
	var found *pos.Product
	err := t.look(ctx, a, "", func(o *op) (err error) {
		if err := o.demandAny(pos.RightSell, pos.RightProducts); err != nil {
			return err
		}
		found, err = o.Tx.ProductBySKU(sku)
		if pos.CodeOf(err) == pos.CodeNotFound {
			return pos.Wrap(pos.CodeNotFound, "product.unknown", err)
		}
		return err
	})
	return orNil(found, err)
}
