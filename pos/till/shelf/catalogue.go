package shelf

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// PutProduct makes a product (an empty id) or changes one. A new one without an
// SKU is given a free number for it. CodeConflict when
// the SKU or a barcode belongs to another product, which the refusal names. The
// stock is set by a movement of the difference, so that it stays the sum of its
// movements.
func (t *Till) PutProduct(ctx context.Context, a pos.Actor, p pos.Product) (*pos.Product, error) {
	var stored *pos.Product
	err := t.desk.Change(ctx, a, pos.RightProducts, func(o *Op) error {
		doc := pos.CatalogueDoc + o.NewID()
		var old *pos.Product
		if p.ID != "" {
			var err error
			if old, err = o.Product(p.ID); err != nil {
				return err
			}
		}
		next := tidyProduct(p)
		if old == nil && next.SKU == "" {
			var err error
			if next.SKU, err = o.FreeSKU(); err != nil {
				return err
			}
		}
		if err := o.StoreProduct(old, &next, doc); err != nil {
			return err
		}
		stored = &next
		detail := map[string]string{"sku": next.SKU, "price": desk.Minor(next.Price)}
		if old == nil {
			detail["added"] = "1"
		} else if old.Price != next.Price {
			detail["price_was"] = desk.Minor(old.Price)
		}
		moved := next.Stock
		if old != nil {
			moved -= old.Stock
		}
		if moved != 0 {
			detail[pos.DetailStockDoc], detail[pos.DetailStockMoved] = doc, strconv.FormatInt(int64(moved), 10)
		}
		return o.Note(pos.EventProductChanged, string(next.ID), detail)
	})
	if err != nil {
		return nil, err
	}
	return stored, nil
}

// Products pages through the catalogue by name, after the given name and id.
func (t *Till) Products(ctx context.Context, a pos.Actor, afterName string, afterID pos.ProductID, limit int) ([]pos.Product, error) {
	var list []pos.Product
	err := t.desk.Look(ctx, a, pos.RightSell, func(o *Op) (err error) {
		list, err = o.ListProducts(afterName, afterID, desk.ClampLimit(limit))
		return err
	})
	return list, err
}

func tidyProduct(p pos.Product) pos.Product {
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	p.SKU, p.Unit, p.Category = strings.TrimSpace(p.SKU), strings.TrimSpace(p.Unit), strings.TrimSpace(p.Category)
	p.Article, p.Note = strings.TrimSpace(p.Article), strings.TrimSpace(p.Note)
	p.ScaleCode = strings.TrimLeft(strings.TrimSpace(p.ScaleCode), "0")
	p.Barcodes = slices.Clone(p.Barcodes)
	return p
}

// StoreProduct checks and stores next over old (nil for a new one). Its stock
// is moved under the document's name; its sold counter stays what it was.
func (o *Op) StoreProduct(old, next *pos.Product, doc string) error {
	if err := next.Check(); err != nil {
		return err
	}
	if err := o.freeCodes(old, next); err != nil {
		return err
	}
	if err := o.KnownCategory(next); err != nil {
		return err
	}
	target := next.Stock
	next.Stock, next.Sold = 0, 0
	if old != nil {
		next.Stock, next.Sold = old.Stock, old.Sold
	} else {
		next.ID = pos.ProductID(o.NewID())
	}
	if err := o.Tx.PutProduct(next); err != nil {
		return err
	}
	if err := o.notePrices(old, next, doc); err != nil {
		return err
	}
	return o.setStock(next, target, doc)
}

func (o *Op) setStock(p *pos.Product, target money.Quantity, doc string) error {
	if target > money.MaxQuantity || target < -money.MaxQuantity {
		return pos.E(pos.CodeInvalid, "product.stock", nil)
	}
	if target == p.Stock {
		return nil
	}
	move := target - p.Stock
	p.Stock = target
	return o.MoveStock(p.ID, move, doc, o.At)
}

// FreeSKU finds a number no product has for its SKU. Numbers given so far are
// mostly without gaps, so a taken one with a free one behind it is near enough
// to the end of them and found in few looks.
func (o *Op) FreeSKU() (string, error) { return o.FreeSKUFrom(1) }

