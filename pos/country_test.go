package pos_test

import (
	"testing"

	"github.com/bojanz/currency"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
)

func TestCountries(t *testing.T) {
	for _, c := range pos.Countries() {
		t.Run(c.Code, func(t *testing.T) {
			again, ok := pos.CountryOf(c.Code)
			require.True(t, ok)
			assert.Equal(t, c, again)
			assert.True(t, currency.IsValid(string(c.Currency)), c.Currency)
			assert.Equal(t, pos.NoVAT, pos.VATRates(c.Code)[0], "a small shop mostly has none")
		})
	}
	_, ok := pos.CountryOf("FR")
	assert.False(t, ok)
	assert.Contains(t, pos.VATRates("FR"), money.Percent(1400), "of an unknown country all there are")
}
