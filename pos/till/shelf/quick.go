package shelf

// This file tells which goods stand on the tiles of the sale screen.

import (
	"context"
	"slices"
	"strconv"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
)

// Quick is what the tiles of the sale screen show: the board's goods, and the
// categories that lead to others.
type Quick struct {
	Tiles    []TileView // by page and place; without the sizes of categories
	Shelves  []pos.Category
	Arranged bool
	Named    map[int]bool // numbers up to MaxTileNumber that name goods themselves
}

// MaxTileNumber is the highest number a tile can be taken by.
const MaxTileNumber = 99

// maxShelves is how many categories stand over the tiles; the catalogue has them
// all.
const maxShelves = 24

// QuickGoods returns what the tiles of the sale screen begin with. Of the
// categories it tells those that hold goods, each with a colour: where nobody
// chose any, by their order. Goods to keep stand first and in that order as long as
// they are sold at all, even when others have begun to sell more often: a hand has
// learnt their places.
func (t *Till) QuickGoods(ctx context.Context, a pos.Actor, keep ...pos.ProductID) (*Quick, error) {
	q := &Quick{}
	err := t.desk.Look(ctx, a, pos.RightSell, func(o *Op) error {
		tiles, err := o.Tiles()
		if err != nil {
			return err
		}
		q.Arranged = len(tiles) > 0
		if !q.Arranged {
			goods, err := o.usualGoods(keep)
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
		if q.Shelves, err = o.filledShelves(all); err != nil {
			return err
		}
		q.Named, err = o.namedNumbers()
		return err
	})
	return desk.OrNil(q, err)
}

// namedNumbers are the numbers that a shop's own articles or codes use: no tile
// may go by one of them.
func (o *Op) namedNumbers() (map[int]bool, error) {
	named := map[int]bool{}
	for n := 1; n <= MaxTileNumber; n++ {
		switch _, err := o.named(strconv.Itoa(n)); {
		case err == nil || refused(err):
			named[n] = true
		case pos.CodeOf(err) != pos.CodeNotFound:
			return nil, err
		}
	}
	return named, nil
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
