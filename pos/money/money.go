// Package money holds the shop's numbers: amounts in minor units, quantities in
// thousandths, percentages in basis points, and the few operations that may round.
//
// Nothing here is a float. Every product is formed in 128 bits and rounded once, so
// that a line, a share or a tax is the same number on the screen, on the receipt and
// in the journal. All rounding is symmetric about zero: a return of a sale is exactly
// the sale with its signs turned.
package money

import "math"

// Amount is a sum of money in minor units (kopecks, tiyin, cents) of the shop's
// currency, or whole points when the currency is Points.
type Amount int64

// Quantity counts goods in thousandths of their unit: 845 is 0.845 kg, 2000 is two pieces.
type Quantity int64

// Percent is a share in basis points: 1250 is 12.50 %.
type Percent int64

// Limits and units. Larger input is refused where it is typed, scanned or imported, so
// that the sums of a shop's whole life stay far from the ends of int64.
const (
	MaxAmount   Amount   = 1_000_000_000_000 // ten billion units of currency
	MaxQuantity Quantity = 1_000_000_000     // a million units
	One         Quantity = 1000              // one whole unit
)

// OverflowError says that a result does not fit. As a panic value it is an assertion
// about our own code: every input is bounded by MaxAmount, so sums cannot get there.
// LineTotal returns it as an error, because a price times a quantity can.
type OverflowError struct {
	Op string // the operation, such as "add" or "line total"
}

// Error names the operation and the way out.
func (e *OverflowError) Error() string {
	return "money: " + e.Op + ": the result is too large; use a smaller amount or quantity"
}

// Add returns a + b. It panics with *OverflowError when the sum does not fit.
func (a Amount) Add(b Amount) Amount {
	sum := a + b
	if (sum > a) != (b > 0) {
		panic(&OverflowError{Op: "add"})
	}
	return sum
}

// Sub returns a − b. It panics with *OverflowError when the difference does not fit.
func (a Amount) Sub(b Amount) Amount {
	diff := a - b
	if (diff < a) != (b > 0) {
		panic(&OverflowError{Op: "sub"})
	}
	return diff
}

// Neg returns −a. It panics with *OverflowError for the one int64 without a counterpart.
func (a Amount) Neg() Amount {
	if a == math.MinInt64 {
		panic(&OverflowError{Op: "neg"})
	}
	return -a
}

// Sum adds all amounts; the sum of none is zero. It panics like Add.
func Sum(a ...Amount) Amount {
	var total Amount
	for _, v := range a {
		total = total.Add(v)
	}
	return total
}

// LineTotal returns price × q rounded once to the minor unit, halves away from zero.
// The error is an *OverflowError when the total lies beyond ±MaxAmount.
func LineTotal(price Amount, q Quantity) (Amount, error) {
	v, ok := mulDiv(int64(price), int64(q), int64(One), halfUp)
	if !ok || Amount(v) > MaxAmount || Amount(v) < -MaxAmount {
		return 0, &OverflowError{Op: "line total"}
	}
	return Amount(v), nil
}

// Of returns p of a, rounded to the minor unit with halves away from zero.
// It panics with *OverflowError when the result does not fit, which no percentage and
// amount within their limits can cause.
func (p Percent) Of(a Amount) Amount {
	return p.share(a, halfUp)
}

// FloorOf returns p of a with the rest of a minor unit dropped, for what a shop grants
// (points earned) and must never round in anybody's favour. The magnitude is rounded
// down, so taking back −a takes back exactly what a gave. It panics like Of.
func (p Percent) FloorOf(a Amount) Amount {
	return p.share(a, down)
}

// hundredPercent is the whole in basis points.
const hundredPercent = 10_000

func (p Percent) share(a Amount, r rounding) Amount {
	v, ok := mulDiv(int64(a), int64(p), hundredPercent, r)
	if !ok {
		panic(&OverflowError{Op: "percent"})
	}
	return Amount(v)
}

// VATIncluded returns the VAT contained in a gross price: gross × rate ÷ (100 % + rate),
// rounded to the minor unit with halves away from zero. A rate of zero or below contains
// none. It panics with *OverflowError for numbers far beyond the limits.
func VATIncluded(gross Amount, rate Percent) Amount {
	if rate <= 0 {
		return 0
	}
	if rate > math.MaxInt64-hundredPercent {
		panic(&OverflowError{Op: "vat"})
	}
	v, ok := mulDiv(int64(gross), int64(rate), hundredPercent+int64(rate), halfUp)
	if !ok {
		panic(&OverflowError{Op: "vat"})
	}
	return Amount(v)
}

// RoundDown cuts a to a whole number of steps towards zero, as a cash rounding in the
// customer's favour does. A step of zero or below means no rounding.
func RoundDown(a, step Amount) Amount {
	if step <= 0 {
		return a
	}
	return a - a%step
}
