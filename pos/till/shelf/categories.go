package shelf

import (
	"context"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
)

// CategoryView is a category with how many goods stand in it.
type CategoryView struct {
	pos.Category
	Goods int64
}

// Categories lists the categories in their order, archived ones last. Whoever
// sells may look at them.
func (t *Till) Categories(ctx context.Context, a pos.Actor) ([]CategoryView, error) {
	var list []CategoryView
	err := t.desk.Look(ctx, a, "", func(o *Op) error {
		all, err := o.Tx.Categories()
		if err != nil {
			return err
		}
		sizes, err := o.CategorySizes()
		if err != nil {
			return err
		}
		for _, archived := range []bool{false, true} {
			for _, c := range all {
				if c.Archived == archived {
					list = append(list, CategoryView{Category: c, Goods: sizes[c.Name]})
				}
			}
		}
		return nil
	})
	return list, err
}

// PutCategory makes a category (an empty id) at the end of the order, or changes
// one; a new name is a new name on all its goods. CodeConflict "category.taken"
// when another one has the name, "category.circle" when it would stand in
// itself.
func (t *Till) PutCategory(ctx context.Context, a pos.Actor, c pos.Category) (*pos.Category, error) {
	var stored *pos.Category
	err := t.desk.Change(ctx, a, pos.RightProducts, func(o *Op) error {
		next := c
		next.Name = strings.Join(strings.Fields(c.Name), " ")
		if err := next.Check(); err != nil {
			return err
		}
		all, err := o.Tx.Categories()
		if err != nil {
			return err
		}
		old, err := placed(all, &next)
		if err != nil {
			return err
		}
		detail := map[string]string{"name": next.Name}
		if old == nil {
			next.ID, detail["added"] = pos.CategoryID(o.NewID()), "1"
		}
		if err := o.Tx.PutCategory(&next); err != nil {
			return err
		}
		if old != nil && old.Name != next.Name {
			n, err := o.RenameGoods(old.Name, next.Name)
			if err != nil {
				return err
			}
			detail["was"], detail["goods"] = old.Name, strconv.FormatInt(n, 10)
		}
		if next.Archived {
			detail["archived"] = "1"
		}
		stored = &next
		return o.Note(pos.EventCategoryChanged, string(next.ID), detail)
	})
	return desk.OrNil(stored, err)
}

// placed finds the category that next replaces, nil for a new one, and gives a
// new one the place after all others.
func placed(all []pos.Category, next *pos.Category) (old *pos.Category, err error) {
	parents := map[pos.CategoryID]pos.CategoryID{}
	for i := range all {
		c := &all[i]
		parents[c.ID] = c.Parent
		if c.ID == next.ID {
			old = c
		} else if pos.Fold(c.Name) == pos.Fold(next.Name) {
			return nil, pos.E(pos.CodeConflict, "category.taken", pos.Args{"Name": c.Name})
		}
	}
	if next.ID != "" && old == nil {
		return nil, pos.E(pos.CodeNotFound, "category.missing", nil)
	}
	if next.Parent != "" {
		if _, ok := parents[next.Parent]; !ok {
			return nil, pos.E(pos.CodeNotFound, "category.missing", nil)
		}
	}
	for p, steps := next.Parent, 0; p != ""; p, steps = parents[p], steps+1 {
		if p == next.ID || steps > len(all) {
			return nil, pos.E(pos.CodeConflict, "category.circle", pos.Args{"Name": next.Name})
		}
	}
	if old == nil {
		for _, c := range all {
			next.Place = max(next.Place, c.Place+1)
		}
	}
	return old, nil
}

