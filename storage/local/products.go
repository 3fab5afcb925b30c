package local

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// unitSeparator stands between barcodes read in one column; no barcode can
// hold it (pos.CheckBarcode).
const unitSeparator = "\x1f"

const productColumns = `p.id, p.sku, p.name, p.unit, p.price, p.vat, p.category,
	p.cost, p.min_stock, p.article, p.note, p.scale_code, p.image,
	p.weighed, p.ask_price, p.no_earn, p.no_points, p.no_offers, p.archived, s.qty, s.sold,
	(SELECT group_concat(code, char(31)) FROM (SELECT code FROM barcodes WHERE product = p.n ORDER BY place))`

const (
	sqlProduct          = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n WHERE p.id = ?`
	sqlProductBySKU     = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n WHERE p.sku = ?`
	sqlProductByBarcode = `SELECT ` + productColumns + ` FROM barcodes b JOIN products p ON p.n = b.product
		JOIN stock s ON s.product = p.n WHERE b.code = ? AND p.archived = 0`
	sqlListProducts = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n
		WHERE (p.folded, p.id) > (?, ?) ORDER BY p.folded, p.id LIMIT ?`
	sqlEachProduct = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n ORDER BY p.sku`

	sqlProductRow    = `SELECT n, folded, archived, doc, qty, sold FROM products JOIN stock ON product = n WHERE id = ?`
	sqlSKUOwner      = `SELECT id, name FROM products WHERE sku = ?`
	sqlBarcodeOwner  = `SELECT id, name FROM barcodes JOIN products ON n = product WHERE code = ?`
	sqlScaleOwner    = `SELECT id, name FROM products WHERE scale_code = ? AND scale_code <> ''`
	sqlInsertProduct = `INSERT INTO products (id, sku, name, folded, unit, price, vat, category, cost, min_stock, article, note,
		scale_code, image, weighed, ask_price, no_earn, no_points, no_offers, archived, doc)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0) RETURNING n`
	sqlUpdateProduct = `UPDATE products SET sku = ?, name = ?, folded = ?, unit = ?, price = ?, vat = ?, category = ?,
		cost = ?, min_stock = ?, article = ?, note = ?, scale_code = ?, image = ?, weighed = ?, ask_price = ?, no_earn = ?, no_points = ?, no_offers = ?, archived = ? WHERE n = ?`
	sqlPutStock      = `INSERT INTO stock (product, qty, sold) VALUES (?,?,?) ON CONFLICT (product) DO UPDATE SET qty = excluded.qty, sold = excluded.sold`
	sqlPutMove       = `INSERT INTO stock_moves (product, qty, doc, at) VALUES (?,?,?,?)`
	sqlDropBarcodes  = `DELETE FROM barcodes WHERE product = ?`
	sqlBarcodesOf    = `SELECT code FROM barcodes WHERE product = ? ORDER BY place`
	sqlPutBarcode    = `INSERT INTO barcodes (code, product, place) VALUES (?,?,?)`
	sqlCountProducts = `SELECT count(*) FROM stock`
	sqlEachStock     = `SELECT id, moved FROM (SELECT product, sum(qty) AS moved FROM stock_moves GROUP BY product) JOIN products ON n = product`
)

// catalogueDoc names the moves that come from editing a product's stock.
const catalogueDoc = "catalogue"

func productDest(p *pos.Product, codes *sql.NullString) []any {
	return []any{&p.ID, &p.SKU, &p.Name, &p.Unit, &p.Price, &p.VAT, &p.Category,
		&p.Cost, &p.MinStock, &p.Article, &p.Note, &p.ScaleCode, &p.Image,
		&p.Flags.Weighed, &p.Flags.AskPrice, &p.Flags.NoEarn, &p.Flags.NoPoints, &p.Flags.NoOffers, &p.Archived, &p.Stock, &p.Sold, codes}
}

func splitCodes(s sql.NullString) []string {
	if !s.Valid {
		return nil
	}
	return strings.Split(s.String, unitSeparator)
}

func (x *tx) oneProduct(text string, args ...any) (*pos.Product, error) {
	if err := x.flush(); err != nil {
		return nil, err
	}
	p, codes := &pos.Product{}, sql.NullString{}
	ok, err := x.Row(text, args, productDest(p, &codes)...)
	if err := found(ok, err, "product.unknown"); err != nil {
		return nil, err
	}
	p.Barcodes = splitCodes(codes)
	return p, nil
}

