package lists

import (
	"context"
	"encoding/json"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/shelf"
)

// metaStarter keeps which goods the till brought to begin with, and how they were,
// so that they can be taken away together and what became the shop's own stays.
const metaStarter = "starter.goods"

// starter is one of the goods to begin with, as it was brought.
type starter struct {
	ID    pos.ProductID `json:"id"`
	Name  string        `json:"name"`
	Price money.Amount  `json:"price_minor"`
}

// AddStarter puts goods to begin with on the shelf of a new shop and remembers that
// they are such. Only name, unit, price, VAT and note of what is given count.
// CodeConflict "firstrun.starter-there" while some are there.
func (t *Till) AddStarter(ctx context.Context, a pos.Actor, goods []pos.Product) (added int, err error) {
	err = t.desk.Change(ctx, a, pos.RightProducts, func(o *op) error {
		kept, err := o.starters()
		if err != nil {
			return err
		}
		if len(kept) > 0 {
			return pos.E(pos.CodeConflict, "firstrun.starter-there", nil)
		}
		doc := pos.CatalogueDoc + o.NewID()
		for _, g := range goods {
			p := pos.Product{Name: g.Name, Unit: g.Unit, Price: g.Price, VAT: g.VAT, Note: g.Note}
			// No number of a tile: those stay free to take the goods by.
			if p.SKU, err = o.shelf.FreeSKUFrom(shelf.MaxTileNumber + 2); err != nil {
				return err
			}
			if err := o.shelf.StoreProduct(nil, &p, doc); err != nil {
				return err
			}
			if err := o.Note(pos.EventProductChanged, string(p.ID), map[string]string{"sku": p.SKU, "price": desk.Minor(p.Price), "added": "1", "starter": "1"}); err != nil {
				return err
			}
			kept = append(kept, starter{p.ID, p.Name, p.Price})
		}
		added = len(goods)
		return o.keepStarters(kept)
	})
	return added, err
}

// DropStarter takes the goods to begin with off the shelf, together. Those whose name,
// price or barcodes somebody changed have become the shop's own and stay. CodeNotFound
// "firstrun.starter-none" when there are none.
func (t *Till) DropStarter(ctx context.Context, a pos.Actor) (dropped, stayed int, err error) {
	err = t.desk.Change(ctx, a, pos.RightProducts, func(o *op) error {
		dropped, stayed = 0, 0
		kept, err := o.starters()
		if err != nil {
			return err
		}
		if len(kept) == 0 {
			return pos.E(pos.CodeNotFound, "firstrun.starter-none", nil)
		}
		for _, s := range kept {
			p, err := o.Product(s.ID)
			if err != nil {
				return err
			}
			if p.Archived {
				continue
			}
			if p.Name != s.Name || p.Price != s.Price || len(p.Barcodes) > 0 {
				stayed++
				continue
			}
			was := *p
			p.Archived = true
			if err := o.shelf.StoreProduct(&was, p, pos.CatalogueDoc+o.NewID()); err != nil {
				return err
			}
			if err := o.Note(pos.EventProductChanged, string(p.ID), map[string]string{"sku": p.SKU, "price": desk.Minor(p.Price), "starter": "1", "archived": "1"}); err != nil {
				return err
			}
			dropped++
		}
		return o.keepStarters(nil)
	})
	return dropped, stayed, err
}

func (o *op) starters() (kept []starter, err error) {
	text, err := o.Meta(metaStarter)
	if err != nil || text == "" {
		return nil, err
	}
	return kept, json.Unmarshal([]byte(text), &kept)
}

func (o *op) keepStarters(kept []starter) error {
	if len(kept) == 0 {
		return o.PutMeta(metaStarter, "")
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return o.PutMeta(metaStarter, string(text))
}

// Beginning tells how far a new shop has come: what is there by now, nothing of how
// much.
type Beginning struct {
	Goods    bool // beside those to begin with
	Starter  bool // goods to begin with are there still
	Shift    bool // one was opened
	Sold     bool
	Customer bool
	Staff    bool // somebody beside the owner
}

// Beginning looks how far the shop has come. It tells nothing that a right guards.
func (t *Till) Beginning(ctx context.Context) (*Beginning, error) {
	b := &Beginning{}
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		for _, look := range []func(*Beginning) error{o.begunGoods, o.begunSales, o.begunPeople} {
			if err := look(b); err != nil {
				return err
			}
		}
		return nil
	})
	return desk.OrNil(b, err)
}

func (o *op) begunGoods(b *Beginning) error {
	kept, err := o.starters()
	if err != nil {
		return err
	}
	some, err := o.ListProducts("", "", len(kept)+1)
	b.Goods, b.Starter = len(some) > len(kept), len(kept) > 0
	return err
}

func (o *op) begunSales(b *Beginning) error {
	there := func(err error) (bool, error) {
		if pos.CodeOf(err) == pos.CodeNotFound {
			return false, nil
		}
		return err == nil, err
	}
	_, err := o.LastShift()
	if b.Shift, err = there(err); err != nil {
		return err
	}
	_, err = o.LastSale()
	b.Sold, err = there(err)
	return err
}

func (o *op) begunPeople(b *Beginning) error {
	customers, err := o.ListCustomers("", "", 1)
	if err != nil {
		return err
	}
	staff, err := o.Employees()
	if err != nil {
		return err
	}
	b.Customer, b.Staff = len(customers) > 0, len(staff) > 1
	return nil
}
