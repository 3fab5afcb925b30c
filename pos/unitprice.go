package pos

import (
	"regexp"
	"strconv"
	"strings"

	"kassa/pos/money"
)

// BaseUnit is the whole unit goods are compared by.
type BaseUnit string

// The units a price is told for beside that of the package.
const (
	UnitKilogram BaseUnit = "kg"
	UnitLitre    BaseUnit = "l"
)

// sizes are what a package holds as it stands in names: a number and its unit.
var sizes = regexp.MustCompile(`(?:^|[^0-9\pL,.])(\d{1,5}(?:[.,]\d{1,3})?)\s?(кг|г|гр|мл|л|kg|g|ml|l)\.?(?:$|[^\pL0-9])`)

// inThousandths is how many thousandths of a whole unit one of these is.
var inThousandths = map[string]struct {
	of    BaseUnit
	times int64
}{
	"кг": {UnitKilogram, 1000}, "kg": {UnitKilogram, 1000}, "г": {UnitKilogram, 1}, "гр": {UnitKilogram, 1}, "g": {UnitKilogram, 1},
	"л": {UnitLitre, 1000}, "l": {UnitLitre, 1000}, "мл": {UnitLitre, 1}, "ml": {UnitLitre, 1},
}

// UnitPrice is what a whole kilogram or litre of goods costs, by the size in their
// name: «Молоко, 0,9 л». ok is false where the name tells none, or more than one, and
// where the package is that unit itself.
func UnitPrice(name string, price money.Amount) (per money.Amount, unit BaseUnit, ok bool) {
	found := sizes.FindAllStringSubmatch(Fold(name), 2)
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
