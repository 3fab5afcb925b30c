package door

import (
	"context"

	"kassa/pos"
)

// Price is one change of a product's price or cost.
type Price struct {
	At       *Timestamp     `json:"at"`
	What     pos.PriceKind  `json:"what"`
	From     string         `json:"from"`
	To       string         `json:"to"`
	Employee pos.EmployeeID `json:"employee"`
}

// NewPrices tells changes of prices as they are told everywhere.
func NewPrices(list []pos.PriceChange) []Price {
	out := make([]Price, len(list))
	for i, c := range list {
		out[i] = Price{Stamp(c.At), c.What, c.From.String(), c.To.String(), c.Employee}
	}
	return out
}

// priceHistory tells how the price and cost of a product changed.
func (s *Session) priceHistory(ctx context.Context, r *request) (any, error) {
	sku, limit := r.text("sku"), r.wholeIf("limit")
	if err := r.done(); err != nil {
		return nil, err
	}
	p, err := s.Till.ProductBySKU(ctx, s.actor, sku)
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = 50
	}
	list, err := s.Till.PriceHistory(ctx, s.actor, p.ID, int(min(limit, 1000)))
	return struct {
		Prices []Price `json:"prices"`
	}{NewPrices(list)}, err
}

// categoryJSON is a category as it is told.
type categoryJSON struct {
	ID       pos.CategoryID `json:"id"`
	Name     string         `json:"name"`
	Parent   pos.CategoryID `json:"parent,omitempty"`
	Colour   int            `json:"colour,omitempty"`
	Archived bool           `json:"archived,omitempty"`
	Goods    int64          `json:"goods"`
}

// categories are all of them in their order, the answer of every command about
// them.
func (s *Session) categories(ctx context.Context, r *request) (any, error) {
	if err := r.done(); err != nil {
		return nil, err
	}
	list, err := s.Till.Categories(ctx, s.actor)
	out := struct {
		Categories []categoryJSON `json:"categories"`
	}{make([]categoryJSON, len(list))}
	for i, c := range list {
		out.Categories[i] = categoryJSON{c.ID, c.Name, c.Parent, c.Colour, c.Archived, c.Goods}
	}
	return out, err
}

// putCategory makes a category, or with an id changes what is named of it.
func (s *Session) putCategory(ctx context.Context, r *request) (any, error) {
	c := pos.Category{ID: pos.CategoryID(r.optional("id")), Name: r.optional("name"), Parent: pos.CategoryID(r.optional("parent")),
		Colour: int(min(r.wholeIf("colour"), 1<<30)), Archived: r.flag("archived")}
	if err := r.done(); err != nil {
		return nil, err
	}
	if c.ID != "" {
		old, err := s.categoryOf(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		c.Place = old.Place
		if !r.given("name") {
			c.Name = old.Name
		}
		if !r.given("parent") {
			c.Parent = old.Parent
		}
		if !r.given("colour") {
			c.Colour = old.Colour
		}
		if !r.given("archived") {
			c.Archived = old.Archived
		}
	}
	if _, err := s.Till.PutCategory(ctx, s.actor, c); err != nil {
		return nil, err
	}
	return s.categories(ctx, r)
}

func (s *Session) categoryOf(ctx context.Context, id pos.CategoryID) (*pos.Category, error) {
	list, err := s.Till.Categories(ctx, s.actor)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].ID == id {
			return &list[i].Category, nil
		}
	}
	return nil, pos.E(pos.CodeNotFound, "category.missing", nil)
}

func (s *Session) mergeCategories(ctx context.Context, r *request) (any, error) {
	from, into := pos.CategoryID(r.text("id")), pos.CategoryID(r.text("into"))
	if err := r.done(); err != nil {
		return nil, err
	}
	if err := s.Till.MergeCategories(ctx, s.actor, from, into); err != nil {
		return nil, err
	}
	return s.categories(ctx, r)
}

