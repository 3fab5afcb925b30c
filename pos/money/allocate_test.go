package money_test

import (
	"math"
	"testing"

	"kassa/pos/money"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAllocate(t *testing.T) {
	type amounts = []money.Amount
	tests := map[string]struct {
		total         money.Amount
		weights, want amounts
	}{
		"even":                              {100, amounts{1, 1}, amounts{50, 50}},
		"the odd kopeck to the first equal": {100, amounts{1, 1, 1}, amounts{34, 33, 33}},
		"to the largest remainder":          {10, amounts{1, 2, 4}, amounts{1, 3, 6}}, // 1.43 2.86 5.71
		"a refund mirrors":                  {-100, amounts{1, 1, 1}, amounts{-34, -33, -33}},
		"zero weights get nothing":          {100, amounts{0, 3, 0}, amounts{0, 100, 0}},
		"negative weights get nothing":      {100, amounts{-50, 3}, amounts{0, 100}},
		"no weight: the first gets all":     {100, amounts{0, 0}, amounts{100, 0}},
		"nothing to share":                  {0, amounts{0, 5}, amounts{0, 0}},
		"nobody to give to":                 {100, nil, amounts{}},
		"exactly the weights":               {6, amounts{1, 2, 3}, amounts{1, 2, 3}},
		"the ends of the range":             {math.MaxInt64, amounts{math.MaxInt64 - 1, 1}, amounts{math.MaxInt64 - 1, 1}},
		"the other end":                     {math.MinInt64, amounts{7}, amounts{math.MinInt64}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, tt.want, money.Allocate(tt.total, tt.weights))
		})
	}
}

func TestAllocate_LeavesTheWeightsAlone(t *testing.T) {
	weights := []money.Amount{5, -1, 9, 2}
	money.Allocate(7, weights)
	assert.Equal(t, []money.Amount{5, -1, 9, 2}, weights)
}

func TestProperty_AllocateSharesTheWholeFairly(t *testing.T) {
	limit := int64(money.MaxAmount)
	rapid.Check(t, func(t *rapid.T) {
		weight := rapid.OneOf(rapid.Int64Range(0, 10), rapid.Int64Range(0, limit))
		raw := rapid.SliceOfN(weight, 1, 30).Draw(t, "weights")
		weights := make([]money.Amount, len(raw))
		for i, w := range raw {
			weights[i] = money.Amount(w)
		}
		sum := money.Sum(weights...)
		total := money.Amount(rapid.OneOf(
			rapid.Int64Range(0, limit), rapid.Int64Range(0, int64(sum)),
		).Draw(t, "total"))

		parts := money.Allocate(total, weights)
		require.Equal(t, total, money.Sum(parts...), "nothing lost, nothing made")
		require.Equal(t, parts, money.Allocate(total, weights), "the same twice")
		if sum == 0 {
			return
		}
		mirrored := money.Allocate(total.Neg(), weights)
		for i, part := range parts {
			low := exact(int64(total), int64(weights[i]), int64(sum), false).Int64()
			require.GreaterOrEqual(t, int64(part), low, "part %d", i)
			require.LessOrEqual(t, int64(part), low+1, "part %d", i)
			require.Equal(t, part.Neg(), mirrored[i])
			if weights[i] == 0 {
				require.Zero(t, part)
			}
			if total <= sum {
				require.LessOrEqual(t, part, weights[i], "part %d exceeds its weight", i)
			}
		}
	})
}
