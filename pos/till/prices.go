package till

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
)

// PriceHistory tells how a product's price and cost changed, newest first.
func (t *Till) PriceHistory(ctx context.Context, a pos.Actor, id pos.ProductID, limit int) ([]pos.PriceChange, error) {
	var list []pos.PriceChange
	err := t.look(ctx, a, "", func(o *op) (err error) {
		if err := o.demandAny(pos.RightProducts, pos.RightStock, pos.RightReports); err != nil {
			return err
		}
		list, err = o.Tx.PriceHistory(id, clampLimit(limit))
		return err
	})
	return list, err
}

// notePrices writes down what a change of a known product does to its prices.
// The first price of a new product is no change: the product itself tells it.
func (o *op) notePrices(old, next *pos.Product, doc string) error {
	if old == nil {
		return nil
	}
	note := func(what pos.PriceKind, from, to money.Amount) error {
		if from == to {
			return nil
		}
		return o.PutPriceChange(&pos.PriceChange{Product: next.ID, What: what, From: from, To: to, Doc: doc, Employee: o.actor.ID, At: o.at})
	}
	if err := note(pos.PriceSelling, old.Price, next.Price); err != nil {
		return err
	}
	return note(pos.PriceCost, old.Cost, next.Cost)
}
