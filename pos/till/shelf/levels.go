package shelf

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
)

// StockOf tells what the shelf holds of goods, below zero included; goods nobody
// knows are left out. A screen asks it beside a cheque to point out what the
// shelf does not hold: selling goes on all the same.
func (t *Till) StockOf(ctx context.Context, ids []pos.ProductID) (map[pos.ProductID]money.Quantity, error) {
	stock := make(map[pos.ProductID]money.Quantity, len(ids))
	if len(ids) == 0 {
		return stock, nil
	}
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) error {
		for _, id := range ids {
			p, err := o.Product(id)
			if pos.CodeOf(err) == pos.CodeNotFound {
				continue
			}
			if err != nil {
				return err
			}
			stock[id] = p.Stock
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return stock, nil
}
