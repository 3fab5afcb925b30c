package local

import (
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/till/store"
)

// How whole lists are brought in, many rows in one statement.
const (
	// The parameters are JSON arrays.
	sqlProductsBySKUs = `SELECT ` + productColumns + ` FROM json_each(?) j CROSS JOIN products p ON p.sku = j.value
		CROSS JOIN stock s ON s.product = p.n`
	sqlBarcodeHolders = `SELECT b.code, p.id, p.name FROM json_each(?) j CROSS JOIN barcodes b ON b.code = j.value
		CROSS JOIN products p ON p.n = b.product`
	sqlScaleHolders = `SELECT p.scale_code, p.id, p.name FROM json_each(?) j CROSS JOIN products p ON p.scale_code = j.value AND p.scale_code <> ''`
	sqlLastProduct  = `SELECT coalesce(max(n), 0) FROM products`
)

var (
	bulkProducts = insertRows(`products (n, id, sku, name, folded, unit, price, vat, category, cost, min_stock, article, note,
		scale_code, image, weighed, ask_price, no_earn, no_points, no_offers, archived, doc, seal)`, 23, ``)
	bulkStock     = insertRows(`stock (product, qty, sold, last)`, 4, ``)
	bulkBarcodes  = insertRows(`barcodes (code, product, place)`, 3, ``)
	bulkFragments = insertRows(`product_fragments (rowid, folded)`, 2, ``)
	bulkWords     = insertRows(`product_words (rowid, folded)`, 2, ``)
)

func (x *tx) ProductsBySKUs(skus []string) (map[string]*pos.Product, error) {
	list, err := json.Marshal(skus)
	if err != nil {
		return nil, err
	}
	found := map[string]*pos.Product{}
	err = x.eachProduct(sqlProductsBySKUs, []any{string(list)}, func(p *pos.Product) error {
		found[p.SKU] = p
		return nil
	})
	return found, err
}

func (x *tx) BarcodeHolders(codes []string) (map[string]store.BarcodeHolder, error) {
	return x.holders(sqlBarcodeHolders, codes)
}

func (x *tx) ScaleHolders(codes []string) (map[string]store.BarcodeHolder, error) {
	return x.holders(sqlScaleHolders, codes)
}

func (x *tx) holders(query string, codes []string) (map[string]store.BarcodeHolder, error) {
	list, err := json.Marshal(codes)
	if err != nil {
		return nil, err
	}
	found := map[string]store.BarcodeHolder{}
	err = x.Each(query, []any{string(list)}, func(r *sql.Rows) error {
		var code string
		var h store.BarcodeHolder
		err := r.Scan(&code, &h.ID, &h.Name)
		found[code] = h
		return err
	})
	return found, err
}

// productMarks are the seals of new goods.
func (x *tx) productMarks(list []*pos.Product) (marks [][]byte, err error) {
	marks = make([][]byte, len(list))
	for i, p := range list {
		if marks[i], err = x.reseal(nil, pos.SealProduct, string(p.ID), productSealed(p)...); err != nil {
			return nil, err
		}
	}
	return marks, nil
}

func (x *tx) lastProduct() (n int64, err error) {
	if err := x.flush(); err != nil {
		return 0, err
	}
	_, err = x.Row(sqlLastProduct, nil, &n)
	return n, err
}

// AddProducts gives each its row number and its place in the search beforehand,
// so that every table is filled once, several rows at a time and in the order
// of its keys.
func (x *tx) AddProducts(list []*pos.Product, doc string, at time.Time) error {
	last, err := x.lastProduct()
	if err != nil || len(list) == 0 {
		return err
	}
	number := func(i int) int64 { return last + int64(i) + 1 }
	folded := make([]string, len(list))
	marks, err := x.productMarks(list)
	if err != nil {
		return err
	}
	type code struct {
		code  string
		n     int64
		place int
	}
	var codes []code
	var moves []linkedMove
	movesOf := map[int64]int64{} // the movement of a row
	for i, p := range list {
		folded[i] = pos.Fold(p.Name)
		for place, c := range p.Barcodes {
			codes = append(codes, code{c, number(i), place})
		}
		if p.Stock != 0 {
			moves = append(moves, linkedMove{product: number(i), qty: p.Stock, doc: doc, at: at})
		}
	}
	slices.SortFunc(codes, func(a, b code) int { return strings.Compare(a.code, b.code) })
	search := func(i int, to []any) []any { return append(to, docOf(number(i), 0), folded[i]) }
	for _, step := range []struct {
		into rows
		n    int
		args func(i int, to []any) []any
	}{
		{bulkProducts, len(list), func(i int, to []any) []any {
			p := list[i]
			return append(to, number(i), string(p.ID), p.SKU, p.Name, folded[i], p.Unit, int64(p.Price), int64(p.VAT), p.Category,
				int64(p.Cost), int64(p.MinStock), p.Article, p.Note, p.ScaleCode, p.Image,
				bit(p.Flags.Weighed), bit(p.Flags.AskPrice), bit(p.Flags.NoEarn), bit(p.Flags.NoPoints), bit(p.Flags.NoOffers), bit(p.Archived), docOf(number(i), 0), marks[i])
		}},
		{bulkBarcodes, len(codes), func(i int, to []any) []any { return append(to, codes[i].code, codes[i].n, codes[i].place) }},
		{bulkFragments, len(list), search},
		{bulkWords, len(list), search},
	} {
		if err := step.into.insert(x.Tx, step.n, step.args); err != nil {
			return err
		}
	}
	if err := x.learn(&goodsWords, folded...); err != nil {
		return err
	}
	if err := x.putMoves(moves, func(m *linkedMove) { movesOf[m.product] = m.n }); err != nil {
		return err
	}
	return bulkStock.insert(x.Tx, len(list), func(i int, to []any) []any {
		return append(to, number(i), int64(list[i].Stock), 0, movesOf[number(i)])
	})
}