// moveCategory puts a category before another one, without one to the end.
func (s *Session) moveCategory(ctx context.Context, r *request) (any, error) {
	id, before := pos.CategoryID(r.text("id")), pos.CategoryID(r.optional("before"))
	if err := r.done(); err != nil {
		return nil, err
	}
	list, err := s.Till.Categories(ctx, s.actor)
	if err != nil {
		return nil, err
	}
	var order []pos.CategoryID
	found, placed := false, before == ""
	for _, c := range list {
		switch {
		case c.ID == id:
			found = true
			continue
		case c.ID == before:
			order, placed = append(order, id), true
		}
		order = append(order, c.ID)
	}
	if !found || !placed {
		return nil, pos.E(pos.CodeNotFound, "category.missing", nil)
	}
	if before == "" {
		order = append(order, id)
	}
	if err := s.Till.OrderCategories(ctx, s.actor, order); err != nil {
		return nil, err
	}
	return s.categories(ctx, r)
}

// tileJSON is a tile as it is told; pages and places count from 1.
type tileJSON struct {
	Page     int            `json:"page"`
	Place    int            `json:"place"`
	SKU      string         `json:"sku,omitempty"`
	Category pos.CategoryID `json:"category,omitempty"`
	Name     string         `json:"name"`
	Colour   int            `json:"colour,omitempty"`
}

func (s *Session) tiles(ctx context.Context, r *request) (any, error) {
	if err := r.done(); err != nil {
		return nil, err
	}
	b, err := s.Till.Board(ctx, s.actor)
	if err != nil {
		return nil, err
	}
	out := struct {
		Arranged bool       `json:"arranged"` // false: the most sold, then the categories
		Pages    int        `json:"pages"`
		Tiles    []tileJSON `json:"tiles"`
	}{b.Arranged, b.Pages, make([]tileJSON, len(b.Tiles))}
	for i, t := range b.Tiles {
		j := tileJSON{Page: t.Page + 1, Place: t.Place + 1, Category: t.Category, Colour: t.Colour}
		if t.Goods != nil {
			j.SKU, j.Name = t.Goods.SKU, t.Goods.Name
		} else {
			j.Name = t.Leads.Name
		}
		out.Tiles[i] = j
	}
	return out, nil
}

// putTile puts goods (sku) or a category on a place, or with neither clears
// it. Until somebody arranged the tiles it begins with those in sight.
func (s *Session) putTile(ctx context.Context, r *request) (any, error) {
	t := pos.Tile{Page: int(min(r.whole("page"), 1<<30)) - 1, Place: int(min(r.whole("place"), 1<<30)) - 1,
		Category: pos.CategoryID(r.optional("category")), Colour: int(min(r.wholeIf("colour"), 1<<30))}
	sku := r.optional("sku")
	if err := r.done(); err != nil {
		return nil, err
	}
	if sku != "" && t.Category != "" {
		return nil, pos.E(pos.CodeInvalid, "door.one-of", pos.Args{"Fields": "sku, category"})
	}
	b, err := s.Till.Board(ctx, s.actor)
	if err != nil {
		return nil, err
	}
	all := b.Without(t.Page, t.Place)
	if sku != "" {
		p, err := s.Till.ProductBySKU(ctx, s.actor, sku)
		if err != nil {
			return nil, err
		}
		t.Product = p.ID
	}
	if sku != "" || t.Category != "" {
		all = append(all, t)
	}
	return s.arranged(ctx, r, all)
}

// usualTiles goes back to the most sold.
func (s *Session) usualTiles(ctx context.Context, r *request) (any, error) {
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.arranged(ctx, r, nil)
}

func (s *Session) arranged(ctx context.Context, r *request, all []pos.Tile) (any, error) {
	if err := s.Till.ArrangeTiles(ctx, s.actor, all); err != nil {
		return nil, err
	}
	return s.tiles(ctx, r)
}
