package till_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// product reads a product as it is stored.
func (s *shop) product(sku string) pos.Product {
	s.Helper()
	var p *pos.Product
	s.ok(s.store.View(s.Context(), func(x till.Tx) (err error) {
		p, err = x.ProductBySKU(sku)
		return err
	}))
	return *p
}

// draft begins a document and returns its id.
func (s *shop) draft(head pos.StockDoc) pos.StockDocID {
	s.Helper()
	v, err := s.NewStockDoc(s.Context(), s.owner, head)
	s.ok(err)
	return v.Doc.ID
}

// received posts a receiving of one product.
func (s *shop) received(sku string, qty money.Quantity, cost, price money.Amount) *till.StockView {
	s.Helper()
	id := s.draft(pos.StockDoc{Kind: pos.Receiving, Supplier: " Хлебозавод ", Invoice: "17"})
	_, err := s.PutStockLine(s.Context(), s.owner, id, pos.StockLine{Product: s.product(sku).ID, Qty: qty, Cost: cost, NewPrice: price})
	s.ok(err)
	v, err := s.PostStock(s.Context(), s.owner, id)
	s.ok(err)
	return v
}

func TestTill_Receiving(t *testing.T) {
	s := newShop(t)
	v := s.received("bread", 10_000, 3000, 5500)
	require.EqualValues(t, 1, v.Doc.Number)
	require.Equal(t, "Хлебозавод", v.Doc.Supplier)
	require.EqualValues(t, 30_000, v.Doc.Sum())
	p := s.product("bread")
	require.Equal(t, []int64{15_000, 3000, 5500}, []int64{int64(p.Stock), int64(p.Cost), int64(p.Price)})

	// Fifteen at 30.00 and five at 50.00 cost 35.00 on average.
	s.received("bread", 5000, 5000, 0)
	require.EqualValues(t, 3500, s.product("bread").Cost)

	history, err := s.PriceHistory(t.Context(), s.owner, p.ID, 10)
	s.ok(err)
	require.Len(t, history, 3)
	require.Equal(t, pos.PriceChange{Product: p.ID, What: pos.PriceCost, From: 3000, To: 3500, Doc: history[0].Doc, Employee: s.owner.ID, At: s.clock.Now()}, history[0])
	require.EqualValues(t, 5500, history[2].To)

	s.scan("bread")
	s.ok(s.SetCash(5500))
	sale, err := s.Sale(t.Context(), s.owner, "")
	s.ok(err)
	require.EqualValues(t, 3500, sale.Lines[0].Cost, "the margin of a sale stays what it was")
}

// SetCash pays the open cheque in cash and finishes it.
func (s *shop) SetCash(sum money.Amount) error {
	if _, _, err := s.Tender(s.Context(), s.owner, pos.Cash, sum); err != nil {
		return err
	}
	_, err := s.FinishSale(s.Context(), s.owner)
	return err
}

func TestTill_WriteOff(t *testing.T) {
	s := newShop(t)
	id := s.draft(pos.StockDoc{Kind: pos.WriteOff})
	_, err := s.ScanStock(t.Context(), s.owner, id, "3*4600000000015", 0)
	s.ok(err)
	v, err := s.ScanStock(t.Context(), s.owner, id, "milk", 0)
	s.ok(err)
	require.EqualValues(t, 4000, v.Doc.Lines[0].Qty, "the same goods add up")
	require.Equal(t, 1, v.Touched)
	_, err = s.PostStock(t.Context(), s.owner, id)
	s.refuses(err, pos.CodeInvalid, "stock.reason")
	_, err = s.SetStockHead(t.Context(), s.owner, id, pos.StockDoc{Kind: pos.WriteOff, Reason: "скисло"})
	s.ok(err)
	v, err = s.PostStock(t.Context(), s.owner, id)
	s.ok(err)
	require.EqualValues(t, -4000, v.Doc.Lines[0].Moved)
	require.EqualValues(t, 6000, s.product("milk").Stock)
	for name, err := range map[string]error{
		"posted again": second(s.PostStock(t.Context(), s.owner, id)),
		"scanned into": second(s.ScanStock(t.Context(), s.owner, id, "milk", 0)),
		"a new head":   second(s.SetStockHead(t.Context(), s.owner, id, pos.StockDoc{})),
		"dropped":      s.DropStockDoc(t.Context(), s.owner, id),
	} {
		t.Run(name, func(*testing.T) { s.refuses(err, pos.CodeConflict, "stock.posted") })
	}

	r, err := s.ReverseStock(t.Context(), s.owner, id, "списали не то")
	s.ok(err)
	require.EqualValues(t, 10_000, s.product("milk").Stock)
	require.Equal(t, id, r.Doc.Reverses)
	_, err = s.ReverseStock(t.Context(), s.owner, id, "ещё раз")
	s.refuses(err, pos.CodeConflict, "stock.reversed")
	_, err = s.ReverseStock(t.Context(), s.owner, r.Doc.ID, "обратно")
	s.refuses(err, pos.CodeConflict, "stock.is-reversal")
	_, err = s.ReverseStock(t.Context(), s.owner, s.draft(pos.StockDoc{Kind: pos.WriteOff}), "черновик")
	s.refuses(err, pos.CodeConflict, "stock.draft")
}

