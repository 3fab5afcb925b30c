package shelf

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// PriceHistory tells how a product's price and cost changed, newest first.
func (t *Till) PriceHistory(ctx context.Context, a pos.Actor, id pos.ProductID, limit int) ([]pos.PriceChange, error) {
	var list []pos.PriceChange
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		if err := o.DemandAny(pos.RightProducts, pos.RightStock, pos.RightReports); err != nil {
			return err
		}
		list, err = o.Tx.PriceHistory(id, desk.ClampLimit(limit))
		return err
	})
	return list, err
}

// notePrices writes down what a change of a known product does to its prices.
// The first price of a new product is no change: the product itself tells it.
func (o *Op) notePrices(old, next *pos.Product, doc string) error {
	if old == nil {
		return nil
	}
	note := func(what pos.PriceKind, from, to money.Amount) error {
		if from == to {
			return nil
		}
		return o.PutPriceChange(&pos.PriceChange{Product: next.ID, What: what, From: from, To: to, Doc: doc, Employee: o.Actor.ID, At: o.At})
	}
	if err := note(pos.PriceSelling, old.Price, next.Price); err != nil {
		return err
	}
	return note(pos.PriceCost, old.Cost, next.Cost)
}
