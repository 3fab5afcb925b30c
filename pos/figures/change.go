package figures

import (
	"math/big"

	"kassa/pos/money"
)

// Change compares a figure with what it was.
type Change struct{ Now, Was int64 }

// Diff is by how much it grew.
func (c Change) Diff() int64 { return c.Now - c.Was }

// Percent is by what share of what it was it grew, in basis points, rounded to
// the nearest. It answers false where it was nothing: there is no share of it.
func (c Change) Percent() (money.Percent, bool) {
	if c.Was == 0 {
		return 0, false
	}
	was := c.Was
	if was < 0 {
		was = -was
	}
	return Share(c.Diff(), was), true
}

// Share is a part in basis points of a whole, rounded to the nearest, halves
// away from zero; 0 of a whole that is 0.
func Share(part, whole int64) money.Percent { return money.Percent(ratio(part, 10_000, whole)) }

// Average is a sum per count, rounded to the nearest; 0 for a count of 0.
func Average(sum money.Amount, count int64) money.Amount {
	return money.Amount(ratio(int64(sum), 1, count))
}

// ratio is a × b ÷ c in as many digits as it takes, rounded to the nearest. What
// does not fit is the largest number there is.
func ratio(a, b, c int64) int64 {
	if c == 0 {
		return 0
	}
	n := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	d := big.NewInt(c)
	sign := n.Sign() * d.Sign()
	n.Abs(n).Mul(n, big.NewInt(2)).Add(n, new(big.Int).Abs(d))
	n.Quo(n, new(big.Int).Mul(big.NewInt(2), d.Abs(d)))
	if !n.IsInt64() {
		return int64(sign) * (1<<63 - 1)
	}
	return int64(sign) * n.Int64()
}
