package imports

import (
	"errors"
	"io"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/money"
)

// Product is one row of a file of products. A nil field stood empty or has no
// column.
type Product struct {
	Line     int
	SKU      string
	Name     string
	Barcodes []string // nil when empty
	Price    *money.Amount
	Cost     *money.Amount
	VAT      *money.Percent
	Category *string
	Unit     *string
	Stock    *money.Quantity
	Weighed  *bool
	AskPrice *bool
	NoEarn   *bool
	NoPoints *bool
	NoOffers *bool // takes no automatic discounts
}

// Products reads a list of goods in UTF-8 whose header says what its columns
// are. fn gets each row with what is wrong with it; an error of fn ends the
// reading.
func Products(r io.Reader, fn func(Product, []BadRow) error) (ignored []string, err error) {
	return each(r, KindProducts, "", func(t *Reader) error {
		p, _, bad, err := t.Product()
		if err != nil {
			return err
		}
		return fn(p, bad)
	})
}

// Product reads the next row, with what is wrong with it; a row with something
// wrong must not be stored. io.EOF after the last.
func (t *Reader) Product() (Product, Raw, []BadRow, error) {
	row, err := t.next()
	if err != nil {
		return Product{}, Raw{}, nil, err
	}
	p := row.product()
	row.once(colSKU, p.SKU)
	for i, b := range p.Barcodes {
		key := barcode.Key(b)
		if !slices.ContainsFunc(p.Barcodes[:i], func(a string) bool { return a != b && barcode.Key(a) == key }) {
			row.onceAs(colBarcode, b, key)
		}
	}
	return p, Raw{row.line, row.cells}, row.bad, nil
}

func (r *row) product() Product {
	p := Product{
		Line: r.line, SKU: r.cell(colSKU), Name: r.name(colName),
		Barcodes: splitBarcodes(r.cell(colBarcode)),
		Price:    r.amount(colPrice), Cost: r.amount(colCost), VAT: r.vat(colVAT), Stock: r.stock(colStock),
		Category: r.optional(colCategory), Unit: r.optional(colUnit),
		Weighed: r.flag(colWeighed), AskPrice: r.flag(colAskPrice), NoEarn: r.flag(colNoEarn), NoPoints: r.flag(colNoPoints), NoOffers: r.flag(colNoOffers),
	}
	if p.SKU == "" {
		r.refuse(colSKU, "product.sku-empty", nil)
	}
	if p.Name == "" && !r.t.price {
		r.refuse(colName, "product.name-empty", nil)
	}
	for _, b := range p.Barcodes {
		if err := pos.CheckBarcode(b); err != nil {
			r.refuseError(colBarcode, err)
		}
	}
	if len(r.bad) == 0 {
		r.checkProduct(p)
	}
	return p
}

// checkProduct asks the rules of a product about the row's texts.
func (r *row) checkProduct(p Product) {
	probe := pos.Product{SKU: p.SKU, Name: p.Name}
	if p.Name == "" { // only prices are wanted
		probe.Name = p.SKU
	}
	if p.Category != nil {
		probe.Category = *p.Category
	}
	if p.Unit != nil {
		probe.Unit = *p.Unit
	}
	if err := probe.Check(); err != nil {
		r.refuseError(culprit(err), err)
	}
}

// culprit is the column a product's rule complains about.
func culprit(err error) Field {
	var e *pos.Error
	if !errors.As(err, &e) {
		return ""
	}
	switch {
	case strings.HasPrefix(e.ID, "product.sku"):
		return colSKU
	case strings.HasPrefix(e.ID, "product.name"):
		return colName
	case strings.HasPrefix(e.ID, "product.unit"):
		return colUnit
	}
	return ""
}

// name folds the spaces of a name, so that two spellings are one.
func (r *row) name(c Field) string { return strings.Join(strings.Fields(r.cell(c)), " ") }

func (r *row) optional(c Field) *string {
	text := r.cell(c)
	if text == "" {
		return nil
	}
	return &text
}

// splitBarcodes takes several codes apart at bars, spaces, commas and
// semicolons. A code named twice in one cell is one code.
func splitBarcodes(text string) []string {
	var codes []string
	for _, b := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("| ,;\u00A0", r) }) {
		if !slices.Contains(codes, b) {
			codes = append(codes, b)
		}
	}
	return codes
}
