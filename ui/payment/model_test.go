package payment

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
)

func TestQuickSums(t *testing.T) {
	for _, tc := range []struct {
		currency money.Currency
		due      money.Amount
		want     []money.Amount // in whole units
	}{
		{"RUB", 0, nil},
		{"RUB", -100, nil},
		{"RUB", 8_550, []money.Amount{90, 100, 200, 500}},
		{"RUB", 46_261, []money.Amount{500, 1000, 2000, 5000}},
		{"RUB", 50_000, []money.Amount{1000, 2000, 5000}},
		{"RUB", 126_261, []money.Amount{1300, 1500, 2000, 5000}},
		{"RUB", 1_200_000, []money.Amount{15_000}},
		{"RUB", 20_345_000, []money.Amount{205_000}},
		{"RUB", money.MaxAmount, nil},
		{"BYN", 350, []money.Amount{5, 10, 20, 50}},
		{"BYN", 1_240, []money.Amount{15, 20, 50, 100}},
		{"BYN", 50_000, nil},
		{"UAH", 8_550, []money.Amount{90, 100, 200, 500}},
		{"KZT", 135_000, []money.Amount{1500, 2000, 5000, 10_000}},
		{"KGS", 17_000, []money.Amount{200, 500, 1000, 2000}},
		{"UZS", 1_230_000, []money.Amount{13_000, 15_000, 20_000, 50_000}},
	} {
		got := quickSums(tc.due, tc.currency.Notes())
		for i := range got {
			got[i] /= unit
		}
		require.Equal(t, tc.want, got, "%s due %s", tc.currency, tc.due)
	}
}

func TestModel_WhatASumDoesNotTellHasAWindow(t *testing.T) {
	for _, m := range pos.Methods {
		if m.Put() == pos.PutByAsking || m.NeedsCustomer() {
			require.NotEmpty(t, asking[m], "%s can be chosen, but nothing opens", m)
		}
	}
	require.Equal(t, pos.PutBySum, usual.Put(), "the window opens with a sum")
}
