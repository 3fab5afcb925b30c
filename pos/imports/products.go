package imports

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/money"
)

// Product is one row of a file of products. A nil field stood empty or has no
// column.
type Product struct {
	Line     int
	SKU      string // "" only where the till gives the number
	Name     string
	Barcodes []string // nil when empty
	Price    *money.Amount
	Cost     *money.Amount
	VAT      *money.Percent
	Category *string
	Unit     *string
	Stock    *money.Quantity
	MinStock *money.Quantity
	Article  *string // the supplier's number
	Scale    *string // the number on the scale, without leading zeros
	Note     *string
	Weighed  *bool
	AskPrice *bool
	NoEarn   *bool
	NoPoints *bool
	NoOffers *bool // takes no automatic discounts
	Archived bool  // the list itself has it out of use
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
	t.grouped(&p)
	row.once(colSKU, p.SKU)
	if p.SKU == "" && len(p.Barcodes) == 0 { // nothing but the name tells such goods apart
		row.once(colName, pos.Fold(p.Name))
	}
	for i, b := range p.Barcodes {
		key := barcode.Key(b)
		if !slices.ContainsFunc(p.Barcodes[:i], func(a string) bool { return a != b && barcode.Key(a) == key }) {
			row.onceAs(colBarcode, b, key)
		}
	}
	if p.Scale != nil {
		row.once(colScale, *p.Scale)
	}
	return p, Raw{row.line, row.cells, row.notes}, row.bad, nil
}

func (r *row) product() Product {
	p := Product{
		Line: r.line, SKU: r.code(colSKU, r.filled(colSKU)), Name: r.name(colName), Barcodes: r.barcodes(),
		Price: r.amount(colPrice), Cost: r.amount(colCost), VAT: r.vat(colVAT),
		Category: r.optional(colCategory), Unit: r.unit(), Article: r.optional(colArticle), Scale: r.scale(), Note: r.optional(colNote),
		Weighed: r.flag(colWeighed), AskPrice: r.flag(colAskPrice), NoEarn: r.flag(colNoEarn), NoPoints: r.flag(colNoPoints), NoOffers: r.flag(colNoOffers),
	}
	archived := r.flag(colArchived)
	p.Archived = archived != nil && *archived
	p.Stock = r.counted(colStock, &p)
	p.MinStock = r.counted(colMinStock, &p)
	r.variant(&p)
	r.money(&p)
	if p.SKU == "" && (!r.t.numbered || r.t.first(colSKU) >= 0) {
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
		probe.Name = "-"
	}
	if p.SKU == "" { // the till gives one
		probe.SKU = "-"
	}
	for _, f := range []struct {
		from *string
		to   *string
	}{{p.Category, &probe.Category}, {p.Unit, &probe.Unit}, {p.Article, &probe.Article}, {p.Scale, &probe.ScaleCode}, {p.Note, &probe.Note}} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
	err := probe.Check()
	if err == nil {
		return
	}
	r.refuseError(r.culprit(err, colSKU, colName, colCategory, colUnit, colArticle, colNote), err)
}

// culprit is the column a rule complains about: by the name of the rule, and
// among texts the first with a sign that cannot be seen.
func (r *row) culprit(err error, texts ...Field) Field {
	var e *pos.Error
	if !errors.As(err, &e) {
		return ""
	}
	if e.ID == "text.control" {
		for _, c := range texts {
			if pos.HasControl(r.cell(c)) {
				return c
			}
		}
		return ""
	}
	for prefix, c := range map[string]Field{"product.sku": colSKU, "product.name": colName, "product.unit": colUnit, "product.article": colArticle, "product.scale": colScale,
		"product.note": colNote, "customer.name": colName, "customer.email": colEmail, "customer.card": colCard, "customer.note": colNote} {
		if strings.HasPrefix(e.ID, prefix) {
			return c
		}
	}
	return ""
}

// name folds the spaces of a name, so that two spellings are one.
func (r *row) name(c Field) string { return strings.Join(strings.Fields(r.cell(c)), " ") }

func (r *row) optional(c Field) *string {
	text := r.filled(c)
	if text == "" {
		return nil
	}
	return &text
}

