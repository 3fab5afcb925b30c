package local

import (
	"database/sql"
	"encoding/json"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
)

// unitSeparator stands between barcodes read in one column; no barcode can
// hold it (pos.CheckBarcode).
const unitSeparator = "\x1f"

const productColumns = `p.id, p.sku, p.name, p.unit, p.price, p.vat, p.category,
	p.cost, p.min_stock, p.article, p.note, p.scale_code, p.image,
	p.weighed, p.ask_price, p.no_earn, p.no_points, p.no_offers, p.archived, s.qty, s.sold,
	(SELECT group_concat(code, char(31)) FROM (SELECT code FROM barcodes WHERE product = p.n ORDER BY place)), p.n, s.last, p.seal`

const (
	sqlProduct          = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n WHERE p.id = ?`
	sqlProductBySKU     = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n WHERE p.sku = ?`
	sqlProductByBarcode = `SELECT ` + productColumns + ` FROM barcodes b JOIN products p ON p.n = b.product
		JOIN stock s ON s.product = p.n WHERE b.code = ? AND p.archived = 0`
	// The parameters are the same JSON array.
	sqlProductsByCodes = `SELECT ` + productColumns + ` FROM (
		SELECT b.product AS n FROM json_each(?) j CROSS JOIN barcodes b ON b.code = j.value
		UNION SELECT q.n FROM json_each(?) j CROSS JOIN products q ON q.sku = j.value) f
		CROSS JOIN products p ON p.n = f.n CROSS JOIN stock s ON s.product = p.n WHERE p.archived = 0`
	// The parameters are the same JSON array, four times.
	sqlProductsAnyCase = `SELECT ` + productColumns + ` FROM (
		SELECT b.product AS n FROM json_each(?) j CROSS JOIN barcodes b ON b.code = j.value
		UNION SELECT q.n FROM json_each(?) j CROSS JOIN products q ON q.sku = j.value
		UNION SELECT b.product FROM json_each(?) j CROSS JOIN barcodes b
			ON b.code = j.value COLLATE NOCASE AND b.code GLOB '*[A-Za-z]*'
		UNION SELECT q.n FROM json_each(?) j CROSS JOIN products q
			ON q.sku = j.value COLLATE NOCASE AND q.sku GLOB '*[A-Za-z]*') f
		CROSS JOIN products p ON p.n = f.n CROSS JOIN stock s ON s.product = p.n WHERE p.archived = 0`
	sqlListProducts = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n
		WHERE (p.folded, p.id) > (?, ?) ORDER BY p.folded, p.id LIMIT ?`
	sqlEachProduct = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n ORDER BY p.sku`

	sqlProductRow    = `SELECT n, folded, archived, doc, qty, sold, last FROM products JOIN stock ON product = n WHERE id = ?`
	sqlSKUOwner      = `SELECT id, name FROM products WHERE sku = ?`
	sqlBarcodeOwner  = `SELECT id, name FROM barcodes JOIN products ON n = product WHERE code = ?`
	sqlScaleOwner    = `SELECT id, name FROM products WHERE scale_code = ? AND scale_code <> ''`
	sqlInsertProduct = `INSERT INTO products (id, sku, name, folded, unit, price, vat, category, cost, min_stock, article, note,
		scale_code, image, weighed, ask_price, no_earn, no_points, no_offers, archived, seal, doc)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0) RETURNING n`
	sqlUpdateProduct = `UPDATE products SET sku = ?, name = ?, folded = ?, unit = ?, price = ?, vat = ?, category = ?,
		cost = ?, min_stock = ?, article = ?, note = ?, scale_code = ?, image = ?, weighed = ?, ask_price = ?, no_earn = ?, no_points = ?, no_offers = ?, archived = ?,
		seal = ? WHERE n = ?`
	sqlPutStock = `INSERT INTO stock (product, qty, sold, last) VALUES (?,?,?,?)
		ON CONFLICT (product) DO UPDATE SET qty = excluded.qty, sold = excluded.sold, last = excluded.last`
	sqlDropBarcodes  = `DELETE FROM barcodes WHERE product = ?`
	sqlBarcodesOf    = `SELECT code FROM barcodes WHERE product = ? ORDER BY place`
	sqlPutBarcode    = `INSERT INTO barcodes (code, product, place) VALUES (?,?,?)`
	sqlCountProducts = `SELECT count(*) FROM stock`
)

// catalogueDoc names the moves that come from editing a product's stock.
const catalogueDoc = "catalogue"

// productScan reads a product with its barcodes and its place on the shelf.
type productScan struct {
	p     pos.Product
	codes sql.NullString
	shelf shelfRow
	mark  []byte
}

