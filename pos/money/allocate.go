package money

import (
	"cmp"
	"math/bits"
	"slices"
)

// Allocate shares total out in proportion to weights by the largest remainder, so that the
// parts sum to total to the last kopeck. Of equal remainders the earlier weight is served
// first, so the same cheque always splits the same way.
//
// The result has one part per weight, each with the sign of total. A weight of zero or
// below gets nothing, and no part exceeds its weight while total ≤ the sum of the weights:
// a discount never makes a line negative. When no weight is above zero, the first part
// takes the whole total. With no weights at all there is nobody to give to, and the
// result is empty. It panics with *OverflowError when the weights do not sum to an int64.
func Allocate(total Amount, weights []Amount) []Amount {
	parts := make([]Amount, len(weights))
	if total == 0 || len(weights) == 0 {
		return parts
	}
	sum := positiveSum(weights)
	if sum == 0 {
		parts[0] = total
		return parts
	}
	left := magnitude(int64(total))
	rests := make([]remainder, 0, len(weights))
	size := left
	for i, w := range weights {
		if w <= 0 {
			continue
		}
		// w ≤ sum, so the quotient is at most size and Div64 cannot overflow.
		hi, lo := bits.Mul64(size, uint64(w))
		q, r := bits.Div64(hi, lo, uint64(sum))
		parts[i] = Amount(q)
		left -= q
		rests = append(rests, remainder{index: i, rest: r})
	}
	// The remainders sum to left whole units and each is below one, so there are always
	// more parts with a remainder than units to hand out: one each is enough.
	slices.SortStableFunc(rests, func(a, b remainder) int { return cmp.Compare(b.rest, a.rest) })
	for _, r := range rests[:left] {
		parts[r.index]++
	}
	if total < 0 {
		for i := range parts {
			parts[i] = -parts[i]
		}
	}
	return parts
}

// remainder is what a part lost when it was rounded down, in units of 1 ÷ sum of weights.
type remainder struct {
	index int
	rest  uint64
}

func positiveSum(weights []Amount) Amount {
	var sum Amount
	for _, w := range weights {
		if w > 0 {
			sum = sum.Add(w)
		}
	}
	return sum
}
