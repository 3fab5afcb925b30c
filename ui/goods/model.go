// Package goods is the window of the catalogue: find, look at and change
// products, bring lists of products and customers in, and write them out.
package goods

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"kassa/pos"
	"kassa/pos/barcode"
	usual "kassa/pos/country"
	"kassa/pos/money"
	"kassa/ui"
)

// Sizes of what is held at a time. A catalogue of a million goods is paged
// through; whoever wants something far down types a part of its name.
const (
	pageSize  = 200
	mostRows  = 20_000
	mostFound = 200
	// nearEnd is how many rows before the last one the next page is asked for.
	nearEnd = 60
)

// shelf is what the list shows: either pages of the catalogue by name, or what
// was found.
type shelf struct {
	query    string
	meant    string // what the query was taken for, see pos.Found
	rows     []pos.Product
	more     bool          // there may be a further page
	pictured bool          // some of the rows have a picture
	kept     bool          // the shop counts its stock
	scanned  pos.ProductID // what the scanned query names
}

// load reads the first rows for a query; an empty one shows the catalogue.
func load(ctx context.Context, env *ui.Env, a pos.Actor, query string) (shelf, error) {
	s := shelf{query: query}
	var err error
	if query == "" {
		s.rows, err = env.Till.Products(ctx, a, "", "", pageSize)
		s.more = len(s.rows) == pageSize
	} else {
		var found pos.Found[pos.Product]
		found, err = env.Till.FindProducts(ctx, query, mostFound)
		s.rows, s.meant = found.List, found.Meant
	}
	s.look(s.rows)
	return s, err
}

// look finds out whether there are pictures among further rows.
func (s *shelf) look(rows []pos.Product) {
	s.pictured = s.pictured || slices.ContainsFunc(rows, func(p pos.Product) bool { return p.Image != "" })
}

// next reads the page after the last row.
func (s shelf) next(ctx context.Context, env *ui.Env, a pos.Actor) ([]pos.Product, error) {
	last := &s.rows[len(s.rows)-1]
	return env.Till.Products(ctx, a, last.Name, last.ID, pageSize)
}

// add puts a further page under the rows.
func (s *shelf) add(page []pos.Product) {
	s.rows = append(s.rows, page...)
	s.look(page)
	s.more = len(page) == pageSize && len(s.rows) < mostRows
}

// cut tells that the list ends before the catalogue does.
func (s *shelf) cut() bool {
	return (s.query == "" && len(s.rows) >= mostRows) || (s.query != "" && len(s.rows) == mostFound)
}

// loadScan is load for a scanned code, which may name one product in any form.
func loadScan(ctx context.Context, env *ui.Env, a pos.Actor, code string) (shelf, error) {
	s, err := load(ctx, env, a, code)
	if p, unknown := env.Till.GoodsOf(ctx, code); unknown == nil {
		s.scanned = p.ID
	}
	return s, err
}

// exact is the row of the product the scanned code belongs to, -1 for none.
func (s *shelf) exact() int {
	return slices.IndexFunc(s.rows, func(p pos.Product) bool { return p.ID == s.scanned })
}

// draft is a product as the card holds it: what was typed, not yet read.
type draft struct {
	id                                                pos.ProductID
	name, sku, barcodes, unit, price, category, stock string
	cost, least, article, note, scale                 string
	image                                             string
	vat                                               money.Percent
	flags                                             pos.ProductFlags
	archived                                          bool
}

// newDraft fills the card. A nil product begins a new one.
func newDraft(env *ui.Env, p *pos.Product) draft {
	if p == nil {
		return draft{unit: env.T("goods.unit.piece", nil), stock: "0", vat: pos.NoVAT}
	}
	m := env.Words.Money()
	return draft{id: p.ID, name: p.Name, sku: p.SKU, barcodes: strings.Join(p.Barcodes, "\n"), unit: p.Unit,
		price: m.Bare(p.Price), category: p.Category, stock: m.Quantity(p.Stock), vat: p.VAT, flags: p.Flags, archived: p.Archived,
		cost: known(p.Cost != 0, m.Bare(p.Cost)), least: known(p.MinStock != 0, m.Quantity(p.MinStock)),
		article: p.Article, note: p.Note, scale: p.ScaleCode, image: p.Image}
}

// begin takes what was looked for in vain over into a new product: a barcode, or
// the name.
func (d *draft) begin(sought string) {
	code := barcode.Kept(sought)
	if pos.CheckBarcode(code) == nil && len(code) >= leastBarcode && !strings.ContainsFunc(code, unicode.IsLetter) {
		d.barcodes = code
		return
	}
	d.name = sought
}

