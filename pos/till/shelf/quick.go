package shelf

// This file tells which goods stand on the tiles of the sale screen.

import (
	"context"
	"slices"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
)

// Quick is what the tiles of the sale screen show: the board's goods, and the
// categories that lead to others.
type Quick struct {
	Tiles    []TileView // by page and place; without the sizes of categories
	Shelves  []pos.Category
	Arranged bool
}

// maxShelves is how many categories stand over the tiles; the catalogue has them
// all.
const maxShelves = 24

// QuickGoods returns what the tiles of the sale screen begin with. Of the
// categories it tells those that hold goods, each with a colour: where nobody
// chose any, by their order.
func (t *Till) QuickGoods(ctx context.Context, a pos.Actor) (*Quick, error) {
	q := &Quick{}
	err := t.desk.Look(ctx, a, pos.RightSell, func(o *Op) error {
		tiles, err := o.Tiles()
		if err != nil {
			return err
		}
		q.Arranged = len(tiles) > 0
		if !q.Arranged {
			goods, err := o.usualGoods()
			if err != nil {
				return err
			}
			for i := range goods {
				tiles = append(tiles, pos.Tile{Place: i, Product: goods[i].ID})
			}
		}
		all, err := o.colouredCategories()
		if err != nil {
			return err
		}
		b := &Board{}
		if err := o.showTiles(b, tiles, all, nil); err != nil {
			return err
		}
		q.Tiles = b.Tiles
		q.Shelves, err = o.filledShelves(all)
		return err
	})
	return desk.OrNil(q, err)
}

// colouredCategories are all categories, coloured by their order where nobody
// gave any of them a colour.
func (o *Op) colouredCategories() ([]pos.Category, error) {
	all, err := o.Tx.Categories()
	if err != nil || slices.ContainsFunc(all, func(c pos.Category) bool { return c.Colour != 0 }) {
		return all, err
	}
	for i := range all {
		all[i].Colour = i%pos.CategoryColours + 1
	}
	return all, nil
}

// filledShelves are the categories in use that hold goods themselves.
func (o *Op) filledShelves(all []pos.Category) ([]pos.Category, error) {
	var out []pos.Category
	for _, c := range all {
		if c.Archived {
			continue
		}
		if len(out) == maxShelves {
			break
		}
		goods, err := o.Tx.ProductsOf(c.Name, "", "", 1)
		if err != nil {
			return nil, err
		}
		if len(goods) > 0 {
			out = append(out, c)
		}
	}
	return out, nil
}
