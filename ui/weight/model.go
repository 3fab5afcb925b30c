package weight

// This file reads a typed weight. Scales show grams and the till counts kilograms: a
// weight that is likely a thousand times too large is not taken before somebody said so.

import (
	"strings"
	"unicode"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/widgets"
)

// The weights that are doubted: a whole number from fullNumber on is what scales
// show for a handful, and nobody hands more than mostKilograms over a counter.
const (
	fullNumber    = 50 * money.One
	mostKilograms = 100 * money.One
)

// Typed is a quantity as it was typed.
type Typed struct {
	Text    string
	Unit    string         // of the goods
	Weighed bool           // they are sold by weight
	Was     money.Quantity // stood there before, and is not asked about anew
}

// Filter lets a weight in kilograms be typed with its unit; other goods have none to
// choose from.
func Filter(unit string, weighed bool) widgets.Filter {
	if weighed && pos.InKilograms(unit) {
		return widgets.Weight()
	}
	return widgets.Decimal(3)
}

// read is how much was typed, in the unit of the goods. doubtful tells that it may be
// grams where kilograms are counted. Who says the unit is believed.
func (t Typed) read() (n money.Quantity, doubtful bool, err error) {
	kilograms := t.Weighed && pos.InKilograms(t.Unit)
	number, unit := strings.TrimSpace(t.Text), ""
	if kilograms {
		number, unit = split(number)
	}
	if n, err = money.ParseQuantity(number); err != nil {
		return 0, false, err
	}
	switch {
	case pos.InGrams(unit) || unit == "gr":
		return grams(n), false, nil
	case !kilograms || unit != "" || n == t.Was:
		return n, false, nil
	}
	whole := !strings.ContainsAny(number, ".,")
	return n, whole && n >= fullNumber || n > mostKilograms, nil
}

// DoubtError is a weight that was given with goods and may be grams.
type DoubtError struct {
	Goods pos.Product
	Qty   money.Quantity
}

// Error implements error.
func (d *DoubtError) Error() string { return "weight: grams or kilograms?" }

// CheckGiven refuses, with a *DoubtError, so much of goods as may be grams where
// kilograms are counted. Goods that nobody knows are doubted by nobody.
func CheckGiven(p *pos.Product, n money.Quantity) error {
	if p == nil || !p.Flags.Weighed || !pos.InKilograms(p.Unit) {
		return nil
	}
	if n >= fullNumber && n%money.One == 0 || n > mostKilograms {
		return &DoubtError{Goods: *p, Qty: n}
	}
	return nil
}

// grams is a number of grams in kilograms, to the nearest gram.
func grams(n money.Quantity) money.Quantity { return (n + money.One/2) / money.One }

// split parts a weight from its unit.
func split(text string) (number, unit string) {
	at := strings.LastIndexFunc(text, unicode.IsDigit) + 1
	if end := strings.TrimLeft(text[at:], ".,"); pos.InKilograms(end) || strings.ContainsFunc(end, unicode.IsLetter) {
		at = len(text) - len(end)
		return strings.TrimSpace(text[:at]), strings.ToLower(strings.TrimSpace(end))
	}
	return text, ""
}
