package money

import (
	"math"
	"math/bits"
)

// rounding says what becomes of the part of a quotient below one.
type rounding bool

const (
	down   rounding = false // dropped: towards zero
	halfUp rounding = true  // a half or more counts as one: away from zero
)

// mulDiv returns a × b ÷ d, rounded once. The product is formed in 128 bits and works on
// magnitudes, which makes the result symmetric about zero. d must be positive. It reports
// false when the quotient does not fit in an int64.
func mulDiv(a, b, d int64, r rounding) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi >= uint64(d) {
		return 0, false
	}
	q, rest := bits.Div64(hi, lo, uint64(d))
	if r == halfUp && rest >= uint64(d)-rest && q <= math.MaxInt64 {
		q++
	}
	if q > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(q), true
	}
	return int64(q), true
}

// magnitude is the absolute value, which for the smallest int64 fits only unsigned.
func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}
