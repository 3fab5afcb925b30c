// Package unitprice is what a whole kilogram or litre of goods costs, beside the
// price of the package, by the size in their name.
package unitprice

import (
	"regexp"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
)

// Unit is the whole unit goods are compared by.
type Unit string

// The units a price is told for beside that of the package.
const (
	Kilogram Unit = "kg"
	Litre    Unit = "l"
)

// sizes are what a package holds as it stands in names: a number and its unit.
var sizes = regexp.MustCompile(`(?:^|[^0-9\pL,.])(\d{1,5}(?:[.,]\d{1,3})?)\s?(кг|г|гр|мл|л|kg|g|ml|l)\.?(?:$|[^\pL0-9])`)

// inThousandths is how many thousandths of a whole unit one of these is.
var inThousandths = map[string]struct {
	of    Unit
	times int64
}{
	"кг": {Kilogram, 1000}, "kg": {Kilogram, 1000}, "г": {Kilogram, 1}, "гр": {Kilogram, 1}, "g": {Kilogram, 1},
	"л": {Litre, 1000}, "l": {Litre, 1000}, "мл": {Litre, 1}, "ml": {Litre, 1},
}

// Of is what a whole kilogram or litre of goods costs, by the size in their
// name: «Молоко, 0,9 л». ok is false where the name tells none, or more than one, and
// where the package is that unit itself.
func Of(name string, price money.Amount) (per money.Amount, unit Unit, ok bool) {
	found := sizes.FindAllStringSubmatch(pos.Fold(name), 2)
	if len(found) != 1 || price <= 0 {
		return 0, "", false
	}
	m := inThousandths[found[0][2]]
	whole, part, _ := strings.Cut(strings.ReplaceAll(found[0][1], ",", "."), ".")
	digits, err := strconv.ParseInt(whole+(part + "000")[:3], 10, 64)
	if err != nil {
		return 0, "", false
	}
	size := digits * m.times // in millionths
	if size <= 0 || size == 1_000_000 {
		return 0, "", false
	}
	const most = 1 << 40 // a price for which nothing can overflow
	if price > most/1000 {
		return 0, "", false
	}
	return money.Amount((int64(price)*1_000_000 + size/2) / size), m.of, true
}
