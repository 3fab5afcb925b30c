package lists

import (
	"context"
	"reflect"
	"slices"
	"strconv"

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

// known is what the shop has of a portion of rows.
type known struct {
	bySKU  map[string]*pos.Product
	codes  map[string]store.BarcodeHolder
	scales map[string]store.BarcodeHolder
}

func (o *op) knownOf(rows []productRow) (k known, err error) {
	var skus, codes, scales []string
	for _, r := range rows {
		if r.SKU != "" {
			skus = append(skus, r.SKU)
		}
		codes = append(codes, r.Barcodes...)
		for _, b := range r.Barcodes {
			codes = append(codes, barcode.SameNumber(b)...)
		}
		if r.Scale != nil {
			scales = append(scales, *r.Scale)
		}
	}
	if k.bySKU, err = o.ProductsBySKUs(skus); err != nil {
		return k, err
	}
	if k.codes, err = o.BarcodeHolders(codes); err != nil || len(scales) == 0 {
		return k, err
	}
	k.scales, err = o.ScaleHolders(scales)
	return k, err
}

// importProducts stores a portion: each over the product with its SKU, or as a
// new one.
func (o *op) importProducts(i *importing, rows []productRow) error {
	k, err := o.knownOf(rows)
	if err != nil {
		return err
	}
	var fresh []*pos.Product
	for _, r := range rows {
		i.report.Total++
		old := k.bySKU[r.SKU]
		if r.SKU == "" {
			if old, err = o.withoutSKU(i, &r.Product, k); err != nil {
				return err
			}
		}
		if len(r.bad) > 0 {
			i.refuse(r.raw, r.bad...)
			continue
		}
		next, done, err := o.importProduct(i, old, r.Product, k)
		if e, ok := aboutRow(err); ok {
			i.refuse(r.raw, BadRow{Line: r.Line, ID: e.ID, Args: e.Args})
			continue
		}
		if err != nil {
			return err
		}
		if r.Archived {
			r.raw.Notes = append(r.raw.Notes, Note{Line: r.Line, ID: "import.note.archived", Args: pos.Args{"Name": r.Name}})
		}
		i.count(done)
		i.noteRow(r.raw)
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

// importProduct plans one row and stores it where it changes a product.
func (o *op) importProduct(i *importing, old *pos.Product, row imports.Product, k known) (*pos.Product, outcome, error) {
	next, done, err := i.planProduct(old, row)
	if err != nil || done != rowNew && done != rowUpdated {
		return next, done, err
	}
	if err := i.freeOf(k, old, next); err != nil || i.im.DryRun {
		return next, done, err
	}
	if done == rowNew {
		return next, done, o.shelf.KnownCategory(next)
	}
	return next, done, o.replaceProduct(old, next, k, i.doc)
}

// withoutSKU finds whom a row of a list without numbers is about, by a barcode
// or else by the whole name, and gives new goods a number as the till gives to
// any. The list has named what it finds, whatever becomes of the row.
func (o *op) withoutSKU(i *importing, row *imports.Product, k known) (*pos.Product, error) {
	for _, b := range row.Barcodes {
		for _, c := range append([]string{b}, barcode.SameNumber(b)...) {
			h, ok := k.codes[c]
			if !ok {
				continue
			}
			old, err := o.Product(h.ID)
			if err != nil {
				return nil, err
			}
			row.SKU = old.SKU
			i.reader.Saw(old.SKU)
			return old, nil
		}
	}
	if len(row.Barcodes) == 0 {
		list, err := o.ListProducts(row.Name, "", 1)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 && pos.Fold(list[0].Name) == pos.Fold(row.Name) {
			row.SKU = list[0].SKU
			i.reader.Saw(row.SKU)
			return &list[0], nil
		}
	}
	return nil, o.numberFor(i, row)
}

// numberFor gives a row the next free number. Those given to rows of the same
// portion are not stored yet, so that the count goes on from the last.
func (o *op) numberFor(i *importing, row *imports.Product) error {
	if i.number == 0 {
		first, err := o.shelf.FreeSKU()
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return err
		}
		i.number = n - 1
	}
	for {
		i.number++
		row.SKU = count(i.number)
		_, err := o.ProductBySKU(row.SKU)
		if pos.CodeOf(err) == pos.CodeNotFound {
			i.reader.Saw(row.SKU)
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// freeOf refuses a code that belongs to another product, by that one's name; a new
// one also where the other has it in another writing.
func (i *importing) freeOf(k known, old, p *pos.Product) error {
	if h, taken := k.scales[p.ScaleCode]; taken && h.ID != p.ID {
		return pos.E(pos.CodeConflict, "product.scale-code-taken", pos.Args{"Code": p.ScaleCode, "Name": h.Name})
	}
	for _, c := range p.Barcodes {
		if h, taken := k.codes[c]; taken && h.ID != p.ID && !i.freed[c] {
			return pos.E(pos.CodeConflict, "product.barcode-taken", pos.Args{"Barcode": c, "Name": h.Name})
		}
		if old != nil && slices.Contains(old.Barcodes, c) {
			continue
		}
		for _, form := range barcode.SameNumber(c) {
			if h, taken := k.codes[form]; taken && h.ID != p.ID && !i.freed[form] {
				return shelf.SameBarcode(c, form, h.Name)
			}
		}
	}
	return nil
}

// replaceProduct stores a changed product; codes it gives up are free for the
// rows after it.
func (o *op) replaceProduct(old, next *pos.Product, k known, doc string) error {
	if err := o.shelf.StoreProduct(old, next, doc); err != nil {
		return err
	}
	for _, c := range old.Barcodes {
		if !slices.Contains(next.Barcodes, c) {
			delete(k.codes, c)
		}
	}
	return nil
}

// planProduct tells what a row makes of a product, nil for one that is not
// there.
func (i *importing) planProduct(old *pos.Product, row imports.Product) (*pos.Product, outcome, error) {
	if row.Archived {
		return nil, rowSkipped, nil
	}
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
		if imports.Unit(next.Unit) == imports.Unit(old.Unit) {
			next.Unit = old.Unit // and one unit
		}
	}
	if sameProduct(old, &next) {
		return &next, rowUnchanged, nil
	}
	return &next, rowUpdated, next.Check()
}

func putProduct(p *pos.Product, row imports.Product) {
	if row.Name != "" || p.Name == "" {
		p.Name = row.Name
	}
	if row.Barcodes != nil {
		p.Barcodes = row.Barcodes
	}
	put(&p.Price, row.Price)
	put(&p.Cost, row.Cost)
	put(&p.VAT, row.VAT)
	put(&p.Category, row.Category)
	put(&p.Unit, row.Unit)
	put(&p.Stock, row.Stock)
	put(&p.MinStock, row.MinStock)
	put(&p.Article, row.Article)
	put(&p.ScaleCode, row.Scale)
	put(&p.Note, row.Note)
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
