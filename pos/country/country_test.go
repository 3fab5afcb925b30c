package country_test

import (
	"testing"

	"github.com/bojanz/currency"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/country"
	"kassa/pos/money"
)

func TestAll(t *testing.T) {
	for _, c := range country.All() {
		t.Run(c.Code, func(t *testing.T) {
			again, ok := country.Of(c.Code)
			require.True(t, ok)
			assert.Equal(t, c, again)
			assert.True(t, currency.IsValid(string(c.Currency)), c.Currency)
			assert.Equal(t, pos.NoVAT, country.VATRates(c.Code)[0], "a small shop mostly has none")
		})
	}
	_, ok := country.Of("FR")
	assert.False(t, ok)
	assert.Contains(t, country.VATRates("FR"), money.Percent(1400), "of an unknown country all there are")
}