func (s *productScan) dest() []any {
	p := &s.p
	return []any{&p.ID, &p.SKU, &p.Name, &p.Unit, &p.Price, &p.VAT, &p.Category,
		&p.Cost, &p.MinStock, &p.Article, &p.Note, &p.ScaleCode, &p.Image,
		&p.Flags.Weighed, &p.Flags.AskPrice, &p.Flags.NoEarn, &p.Flags.NoPoints, &p.Flags.NoOffers, &p.Archived, &p.Stock, &p.Sold,
		&s.codes, &s.shelf.n, &s.shelf.last, &s.mark}
}

func (s *productScan) product(x *tx) *pos.Product {
	if s.codes.Valid {
		s.p.Barcodes = strings.Split(s.codes.String, unitSeparator)
	}
	s.p.Seal = x.read(s.mark, pos.SealProduct, string(s.p.ID), productSealed(&s.p)...)
	return &s.p
}

// productSealed is what the seal of goods covers: which codes name them, what
// they cost, and what is taken off or given for them.
func productSealed(p *pos.Product) []any {
	var codes any // nothing is told from one empty code
	if len(p.Barcodes) > 0 {
		codes = strings.Join(p.Barcodes, unitSeparator)
	}
	return []any{p.SKU, p.Name, p.Unit, int64(p.Price), int64(p.VAT), p.Category, int64(p.Cost), p.ScaleCode,
		flagBits(p.Flags), bit(p.Archived), codes}
}

func (x *tx) oneProduct(text string, args ...any) (*pos.Product, error) {
	if err := x.flush(); err != nil {
		return nil, err
	}
	s := &productScan{}
	ok, err := x.Row(text, args, s.dest()...)
	if err := found(ok, err, "product.unknown"); err != nil {
		return nil, err
	}
	x.kept.shelves.put(s.p.ID, s.shelf)
	return s.product(x), nil
}

func (x *tx) eachProduct(text string, args []any, fn func(*pos.Product) error) error {
	if err := x.flush(); err != nil {
		return err
	}
	return x.Each(text, args, func(r *sql.Rows) error {
		s := &productScan{}
		if err := r.Scan(s.dest()...); err != nil {
			return err
		}
		return fn(s.product(x))
	})
}

func (x *tx) products(text string, args ...any) ([]pos.Product, error) {
	var out []pos.Product
	err := x.eachProduct(text, args, func(p *pos.Product) error {
		out = append(out, *p)
		return nil
	})
	return out, err
}

func (x *tx) Product(id pos.ProductID) (*pos.Product, error) {
	return x.oneProduct(sqlProduct, string(id))
}

func (x *tx) ProductBySKU(sku string) (*pos.Product, error) {
	return x.oneProduct(sqlProductBySKU, sku)
}

// ProductsByBarcode is what a scan asks: where its product stands on the shelf is
// kept for the sale that follows.
func (x *tx) ProductsByBarcode(code string) (out []pos.Product, err error) {
	if err := x.flush(); err != nil {
		return nil, err
	}
	err = x.Each(sqlProductByBarcode, []any{code}, func(r *sql.Rows) error {
		s := &productScan{}
		if err := r.Scan(s.dest()...); err != nil {
			return err
		}
		x.kept.shelves.put(s.p.ID, s.shelf)
		out = append(out, *s.product(x))
		return nil
	})
	return out, err
}

func (x *tx) ProductsByCodes(codes []string) ([]pos.Product, error) {
	list, err := json.Marshal(codes)
	if err != nil || len(codes) == 0 {
		return nil, err
	}
	return x.products(sqlProductsByCodes, string(list), string(list))
}

func (x *tx) ProductsAnyCase(codes []string) ([]pos.Product, error) {
	list, err := json.Marshal(codes)
	if err != nil || len(codes) == 0 {
		return nil, err
	}
	l := string(list)
	return x.products(sqlProductsAnyCase, l, l, l, l)
}

func (x *tx) ListProducts(afterName string, afterID pos.ProductID, limit int) ([]pos.Product, error) {
	return x.products(sqlListProducts, pos.Fold(afterName), string(afterID), limit)
}

func (x *tx) EachProduct(fn func(*pos.Product) error) error {
	return x.eachProduct(sqlEachProduct, nil, fn)
}

func (x *tx) ProductCount() (n int64, err error) {
	_, err = x.Row(sqlCountProducts, nil, &n)
	return n, err
}

// productRow is what a product is replaced from.
type productRow struct {
	n        int64
	folded   string
	archived bool
	doc      int64
	qty      money.Quantity
	sold     int64
	last     int64 // its last movement
}

