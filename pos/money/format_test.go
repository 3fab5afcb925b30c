package money_test

import (
	"math"
	"strings"
	"testing"

	"kassa/pos/money"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestString_IsTheMachineForm(t *testing.T) {
	for in, want := range map[money.Amount]string{
		0: "0.00", 5: "0.05", -5: "-0.05", 126261: "1262.61", -126261: "-1262.61",
		math.MinInt64: "-92233720368547758.08",
	} {
		assert.Equal(t, want, in.String())
	}
	for in, want := range map[money.Quantity]string{
		0: "0", 1: "0.001", 845: "0.845", 1000: "1", 1500: "1.5", 1050: "1.05", 10_000: "10", -250: "-0.25",
	} {
		assert.Equal(t, want, in.String())
	}
	for in, want := range map[money.Percent]string{
		0: "0", 5: "0.05", 1250: "12.5", 1255: "12.55", 10_000: "100", -10: "-0.1",
	} {
		assert.Equal(t, want, in.String())
	}
}

func TestCurrency_Digits(t *testing.T) {
	for _, c := range []money.Currency{"RUB", "BYN", "UAH", "KZT", "UZS", "USD", "EUR", "???"} {
		assert.Equal(t, 2, c.Digits(), c)
	}
	assert.Equal(t, 0, money.Points.Digits())
	assert.Equal(t, 0, money.Currency("JPY").Digits())
	assert.Equal(t, 3, money.Currency("KWD").Digits())
}

// visible shows the spaces that look alike: a thin space becomes an underscore.
func visible(s string) string { return strings.ReplaceAll(s, "\u2009", "_") }

func TestFormatter_Amount(t *testing.T) {
	tests := map[string]struct {
		lang, symbol string
		currency     money.Currency
		amount       money.Amount
		want         string
	}{
		"Russian":                {"ru", "", "RUB", 126261, "1_262,61_₽"},
		"Russian with a region":  {"ru_RU", "", "RUB", 126261, "1_262,61_₽"},
		"Belarusian":             {"be", "", "BYN", 99, "0,99_Br"},
		"Ukrainian":              {"uk", "", "UAH", 100_000_000, "1_000_000,00_₴"},
		"Kazakh":                 {"kk", "", "KZT", 99_999, "999,99_₸"},
		"English":                {"en", "", "RUB", 126261, "1,262.61_₽"},
		"English with a region":  {"EN-us", "", "USD", 126261, "1,262.61_$"},
		"the shop's own sign":    {"ru", "руб.", "RUB", 100, "1,00_руб."},
		"tenge in Russian":       {"ru", "", "KZT", 100, "1,00_₸"},
		"a minus is a minus":     {"ru", "", "RUB", -5, "\u22120,05_₽"},
		"a thousand below zero":  {"en", "", "EUR", -100_000, "\u22121,000.00_€"},
		"zero":                   {"ru", "", "RUB", 0, "0,00_₽"},
		"a currency from data":   {"en", "", "GBP", 100, "1.00_£"},
		"an unknown code":        {"ru", "", "QQQ", 100, "1,00_QQQ"},
		"points have no sign":    {"ru", "", money.Points, 1240, "1_240"},
		"points named by a shop": {"ru", "Б", money.Points, 1240, "1_240_Б"},
		"a currency of wholes":   {"en", "¥", "JPY", 1240, "1,240_¥"},
		"three digits":           {"en", "KD", "KWD", 1_234_005, "1,234.005_KD"},
		"the far end":            {"ru", "", "RUB", math.MinInt64, "\u221292_233_720_368_547_758,08_₽"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := money.NewFormatter(tt.lang, tt.currency, tt.symbol)
			assert.Equal(t, tt.want, visible(f.Amount(tt.amount)))
		})
	}
}

func TestFormatter_OtherNumbers(t *testing.T) {
	ru, en := money.NewFormatter("ru", "RUB", ""), money.NewFormatter("en", "RUB", "")
	assert.Equal(t, "1_262,61", visible(ru.Bare(126261)))
	assert.Equal(t, "1,262.61", en.Bare(126261))
	assert.Equal(t, "0,845", ru.Quantity(845))
	assert.Equal(t, "2", ru.Quantity(2000))
	assert.Equal(t, "\u22121.5", en.Quantity(-1500))
	assert.Equal(t, "1262", en.Quantity(1_262_000))
	assert.Equal(t, "1_240", visible(ru.Points(1240)))
	assert.Equal(t, "1,240", en.Points(1240))
	assert.Equal(t, "\u2212100", ru.Points(-100))
	assert.Equal(t, "10_%", visible(ru.Percent(1000)))
	assert.Equal(t, "12,5_%", visible(ru.Percent(1250)))
	assert.Equal(t, "12.5%", en.Percent(1250))
}

func TestFormatter_AllocatesOnlyItsResult(t *testing.T) {
	f := money.NewFormatter("ru", "RUB", "")
	var kept string
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { kept = f.Amount(-126_261_000) }), 1.0)
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { kept = f.Quantity(12_845) }), 1.0)
	assert.NotEmpty(t, kept)
}

func TestProperty_WhatIsShownCanBeTypedBack(t *testing.T) {
	for _, lang := range []string{"ru", "be", "uk", "kk", "en"} {
		t.Run(lang, func(t *testing.T) {
			f := money.NewFormatter(lang, "RUB", "")
			rapid.Check(t, func(t *rapid.T) {
				limit := int64(money.MaxAmount)
				a := money.Amount(rapid.OneOf(rapid.Int64Range(-limit, limit), rapid.Int64Range(-200, 200)).Draw(t, "amount"))
				q := money.Quantity(rapid.Int64Range(1, int64(money.MaxQuantity)).Draw(t, "quantity"))
				p := money.Percent(rapid.Int64Range(0, 10_000).Draw(t, "percent"))

				for _, s := range []string{f.Bare(a), a.String()} {
					figures := strings.TrimLeft(s, "-\u2212")
					require.Equal(t, a < 0, figures != s, "%q", s)
					back, err := money.ParseAmount(figures)
					require.NoError(t, err)
					require.Equal(t, max(a, -a), back)
				}
				for _, s := range []string{f.Quantity(q), q.String()} {
					back, err := money.ParseQuantity(s)
					require.NoError(t, err)
					require.Equal(t, q, back)
				}
				for _, s := range []string{f.Percent(p), p.String()} {
					back, err := money.ParsePercent(s)
					require.NoError(t, err)
					require.Equal(t, p, back)
				}
			})
		})
	}
}

func TestFormatter_TypedIsReadBackAndHasNoGroups(t *testing.T) {
	for lang, want := range map[string][3]string{"ru": {"1262,61", "0,845", "12,5"}, "kk": {"1262,61", "0,845", "12,5"}, "en": {"1262.61", "0.845", "12.5"}} {
		f := money.NewFormatter(lang, "RUB", "")
		assert.Equal(t, want, [3]string{f.Typed(money.Amount(126261)), f.Typed(money.Quantity(845)), f.Typed(money.Percent(1250))}, lang)
		a, err := money.ParseAmount(f.Typed(money.Amount(126261)))
		require.NoError(t, err)
		assert.EqualValues(t, 126261, a)
		assert.Equal(t, want[0][4:5], string(f.Decimal()))
	}
}
