package pos

import (
	"time"

	"kassa/pos/money"
)

// PriceKind tells which of a product's prices changed.
type PriceKind string

// The prices of a product.
const (
	PriceSelling PriceKind = "price"
	PriceCost    PriceKind = "cost"
)

// PriceChange is one line of a product's price history. It is never edited.
type PriceChange struct {
	Product  ProductID
	What     PriceKind
	From, To money.Amount
	Doc      string // what changed it, as a stock move names its document
	Employee EmployeeID
	At       time.Time
}
