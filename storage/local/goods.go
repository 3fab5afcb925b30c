package local

import (
	"database/sql"

	"kassa/pos"
)

// How the shelf is read by category, rank and stock, and how the history of prices,
// the categories and the tiles are kept.
const (
	sqlProductByScale = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n
		WHERE p.scale_code = ? AND p.scale_code <> '' AND p.archived = 0`
	// The indexes of the search hold ranks: most sold first is their own order.
	sqlMostSold = `SELECT ` + productColumns + ` FROM (SELECT d.rowid & 4294967295 AS n FROM
		(SELECT rowid FROM product_words ORDER BY rowid LIMIT ?) AS d CROSS JOIN stock t ON t.product = d.rowid & 4294967295
		WHERE t.sold > 0 ORDER BY t.sold DESC, d.rowid LIMIT ?) AS m
		CROSS JOIN products p ON p.n = m.n CROSS JOIN stock s ON s.product = p.n ORDER BY s.sold DESC, p.folded`
	sqlProductsIn = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n
		WHERE p.category = ? AND p.category <> '' AND (p.folded, p.id) > (?, ?) AND p.archived = 0 ORDER BY p.folded, p.id LIMIT ?`
	sqlLowStock = `SELECT ` + productColumns + ` FROM products p CROSS JOIN stock s ON s.product = p.n
		WHERE p.min_stock > 0 AND p.archived = 0 AND s.qty < p.min_stock ORDER BY s.qty - p.min_stock, p.folded LIMIT ?`
	sqlImageUsed = `SELECT 1 FROM products WHERE image = ? AND image <> '' LIMIT 1`

	priceColumns       = `product, what, was, now, doc, employee, at`
	sqlPutPriceChange  = `INSERT INTO price_history (` + priceColumns + `) VALUES (?,?,?,?,?,?,?)`
	sqlPriceHistory    = `SELECT ` + priceColumns + ` FROM price_history WHERE product = ? ORDER BY n DESC LIMIT ?`
	sqlEachPriceChange = `SELECT ` + priceColumns + ` FROM price_history ORDER BY n`

	sqlCategories    = `SELECT id, name, parent, colour, place, archived FROM categories ORDER BY place, name`
	sqlCategorySizes = `SELECT category, count(*) FROM products WHERE category <> '' AND archived = 0 GROUP BY category`
	sqlPutCategory   = `INSERT INTO categories (id, name, parent, colour, place, archived) VALUES (?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, parent = excluded.parent, colour = excluded.colour,
		place = excluded.place, archived = excluded.archived`
	sqlDropCategory = `DELETE FROM categories WHERE id = ?`
	sqlGoodsNamed   = `SELECT ` + productColumns + ` FROM products p JOIN stock s ON s.product = p.n WHERE p.category = ? AND p.category <> ''`
	sqlRenameGoods  = `UPDATE products SET category = ?, seal = ? WHERE id = ?`

	sqlTiles     = `SELECT page, place, product, category, colour FROM tiles ORDER BY page, place`
	sqlDropTiles = `DELETE FROM tiles`
	sqlPutTile   = `INSERT INTO tiles (page, place, product, category, colour) VALUES (?,?,?,?,?)`
)

// mostSoldDepth is how far the search's own order is read for the most sold:
// within it the order is exact, beyond it as of the last Rank.
const mostSoldDepth = 2000

func (x *tx) ProductByScaleCode(code string) (*pos.Product, error) {
	return x.oneProduct(sqlProductByScale, code)
}

func (x *tx) MostSold(limit int) ([]pos.Product, error) {
	return x.products(sqlMostSold, max(mostSoldDepth, limit), limit)
}

func (x *tx) ProductsOf(category, afterName string, afterID pos.ProductID, limit int) ([]pos.Product, error) {
	return x.products(sqlProductsIn, category, pos.Fold(afterName), string(afterID), limit)
}

func (x *tx) LowStock(limit int) ([]pos.Product, error) { return x.products(sqlLowStock, limit) }

func (x *tx) ImageUsed(name string) (bool, error) {
	var one int64
	return x.Row(sqlImageUsed, []any{name}, &one)
}

