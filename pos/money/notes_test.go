package money_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/pos/money"
)

func TestCurrency_Notes(t *testing.T) {
	assert.Equal(t, money.Amount(500_000), money.Currency("RUB").Notes()[0])
	assert.Equal(t, money.Amount(50_000), money.Currency("BYN").Notes()[0])
	assert.Equal(t, money.Amount(100_000), money.Currency("UAH").Notes()[0])
	assert.Equal(t, money.Amount(2_000_000), money.Currency("KZT").Notes()[0])
	assert.Equal(t, money.Amount(5_000), money.Currency("JPY").Notes()[0], "a currency nobody wrote down, without minor units")
	for _, c := range []money.Currency{"RUB", "BYN", "UAH", "KZT", "KGS", "UZS", "AMD", "USD", "EUR", "XXX"} {
		notes := c.Notes()
		for i := 1; i < len(notes); i++ {
			assert.Less(t, notes[i], notes[i-1], c)
		}
	}
}

func TestCounting(t *testing.T) {
	c := money.Counting{Piles: []money.Pile{{500_000, 3}, {10_000, 12}}, Coins: 550}
	assert.Equal(t, money.Amount(1_620_550), c.Sum())
	assert.Equal(t, "500000*3 10000*12 +550", c.Text())
	read, ok := money.ReadCounting(c.Text())
	assert.True(t, ok)
	assert.Equal(t, c, read)
	assert.True(t, money.Counting{}.Empty())
	for _, bad := range []string{"", "5", "5*", "*5", "5*x", "0*1", "5*0", "-5*1", "5*-1", "+0", "+1 +2", "+-1", "500000*9223372036854775807", "9999999999999*1"} {
		_, ok := money.ReadCounting(bad)
		assert.False(t, ok, bad)
	}
}