func second[T any](_ T, err error) error { return err }

func TestTill_Stocktake(t *testing.T) {
	s := newShop(t)
	id := s.draft(pos.StockDoc{Kind: pos.Stocktake, Category: "молочное", Blind: true})
	_, err := s.ScanStock(t.Context(), s.owner, id, "bread", 0)
	s.refuses(err, pos.CodeConflict, "stock.other-category")
	_, err = s.ScanStock(t.Context(), s.owner, id, "milk", 7000)
	s.ok(err)
	// Two are sold after they were counted: no difference of the count.
	s.scan("milk", "milk")
	s.ok(s.SetCash(20_000))
	v, err := s.PostStock(t.Context(), s.owner, id)
	s.ok(err)
	require.EqualValues(t, -3000, v.Doc.Lines[0].Moved)
	require.EqualValues(t, 5000, s.product("milk").Stock)

	t.Run("what nobody counted is none", func(t *testing.T) {
		id := s.draft(pos.StockDoc{Kind: pos.Stocktake})
		_, err := s.ScanStock(t.Context(), s.owner, id, "milk", 5000)
		s.ok(err)
		v, err := s.RestIsNone(t.Context(), s.owner, id)
		s.ok(err)
		require.Len(t, v.Doc.Lines, 4, "the gift has no stock")
		_, err = s.PostStock(t.Context(), s.owner, id)
		s.ok(err)
		require.Zero(t, s.product("bread").Stock)
		require.Zero(t, s.product("gold").Stock)
		require.EqualValues(t, 5000, s.product("milk").Stock)
		_, err = s.RestIsNone(t.Context(), s.owner, s.draft(pos.StockDoc{Kind: pos.Receiving}))
		s.refuses(err, pos.CodeConflict, "stock.not-counting")
	})
}

func TestTill_StockDrafts(t *testing.T) {
	s := newShop(t)
	id := s.draft(pos.StockDoc{Kind: pos.Receiving})
	_, err := s.ScanStock(t.Context(), s.owner, id, "apples", 1500)
	s.ok(err)
	s.restart()
	v, err := s.StockDoc(t.Context(), s.owner, id)
	s.ok(err)
	require.EqualValues(t, 1500, v.Doc.Lines[0].Qty, "a draft survives the end of the program")
	require.Equal(t, "Яблоки", v.Goods[v.Doc.Lines[0].Product].Name)

	_, err = s.PutStockLine(t.Context(), s.owner, id, pos.StockLine{Product: s.product("milk").ID, Qty: 1500})
	s.refuses(err, pos.CodeInvalid, "line.qty-piece")
	_, err = s.PutStockLine(t.Context(), s.owner, id, pos.StockLine{Product: s.product("milk").ID})
	s.refuses(err, pos.CodeInvalid, "stock.qty-none")
	_, err = s.PutStockLine(t.Context(), s.owner, id, pos.StockLine{Product: s.product("milk").ID, Qty: 1000, Cost: money.MaxAmount + 1})
	s.refuses(err, pos.CodeInvalid, "stock.cost-range")
	_, err = s.PutStockLine(t.Context(), s.owner, id, pos.StockLine{Product: "nobody", Qty: 1000})
	s.refuses(err, pos.CodeNotFound, "product.unknown")
	_, err = s.DropStockLine(t.Context(), s.owner, id, 9)
	s.refuses(err, pos.CodeNotFound, "stock.line-missing")
	v, err = s.DropStockLine(t.Context(), s.owner, id, 1)
	s.ok(err)
	require.Empty(t, v.Doc.Lines)
	_, err = s.PostStock(t.Context(), s.owner, id)
	s.refuses(err, pos.CodeConflict, "stock.empty")
	s.ok(s.DropStockDoc(t.Context(), s.owner, id))
	_, err = s.StockDoc(t.Context(), s.owner, id)
	s.refuses(err, pos.CodeNotFound, "stock.missing")

	_, err = s.NewStockDoc(t.Context(), s.owner, pos.StockDoc{Kind: "gift"})
	s.refuses(err, pos.CodeInvalid, "stock.kind")
	_, err = s.NewStockDoc(t.Context(), s.owner, pos.StockDoc{Kind: pos.Receiving, Supplier: strings.Repeat("я", 201)})
	s.refuses(err, pos.CodeInvalid, "stock.text-long")
	_, err = s.NewStockDoc(t.Context(), s.cashier, pos.StockDoc{Kind: pos.Receiving})
	s.refuses(err, pos.CodeForbidden, "till.forbidden")
}

