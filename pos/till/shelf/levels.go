package shelf

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
)

// StockKept tells whether the shop counts its stock: a stock document was posted, or
// goods came with stock. Until then nothing is said of stock, for every figure of it
// would be an alarm about nothing.
func (t *Till) StockKept(ctx context.Context) (kept bool, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) error {
		kept, err = o.StockKept()
		return err
	})
	return kept, err
}

// StockOf tells what the shelf holds of goods, below zero included; goods nobody
// knows are left out, and all of them while the shop keeps no stock. A screen asks it beside a cheque to point out what the
// shelf does not hold: selling goes on all the same.
func (t *Till) StockOf(ctx context.Context, ids []pos.ProductID) (map[pos.ProductID]money.Quantity, error) {
	stock := make(map[pos.ProductID]money.Quantity, len(ids))
	if len(ids) == 0 {
		return stock, nil
	}
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) error {
		if kept, err := o.StockKept(); err != nil || !kept {
			return err
		}
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
