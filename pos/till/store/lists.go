package store

import (
	"time"

	"kassa/pos"
)

// Lists is how a list of many goods comes in: what is known about many rows is
// asked at once, and what is new is stored at once.
type Lists interface {
	// ProductsBySKUs returns the products that have one of the numbers, by it,
	// archived ones too.
	ProductsBySKUs(skus []string) (map[string]*pos.Product, error)
	// BarcodeHolders returns which product has a code, archived ones too.
	BarcodeHolders(codes []string) (map[string]BarcodeHolder, error)
	// ScaleHolders returns which product has a number on the scale, archived ones
	// too.
	ScaleHolders(codes []string) (map[string]BarcodeHolder, error)
	// AddProducts stores new products with their stock, which is moved under the
	// document's name, and their place in the search. The caller has made sure
	// that nobody has their ids, numbers and codes.
	AddProducts(list []*pos.Product, doc string, at time.Time) error
}

// BarcodeHolder is the product a barcode or a number on the scale belongs to.
type BarcodeHolder struct {
	ID   pos.ProductID
	Name string
}
