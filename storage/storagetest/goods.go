package storagetest

import (
	"errors"
	"testing"

	"kassa/pos"
	"kassa/pos/till/store"
)

// keepsPrices: the history of prices comes back. Categories and stock documents
// follow.
func keepsPrices(t *testing.T, f *fixture) {
	one := pos.PriceChange{Product: "p-milk", What: pos.PriceSelling, From: 100, To: 200, Doc: "catalogue:1", Employee: "e", At: noon}
	two := pos.PriceChange{Product: "p-milk", What: pos.PriceCost, From: 0, To: 50, Doc: "stock:1", Employee: "e", At: noon}
	f.update(func(x store.Tx) error {
		return errors.Join(x.PutPriceChange(&one), x.PutPriceChange(&two), x.PutPriceChange(&pos.PriceChange{Product: "other", What: pos.PriceCost}))
	})
	reads(f, "PriceHistory", []pos.PriceChange{two, one}, func(x store.Tx) ([]pos.PriceChange, error) { return x.PriceHistory("p-milk", 10) })
	reads(f, "the newest", []pos.PriceChange{two}, func(x store.Tx) ([]pos.PriceChange, error) { return x.PriceHistory("p-milk", 1) })
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachPriceChange)
		same(f, "EachPriceChange", len(all), 3)
		return err
	})
}

func keepsCategories(t *testing.T, f *fixture) {
	a, b := pos.Category{ID: "a", Name: "Фрукты", Colour: 3, Place: 2}, pos.Category{ID: "b", Name: "Молочное", Parent: "a", Place: 1, Archived: true}
	f.update(func(x store.Tx) error { return errors.Join(x.PutCategory(&a), x.PutCategory(&b), x.PutProduct(milk())) })
	reads(f, "Categories", []pos.Category{b, a}, func(x store.Tx) ([]pos.Category, error) { return x.Categories() })
	reads(f, "CategorySizes", map[string]int64{"Молочное": 1}, func(x store.Tx) (map[string]int64, error) { return x.CategorySizes() })
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutCategory(&pos.Category{ID: "c", Name: "Фрукты"}) })
	reads(f, "ProductsOf", []pos.Product{*milk()}, func(x store.Tx) ([]pos.Product, error) { return x.ProductsOf("Молочное", "", "", 5) })
	f.update(func(x store.Tx) error {
		n, err := x.RenameGoods("Молочное", "Молоко")
		same(f, "renamed", n, 1)
		return errors.Join(err, x.DeleteCategory("b"))
	})
	reads(f, "renamed goods", 1, func(x store.Tx) (int, error) {
		list, err := x.ProductsOf("Молоко", "", "", 5)
		return len(list), err
	})
	reads(f, "after deleting", []pos.Category{a}, func(x store.Tx) ([]pos.Category, error) { return x.Categories() })

	tiles := []pos.Tile{{Page: 0, Place: 3, Product: "p-milk", Colour: 1}, {Page: 1, Place: 0, Category: "a"}}
	f.update(func(x store.Tx) error { return x.ReplaceTiles([]pos.Tile{{Product: "gone"}}) })
	f.update(func(x store.Tx) error { return x.ReplaceTiles(tiles) })
	reads(f, "Tiles", tiles, func(x store.Tx) ([]pos.Tile, error) { return x.Tiles() })

	reads(f, "by scale code", milk().ID, func(x store.Tx) (pos.ProductID, error) {
		p, err := x.ProductByScaleCode("42")
		if err != nil {
			return "", err
		}
		return p.ID, nil
	})
	other := product("other", "Другой", 0)
	other.ScaleCode = "42"
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutProduct(&other) })
	reads(f, "image in use", true, func(x store.Tx) (bool, error) { return x.ImageUsed("abc") })
	reads(f, "image nobody shows", false, func(x store.Tx) (bool, error) { return x.ImageUsed("") })
	reads(f, "low stock", 1, func(x store.Tx) (int, error) {
		list, err := x.LowStock(5)
		return len(list), err
	})
	reads(f, "most sold", 1, func(x store.Tx) (int, error) {
		list, err := x.MostSold(5)
		return len(list), err
	})
}

