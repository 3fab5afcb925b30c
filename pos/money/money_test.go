package money_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"kassa/pos/money"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAmount_Arithmetic(t *testing.T) {
	assert.Equal(t, money.Amount(3), money.Amount(1).Add(2))
	assert.Equal(t, money.Amount(5), money.Amount(5).Add(0))
	assert.Equal(t, money.Amount(-1), money.Amount(1).Sub(2))
	assert.Equal(t, money.Amount(5), money.Amount(5).Sub(0))
	assert.Equal(t, money.Amount(-7), money.Amount(7).Neg())
	assert.Equal(t, money.Amount(0), money.Sum())
	assert.Equal(t, money.Amount(6), money.Sum(1, 2, 3))
	assert.Equal(t, money.Amount(math.MaxInt64), money.Amount(math.MaxInt64-1).Add(1))
	assert.Equal(t, money.Amount(math.MinInt64), money.Amount(math.MinInt64+1).Sub(1))
}

func TestAmount_PanicsOnOverflow(t *testing.T) {
	for name, overflow := range map[string]func(){
		"add above":   func() { money.Amount(math.MaxInt64).Add(1) },
		"add below":   func() { money.Amount(math.MinInt64).Add(-1) },
		"sub above":   func() { money.Amount(math.MaxInt64).Sub(-1) },
		"sub below":   func() { money.Amount(math.MinInt64).Sub(1) },
		"neg":         func() { money.Amount(math.MinInt64).Neg() },
		"sum":         func() { money.Sum(math.MaxInt64, 1, -1) },
		"of":          func() { money.Percent(20_000).Of(math.MaxInt64) },
		"vat":         func() { money.VATIncluded(1, math.MaxInt64) },
		"allocate":    func() { money.Allocate(1, []money.Amount{math.MaxInt64, 1}) },
		"half beyond": func() { money.Percent(10_001).Of(math.MaxInt64) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				err, ok := recover().(*money.OverflowError)
				require.True(t, ok, "want a panic with *OverflowError")
				assert.Contains(t, err.Error(), err.Op)
			}()
			overflow()
		})
	}
}

func TestLineTotal(t *testing.T) {
	tests := map[string]struct {
		price money.Amount
		qty   money.Quantity
		want  money.Amount
	}{
		"one piece":                    {12345, money.One, 12345},
		"weighed, rounded up":          {19999, 345, 6900}, // 68.99655
		"weighed, rounded down":        {10049, 1, 10},     // 0.10049
		"a half goes up":               {1, 500, 1},
		"just below a half goes down":  {1, 499, 0},
		"a return mirrors the sale":    {1, -500, -1},
		"a refunded price mirrors too": {-19999, 345, -6900},
		"nothing":                      {0, money.MaxQuantity, 0},
		"the largest allowed":          {money.MaxAmount, money.One, money.MaxAmount},
		"the largest quantity":         {1_000_000, money.MaxQuantity, money.MaxAmount},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := money.LineTotal(tt.price, tt.qty)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestLineTotal_RefusesBeyondMaxAmount(t *testing.T) {
	for _, tt := range []struct {
		price money.Amount
		qty   money.Quantity
	}{
		{money.MaxAmount, money.One + 1},
		{money.MaxAmount, -money.One - 1},
		{money.MaxAmount, money.MaxQuantity},
		{math.MaxInt64, math.MaxInt64},
		{math.MinInt64, math.MinInt64},
	} {
		got, err := money.LineTotal(tt.price, tt.qty)
		var overflow *money.OverflowError
		require.True(t, errors.As(err, &overflow), "%d × %d gave %d", tt.price, tt.qty, got)
		assert.Zero(t, got)
	}
}

// exact returns a × b ÷ d by arbitrary precision, halves away from zero or cut off.
func exact(a, b, d int64, half bool) *big.Int {
	n := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	sign := n.Sign()
	n.Abs(n)
	if half {
		n.Lsh(n, 1).Add(n, big.NewInt(d)).Quo(n, new(big.Int).Lsh(big.NewInt(d), 1))
	} else {
		n.Quo(n, big.NewInt(d))
	}
	if sign < 0 {
		n.Neg(n)
	}
	return n
}

func TestProperty_LineTotalIsExactThenRoundedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		price := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-1e7, 1e7)).Draw(t, "price")
		qty := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-1e6, 1e6)).Draw(t, "qty")
		want := exact(price, qty, 1000, true)
		got, err := money.LineTotal(money.Amount(price), money.Quantity(qty))
		if want.CmpAbs(big.NewInt(int64(money.MaxAmount))) > 0 {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		require.Equal(t, want.Int64(), int64(got))
	})
}

func TestProperty_SharesAreExactThenRoundedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(-int64(money.MaxAmount), int64(money.MaxAmount)).Draw(t, "amount")
		p := rapid.Int64Range(0, 10_000).Draw(t, "percent")
		amount, percent := money.Amount(a), money.Percent(p)
		require.Equal(t, exact(a, p, 10_000, true).Int64(), int64(percent.Of(amount)))
		require.Equal(t, exact(a, p, 10_000, false).Int64(), int64(percent.FloorOf(amount)))
		require.Equal(t, exact(a, p, 10_000+p, true).Int64(), int64(money.VATIncluded(amount, percent)))
		require.Equal(t, percent.Of(amount).Neg(), percent.Of(amount.Neg()))
	})
}

func TestPercent_Of(t *testing.T) {
	assert.Equal(t, money.Amount(13), money.Percent(1250).Of(100), "12.5 rounds away from zero")
	assert.Equal(t, money.Amount(-13), money.Percent(1250).Of(-100))
	assert.Equal(t, money.Amount(12), money.Percent(1250).FloorOf(100))
	assert.Equal(t, money.Amount(-12), money.Percent(1250).FloorOf(-100), "taking back what was granted")
	assert.Equal(t, money.Amount(100), money.Percent(10_000).Of(100))
	assert.Equal(t, money.Amount(0), money.Percent(0).Of(100))
}

func TestVATIncluded(t *testing.T) {
	assert.Equal(t, money.Amount(2000), money.VATIncluded(12000, 2000))
	assert.Equal(t, money.Amount(909), money.VATIncluded(10000, 1000), "909.09 rounds down")
	assert.Equal(t, money.Amount(-909), money.VATIncluded(-10000, 1000))
	assert.Equal(t, money.Amount(17), money.VATIncluded(100, 2000), "16.67 rounds up")
	assert.Zero(t, money.VATIncluded(100, 0))
	assert.Zero(t, money.VATIncluded(100, -1))
}

func TestRoundDown(t *testing.T) {
	assert.Equal(t, money.Amount(10000), money.RoundDown(10099, 100))
	assert.Equal(t, money.Amount(10050), money.RoundDown(10099, 50))
	assert.Equal(t, money.Amount(-10000), money.RoundDown(-10099, 100))
	assert.Equal(t, money.Amount(10099), money.RoundDown(10099, 0))
	assert.Equal(t, money.Amount(10099), money.RoundDown(10099, -5))
}