func priceDest(c *pos.PriceChange) []any {
	return []any{&c.Product, &c.What, &c.From, &c.To, &c.Doc, &c.Employee, at(&c.At)}
}

func (x *tx) PutPriceChange(c *pos.PriceChange) error {
	_, err := x.Exec(sqlPutPriceChange, string(c.Product), string(c.What), int64(c.From), int64(c.To), c.Doc, string(c.Employee), ms(c.At))
	return err
}

func (x *tx) eachPrice(text string, args []any, fn func(*pos.PriceChange) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		c := &pos.PriceChange{}
		if err := r.Scan(priceDest(c)...); err != nil {
			return err
		}
		return fn(c)
	})
}

func (x *tx) PriceHistory(id pos.ProductID, limit int) (out []pos.PriceChange, err error) {
	err = x.eachPrice(sqlPriceHistory, []any{string(id), limit}, func(c *pos.PriceChange) error {
		out = append(out, *c)
		return nil
	})
	return out, err
}

func (x *tx) EachPriceChange(fn func(*pos.PriceChange) error) error {
	return x.eachPrice(sqlEachPriceChange, nil, fn)
}

func (x *tx) Categories() (out []pos.Category, err error) {
	err = x.Each(sqlCategories, nil, func(r *sql.Rows) error {
		var c pos.Category
		err := r.Scan(&c.ID, &c.Name, &c.Parent, &c.Colour, &c.Place, &c.Archived)
		out = append(out, c)
		return err
	})
	return out, err
}

func (x *tx) CategorySizes() (map[string]int64, error) {
	sizes := map[string]int64{}
	err := x.Each(sqlCategorySizes, nil, func(r *sql.Rows) error {
		var name string
		var n int64
		err := r.Scan(&name, &n)
		sizes[name] = n
		return err
	})
	return sizes, err
}

func (x *tx) PutCategory(c *pos.Category) error {
	_, err := x.Exec(sqlPutCategory, string(c.ID), c.Name, string(c.Parent), c.Colour, c.Place, bit(c.Archived))
	if pos.CodeOf(err) == pos.CodeConflict {
		return &pos.Error{Code: pos.CodeConflict, ID: "category.taken", Args: pos.Args{"Name": c.Name}, Err: err}
	}
	return err
}

func (x *tx) DeleteCategory(id pos.CategoryID) error {
	_, err := x.Exec(sqlDropCategory, string(id))
	return err
}

func (x *tx) RenameGoods(from, to string) (int64, error) {
	type renamed struct {
		id   pos.ProductID
		mark []byte
	}
	var all []renamed
	err := x.Each(sqlGoodsNamed, []any{from}, func(r *sql.Rows) error {
		s := &productScan{}
		if err := r.Scan(s.dest()...); err != nil {
			return err
		}
		p := s.product(x)
		if p.Category = to; p.Seal != pos.SealWhole {
			all = append(all, renamed{p.ID, s.mark}) // a broken seal stays one
			return nil
		}
		mark, err := x.reseal(s.mark, pos.SealProduct, string(p.ID), productSealed(p)...)
		all = append(all, renamed{p.ID, mark})
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, p := range all {
		if _, err := x.Exec(sqlRenameGoods, to, p.mark, string(p.id)); err != nil {
			return 0, err
		}
	}
	return int64(len(all)), nil
}

func (x *tx) Tiles() (out []pos.Tile, err error) {
	err = x.Each(sqlTiles, nil, func(r *sql.Rows) error {
		var t pos.Tile
		err := r.Scan(&t.Page, &t.Place, &t.Product, &t.Category, &t.Colour)
		out = append(out, t)
		return err
	})
	return out, err
}

func (x *tx) ReplaceTiles(all []pos.Tile) error {
	if _, err := x.Exec(sqlDropTiles); err != nil {
		return err
	}
	for _, t := range all {
		if _, err := x.Exec(sqlPutTile, t.Page, t.Place, string(t.Product), string(t.Category), t.Colour); err != nil {
			return err
		}
	}
	return nil
}
