package lists_test

// These tests take lists out.

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/imports"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_Export(t *testing.T) {
	t.Run("what was exported can be imported and changes nothing", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.PutProduct(s.Context(), s.Owner, pos.Product{SKU: "9003", Name: "=HYPERLINK(\"x\");\"y\"", Unit: "шт", VAT: pos.NoVAT, Price: 100})
		require.NoError(t, err)
		var products, customers bytes.Buffer
		require.NoError(t, s.ExportTo(s.Owner, till.ExportedProducts, &products, exports.CSV))
		require.NoError(t, s.ExportTo(s.Owner, till.ExportedCustomers, &customers, exports.CSV))
		require.True(t, strings.HasPrefix(products.String(), "\uFEFFsku;name;"))
		require.Contains(t, products.String(), "'=HYPERLINK", "a spreadsheet must not compute it")

		r, err := s.ImportList(s.Owner, imports.KindProducts, products.String(), false)
		require.NoError(t, err)
		require.Equal(t, r.Total, r.Unchanged)
		require.Equal(t, int64(len(s.Demo.Products)+1), r.Total)
		r, err = s.ImportList(s.Owner, imports.KindCustomers, customers.String(), false)
		require.NoError(t, err)
		require.Equal(t, r.Total, r.Unchanged)
		require.Equal(t, int64(len(s.Demo.Customers)), r.Total)
	})
	t.Run("another shop gets all that was kept of goods and customers", func(t *testing.T) {
		s, other := tilltest.Demo(t), tilltest.Demo(t)
		want := pos.Product{SKU: "9004", Name: "Сыр весовой", Unit: "кг", VAT: pos.NoVAT, Price: 65_000, Cost: 40_000, Category: "Сыры", Barcodes: []string{"4600000900040"},
			MinStock: 2_500, Article: "0-СР/17", Note: "из холодильника\nу двери", ScaleCode: "917", Flags: pos.ProductFlags{Weighed: true}}
		_, err := s.PutProduct(s.Context(), s.Owner, want)
		require.NoError(t, err)
		_, err = s.ImportList(s.Owner, imports.KindCustomers, "name;phone;note\nЗоя;+79000009004;\"вход со двора\"\n", false)
		require.NoError(t, err)
		var products, customers bytes.Buffer
		require.NoError(t, s.ExportTo(s.Owner, till.ExportedProducts, &products, exports.CSV))
		require.NoError(t, s.ExportTo(s.Owner, till.ExportedCustomers, &customers, exports.CSV))

		_, err = other.ImportList(other.Owner, imports.KindProducts, products.String(), false)
		require.NoError(t, err)
		_, err = other.ImportList(other.Owner, imports.KindCustomers, customers.String(), false)
		require.NoError(t, err)
		for _, what := range []till.Exported{till.ExportedProducts, till.ExportedCustomers} {
			var here, there bytes.Buffer
			require.NoError(t, s.ExportTo(s.Owner, what, &here, exports.CSV))
			require.NoError(t, other.ExportTo(other.Owner, what, &there, exports.CSV))
			require.Equal(t, here.String(), there.String())
		}
		for _, kept := range []string{"0-СР/17", "917", "2.5", "у двери"} {
			require.Contains(t, products.String(), kept)
		}
		require.Contains(t, customers.String(), "вход со двора")
	})
	t.Run("sales, as CSV and as JSON", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		sale := s.Sell(0, 1, func() { s.SpendConfirmed(100); s.Cash(30_000) })
		var out bytes.Buffer
		require.NoError(t, s.ExportTo(s.Owner, till.ExportedSales, &out, exports.JSON))
		var rows []map[string]string
		require.NoError(t, json.Unmarshal(out.Bytes(), &rows))
		require.Len(t, rows, 1)
		require.Equal(t, string(sale.ID), rows[0]["id"])
		require.Equal(t, [4]string{"389.00", "289.00", "100.00", "100"}, [4]string{rows[0]["total"], rows[0]["cash"], rows[0]["points"], rows[0]["points_spent"]})

		out.Reset()
		require.NoError(t, s.ExportTo(s.Owner, till.ExportedSales, &out, exports.CSV))
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\uFEFF")))
		r.Comma = ';'
		records, err := r.ReadAll()
		require.NoError(t, err)
		require.Len(t, records, 2)
	})
	t.Run("of nothing is still JSON", func(t *testing.T) {
		s := tilltest.Demo(t)
		var out bytes.Buffer
		require.NoError(t, s.ExportTo(s.Owner, till.ExportedSales, &out, exports.JSON))
		require.JSONEq(t, `[]`, out.String())
	})
	t.Run("refuses a format, a cashier and a full disk", func(t *testing.T) {
		s := tilltest.Demo(t)
		tilltest.Refused(t, s.ExportTo(s.Owner, till.ExportedSales, &bytes.Buffer{}, "xls"), pos.CodeInvalid, "export.format")
		tilltest.Refused(t, s.ExportTo(s.Cashier, till.ExportedSales, &bytes.Buffer{}, exports.CSV), pos.CodeForbidden, "till.forbidden")
		tilltest.Refused(t, s.ExportTo(s.Owner, till.ExportedProducts, failing{}, exports.CSV), pos.CodeUnavailable, "export.unwritable")
	})
}
