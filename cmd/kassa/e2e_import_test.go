package main

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/shell"
)

// TestE2E_ImportOfTenThousandGoods brings a supplier's workbook in by keys and
// sells one of its goods: what a shop does on the day it begins.
func TestE2E_ImportOfTenThousandGoods(t *testing.T) {
	const rows = 10_000
	path := workbook(t, rows)
	r := newRig(t)
	r.begin(pos.GroupOwner, "0")
	r.key("F10")
	r.see("menu")
	r.key(string(shell.MenuKey("goods")))
	r.see("goods")
	r.key("F5")
	r.see("goods.import", "kind", "products")
	r.typed(path)
	r.key("Return")
	r.see("goods.import", "columns", "sku,name,barcode,price", "new", fmt.Sprint(rows), "bad", "0", "busy", "false")
	r.key("Return")
	r.see("goods.import", "done", "true", "new", fmt.Sprint(rows))
	r.key("Return")
	r.see("goods")
	r.key("Escape")
	r.see("sale")

	r.scan(barcode(7777))
	r.see("sale", "lines", "1", "sku", "W07777", "total", "177.77")
	r.key("ctrl+Return")
	r.see("receipt", "total", "177.77")

	s, ctx := r.stored()
	sales := r.sales(s, ctx)
	require.Len(t, sales, 1)
	require.Equal(t, money.Amount(177_77), sales[0].Paid(pos.Card))
	count := 0
	require.NoError(t, s.Store.View(ctx, func(tx till.Tx) error {
		return tx.EachProduct(func(*pos.Product) error { count++; return nil })
	}))
	require.Equal(t, rows+len(r.demo.Products), count)
}

// barcode is the EAN-13 of the i-th thing of the workbook.
func barcode(i int) string {
	code := fmt.Sprintf("46500%07d", i)
	sum := 0
	for k, c := range code {
		sum += int(c-'0') * (1 + 2*(k%2))
	}
	return code + fmt.Sprint((10-sum%10)%10)
}

// workbook is a list as a supplier sends it, with prices as numbers.
func workbook(t *testing.T, rows int) string {
	t.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	require.NoError(t, err)
	require.NoError(t, w.SetRow("A1", []any{"Артикул", "Наименование", "Штрихкод", "Цена"}))
	for i := range rows {
		cell := fmt.Sprintf("A%d", i+2)
		require.NoError(t, w.SetRow(cell, []any{fmt.Sprintf("W%05d", i), fmt.Sprintf("Товар из списка %05d", i), barcode(i), 100 + float64(i)/100}))
	}
	require.NoError(t, w.Flush())
	path := filepath.Join(t.TempDir(), "list.xlsx")
	require.NoError(t, f.SaveAs(path))
	return path
}
