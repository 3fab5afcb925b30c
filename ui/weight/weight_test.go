package weight

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/money"
)

func TestTyped_ScalesShowGramsAndTheTillCountsKilograms(t *testing.T) {
	for text, want := range map[string]struct {
		n     money.Quantity
		doubt bool
	}{
		"0,7": {700, false}, "49": {49_000, false}, "50": {50_000, true}, "700": {700_000, true},
		"50,0": {50_000, false}, "100,5": {100_500, true}, "700 г": {700, false}, "700г": {700, false}, "700g": {700, false},
		"350 гр": {350, false}, "700 кг": {700_000, false}, "0,7kg": {700, false}, "1250,6 г": {1251, false}, "150": {150_000, true},
	} {
		n, doubt, err := Typed{Text: text, Unit: "кг", Weighed: true}.read()
		require.NoError(t, err, text)
		assert.Equal(t, want.n, n, text)
		assert.Equal(t, want.doubt, doubt, text)
	}
	for _, unit := range []string{"л", "шт", "г"} {
		n, doubt, err := Typed{Text: "700", Unit: unit, Weighed: true}.read()
		require.NoError(t, err, unit)
		assert.Equal(t, 700*money.One, n)
		assert.False(t, doubt, "only kilograms are taken for grams: %s", unit)
	}
	_, doubt, _ := Typed{Text: "700", Unit: "кг", Weighed: true, Was: 700 * money.One}.read()
	assert.False(t, doubt, "what stood there was answered before")
	_, _, err := Typed{Text: "много", Unit: "кг", Weighed: true}.read()
	assert.Error(t, err)
}
