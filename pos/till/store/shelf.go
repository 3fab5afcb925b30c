package store

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Products is the catalogue.
type Products interface {
	Product(id pos.ProductID) (*pos.Product, error)
	ProductBySKU(sku string) (*pos.Product, error)
	// ProductsByBarcode matches the whole code exactly; archived ones are left out.
	ProductsByBarcode(code string) ([]pos.Product, error)
	// ProductsByCodes lists the goods that have one of the texts for a barcode or
	// for their SKU, each once; archived ones are left out.
	ProductsByCodes(codes []string) ([]pos.Product, error)
	// ProductsAnyCase is ProductsByCodes where Latin letters may differ in case.
	ProductsAnyCase(codes []string) ([]pos.Product, error)
	// SearchProducts finds by fragment (three runes or more) or word beginning,
	// most sold first, archived ones left out. Barcodes and SKU are searched too
	// when the text is digits, and supplier's numbers that begin with the text when
	// it is digits or no name has it.
	SearchProducts(text string, limit int) ([]pos.Product, error)
	// GuessProducts finds what the text may have been meant for: typed under another
	// layout, with one slip a word, in letters of a neighbour's alphabet. meant is how
	// it was read. It is asked where nothing has the text as typed.
	GuessProducts(text string, limit int) (found []pos.Product, meant string, err error)
	// ListProducts pages through the catalogue by name, after the given name and id.
	ListProducts(afterName string, afterID pos.ProductID, limit int) ([]pos.Product, error)
	// PutProduct inserts or replaces, barcodes and search index included.
	// CodeConflict when the SKU or a barcode belongs to another product.
	PutProduct(p *pos.Product) error
	// MoveStock adds qty to the stock and leaves a row that names the document.
	MoveStock(id pos.ProductID, qty money.Quantity, doc string, at time.Time) error
	// CountSold raises the product's sold counter, by which searches are ordered.
	CountSold(id pos.ProductID, times int64) error
	ProductCount() (int64, error)
	EachProduct(fn func(*pos.Product) error) error                         // by SKU, archived ones too
	EachStock(fn func(id pos.ProductID, moved money.Quantity) error) error // sum of the moves of each product
}

// Goods are what belongs to the catalogue beside the products themselves:
// categories, tiles, prices as they were, documents and movements of the stock.
type Goods interface {
	// ProductByScaleCode finds goods that are not archived by their number on a
	// scale.
	ProductByScaleCode(code string) (*pos.Product, error)
	// MostSold lists goods by how often they were sold, those never sold left
	// out, archived ones too.
	MostSold(limit int) ([]pos.Product, error)
	// ProductsOf pages through the goods of a category, archived ones left out.
	ProductsOf(category, afterName string, afterID pos.ProductID, limit int) ([]pos.Product, error)
	// LowStock lists goods of which less is left than there should be, the
	// emptiest first; archived ones are left out.
	LowStock(limit int) ([]pos.Product, error)
	// ImageUsed tells whether any product shows the picture.
	ImageUsed(name string) (bool, error)

	PutPriceChange(c *pos.PriceChange) error
	PriceHistory(id pos.ProductID, limit int) ([]pos.PriceChange, error) // newest first
	EachPriceChange(fn func(*pos.PriceChange) error) error               // oldest first

	Categories() ([]pos.Category, error)        // by place and name, archived ones too
	CategorySizes() (map[string]int64, error)   // goods on the shelf by name of category
	PutCategory(c *pos.Category) error          // CodeConflict when the name is another's
	DeleteCategory(id pos.CategoryID) error     // its goods keep the name
	RenameGoods(from, to string) (int64, error) // gives the goods of one category to another name

	Tiles() ([]pos.Tile, error) // by page and place
	ReplaceTiles(all []pos.Tile) error

	NextStockNumber(k pos.StockKind) (int64, error)
	// PutStockHead stores everything but lines.
	PutStockHead(d *pos.StockDoc) error
	PutStockLine(id pos.StockDocID, l *pos.StockLine) error
	DeleteStockLine(id pos.StockDocID, no int) error
	DeleteStockDoc(id pos.StockDocID) error // a draft, lines too
	StockDoc(id pos.StockDocID) (*pos.StockDoc, error)
	// StockDocs lists documents without lines, drafts first, then newest first;
	// "" is every kind. skip is how many were seen.
	StockDocs(k pos.StockKind, skip, limit int) ([]pos.StockDoc, error)
	// StockKept tells whether the shop counts its stock: a document was posted, or
	// there are goods of which the shelf holds some.
	StockKept() (bool, error)
	ReversalOf(id pos.StockDocID) (pos.StockDocID, error)            // "" when nothing takes it back
	EachStockDoc(fn func(*pos.StockDoc) error) error                 // posted ones with lines, as they were made
	StockMoves(id pos.ProductID, limit int) ([]pos.StockMove, error) // newest first
	EachStockMove(fn func(*pos.StockMove) error) error               // oldest first
}