func TestTill_StockDocs_NumbersAndMoves(t *testing.T) {
	s := newShop(t)
	for range 3 {
		s.received("milk", 1000, 7000, 0)
	}
	open := s.draft(pos.StockDoc{Kind: pos.WriteOff})
	s.scan("milk")
	s.ok(s.SetCash(10_000))
	list, err := s.StockDocs(t.Context(), s.owner, "", 0, 10)
	s.ok(err)
	require.Len(t, list, 4)
	require.Equal(t, open, list[0].ID, "drafts first")
	require.Equal(t, []int64{3, 2, 1}, []int64{list[1].Number, list[2].Number, list[3].Number})
	list, err = s.StockDocs(t.Context(), s.owner, pos.Receiving, 1, 1)
	s.ok(err)
	require.EqualValues(t, 2, list[0].Number)

	moves, err := s.ProductMoves(t.Context(), s.owner, s.product("milk").ID, 10)
	s.ok(err)
	var told []string
	for _, m := range moves {
		told = append(told, m.Source+" "+strconv.FormatInt(m.Number, 10)+" "+m.Qty.String()+" "+m.After.String())
	}
	require.Equal(t, []string{"sale 1 -1 12", "receiving 3 1 13", "receiving 2 1 12", "receiving 1 1 11", "import 0 10 10"}, told)
	_, err = s.ProductMoves(t.Context(), s.cashier, s.product("milk").ID, 10)
	s.refuses(err, pos.CodeForbidden, "till.forbidden")
}

func TestTill_LowStock(t *testing.T) {
	s := newShop(t)
	for sku, least := range map[string]money.Quantity{"milk": 10_000, "bread": 6000, "gold": 20_000} {
		p := s.product(sku)
		p.MinStock = least
		_, err := s.PutProduct(t.Context(), s.owner, p)
		s.ok(err)
	}
	list, err := s.LowStock(t.Context(), s.owner, 10)
	s.ok(err)
	require.Len(t, list, 2)
	require.Equal(t, []string{"gold", "bread"}, []string{list[0].SKU, list[1].SKU}, "ten milks are enough")
}

// What is changed behind the till is found, and named by the right words.
func TestTill_SelfCheckFindsTamperedStock(t *testing.T) {
	b := newDemo(t)
	p := b.demo.Products[0]
	v, err := b.NewStockDoc(b.ctx, b.owner, pos.StockDoc{Kind: pos.Receiving, Invoice: "1"})
	require.NoError(t, err)
	_, err = b.PutStockLine(b.ctx, b.owner, v.Doc.ID, pos.StockLine{Product: p.ID, Qty: 2000, Cost: 100, NewPrice: p.Price + 1})
	require.NoError(t, err)
	_, err = b.PostStock(b.ctx, b.owner, v.Doc.ID)
	require.NoError(t, err)
	edited := b.demo.Products[1]
	edited.Stock += 1000
	_, err = b.PutProduct(b.ctx, b.owner, edited)
	require.NoError(t, err)
	b.shiftOpen()
	b.sell(-1, 2, func() { b.tender(pos.Card, 30_000); b.tender(pos.Cash, 50_000) })
	b.healthy()
	require.NoError(t, b.store.Close())
	for name, tt := range map[string]struct{ sql, want string }{
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
	} {
		t.Run(name, func(t *testing.T) {
			c := b.copy(t)
			c.tamper(strings.Split(tt.sql, ";")...)
			problems, err := c.SelfCheck(c.ctx, c.owner)
			require.NoError(t, err)
			var ids []string
			for _, p := range problems {
				ids = append(ids, p.ID)
			}
			require.Contains(t, ids, tt.want)
		})
	}
}
