package shelf_test

// These tests receive, write off and count goods.

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// draft begins a document and returns its id.
func draft(s *tilltest.Shop, head pos.StockDoc) pos.StockDocID {
	s.Helper()
	v, err := s.NewStockDoc(s.Context(), s.Owner, head)
	require.NoError(s, err)
	return v.Doc.ID
}

// received posts a receiving of one product.
func received(s *tilltest.Shop, sku string, qty money.Quantity, cost, price money.Amount) *till.StockView {
	s.Helper()
	id := draft(s, pos.StockDoc{Kind: pos.Receiving, Supplier: " Хлебозавод ", Invoice: "17"})
	_, err := s.PutStockLine(s.Context(), s.Owner, id, pos.StockLine{Product: s.Stored(sku).ID, Qty: qty, Cost: cost, NewPrice: price})
	require.NoError(s, err)
	v, err := s.PostStock(s.Context(), s.Owner, id)
	require.NoError(s, err)
	return v
}

func TestTill_Receiving(t *testing.T) {
	s := tilltest.Small(t)
	v := received(s, "bread", 10_000, 3000, 5500)
	require.EqualValues(t, 1, v.Doc.Number)
	require.Equal(t, "Хлебозавод", v.Doc.Supplier)
	require.EqualValues(t, 30_000, v.Doc.Sum())
	p := s.Stored("bread")
	require.Equal(t, []int64{15_000, 3000, 5500}, []int64{int64(p.Stock), int64(p.Cost), int64(p.Price)})

	// Fifteen at 30.00 and five at 50.00 cost 35.00 on average.
	received(s, "bread", 5000, 5000, 0)
	require.EqualValues(t, 3500, s.Stored("bread").Cost)

	history, err := s.PriceHistory(t.Context(), s.Owner, p.ID, 10)
	require.NoError(t, err)
	require.Len(t, history, 3)
	require.Equal(t, pos.PriceChange{Product: p.ID, What: pos.PriceCost, From: 3000, To: 3500, Doc: history[0].Doc, Employee: s.Owner.ID, At: s.Clock.Now()}, history[0])
	require.EqualValues(t, 5500, history[2].To)

	s.Ring("bread")
	s.Cash(5500)
	s.Finish()
	sale, err := s.Sale(t.Context(), s.Owner, "")
	require.NoError(t, err)
	require.EqualValues(t, 3500, sale.Lines[0].Cost, "the margin of a sale stays what it was")
}

func TestTill_WriteOff(t *testing.T) {
	s := tilltest.Small(t)
	id := draft(s, pos.StockDoc{Kind: pos.WriteOff})
	_, err := s.ScanStock(t.Context(), s.Owner, id, "3*4600000000015", 0)
	require.NoError(t, err)
	v, err := s.ScanStock(t.Context(), s.Owner, id, "milk", 0)
	require.NoError(t, err)
	require.EqualValues(t, 4000, v.Doc.Lines[0].Qty, "the same goods add up")
	require.Equal(t, 1, v.Touched)
	_, err = s.PostStock(t.Context(), s.Owner, id)
	tilltest.Refused(t, err, pos.CodeInvalid, "stock.reason")
	_, err = s.SetStockHead(t.Context(), s.Owner, id, pos.StockDoc{Kind: pos.WriteOff, Reason: "скисло"})
	require.NoError(t, err)
	v, err = s.PostStock(t.Context(), s.Owner, id)
	require.NoError(t, err)
	require.EqualValues(t, -4000, v.Doc.Lines[0].Moved)
	require.EqualValues(t, 6000, s.Stored("milk").Stock)
	for name, err := range map[string]error{
		"posted again": second(s.PostStock(t.Context(), s.Owner, id)),
		"scanned into": second(s.ScanStock(t.Context(), s.Owner, id, "milk", 0)),
		"a new head":   second(s.SetStockHead(t.Context(), s.Owner, id, pos.StockDoc{})),
		"dropped":      s.DropStockDoc(t.Context(), s.Owner, id),
	} {
		t.Run(name, func(t *testing.T) { tilltest.Refused(t, err, pos.CodeConflict, "stock.posted") })
	}

	r, err := s.ReverseStock(t.Context(), s.Owner, id, "списали не то")
	require.NoError(t, err)
	require.EqualValues(t, 10_000, s.Stored("milk").Stock)
	require.Equal(t, id, r.Doc.Reverses)
	_, err = s.ReverseStock(t.Context(), s.Owner, id, "ещё раз")
	tilltest.Refused(t, err, pos.CodeConflict, "stock.reversed")
	_, err = s.ReverseStock(t.Context(), s.Owner, r.Doc.ID, "обратно")
	tilltest.Refused(t, err, pos.CodeConflict, "stock.is-reversal")
	_, err = s.ReverseStock(t.Context(), s.Owner, draft(s, pos.StockDoc{Kind: pos.WriteOff}), "черновик")
	tilltest.Refused(t, err, pos.CodeConflict, "stock.draft")
}

