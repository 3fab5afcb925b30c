package check_test

// These tests change stock and prices behind the till.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till/tilltest"
)

// What is changed behind the till is found, and named by the right words.
func TestTill_SelfCheckFindsTamperedStock(t *testing.T) {
	s := tilltest.Demo(t)
	p := s.Demo.Products[0]
	v, err := s.NewStockDoc(s.Context(), s.Owner, pos.StockDoc{Kind: pos.Receiving, Invoice: "1"})
	require.NoError(t, err)
	_, err = s.PutStockLine(s.Context(), s.Owner, v.Doc.ID, pos.StockLine{Product: p.ID, Qty: 2000, Cost: 100, NewPrice: p.Price + 1})
	require.NoError(t, err)
	_, err = s.PostStock(s.Context(), s.Owner, v.Doc.ID)
	require.NoError(t, err)
	edited := s.Demo.Products[1]
	edited.Stock += 1000
	_, err = s.PutProduct(s.Context(), s.Owner, edited)
	require.NoError(t, err)
	s.StartShift(10_000)
	s.Sell(-1, 2, func() { s.Pay(pos.Card, 30_000); s.Cash(50_000) })
	day := s.Snapshot()
	finds(t, day, anyInvariant, map[string]change{
		"an invoice":                {`UPDATE stock_docs SET invoice = '2'`, "check.stock-changed"},
		"a quantity":                {`UPDATE stock_lines SET qty = 3000`, "check.stock-changed"},
		"a document nobody booked":  {`INSERT INTO stock_docs SELECT n+1, id||'x', kind, 2, supplier, invoice, reason, category, blind, reverses, created_at, created_by, posted_at, posted_by, rev FROM stock_docs`, "check.doc-unbooked"},
		"a gap in the numbers":      {`UPDATE stock_docs SET number = 2`, "check.stock-number"},
		"a document taken out":      {`DELETE FROM stock_lines; DELETE FROM stock_docs`, "check.doc-missing"},
		"more on the shelf":         {`UPDATE stock SET qty = qty + 1000 WHERE product = 1`, "check.stock"},
		"a movement of its own":     {`INSERT INTO stock_moves (product, qty, doc, at) VALUES (1, 5000, 'nothing', 1); UPDATE stock SET qty = qty + 5000 WHERE product = 1`, "check.stock-moves"},
		"a movement taken out":      {`UPDATE stock SET qty = qty - 2000 WHERE product = 1; DELETE FROM stock_moves WHERE doc LIKE 'stock:%'`, "check.stock-moves"},
		"a sale's movement doubled": {`INSERT INTO stock_moves (product, qty, doc, at) SELECT product, qty, doc, at FROM stock_moves m WHERE doc = (SELECT id FROM sales LIMIT 1) LIMIT 1; UPDATE stock SET qty = (SELECT sum(qty) FROM stock_moves WHERE product = stock.product) WHERE product IN (SELECT product FROM stock_moves)`, "check.stock-moves"},
		"another edit of a card":    {`UPDATE stock_moves SET qty = 2000 WHERE doc LIKE 'catalogue:%'; UPDATE stock SET qty = qty + 1000 WHERE product = 2`, "check.stock-moves"},
		"an import nobody heard of": {`INSERT INTO stock_moves (product, qty, doc, at) VALUES (1, 5000, 'import:x', 1); UPDATE stock SET qty = qty + 5000 WHERE product = 1`, "check.stock-import"},
		"a price":                   {`UPDATE products SET price = price + 1 WHERE n = 1`, "check.price-history"},
		"a cost":                    {`UPDATE products SET cost = cost + 1 WHERE n = 1`, "check.price-history"},
		"the history of prices":     {`UPDATE price_history SET now = now + 1 WHERE what = 'price'`, "check.price-history"},
		"the cost of what was sold": {`UPDATE sale_lines SET cost = 1`, "check.sale-changed"},
	})
}