func keepsStockDocs(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error { return x.PutProduct(milk()) })
	d := pos.StockDoc{ID: "d", Kind: pos.Receiving, Supplier: "Завод", Invoice: "1", Category: "c", Blind: true, Reason: "r",
		CreatedAt: noon, CreatedBy: "e", Rev: 1}
	l := pos.StockLine{No: 1, Product: "p-milk", SKU: "001", Name: "Молоко", Unit: "шт", Qty: 2000, Cost: 10, NewPrice: 20, Book: -1, Moved: 2}
	f.update(func(x store.Tx) error { return errors.Join(x.PutStockHead(&d), x.PutStockLine("d", &l)) })
	l2 := l
	l2.No = 2
	f.update(func(x store.Tx) error { return x.PutStockLine("d", &l2) })
	f.update(func(x store.Tx) error { return x.DeleteStockLine("d", 2) })
	want := d
	want.Lines = []pos.StockLine{l}
	reads(f, "a draft", &want, func(x store.Tx) (*pos.StockDoc, error) { return x.StockDoc("d") })
	reads(f, "the first number", 1, func(x store.Tx) (int64, error) { return x.NextStockNumber(pos.Receiving) })
	d.Number, d.PostedAt, d.PostedBy = 1, noon, "e"
	f.update(func(x store.Tx) error { return x.PutStockHead(&d) })
	reads(f, "the next number", 2, func(x store.Tx) (int64, error) { return x.NextStockNumber(pos.Receiving) })
	reads(f, "another kind's", 1, func(x store.Tx) (int64, error) { return x.NextStockNumber(pos.WriteOff) })
	for name, change := range map[string]func(store.Tx) error{
		"a posted head":       func(x store.Tx) error { return x.PutStockHead(&d) },
		"a posted line":       func(x store.Tx) error { return x.PutStockLine("d", &l) },
		"one more line":       func(x store.Tx) error { return x.PutStockLine("d", &l2) },
		"a line taken out":    func(x store.Tx) error { return x.DeleteStockLine("d", 1) },
		"the document itself": func(x store.Tx) error { return x.DeleteStockDoc("d") },
	} {
		if err := f.store.Update(f.Context(), change); err == nil {
			t.Errorf("%s was changed", name)
		}
	}
	listsStockDocs(f)
}

// listsStockDocs: the document d that was put is reversed once, and listed beside
// others with what it moved.
func listsStockDocs(f *fixture) {
	r := pos.StockDoc{ID: "r", Kind: pos.Receiving, Number: 2, Reverses: "d", CreatedAt: noon, PostedAt: noon}
	f.update(func(x store.Tx) error { return x.PutStockHead(&r) })
	r.ID, r.Number = "r2", 3
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutStockHead(&r) })
	reads(f, "StockKept", true, func(x store.Tx) (bool, error) { return x.StockKept() })
	reads(f, "ReversalOf", pos.StockDocID("r"), func(x store.Tx) (pos.StockDocID, error) { return x.ReversalOf("d") })
	f.update(func(x store.Tx) error {
		return errors.Join(x.PutStockHead(&pos.StockDoc{ID: "w", Kind: pos.WriteOff}), x.MoveStock("p-milk", 5, "stock:d", noon))
	})
	ids := func(k pos.StockKind, skip int) func(store.Tx) ([]pos.StockDocID, error) {
		return func(x store.Tx) (out []pos.StockDocID, err error) {
			list, err := x.StockDocs(k, skip, 5)
			for _, d := range list {
				out = append(out, d.ID)
			}
			return out, err
		}
	}
	reads(f, "drafts first", []pos.StockDocID{"w", "r", "d"}, ids("", 0))
	reads(f, "of one kind", []pos.StockDocID{"d"}, ids(pos.Receiving, 1))
	f.update(func(x store.Tx) error { return x.DeleteStockDoc("w") })
	f.view(func(x store.Tx) error {
		docs, err := walk(x.EachStockDoc)
		same(f, "EachStockDoc", len(docs), 2)
		moves, err2 := walk(x.EachStockMove)
		same(f, "EachStockMove", len(moves), 2)
		return errors.Join(err, err2)
	})
	reads(f, "StockMoves", "stock:d", func(x store.Tx) (string, error) {
		list, err := x.StockMoves("p-milk", 1)
		if err != nil || len(list) != 1 {
			return "", err
		}
		return list[0].Doc, nil
	})
}
