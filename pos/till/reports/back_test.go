package reports_test

// These tests report what was sold and came back.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// returned brings so much of the first line of a sale back.
func returned(s *tilltest.Shop, sale *pos.Sale, qty money.Quantity) *pos.Return {
	s.Helper()
	_, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: sale.ID})
	require.NoError(s, err)
	_, err = s.ReturnLine(s.Context(), s.Owner, 1, qty, "", true)
	require.NoError(s, err)
	r, err := s.FinishReturn(s.Context(), s.Owner, "не подошло")
	require.NoError(s, err)
	return r
}

// of reports the day.
func of(s *tilltest.Shop, k figures.Kind) *figures.Report {
	s.Helper()
	now := s.Clock.Now()
	r, err := s.Report(s.Context(), s.Owner, figures.Query{Kind: k, Period: figures.Of(figures.SpanDay, figures.DayOf(now, now.Location()))})
	require.NoError(s, err)
	return r
}

// column is one figure of the first row.
func column(r *figures.Report, id string) int64 {
	for i, c := range r.Columns {
		if c.ID == id {
			return r.Rows[0].Cells[i].N
		}
	}
	return -1
}

func TestTill_ReportOfPromotionsTakesReturnsOff(t *testing.T) {
	s := tilltest.Small(t)
	p := s.Promote(tilltest.TenPercent("Десятая"))
	sale := s.PayAll(s.Ring("3*milk"))
	s.PayAll(s.Ring("bread"))
	require.Equal(t, []figures.Cell{{N: 35_00}, {N: 2}}, of(s, figures.Promotions).Rows[0].Cells)
	first := returned(s, sale, 1000)
	require.Equal(t, []figures.Cell{{N: 25_00}, {N: 2}}, of(s, figures.Promotions).Rows[0].Cells, "two of the three are still sold")
	second := returned(s, sale, 2000)
	for range 2 { // read one by one, and out of the stored sums
		r := of(s, figures.Promotions)
		require.Equal(t, []figures.Cell{{N: 5_00}, {N: 1}}, r.Rows[0].Cells)
		require.EqualValues(t, 5_00, r.Total.Cells[0].N)
		behind, err := s.ReportReturns(t.Context(), s.Owner, r.Query, string(p.ID), 10)
		require.NoError(t, err)
		require.Len(t, behind, 2)
		require.Equal(t, []pos.ReturnID{second.ID, first.ID}, []pos.ReturnID{behind[0].ID, behind[1].ID})
		require.Equal(t, sale.Number, behind[0].SaleNo)
		_, err = s.RollFigures(t.Context())
		require.NoError(t, err)
	}
	none, err := s.ReportReturns(t.Context(), s.Owner, of(s, figures.Promotions).Query, "another", 10)
	require.NoError(t, err)
	require.Empty(t, none)
	_, err = s.ReportReturns(t.Context(), s.Cashier, of(s, figures.Promotions).Query, "", 10)
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
}

// Every figure of a sale that came back whole is nothing again, but for the count
// of sales.
func TestTill_ReportsTakeReturnsOff(t *testing.T) {
	s := tilltest.Small(t)
	s.Settings.ConfirmPoints = pos.ConfirmNever
	s.Ring("3*milk")
	s.Customer(tilltest.Anna)
	_, err := s.DiscountLine(t.Context(), s.Owner, 1, pos.Discount{Sum: 10_00})
	require.NoError(t, err)
	_, err = s.DiscountCheque(t.Context(), s.Owner, pos.Discount{Sum: 20_00})
	require.NoError(t, err)
	s.Spend(50)
	s.Cash(220_00)
	sale := s.Finish()
	before := map[string]int64{"vat": int64(sale.VAT), "discount": 30_00}
	for id, want := range before {
		require.Equal(t, want, column(of(s, figures.Days), id), id)
	}
	require.EqualValues(t, 50, column(of(s, figures.PointsFlow), "spent"))
	returned(s, sale, 1000)
	require.EqualValues(t, 2000, column(of(s, figures.Products), "qty"))
	require.EqualValues(t, 20_00, column(of(s, figures.Discounts), "discount"))
	returned(s, sale, 2000)
	for k, ids := range map[figures.Kind][]string{
		figures.Days: {"total", "vat", "discount"}, figures.Products: {"total", "qty", "discount"}, figures.Margin: {"margin", "total"},
		figures.Discounts: {"discount", "own", "spread", "gross"}, figures.PointsFlow: {"spent", "earned"}, figures.Employees: {"total", "discount"},
	} {
		for _, id := range ids {
			require.Zero(t, column(of(s, k), id), "%s of %s", id, k)
		}
	}
	require.EqualValues(t, 1, column(of(s, figures.Days), "sales"))
}
