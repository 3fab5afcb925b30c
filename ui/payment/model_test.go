package payment

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
)

func TestQuickSums(t *testing.T) {
	for _, tc := range []struct {
		due  money.Amount
		want []money.Amount
	}{
		{0, nil},
		{-100, nil},
		{8_550, []money.Amount{9_000, 10_000, 50_000, 100_000}},
		{46_261, []money.Amount{50_000, 100_000, 200_000, 500_000}},
		{50_000, []money.Amount{100_000, 200_000, 500_000, 1_000_000}},
		{126_261, []money.Amount{130_000, 150_000, 200_000, 500_000}},
		{1_200_000, []money.Amount{1_500_000, 2_000_000, 5_000_000, 10_000_000}},
		{money.MaxAmount, nil},
	} {
		require.Equal(t, tc.want, quickSums(tc.due), "due %s", tc.due)
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