func (x *tx) PutProduct(p *pos.Product) error {
	if err := x.flush(); err != nil {
		return err
	}
	x.kept.shelves.drop(p.ID)
	if err := x.productTaken(p); err != nil {
		return err
	}
	var was productRow
	there, err := x.Row(sqlProductRow, []any{string(p.ID)}, &was.n, &was.folded, &was.archived, &was.doc, &was.qty, &was.sold, &was.last)
	if err != nil {
		return err
	}
	mark, err := x.standing(pos.SealProduct, string(p.ID))
	if err != nil {
		return err
	}
	mark, err = x.reseal(mark, pos.SealProduct, string(p.ID), productSealed(p)...)
	if err != nil {
		return err
	}
	now := productRow{n: was.n, folded: pos.Fold(p.Name), archived: p.Archived, qty: p.Stock, sold: p.Sold}
	values := []any{p.SKU, p.Name, now.folded, p.Unit, int64(p.Price), int64(p.VAT), p.Category,
		int64(p.Cost), int64(p.MinStock), p.Article, p.Note, p.ScaleCode, p.Image,
		bit(p.Flags.Weighed), bit(p.Flags.AskPrice), bit(p.Flags.NoEarn), bit(p.Flags.NoPoints), bit(p.Flags.NoOffers), bit(p.Archived), mark}
	if there {
		_, err = x.Exec(sqlUpdateProduct, append(values, was.n)...)
	} else {
		_, err = x.ExecRow(sqlInsertProduct, append([]any{string(p.ID)}, values...), &now.n)
	}
	if err != nil {
		return err
	}
	if err := x.putBarcodes(now.n, p.Barcodes, there); err != nil {
		return err
	}
	if err := x.putStock(&was, &now, there); err != nil {
		return err
	}
	return x.index(&was, &now)
}

// productTaken tells whose the SKU or a barcode is when it is another's.
func (x *tx) productTaken(p *pos.Product) error {
	var id pos.ProductID
	var name string
	ok, err := x.Row(sqlSKUOwner, []any{p.SKU}, &id, &name)
	if err != nil {
		return err
	}
	if ok && id != p.ID {
		return pos.E(pos.CodeConflict, "product.sku-taken", pos.Args{"SKU": p.SKU, "Name": name})
	}
	if p.ScaleCode != "" {
		ok, err := x.Row(sqlScaleOwner, []any{p.ScaleCode}, &id, &name)
		if err != nil {
			return err
		}
		if ok && id != p.ID {
			return pos.E(pos.CodeConflict, "product.scale-code-taken", pos.Args{"Code": p.ScaleCode, "Name": name})
		}
	}
	for _, code := range p.Barcodes {
		ok, err := x.Row(sqlBarcodeOwner, []any{code}, &id, &name)
		if err != nil {
			return err
		}
		if ok && id != p.ID {
			return pos.E(pos.CodeConflict, "product.barcode-taken", pos.Args{"Barcode": code, "Name": name})
		}
	}
	return nil
}

func (x *tx) putBarcodes(n int64, codes []string, there bool) error {
	if there {
		same, err := x.sameBarcodes(n, codes)
		if same || err != nil {
			return err
		}
		if _, err := x.Exec(sqlDropBarcodes, n); err != nil {
			return err
		}
	}
	for i, code := range codes {
		if _, err := x.Exec(sqlPutBarcode, code, n, i); err != nil {
			return err
		}
	}
	return nil
}

func (x *tx) sameBarcodes(n int64, codes []string) (bool, error) {
	same, i := true, 0
	err := x.Each(sqlBarcodesOf, []any{n}, func(r *sql.Rows) error {
		var code string
		if err := r.Scan(&code); err != nil {
			return err
		}
		same = same && i < len(codes) && codes[i] == code
		i++
		return nil
	})
	return same && i == len(codes), err
}

// putStock keeps the shelf equal to the sum of its moves: an edited stock
// leaves a move of its own.
func (x *tx) putStock(was, now *productRow, there bool) error {
	if there && was.qty == now.qty && was.sold == now.sold {
		return nil
	}
	now.last = was.last
	if now.qty != was.qty {
		m := linkedMove{product: now.n, qty: now.qty - was.qty, doc: catalogueDoc, prev: was.last}
		if err := x.putMoves([]linkedMove{m}, func(m *linkedMove) { now.last = m.n }); err != nil {
			return err
		}
	}
	_, err := x.Exec(sqlPutStock, now.n, int64(now.qty), now.sold, now.last)
	return err
}