func second[T any](_ T, err error) error { return err }

func TestTill_Stocktake(t *testing.T) {
	s := tilltest.Small(t)
	id := draft(s, pos.StockDoc{Kind: pos.Stocktake, Category: "молочное", Blind: true})
	_, err := s.ScanStock(t.Context(), s.Owner, id, "bread", 0)
	tilltest.Refused(t, err, pos.CodeConflict, "stock.other-category")
	_, err = s.ScanStock(t.Context(), s.Owner, id, "milk", 7000)
	require.NoError(t, err)
	// Two are sold after they were counted: no difference of the count.
	s.Ring("milk", "milk")
	s.Cash(20_000)
	s.Finish()
	v, err := s.PostStock(t.Context(), s.Owner, id)
	require.NoError(t, err)
	require.EqualValues(t, -3000, v.Doc.Lines[0].Moved)
	require.EqualValues(t, 5000, s.Stored("milk").Stock)

	t.Run("what nobody counted is none", func(t *testing.T) {
		id := draft(s, pos.StockDoc{Kind: pos.Stocktake})
		_, err := s.ScanStock(t.Context(), s.Owner, id, "milk", 5000)
		require.NoError(t, err)
		v, err := s.RestIsNone(t.Context(), s.Owner, id)
		require.NoError(t, err)
		require.Len(t, v.Doc.Lines, 4, "the gift has no stock")
		_, err = s.PostStock(t.Context(), s.Owner, id)
		require.NoError(t, err)
		require.Zero(t, s.Stored("bread").Stock)
		require.Zero(t, s.Stored("gold").Stock)
		require.EqualValues(t, 5000, s.Stored("milk").Stock)
		_, err = s.RestIsNone(t.Context(), s.Owner, draft(s, pos.StockDoc{Kind: pos.Receiving}))
		tilltest.Refused(t, err, pos.CodeConflict, "stock.not-counting")
	})
}