// FreeSKUFrom is FreeSKU for numbers that begin with first.
func (o *Op) FreeSKUFrom(first int64) (string, error) {
	taken, free := first-1, first
	for {
		used, err := o.usedSKU(free)
		if err != nil {
			return "", err
		}
		if !used {
			break
		}
		taken, free = free, free*2-first+1
	}
	for free-taken > 1 {
		middle := taken + (free-taken)/2
		used, err := o.usedSKU(middle)
		if err != nil {
			return "", err
		}
		if used {
			taken = middle
		} else {
			free = middle
		}
	}
	return strconv.FormatInt(free, 10), nil
}

func (o *Op) usedSKU(n int64) (bool, error) {
	_, err := o.ProductBySKU(strconv.FormatInt(n, 10))
	if pos.CodeOf(err) == pos.CodeNotFound {
		return false, nil
	}
	return err == nil, err
}

// freeCodes refuses an SKU or a barcode of another product by that product's
// name, which the store's own refusal cannot tell.
func (o *Op) freeCodes(old, p *pos.Product) error {
	other, err := o.ProductBySKU(p.SKU)
	if err == nil && other.ID != p.ID {
		return pos.E(pos.CodeConflict, "product.sku-taken", pos.Args{"SKU": p.SKU, "Name": other.Name})
	}
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return err
	}
	for i, b := range p.Barcodes {
		if slices.Contains(p.Barcodes[:i], b) {
			return pos.E(pos.CodeInvalid, "product.barcode-twice", pos.Args{"Barcode": b})
		}
		holders, err := o.ProductsByBarcode(b)
		if err != nil {
			return err
		}
		for _, h := range holders {
			if h.ID != p.ID {
				return pos.E(pos.CodeConflict, "product.barcode-taken", pos.Args{"Barcode": b, "Name": h.Name})
			}
		}
		if old == nil || !slices.Contains(old.Barcodes, b) {
			if err := o.freeForms(p.ID, b); err != nil {
				return err
			}
		}
	}
	return nil
}

// freeForms refuses a new barcode that another product has in another writing: a
// scanner sends now the one, now the other. Goods that had theirs before keep them.
func (o *Op) freeForms(id pos.ProductID, code string) error {
	forms := barcode.SameNumber(code)
	if len(forms) == 0 {
		return nil
	}
	holders, err := o.BarcodeHolders(forms)
	if err != nil {
		return err
	}
	for _, form := range forms {
		if h, taken := holders[form]; taken && h.ID != id {
			return SameBarcode(code, form, h.Name)
		}
	}
	return nil
}

// SameBarcode refuses a barcode that is another product's in another writing.
func SameBarcode(code, form, name string) error {
	return pos.E(pos.CodeConflict, "product.barcode-same", pos.Args{"Barcode": code, "Other": form, "Name": name})
}

// ProductOf is the goods of an id, for what names goods elsewhere. CodeNotFound for
// none.
func (t *Till) ProductOf(ctx context.Context, a pos.Actor, id pos.ProductID) (p *pos.Product, err error) {
	err = t.desk.Look(ctx, a, "", func(o *Op) error { p, err = o.Product(id); return err })
	return p, err
}

// SearchProducts finds goods while somebody types, most sold first. Where nothing
// is found, a text that is a code in one of its forms finds its goods.
func (t *Till) SearchProducts(ctx context.Context, text string, limit int) ([]pos.Product, error) {
	var found []pos.Product
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) (err error) {
		found, err = o.Tx.SearchProducts(text, desk.ClampLimit(limit))
		if err == nil && len(found) == 0 {
			found, err = o.coded(text)
		}
		return err
	})
	return found, err
}

// FindProducts is SearchProducts that forgives: where nothing is found, it answers
// with what the text may have been meant for and says so.
func (t *Till) FindProducts(ctx context.Context, text string, limit int) (pos.Found[pos.Product], error) {
	var f pos.Found[pos.Product]
	list, err := t.SearchProducts(ctx, text, limit)
	if err != nil || len(list) > 0 {
		f.List = list
		return f, err
	}
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) (err error) {
		f.List, f.Meant, err = o.Tx.GuessProducts(text, desk.ClampLimit(limit))
		return err
	})
	return f, err
}
