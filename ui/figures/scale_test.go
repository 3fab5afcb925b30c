package figures

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/assets/words"
	"kassa/pos/figures"
	"kassa/pos/money"
)

// An axis is written short, and all of it alike; a figure at a bar as fully as it
// fits.
func TestWriter_WritesShort(t *testing.T) {
	for _, tt := range []struct {
		unit      figures.Unit
		currency  string
		v, top    int64
		axis      string
		full, few string
	}{
		{figures.Money, "RUB", 1_000_000, 2_000_000, "10 тыс.", "10\u2009000", "10"},
		{figures.Money, "RUB", 1_243_550, 2_000_000, "12,4 тыс.", "12\u2009436", "12,4"},
		{figures.Money, "RUB", 0, 2_000_000, "0", "0", "0"},
		{figures.Money, "RUB", 150_000, 500_000, "1\u2009500", "1\u2009500", "1\u2009500"},
		{figures.Money, "RUB", 150, 200, "1,50", "1,50", "1,50"},
		{figures.Money, "RUB", -1_500_000, 2_000_000, "−15 тыс.", "−15\u2009000", "−15"},
		{figures.Money, "RUB", 125_000_000, 200_000_000, "1,25 млн", "1\u2009250\u2009000", "1,25"},
		{figures.Money, "RUB", 5_000_000_000_00, 6_000_000_000_00, "5 млрд", "5\u2009000\u2009000\u2009000", "5"},
		{figures.Count, "RUB", 12_500, 20_000, "12,5 тыс.", "12\u2009500", "12,5"},
		{figures.Count, "RUB", 7, 10, "7", "7", "7"},
	} {
		w := words.New("ru", money.Currency(tt.currency), "")
		by := writer(tt.unit, w.T, w.Money())
		assert.Equal(t, tt.axis, by.Axis(tt.v, tt.top))
		assert.Equal(t, tt.full, by.Values[0](tt.v, tt.top))
		assert.Equal(t, tt.axis, by.Values[1](tt.v, tt.top))
		assert.Equal(t, tt.few, by.Values[2](tt.v, tt.top))
	}
	en := words.New("en", "RUB", "")
	assert.Equal(t, "10k", writer(figures.Money, en.T, en.Money()).Axis(1_000_000, 2_000_000))
}
