package lists

import (
	"context"
	"reflect"
	"slices"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/imports"
	"kassa/pos/till/shelf"
	"kassa/pos/till/store"
)

// productRow is one row of a list of goods, read and not yet stored.
type productRow struct {
	imports.Product
	raw imports.Raw
	bad []BadRow
}

func (i *importing) nextProduct() (productRow, error) {
	p, raw, bad, err := i.reader.Product()
	raw.Cells = slices.Clone(raw.Cells)
	return productRow{p, raw, bad}, err
}

// importProducts stores a portion: each over the product with its SKU, or as a
// new one.
func (o *op) importProducts(i *importing, rows []productRow) error {
	var skus, codes []string
	for _, r := range rows {
		skus = append(skus, r.SKU)
		codes = append(codes, r.Barcodes...)
		for _, b := range r.Barcodes {
			codes = append(codes, barcode.SameNumber(b)...)
		}
	}
	known, err := o.ProductsBySKUs(skus)
	if err != nil {
		return err
	}
	holders, err := o.BarcodeHolders(codes)
	if err != nil {
		return err
	}
	var fresh []*pos.Product
	for _, r := range rows {
		i.report.Total++
		if len(r.bad) > 0 {
			i.refuse(r.raw, r.bad...)
			continue
		}
		old := known[r.SKU]
		next, done, err := i.planProduct(old, r.Product)
		if err == nil && (done == rowNew || done == rowUpdated) {
			err = i.freeOf(holders, old, next)
		}
		if err == nil && !i.im.DryRun && done == rowNew {
			err = o.shelf.KnownCategory(next)
		}
		if err == nil && !i.im.DryRun && done == rowUpdated {
			err = o.replaceProduct(old, next, holders, i.doc)
		}
		if e, ok := aboutRow(err); ok {
			i.refuse(r.raw, BadRow{Line: r.Line, ID: e.ID, Args: e.Args})
			continue
		}
		if err != nil {
			return err
		}
		i.count(done)
		switch {
		case done == rowNew:
			next.ID = pos.ProductID(o.NewID())
			fresh = append(fresh, next)
		case done == rowUpdated && i.im.DryRun:
			for _, c := range old.Barcodes {
				i.freed[c] = i.freed[c] || !slices.Contains(next.Barcodes, c)
			}
		}
	}
	if i.im.DryRun {
		return nil
	}
	return o.AddProducts(fresh, i.doc, o.At)
}

// freeOf refuses a code that belongs to another product, by that one's name; a new
// one also where the other has it in another writing.
func (i *importing) freeOf(holders map[string]store.BarcodeHolder, old, p *pos.Product) error {
	for _, c := range p.Barcodes {
		if h, taken := holders[c]; taken && h.ID != p.ID && !i.freed[c] {
			return pos.E(pos.CodeConflict, "product.barcode-taken", pos.Args{"Barcode": c, "Name": h.Name})
		}
		if old != nil && slices.Contains(old.Barcodes, c) {
			continue
		}
		for _, form := range barcode.SameNumber(c) {
			if h, taken := holders[form]; taken && h.ID != p.ID && !i.freed[form] {
				return shelf.SameBarcode(c, form, h.Name)
			}
		}
	}
	return nil
}

// replaceProduct stores a changed product; codes it gives up are free for the
// rows after it.
func (o *op) replaceProduct(old, next *pos.Product, holders map[string]store.BarcodeHolder, doc string) error {
	if err := o.shelf.StoreProduct(old, next, doc); err != nil {
		return err
	}
	for _, c := range old.Barcodes {
		if !slices.Contains(next.Barcodes, c) {
			delete(holders, c)
		}
	}
	return nil
}

// planProduct tells what a row makes of a product, nil for one that is not
// there.
func (i *importing) planProduct(old *pos.Product, row imports.Product) (*pos.Product, outcome, error) {
	if old == nil {
		if i.im.SkipNew {
			return nil, rowSkipped, nil
		}
		if row.Price == nil && (row.AskPrice == nil || !*row.AskPrice) {
			return nil, 0, pos.E(pos.CodeInvalid, "import.no-price", nil)
		}
		next := pos.Product{SKU: row.SKU, Unit: "шт", VAT: pos.NoVAT}
		put(&next.Unit, row.Unit)
		next.Flags.Weighed = pos.Measured(next.Unit)
		putProduct(&next, row)
		return &next, rowNew, next.Check()
	}
	next := *old
	switch i.im.Existing {
	case ExistingSkip:
		return nil, rowSkipped, nil
	case ExistingPrice:
		put(&next.Price, row.Price)
	default:
		next.Archived = false // a product in the list is on the shelf again
		putProduct(&next, row)
		if pos.Fold(next.Category) == pos.Fold(old.Category) {
			next.Category = old.Category // one category in two spellings
		}
	}
	if sameProduct(old, &next) {
		return &next, rowUnchanged, nil
	}
	return &next, rowUpdated, next.Check()
}

func putProduct(p *pos.Product, row imports.Product) {
	p.Name = row.Name
	if row.Barcodes != nil {
		p.Barcodes = row.Barcodes
	}
	put(&p.Price, row.Price)
	put(&p.Cost, row.Cost)
	put(&p.VAT, row.VAT)
	put(&p.Category, row.Category)
	put(&p.Unit, row.Unit)
	put(&p.Stock, row.Stock)
	put(&p.Flags.Weighed, row.Weighed)
	put(&p.Flags.AskPrice, row.AskPrice)
	put(&p.Flags.NoEarn, row.NoEarn)
	put(&p.Flags.NoPoints, row.NoPoints)
	put(&p.Flags.NoOffers, row.NoOffers)
}

// put sets a field that the row names.
func put[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

func sameProduct(a, b *pos.Product) bool {
	x, y := *a, *b
	if len(x.Barcodes) == 0 && len(y.Barcodes) == 0 {
		x.Barcodes, y.Barcodes = nil, nil
	}
	return reflect.DeepEqual(x, y)
}

// archiveMissing takes what the list does not name off the shelf, page by page
// of the catalogue. A row that was refused names its product all the same.
func (i *importing) archiveMissing(ctx context.Context) error {
	name, id := "", pos.ProductID("")
	for {
		var page []pos.Product
		turn := func(o *op) (err error) {
			if page, err = o.ListProducts(name, id, portion); err != nil {
				return err
			}
			was := i.report.Archived
			for _, p := range page {
				if p.Archived || i.reader.SeenSKU(p.SKU) {
					continue
				}
				i.report.Archived++
				if i.im.DryRun {
					continue
				}
				next := p
				next.Archived = true
				if err := o.shelf.StoreProduct(&p, &next, i.doc); err != nil {
					i.report.Archived = was
					return err
				}
			}
			if err := i.note(o); err != nil {
				i.report.Archived = was
				return err
			}
			return nil
		}
		run := i.t.desk.Change
		if i.im.DryRun {
			run = i.t.desk.Look
		}
		if err := run(ctx, i.a, pos.RightImport, turn); err != nil {
			return err
		}
		i.told = *i.report
		if len(page) < portion {
			return nil
		}
		name, id = page[len(page)-1].Name, page[len(page)-1].ID
		if err := i.afterBatch(ctx); err != nil {
			return err
		}
	}
}
