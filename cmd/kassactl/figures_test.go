package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
)

// soldShop is a demo shop that sold three of its first goods for cash.
func soldShop(t *testing.T) (home, total string) {
	t.Helper()
	home, made := demo(t)
	s, err := shop.Open(t.Context(), shop.Options{Home: home})
	require.NoError(t, err)
	owner, err := s.Till.Login(t.Context(), made.Employees[0].PIN)
	require.NoError(t, err)
	_, err = s.Till.OpenShift(t.Context(), owner, 0)
	require.NoError(t, err)
	v, err := s.Till.Scan(t.Context(), owner, made.Products[0].Barcode, 3*money.One, nil)
	require.NoError(t, err)
	_, _, err = s.Till.Tender(t.Context(), owner, pos.Cash, v.Totals.Due)
	require.NoError(t, err)
	sale, err := s.Till.FinishSale(t.Context(), owner)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	return home, sale.Total.String()
}

func TestReport_EveryKindOfFigures(t *testing.T) {
	home, total := soldShop(t)
	for _, k := range figures.Kinds {
		if k == figures.Skips {
			continue
		}
		out, errOut, exit := call(t, home, "report", string(k), "--period", "today", "--compare", "week", "--json")
		require.Zero(t, exit, errOut)
		var told struct {
			Report string `json:"report"`
			Total  map[string]string
		}
		require.NoError(t, json.Unmarshal([]byte(out), &told), k)
		require.Equal(t, string(k), told.Report)
		if k.Compares() && k != figures.Margin && k != figures.Discounts && k != figures.PointsFlow {
			require.Equal(t, total, told.Total["total"], k)
		}
		for _, form := range []string{"", "--csv"} {
			args := []string{"report", string(k)}
			if form != "" {
				args = append(args, form)
			}
			out, errOut, exit = call(t, home, args...)
			require.Zero(t, exit, errOut)
			require.NotContains(t, out, "figures.", "%s: every id has words", k)
		}
	}
	out, errOut, exit := call(t, home, "figures", "rebuild", "--json")
	require.Zero(t, exit, errOut)
	require.JSONEq(t, `{"sales":1}`, out)
	_, errOut, exit = call(t, home, "verify")
	require.Zero(t, exit, errOut)
}

func TestReport_WrongPeriods(t *testing.T) {
	home, _ := soldShop(t)
	for _, args := range [][]string{{"--from", "2026-02-30"}, {"--from", "yesterday"}, {"--to", "1066-10-14"}, {"--from", "2026-03-02", "--to", "2026-03-01"},
		{"--period", "own"}, {"--compare", "sometime"}} {
		_, errOut, exit := call(t, home, append([]string{"report", "days"}, args...)...)
		require.NotZero(t, exit, args)
		require.NotEmpty(t, errOut)
	}
}