// barcodes are those of all columns of codes, each once.
func (r *row) barcodes() []string {
	var codes []string
	for _, i := range r.t.at[colBarcode] {
		text := r.text(colBarcode, i)
		if text == "" || isNothing(text) {
			continue
		}
		if r.code(colBarcode, text); lostDigits(text) {
			continue
		}
		for _, part := range parted(r.wholeCode(text), "|,;\n\r\t") {
			for _, b := range parted(r.printedCode(part), " \u00A0\u202F") {
				if b = r.code(colBarcode, b); !isNothing(b) && !slices.Contains(codes, b) {
					codes = append(codes, b)
				}
			}
		}
	}
	return codes
}

// wholeCode undoes what a format for numbers makes of a long code, spaces between
// thousands and decimals behind it, and notes it.
func (r *row) wholeCode(text string) string {
	plain := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(text, ".0"), ",00"), ".00")
	groups := strings.FieldsFunc(plain, func(r rune) bool { return strings.ContainsRune(" \u00A0\u202F", r) })
	for _, g := range groups[min(1, len(groups)):] {
		if len(g) != 3 {
			return text
		}
	}
	if plain = strings.Join(groups, ""); plain == text || len(plain) < 8 || strings.Trim(plain, "0123456789") != "" {
		return text
	}
	r.note(colBarcode, "import.note.code", pos.Args{"Input": clip(text), "Value": plain})
	return plain
}

// printedCode joins a code written as under its bars, 4 607001 111337, or as on a
// book, 978-5-17-118366-0, and notes it: a scanner sends neither space nor dash.
// The check digit tells it from several codes side by side, or the grouping that
// only print has.
func (r *row) printedCode(text string) string {
	groups := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" \u00A0\u202F-‐‑–", c) })
	plain := strings.Join(groups, "")
	if len(groups) < 2 || strings.Trim(plain, "0123456789") != "" || slices.ContainsFunc(groups, isBarcode) {
		return text
	}
	if !isBarcode(plain) && !printedGroups[shape(groups)] {
		return text
	}
	r.note(colBarcode, "import.note.code", pos.Args{"Input": clip(text), "Value": plain})
	return plain
}

// printedGroups are how codes are parted under their bars, by the lengths of the
// groups: EAN-13 and UPC-A.
var printedGroups = map[string]bool{"1 6 6": true, "1 5 5 1": true}

func shape(groups []string) string {
	lengths := make([]string, len(groups))
	for i, g := range groups {
		lengths[i] = strconv.Itoa(len(g))
	}
	return strings.Join(lengths, " ")
}

// parted takes several codes of one cell apart.
func parted(text, at string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(at, r) })
}

// scale is the number on the scale; labels pad it with zeros.
func (r *row) scale() *string {
	text := r.code(colScale, r.filled(colScale))
	text = strings.TrimSuffix(strings.TrimLeft(text, "0"), ".0")
	if text == "" {
		return nil
	}
	return &text
}

// counted reads a stock. The unit beside it is that of the goods where the list
// has no other.
func (r *row) counted(c Field, p *Product) *money.Quantity {
	q, word := r.stock(c)
	if q == nil || word == "" {
		return q
	}
	unit := Unit(word)
	switch {
	case p.Unit == nil:
		p.Unit = &unit
	case *p.Unit != unit:
		r.refuse(c, "import.other-unit", pos.Args{"Input": clip(r.cell(c)), "Unit": *p.Unit})
	}
	return q
}

// variant makes goods of their own of the sizes and colours under one number:
// each gets its number and its name.
func (r *row) variant(p *Product) {
	var parts []string
	for _, i := range r.t.at[colVariant] {
		if v := strings.Join(strings.Fields(r.text(colVariant, i)), " "); v != "" && !isNothing(v) && !slices.Contains(parts, v) {
			parts = append(parts, v)
		}
	}
	if len(parts) == 0 || p.SKU == "" {
		return
	}
	p.SKU += "/" + strings.Join(parts, "/")
	for _, v := range parts {
		if !strings.Contains(pos.Fold(p.Name), pos.Fold(v)) {
			p.Name += ", " + v
		}
	}
	r.note(colVariant, "import.note.variant", pos.Args{"Variant": clip(strings.Join(parts, ", ")), "SKU": clip(p.SKU)})
}