func (x *tx) eachProduct(text string, args []any, fn func(*pos.Product) error) error {
	if err := x.flush(); err != nil {
		return err
	}
	return x.Each(text, args, func(r *sql.Rows) error {
		p, codes := &pos.Product{}, sql.NullString{}
		if err := r.Scan(productDest(p, &codes)...); err != nil {
			return err
		}
		p.Barcodes = splitCodes(codes)
		return fn(p)
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

func (x *tx) ProductsByBarcode(code string) ([]pos.Product, error) {
	return x.products(sqlProductByBarcode, code)
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
}

func (x *tx) PutProduct(p *pos.Product) error {
	if err := x.flush(); err != nil {
		return err
	}
	if err := x.productTaken(p); err != nil {
		return err
	}
	var was productRow
	there, err := x.Row(sqlProductRow, []any{string(p.ID)}, &was.n, &was.folded, &was.archived, &was.doc, &was.qty, &was.sold)
	if err != nil {
		return err
	}
	now := productRow{n: was.n, folded: pos.Fold(p.Name), archived: p.Archived, qty: p.Stock, sold: p.Sold}
	values := []any{p.SKU, p.Name, now.folded, p.Unit, int64(p.Price), int64(p.VAT), p.Category,
		int64(p.Cost), int64(p.MinStock), p.Article, p.Note, p.ScaleCode, p.Image,
		bit(p.Flags.Weighed), bit(p.Flags.AskPrice), bit(p.Flags.NoEarn), bit(p.Flags.NoPoints), bit(p.Flags.NoOffers), bit(p.Archived)}
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
	if _, err := x.Exec(sqlPutStock, now.n, int64(now.qty), now.sold); err != nil {
		return err
	}
	if now.qty == was.qty {
		return nil
	}
	_, err := x.Exec(sqlPutMove, now.n, int64(now.qty-was.qty), catalogueDoc, nil)
	return err
}

// pendingStock is what a transaction moves and counts, written at once before
// the commit or before anybody reads a product.
type pendingStock struct {
	moves []stockMove
	order []pos.ProductID // of sums
	sums  map[pos.ProductID]*stockSum
}

type stockMove struct {
	id  pos.ProductID
	qty money.Quantity
	doc string
	at  time.Time
}

type stockSum struct {
	qty, sold int64
	n         int64 // the product's row, once it was looked up
}

func (p *pendingStock) sum(id pos.ProductID) *stockSum {
	s, ok := p.sums[id]
	if !ok {
		if p.sums == nil {
			p.sums = map[pos.ProductID]*stockSum{}
		}
		s = &stockSum{}
		p.sums[id] = s
		p.order = append(p.order, id)
	}
	return s
}

func (x *tx) MoveStock(id pos.ProductID, qty money.Quantity, doc string, at time.Time) error {
	x.stock.sum(id).qty += int64(qty)
	x.stock.moves = append(x.stock.moves, stockMove{id, qty, doc, at})
	return nil
}

func (x *tx) CountSold(id pos.ProductID, times int64) error {
	x.stock.sum(id).sold += times
	return nil
}

var (
	// By the index of ids alone; the order is that of the question, which the
	// answer names.
	shelves = rowsOf(`SELECT column2, n, sold FROM (VALUES `, 2, `) CROSS JOIN products ON id = column1
		CROSS JOIN stock ON product = n`)
	addStock = insertRows(`stock (product, qty, sold)`, 3,
		`ON CONFLICT (product) DO UPDATE SET qty = qty + excluded.qty, sold = sold + excluded.sold`)
	insertMoves = insertRows(`stock_moves (product, qty, doc, at)`, 4, ``)
	insertDue   = insertRows(`rank_due (product)`, 1, `ON CONFLICT DO NOTHING`)
)

var errNoProduct = errors.New("a stock move names no product")

// flush writes the pending stock.
func (x *tx) flush() error {
	p := x.stock
	if len(p.order) == 0 {
		return nil
	}
	x.stock = pendingStock{}
	due, err := x.findShelves(&p)
	if err != nil {
		return err
	}
	err = addStock.insert(x.Tx, len(p.order), func(i int, to []any) []any {
		s := p.sums[p.order[i]]
		return append(to, s.n, s.qty, s.sold)
	})
	if err != nil {
		return err
	}
	err = insertMoves.insert(x.Tx, len(p.moves), func(i int, to []any) []any {
		m := &p.moves[i]
		return append(to, p.sums[m.id].n, int64(m.qty), m.doc, ms(m.at))
	})
	if err != nil {
		return err
	}
	return insertDue.insert(x.Tx, len(due), func(i int, to []any) []any { return append(to, due[i]) })
}

// findShelves learns the row numbers of what is pending, and tells which
// products will have another rank.
func (x *tx) findShelves(p *pendingStock) (due []int64, err error) {
	known := 0
	err = shelves.each(len(p.order), func(i int, to []any) []any {
		return append(to, string(p.order[i]), i)
	}, func(text string, args []any) error {
		return x.Each(text, args, func(r *sql.Rows) error {
			var i int
			var n, sold int64
			if err := r.Scan(&i, &n, &sold); err != nil {
				return err
			}
			s := p.sums[p.order[i]]
			s.n = n
			if rank(sold) != rank(sold+s.sold) {
				due = append(due, n)
			}
			known++
			return nil
		})
	})
	if err == nil && known != len(p.order) {
		err = &pos.Error{Code: pos.CodeNotFound, ID: "product.unknown", Err: errNoProduct}
	}
	return due, err
}

func (x *tx) EachStock(fn func(id pos.ProductID, moved money.Quantity) error) error {
	if err := x.flush(); err != nil {
		return err
	}
	return x.Each(sqlEachStock, nil, func(r *sql.Rows) error {
		var id pos.ProductID
		var moved money.Quantity
		if err := r.Scan(&id, &moved); err != nil {
			return err
		}
		return fn(id, moved)
	})
}
