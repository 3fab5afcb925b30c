package money

import "math/bits"

// Average is the price of a unit among a units at price p and b units at price
// q, rounded half up. b below zero takes units out again. It reports false when
// nothing is left, or when the result lies outside 0…MaxAmount.
func Average(p Amount, a Quantity, q Amount, b Quantity) (Amount, bool) {
	if p < 0 || q < 0 || a < 0 || a > MaxQuantity || b > MaxQuantity || b < -MaxQuantity || p > MaxAmount || q > MaxAmount || a+b <= 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(p), uint64(a))
	bhi, blo := bits.Mul64(uint64(q), magnitude(int64(b)))
	var carry uint64
	if b >= 0 {
		lo, carry = bits.Add64(lo, blo, 0)
		hi, _ = bits.Add64(hi, bhi, carry)
	} else {
		lo, carry = bits.Sub64(lo, blo, 0)
		if hi, carry = bits.Sub64(hi, bhi, carry); carry != 0 {
			return 0, false // what is taken out was worth more than there was
		}
	}
	d := uint64(a + b)
	if hi >= d {
		return 0, false
	}
	v, rest := bits.Div64(hi, lo, d)
	if rest >= d-rest {
		v++
	}
	if v > uint64(MaxAmount) {
		return 0, false
	}
	return Amount(v), true
}
