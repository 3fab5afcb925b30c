package shelf

import (
	"context"
	"slices"
	"strconv"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/till/internal/desk"
)

// TileView is a tile with what it shows: a product, or a category with how many
// goods stand in it.
type TileView struct {
	pos.Tile
	Goods  *pos.Product
	Leads  *pos.Category
	Shelf  int64 // goods of the category
	Colour int   // its own, else that of the category
}

// Board is the quick goods of the sale screen.
type Board struct {
	Tiles    []TileView // by page and place
	Pages    int        // at least 1
	Arranged bool       // by a person; otherwise the most sold, then the categories
}

// Without are the tiles of the board as they would be stored, but for the one at
// a place.
func (b *Board) Without(page, place int) []pos.Tile {
	var all []pos.Tile
	for _, t := range b.Tiles {
		if t.Page != page || t.Place != place {
			all = append(all, t.Tile)
		}
	}
	return all
}

// Board returns the tiles as somebody arranged them; until somebody did, the
// categories and the most sold goods. What was archived or merged since leaves
// its place empty. Goods to keep stand first where nobody arranged any, see QuickGoods.
func (t *Till) Board(ctx context.Context, a pos.Actor, keep ...pos.ProductID) (*Board, error) {
	b := &Board{Pages: 1}
	err := t.desk.Look(ctx, a, pos.RightSell, func(o *Op) error {
		tiles, err := o.Tiles()
		if err != nil {
			return err
		}
		b.Arranged = len(tiles) > 0
		if !b.Arranged {
			if tiles, err = o.usualTiles(keep); err != nil {
				return err
			}
		}
		all, err := o.Tx.Categories()
		if err != nil {
			return err
		}
		sizes, err := o.CategorySizes()
		if err != nil {
			return err
		}
		return o.showTiles(b, tiles, all, sizes)
	})
	return desk.OrNil(b, err)
}

// usualDays is how far back goods are counted that sell often: longer ago it was
// another season.
const usualDays = 30

// usualTiles are a page of what sells most, and the categories behind it.
func (o *Op) usualTiles(keep []pos.ProductID) ([]pos.Tile, error) {
	all, err := o.Tx.Categories()
	if err != nil {
		return nil, err
	}
	sold, err := o.usualGoods(keep)
	if err != nil {
		return nil, err
	}
	var tiles []pos.Tile
	add := func(t pos.Tile) {
		t.Page, t.Place = len(tiles)/pos.TilesOfPage, len(tiles)%pos.TilesOfPage
		if t.Page < pos.MaxTilePages {
			tiles = append(tiles, t)
		}
	}
	for i := range sold {
		add(pos.Tile{Product: sold[i].ID})
	}
	for _, c := range all {
		if !c.Archived && c.Parent == "" {
			add(pos.Tile{Category: c.ID})
		}
	}
	return tiles, nil
}

// usualGoods are a page of what sells often: what sold most of late, then what
// ever did, and while that is few the beginning of the catalogue. Those to keep come
// before all of them.
func (o *Op) usualGoods(keep []pos.ProductID) ([]pos.Product, error) {
	var goods []pos.Product
	taken := map[pos.ProductID]bool{}
	add := func(p *pos.Product) {
		if !p.Archived && !taken[p.ID] && len(goods) < pos.TilesOfPage {
			taken[p.ID] = true
			goods = append(goods, *p)
		}
	}
	today := figures.DayOf(o.At, o.Zone())
	often, err := o.OftenSold(today.Add(1-usualDays), today, pos.TilesOfPage)
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Concat(keep, often) {
		switch p, err := o.Product(id); {
		case err == nil:
			add(p)
		case pos.CodeOf(err) != pos.CodeNotFound: // else merged or deleted since
			return nil, err
		}
	}
	ever, err := o.MostSold(pos.TilesOfPage)
	if err != nil {
		return nil, err
	}
	for i := range ever {
		add(&ever[i])
	}
	if len(goods) == pos.TilesOfPage {
		return goods, nil
	}
	first, err := o.ListProducts("", "", pos.TilesOfPage)
	for i := range first {
		add(&first[i])
	}
	return goods, err
}

// showTiles puts tiles on a board with what they show; those whose goods or
// category are gone leave their place empty.
func (o *Op) showTiles(b *Board, tiles []pos.Tile, all []pos.Category, sizes map[string]int64) error {
	byID, byName := map[pos.CategoryID]*pos.Category{}, map[string]*pos.Category{}
	for i := range all {
		byID[all[i].ID], byName[all[i].Name] = &all[i], &all[i]
	}
	for _, t := range tiles {
		v := TileView{Tile: t, Colour: t.Colour}
		if t.Category != "" {
			v.Leads = byID[t.Category]
			if v.Leads == nil || v.Leads.Archived {
				continue
			}
			v.Shelf = sizes[v.Leads.Name]
		} else {
			p, err := o.Product(t.Product)
			if pos.CodeOf(err) == pos.CodeNotFound || (err == nil && p.Archived) {
				continue
			}
			if err != nil {
				return err
			}
			v.Goods = p
		}
		if c := v.Leads; v.Colour == 0 && c != nil {
			v.Colour = c.Colour
		} else if v.Goods != nil && v.Colour == 0 && byName[v.Goods.Category] != nil {
			v.Colour = byName[v.Goods.Category].Colour
		}
		b.Tiles = append(b.Tiles, v)
		b.Pages = max(b.Pages, t.Page+1)
	}
	return nil
}

// ArrangeTiles puts the tiles as they are to be from now on; none at all goes
// back to the most sold. CodeInvalid for a place outside the board or taken
// twice, CodeNotFound for goods or categories nobody knows.
func (t *Till) ArrangeTiles(ctx context.Context, a pos.Actor, tiles []pos.Tile) error {
	return t.desk.Change(ctx, a, pos.RightProducts, func(o *Op) error {
		taken, known := map[[2]int]bool{}, map[pos.CategoryID]bool{}
		all, err := o.Tx.Categories()
		if err != nil {
			return err
		}
		for _, c := range all {
			known[c.ID] = true
		}
		for i := range tiles {
			d := &tiles[i]
			if err := d.Check(); err != nil {
				return err
			}
			at := [2]int{d.Page, d.Place}
			if taken[at] {
				return pos.E(pos.CodeInvalid, "tile.twice", pos.Args{"Page": d.Page + 1, "Place": d.Place + 1})
			}
			taken[at] = true
			if d.Category != "" && !known[d.Category] {
				return pos.E(pos.CodeNotFound, "category.missing", nil)
			}
			if d.Product != "" {
				if _, err := o.Product(d.Product); err != nil {
					return err
				}
			}
		}
		if err := o.ReplaceTiles(tiles); err != nil {
			return err
		}
		return o.Note(pos.EventTilesChanged, "", map[string]string{"tiles": strconv.Itoa(len(tiles))})
	})
}
