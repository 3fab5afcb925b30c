package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/money"
)

// TestReport_Sales sells more than any page holds: a report that is not told a
// limit leaves nothing out, for its total is read as the shop's.
func TestReport_Sales(t *testing.T) {
	const sold = 103
	home, made := demo(t)
	s, err := shop.Open(t.Context(), shop.Options{Home: home})
	require.NoError(t, err)
	owner, err := s.Till.Login(t.Context(), made.Employees[0].PIN)
	require.NoError(t, err)
	_, err = s.Till.OpenShift(t.Context(), owner, 0)
	require.NoError(t, err)
	var total money.Amount
	for range sold {
		v, err := s.Till.Scan(t.Context(), owner, made.Products[0].Barcode, money.One, nil)
		require.NoError(t, err)
		_, _, err = s.Till.Tender(t.Context(), owner, pos.Card, v.Totals.Due)
		require.NoError(t, err)
		sale, err := s.Till.FinishSale(t.Context(), owner)
		require.NoError(t, err)
		total = total.Add(sale.Total)
	}
	for _, page := range []int{1, 10, sold, sold + 1} {
		all, err := storedSales(t.Context(), s, 0, page)
		require.NoError(t, err)
		require.Len(t, all, sold, "pages of %d", page)
		for i := range all {
			require.Equal(t, int64(sold-i), all[i].Number)
		}
		some, err := storedSales(t.Context(), s, 12, page)
		require.NoError(t, err)
		require.Equal(t, all[:12], some)
	}
	require.NoError(t, s.Close())

	for limit, want := range map[string]int{"": sold, "7": 7} {
		args := []string{"report", "sales", "--json"}
		if limit != "" {
			args = append(args, "--limit", limit)
		}
		out, errOut, exit := call(t, home, args...)
		require.Zero(t, exit, errOut)
		var told struct {
			Sales []struct{ Number int64 } `json:"sales"`
			Total string                   `json:"total"`
		}
		require.NoError(t, json.Unmarshal([]byte(out), &told))
		assert.Len(t, told.Sales, want)
		if limit == "" {
			assert.Equal(t, total.String(), told.Total)
		}
	}
}