// MergeCategories gives the goods, tiles and subcategories of one category to
// another and takes the emptied one away. CodeInvalid for one and the same.
func (t *Till) MergeCategories(ctx context.Context, a pos.Actor, from, into pos.CategoryID) error {
	return t.desk.Change(ctx, a, pos.RightProducts, func(o *Op) error {
		if from == into {
			return pos.E(pos.CodeInvalid, "category.same", nil)
		}
		all, err := o.Tx.Categories()
		if err != nil {
			return err
		}
		var old, next *pos.Category
		for i := range all {
			switch all[i].ID {
			case from:
				old = &all[i]
			case into:
				next = &all[i]
			}
		}
		if old == nil || next == nil {
			return pos.E(pos.CodeNotFound, "category.missing", nil)
		}
		n, err := o.RenameGoods(old.Name, next.Name)
		if err != nil {
			return err
		}
		if err := o.adopt(all, old, next); err != nil {
			return err
		}
		if err := o.DeleteCategory(old.ID); err != nil {
			return err
		}
		return o.Note(pos.EventCategoryChanged, string(next.ID), map[string]string{
			"name": next.Name, "merged": old.Name, "goods": strconv.FormatInt(n, 10)})
	})
}

// adopt moves the subcategories and tiles of old to next. Where next stands
// below old it takes old's own place first: nothing ever stands in itself.
func (o *Op) adopt(all []pos.Category, old, next *pos.Category) error {
	parents := map[pos.CategoryID]pos.CategoryID{}
	for i := range all {
		parents[all[i].ID] = all[i].Parent
	}
	for p := next.Parent; p != ""; p = parents[p] {
		if p == old.ID {
			next.Parent = old.Parent
			if err := o.Tx.PutCategory(next); err != nil {
				return err
			}
			break
		}
	}
	for i := range all {
		if c := &all[i]; c.Parent == old.ID && c.ID != next.ID {
			c.Parent = next.ID
			if err := o.Tx.PutCategory(c); err != nil {
				return err
			}
		}
	}
	tiles, err := o.Tiles()
	if err != nil {
		return err
	}
	for i := range tiles {
		if tiles[i].Category == old.ID {
			tiles[i].Category = next.ID
		}
	}
	return o.ReplaceTiles(tiles)
}

// OrderCategories puts the categories into the order of the ids; those not
// named follow in the order they had.
func (t *Till) OrderCategories(ctx context.Context, a pos.Actor, ids []pos.CategoryID) error {
	return t.desk.Change(ctx, a, pos.RightProducts, func(o *Op) error {
		all, err := o.Tx.Categories()
		if err != nil {
			return err
		}
		place := map[pos.CategoryID]int{}
		for i, id := range ids {
			place[id] = i + 1
		}
		rest := len(ids)
		for i := range all {
			c := &all[i]
			want, named := place[c.ID]
			if !named {
				rest++
				want = rest
			}
			if c.Place == want {
				continue
			}
			c.Place = want
			if err := o.Tx.PutCategory(c); err != nil {
				return err
			}
		}
		return o.Note(pos.EventCategoryChanged, "", map[string]string{"ordered": strconv.Itoa(len(ids))})
	})
}

// ProductsOf pages through the goods of a category by name, after the given
// name and id.
func (t *Till) ProductsOf(ctx context.Context, a pos.Actor, category, afterName string, afterID pos.ProductID, limit int) ([]pos.Product, error) {
	var list []pos.Product
	err := t.desk.Look(ctx, a, pos.RightSell, func(o *Op) (err error) {
		list, err = o.Tx.ProductsOf(category, afterName, afterID, desk.ClampLimit(limit))
		return err
	})
	return list, err
}

// KnownCategory gives a product the spelling its category is known by, and
// makes a category of a name nobody knew: lists bring names, not ids.
func (o *Op) KnownCategory(p *pos.Product) error {
	if p.Category == "" {
		return nil
	}
	if o.shelves == nil {
		all, err := o.Tx.Categories()
		if err != nil {
			return err
		}
		o.shelves = make(map[string]string, len(all))
		for _, c := range all {
			o.shelves[pos.Fold(c.Name)] = c.Name
		}
	}
	folded := pos.Fold(p.Category)
	if name, ok := o.shelves[folded]; ok {
		p.Category = name
		return nil
	}
	c := pos.Category{ID: pos.CategoryID(o.NewID()), Name: p.Category, Place: len(o.shelves) + 1}
	if err := c.Check(); err != nil {
		return err
	}
	if err := o.Tx.PutCategory(&c); err != nil {
		return err
	}
	o.shelves[folded] = c.Name
	return nil
}
