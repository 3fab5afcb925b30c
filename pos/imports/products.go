package imports

import (
	"errors"
	"io"
	"slices"
	"strings"

	"kassa/pos"
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
	VAT      *money.Percent
	Category *string
	Unit     *string
	Stock    *money.Quantity
	Weighed  *bool
	AskPrice *bool
	NoEarn   *bool
	NoPoints *bool
}

const (
	colSKU      column = "sku"
	colName     column = "name"
	colBarcode  column = "barcode"
	colPrice    column = "price"
	colVAT      column = "vat"
	colCategory column = "category"
	colUnit     column = "unit"
	colStock    column = "stock"
	colWeighed  column = "weighed"
	colAskPrice column = "ask_price"
	colNoEarn   column = "no_earn"
	colNoPoints column = "no_points"
)

var productWords = headerWords(map[column][]string{
	colSKU:      {"sku", "артикул", "код", "код товара", "article"},
	colName:     {"name", "наименование", "название", "товар", "product", "title"},
	colBarcode:  {"barcode", "barcodes", "штрихкод", "штрихкоды", "штрих-код", "штрих-коды", "ean"},
	colPrice:    {"price", "цена", "цена, руб", "цена, руб.", "цена руб", "розничная цена"},
	colVAT:      {"vat", "ндс", "ставка ндс", "ндс, %", "ндс %", "vat rate"},
	colCategory: {"category", "категория", "группа", "раздел"},
	colUnit:     {"unit", "ед", "ед. изм.", "единица", "единица измерения"},
	colStock:    {"stock", "остаток", "остатки", "количество", "qty"},
	colWeighed:  {"weighed", "весовой", "весовой товар"},
	colAskPrice: {"ask price", "ask_price", "цена на кассе"},
	colNoEarn:   {"no earn", "no_earn", "без баллов", "без начисления баллов", "не начислять баллы"},
	colNoPoints: {"no points", "no_points", "не списывать баллы", "без списания баллов"},
})

func headerWords(words map[column][]string) map[string]column {
	keys := map[string]column{}
	for c, list := range words {
		for _, w := range list {
			keys[headerKey(w)] = c
		}
	}
	return keys
}

// Products reads a file row by row. fn gets each row with what is wrong with
// it; a row with something wrong must not be stored. An error of fn ends the
// reading. The error is a *pos.Error when the file as a whole cannot be read:
// not UTF-8, too large, without the columns it needs.
func Products(r io.Reader, fn func(Product, []BadRow) error) (ignored []string, err error) {
	t, err := open(r, productWords)
	if err != nil {
		return nil, err
	}
	for _, need := range []column{colSKU, colName} {
		if !t.has(need) {
			return nil, pos.E(pos.CodeInvalid, "import.no-column", pos.Args{"Column": string(need)})
		}
	}
	skus, barcodes := map[string]int{}, map[string]int{}
	for {
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			return t.ignored(), nil
		}
		if err != nil {
			return nil, err
		}
		p := row.product()
		row.once(skus, colSKU, p.SKU)
		for _, b := range p.Barcodes {
			row.once(barcodes, colBarcode, b)
		}
		if err := fn(p, row.bad); err != nil {
			return nil, err
		}
	}
}

func (r *row) product() Product {
	p := Product{
		Line: r.line, SKU: r.cell(colSKU), Name: r.name(colName),
		Barcodes: splitBarcodes(r.cell(colBarcode)),
		Price:    r.amount(colPrice), VAT: r.vat(colVAT), Stock: r.stock(colStock),
		Category: r.optional(colCategory), Unit: r.optional(colUnit),
		Weighed: r.flag(colWeighed), AskPrice: r.flag(colAskPrice), NoEarn: r.flag(colNoEarn), NoPoints: r.flag(colNoPoints),
	}
	if p.SKU == "" {
		r.refuse(colSKU, "product.sku-empty", nil)
	}
	if p.Name == "" {
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
func culprit(err error) column {
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
func (r *row) name(c column) string { return strings.Join(strings.Fields(r.cell(c)), " ") }

func (r *row) optional(c column) *string {
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