func TestTill_StockDrafts(t *testing.T) {
	s := tilltest.Small(t)
	id := draft(s, pos.StockDoc{Kind: pos.Receiving})
	_, err := s.ScanStock(t.Context(), s.Owner, id, "apples", 1500)
	require.NoError(t, err)
	s.Restart()
	v, err := s.StockDoc(t.Context(), s.Owner, id)
	require.NoError(t, err)
	require.EqualValues(t, 1500, v.Doc.Lines[0].Qty, "a draft survives the end of the program")
	require.Equal(t, "Яблоки", v.Goods[v.Doc.Lines[0].Product].Name)

	_, err = s.PutStockLine(t.Context(), s.Owner, id, pos.StockLine{Product: s.Stored("milk").ID, Qty: 1500})
	tilltest.Refused(t, err, pos.CodeInvalid, "line.qty-piece")
	_, err = s.PutStockLine(t.Context(), s.Owner, id, pos.StockLine{Product: s.Stored("milk").ID})
	tilltest.Refused(t, err, pos.CodeInvalid, "stock.qty-none")
	_, err = s.PutStockLine(t.Context(), s.Owner, id, pos.StockLine{Product: s.Stored("milk").ID, Qty: 1000, Cost: money.MaxAmount + 1})
	tilltest.Refused(t, err, pos.CodeInvalid, "stock.cost-range")
	_, err = s.PutStockLine(t.Context(), s.Owner, id, pos.StockLine{Product: "nobody", Qty: 1000})
	tilltest.Refused(t, err, pos.CodeNotFound, "product.unknown")
	_, err = s.DropStockLine(t.Context(), s.Owner, id, 9)
	tilltest.Refused(t, err, pos.CodeNotFound, "stock.line-missing")
	v, err = s.DropStockLine(t.Context(), s.Owner, id, 1)
	require.NoError(t, err)
	require.Empty(t, v.Doc.Lines)
	_, err = s.PostStock(t.Context(), s.Owner, id)
	tilltest.Refused(t, err, pos.CodeConflict, "stock.empty")
	require.NoError(t, s.DropStockDoc(t.Context(), s.Owner, id))
	_, err = s.StockDoc(t.Context(), s.Owner, id)
	tilltest.Refused(t, err, pos.CodeNotFound, "stock.missing")

	_, err = s.NewStockDoc(t.Context(), s.Owner, pos.StockDoc{Kind: "gift"})
	tilltest.Refused(t, err, pos.CodeInvalid, "stock.kind")
	_, err = s.NewStockDoc(t.Context(), s.Owner, pos.StockDoc{Kind: pos.Receiving, Supplier: strings.Repeat("я", 201)})
	tilltest.Refused(t, err, pos.CodeInvalid, "stock.text-long")
	_, err = s.NewStockDoc(t.Context(), s.Cashier, pos.StockDoc{Kind: pos.Receiving})
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
}

func TestTill_StockDocs_NumbersAndMoves(t *testing.T) {
	s := tilltest.Small(t)
	for range 3 {
		received(s, "milk", 1000, 7000, 0)
	}
	open := draft(s, pos.StockDoc{Kind: pos.WriteOff})
	s.Ring("milk")
	s.Cash(10_000)
	s.Finish()
	list, err := s.StockDocs(t.Context(), s.Owner, "", 0, 10)
	require.NoError(t, err)
	require.Len(t, list, 4)
	require.Equal(t, open, list[0].ID, "drafts first")
	require.Equal(t, []int64{3, 2, 1}, []int64{list[1].Number, list[2].Number, list[3].Number})
	list, err = s.StockDocs(t.Context(), s.Owner, pos.Receiving, 1, 1)
	require.NoError(t, err)
	require.EqualValues(t, 2, list[0].Number)

	moves, err := s.ProductMoves(t.Context(), s.Owner, s.Stored("milk").ID, 10)
	require.NoError(t, err)
	var told []string
	for _, m := range moves {
		told = append(told, m.Source+" "+strconv.FormatInt(m.Number, 10)+" "+m.Qty.String()+" "+m.After.String())
	}
	require.Equal(t, []string{"sale 1 -1 12", "receiving 3 1 13", "receiving 2 1 12", "receiving 1 1 11", "import 0 10 10"}, told)
	_, err = s.ProductMoves(t.Context(), s.Cashier, s.Stored("milk").ID, 10)
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
}

func TestTill_LowStock(t *testing.T) {
	s := tilltest.Small(t)
	for sku, least := range map[string]money.Quantity{"milk": 10_000, "bread": 6000, "gold": 20_000} {
		p := s.Stored(sku)
		p.MinStock = least
		_, err := s.PutProduct(t.Context(), s.Owner, p)
		require.NoError(t, err)
	}
	list, err := s.LowStock(t.Context(), s.Owner, 10)
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, []string{"gold", "bread"}, []string{list[0].SKU, list[1].SKU}, "ten milks are enough")
}