// leastBarcode is how long the shortest barcode on goods is (EAN-8, UPC-E).
const leastBarcode = 8

// known is a figure as a field shows it: nothing for one nobody told.
func known(told bool, text string) string {
	if !told {
		return ""
	}
	return text
}

// The fields of the card that can be refused.
const (
	fieldName    = "name"
	fieldSKU     = "sku"
	fieldBarcode = "barcodes"
	fieldUnit    = "unit"
	fieldPrice   = "price"
	fieldStock   = "stock"
	fieldCost    = "cost"
	fieldLeast   = "least"
	fieldArticle = "article"
	fieldNote    = "note"
	fieldScale   = "scale"
)

// read makes a product of what was typed, or tells the first thing wrong with it
// in the order of the fields, with the field it is about.
func (d *draft) read() (p pos.Product, field string, err error) {
	p = pos.Product{ID: d.id, Name: d.name, SKU: d.sku, Unit: d.unit, Category: d.category, VAT: d.vat,
		Flags: d.flags, Archived: d.archived, Barcodes: strings.Fields(d.barcodes),
		Article: strings.TrimSpace(d.article), Note: strings.TrimSpace(d.note), ScaleCode: strings.TrimLeft(strings.TrimSpace(d.scale), "0"), Image: d.image}
	told := p
	if d.id == "" && strings.TrimSpace(d.sku) == "" {
		told.SKU = "1" // the till gives a number when it stores the product
	}
	if err := told.Check(); err != nil {
		return p, fieldOf(err), err
	}
	if !d.flags.AskPrice && strings.TrimSpace(d.price) == "" {
		return p, fieldPrice, pos.E(pos.CodeInvalid, "product.price-empty", nil)
	}
	if strings.TrimSpace(d.price) != "" {
		if p.Price, err = money.ParseAmount(d.price); err != nil {
			return p, fieldPrice, pos.Wrap(pos.CodeInvalid, "", err)
		}
	}
	if p.Stock, err = parseStock(d.stock); err != nil {
		return p, fieldStock, pos.Wrap(pos.CodeInvalid, "", err)
	}
	if strings.TrimSpace(d.cost) != "" {
		if p.Cost, err = money.ParseAmount(d.cost); err != nil {
			return p, fieldCost, pos.Wrap(pos.CodeInvalid, "", err)
		}
	}
	if p.MinStock, err = parseStock(d.least); err != nil {
		return p, fieldLeast, pos.Wrap(pos.CodeInvalid, "", err)
	}
	return p, "", nil
}

// fieldOf finds the field a refusal is about.
func fieldOf(err error) string {
	id := ""
	if e, ok := errors.AsType[*pos.Error](err); ok {
		id = e.ID
	}
	switch {
	case strings.HasPrefix(id, "product.name"):
		return fieldName
	case strings.HasPrefix(id, "product.sku"):
		return fieldSKU
	case strings.HasPrefix(id, "barcode."), strings.HasPrefix(id, "product.barcode"):
		return fieldBarcode
	case strings.HasPrefix(id, "product.unit"):
		return fieldUnit
	case strings.HasPrefix(id, "product.price"):
		return fieldPrice
	case id == "product.stock":
		return fieldStock
	case id == "product.cost":
		return fieldCost
	case id == "product.min-stock":
		return fieldLeast
	case id == "product.article-long":
		return fieldArticle
	case id == "product.note-long":
		return fieldNote
	case strings.HasPrefix(id, "product.scale-code"):
		return fieldScale
	}
	return ""
}

// parseStock reads a stock: unlike a sold quantity it may be nothing, or below.
func parseStock(text string) (money.Quantity, error) {
	rest, negative := strings.CutPrefix(strings.Replace(strings.TrimSpace(text), "\u2212", "-", 1), "-")
	if rest == "" && !negative {
		return 0, nil
	}
	q, err := money.ParseQuantity(rest)
	if e, ok := errors.AsType[*money.ParseError](err); ok && e.Reason == money.ReasonNegative && !strings.ContainsAny(rest, "-\u2212") {
		return 0, nil // nothing at all
	}
	if negative {
		q = -q
	}
	return q, err
}

// rates are the VAT rates to choose from in a country, the product's own among them.
func rates(country string, now money.Percent) []money.Percent {
	list := usual.VATRates(country)
	if !slices.Contains(list, now) {
		list = append(list, now)
	}
	return list
}

// rateName is what a rate is called.
func rateName(env *ui.Env, r money.Percent) string {
	if r == pos.NoVAT {
		return env.T("goods.vat.none", nil)
	}
	return env.Words.Money().Percent(r)
}
