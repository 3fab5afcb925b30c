package storagetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
	"kassa/pos/till/store"
)

// milk is a product with everything: goods are kept, found by code and by pieces of
// a name, and counted.
func milk() *pos.Product {
	return &pos.Product{
		ID: "p-milk", SKU: "001", Name: "Молоко «Бурёнка» 3,2%", Barcodes: []string{"4600000000017", "200001"},
		Unit: "шт", Price: 8990, VAT: 1000, Category: "Молочное", Stock: -2500, Sold: 7,
		Cost: 6500, MinStock: 1500, Article: "М-1", Note: "две\nстроки", ScaleCode: "42", Image: "abc",
		Flags: pos.ProductFlags{Weighed: true, AskPrice: true, NoEarn: true, NoPoints: true},
	}
}

func product(id, name string, sold int64, codes ...string) pos.Product {
	return pos.Product{ID: pos.ProductID(id), SKU: "sku-" + id, Name: name, Barcodes: codes, VAT: pos.NoVAT, Sold: sold}
}

func stockCounter(n *int) func(pos.ProductID, money.Quantity) error {
	return func(pos.ProductID, money.Quantity) error { *n++; return nil }
}

func keepsProducts(t *testing.T, f *fixture) {
	bare := &pos.Product{ID: "p-bare", SKU: "sku '%_\"", Name: "ё", VAT: pos.NoVAT, Archived: true}
	for _, p := range []*pos.Product{milk(), bare} {
		f.update(func(x store.Tx) error { return x.PutProduct(p) })
		reads(f, "Product", p, func(x store.Tx) (*pos.Product, error) { return x.Product(p.ID) })
		reads(f, "ProductBySKU", p, func(x store.Tx) (*pos.Product, error) { return x.ProductBySKU(p.SKU) })
	}
	reads(f, "ProductCount", 2, func(x store.Tx) (int64, error) { return x.ProductCount() })

	changed := milk()
	changed.Name, changed.Barcodes, changed.Price, changed.Flags = "Кефир", []string{"200001", "777"}, 0, pos.ProductFlags{}
	f.update(func(x store.Tx) error { return x.PutProduct(changed) })
	reads(f, "replaced", changed, func(x store.Tx) (*pos.Product, error) { return x.Product(changed.ID) })
	byCode := func(code string) func(store.Tx) ([]pos.Product, error) {
		return func(x store.Tx) ([]pos.Product, error) { return x.ProductsByBarcode(code) }
	}
	reads(f, "new barcode", []pos.Product{*changed}, byCode("777"))
	reads(f, "old barcode", nil, byCode("4600000000017"))
	reads(f, "part of a barcode", nil, byCode("77"))

	byCodes := func(codes ...string) func(store.Tx) ([]pos.Product, error) {
		return func(x store.Tx) ([]pos.Product, error) { return x.ProductsByCodes(codes) }
	}
	reads(f, "by any of its codes, once", []pos.Product{*changed}, byCodes("7", "777", changed.SKU, "200001", bare.SKU))

	other := product("p-other", "Другой", 0, "888")
	f.update(func(x store.Tx) error { return x.PutProduct(&other) })
	taken := other
	taken.SKU = changed.SKU
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutProduct(&taken) })
	taken = other
	taken.Barcodes = []string{"999", "777"}
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutProduct(&taken) })
	reads(f, "after the conflict", &other, func(x store.Tx) (*pos.Product, error) { return x.Product(other.ID) })

	gone := *changed
	gone.Archived = true
	f.update(func(x store.Tx) error { return x.PutProduct(&gone) })
	reads(f, "archived by barcode", nil, byCode("777"))

	var names []string
	after, id := "", pos.ProductID("")
	f.view(func(x store.Tx) error {
		for {
			page, err := x.ListProducts(after, id, 1)
			if err != nil || len(page) == 0 {
				return err
			}
			names = append(names, page[0].Name)
			after, id = page[0].Name, page[0].ID
		}
	})
	same(f, "pages by name", names, []string{"Другой", "ё", "Кефир"})
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachProduct)
		same(f, "EachProduct", len(all), 3)
		return err
	})
	keepsCases(f)
}

// keepsCases finds goods by Latin letters of any case, those that are digits as
// they are.
func keepsCases(f *fixture) {
	cased := product("p-cased", "Буквы", 0, "aBc-7")
	f.update(func(x store.Tx) error { return x.PutProduct(&cased) })
	for _, code := range []string{"ABC-7", "abc-7", "SKU-P-CASED", "aBc-7"} {
		reads(f, "in another case "+code, []pos.Product{cased}, func(x store.Tx) ([]pos.Product, error) {
			return x.ProductsAnyCase([]string{code, "none"})
		})
	}
	other := []pos.Product{product("p-other", "Другой", 0, "888")}
	reads(f, "by no code", nil, func(x store.Tx) ([]pos.Product, error) { return x.ProductsByCodes(nil) })
	reads(f, "digits in any case", other, func(x store.Tx) ([]pos.Product, error) { return x.ProductsAnyCase([]string{"888"}) })
}

// finds checks which products the first ten answers to a text are.
func (f *fixture) finds(text string, want ...pos.ProductID) {
	f.Helper()
	f.view(func(x store.Tx) error {
		found, err := x.SearchProducts(text, 10)
		var got []pos.ProductID
		for _, p := range found {
			got = append(got, p.ID)
		}
		same(f, "search "+text, got, want)
		return err
	})
}

// findsArticles: goods by the number of their supplier, from its beginning and in
// letters of any size, where no name says it.
func findsArticles(t *testing.T, f *fixture) {
	numbered, old := product("1", "Халва", 4), product("2", "Рахат", 4)
	numbered.Article, old.Article, old.Archived = "KR-800/Б", "KR-801", true
	f.update(func(x store.Tx) error { return puts(x.PutProduct, numbered, old, product("3", "Щербет KR-8", 1)) })
	for _, text := range []string{"KR-800", "kr-800/б", "KR-80", "KR-800/Б"} {
		f.finds(text, "1")
	}
	for _, text := range []string{"800", "KR-801", "KR-800/Бa", "\xff"} {
		f.finds(text)
	}
	f.finds("kr-8", "3") // a name comes first
}

func findsProducts(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error {
		return puts(x.PutProduct,
			product("1", "Молоко пастеризованное 3,2%", 5, "4600000000017"),
			product("2", "Сгущённое молоко «Рогачёв»", 900, "4600000000024"),
			product("3", "МОЛОЧНЫЙ коктейль", 12),
			product("4", "Ёлка новогодняя", 1),
			product("5", `Гвоздь "сотка" AND шуруп 100*`, 0),
			product("6", "5% раствор йода", 2),
			product("7", "Мыло хозяйственное", 3, "2000000000015"),
		)
	})
	archived := product("8", "Молоко старое", 10_000, "4600000000031")
	archived.Archived = true
	f.update(func(x store.Tx) error { return x.PutProduct(&archived) })

	find := f.finds
	find("молоко", "2", "1")
	find("МОЛ", "2", "3", "1")
	find("ризов", "1")        // inside a word
	find("сгущенное", "2")    // ё = е
	find("РОГАЧЕВ", "2")      // both
	find("елк", "4")          // both ways
	find("мо", "2", "3", "1") // two letters begin a word
	find("м", "2", "3", "1", "7")
	find("ок")                 // no word begins so
	find("мол паст", "1")      // every word counts
	find("молоко 3", "1")      // a long one and a short one
	find("молоко ро", "2")     // in any order
	find("3,2%", "1")          // signs as they stand
	find("5%", "6")            // signs of a short word are dropped
	find("460000", "2", "1")   // barcodes, most sold first
	find("4600000000017", "1") // a whole one
	find("2000000000015", "7") // another
	find("sku-7")              // SKUs are searched by digits only
	find("100", "5")           // digits in a name
	for _, text := range []string{`"сотка"`, "AND", "шуруп 100*"} {
		find(text, "5")
	}
	for _, text := range []string{"", " ", "*", `"`, "NEAR(", "a:b", "-", "^", "\x00", "складно", "'; DROP TABLE", "\xff\xfe"} {
		find(text)
	}
	f.view(func(x store.Tx) error {
		found, err := x.SearchProducts("м", 2)
		same(f, "limit", len(found), 2)
		return err
	})

	renamed := product("1", "Кефир", 5)
	f.update(func(x store.Tx) error { return x.PutProduct(&renamed) })
	find("пастер")
	find("кефир", "1")
	f.update(func(x store.Tx) error { return x.CountSold("3", 2_000) })
	find("мол", "3", "2")
	archived.Archived = false
	f.update(func(x store.Tx) error { return x.PutProduct(&archived) })
	find("мол", "8", "3", "2")
}

// findsByMixedWords asks for fragments together with word beginnings where
// each alone is rare or common: what a store does to be quick must not change
// what it finds.
func findsByMixedWords(t *testing.T, f *fixture) {
	const common = 600 // of a kind: more than the answer and than any look ahead
	f.update(func(x store.Tx) error {
		for i := range common {
			bolt := product(fmt.Sprint("bolt-", i), "Болт крепёжный М6", max(int64(12-i), 1))
			nut := product(fmt.Sprint("nut-", i), "Гайка М8, болтовая", 1)
			if err := puts(x.PutProduct, bolt, nut); err != nil {
				return err
			}
		}
		archived := product("gone", "Болт М6 цинк ½", 99)
		archived.Archived = true
		return puts(x.PutProduct, archived,
			product("best", "Болт М6 чёрный", 15), product("good", "БОЛТ м6 щ", 14), product("zinc", "Цинковый болт М6", 0),
			product("last", "Крепёж для М8", 0), product("half", "Труба ½ дюйма", 2), product("inch", "Труба 1 дюйм", 3),
		)
	})
	f.finds("болт щ", "good")     // a common fragment, a rare word
	f.finds("цинк м6", "zinc")    // a rare fragment, a common word
	f.finds("м болт чер", "best") // three words, the short one first
	f.finds("чёрн щ")             // each there, never together
	f.finds("крепеж м8", "last")  // both common, together once and never sold
	f.finds("крепеж г")           // both common, never together
	f.finds("болт я")             // a word that is nowhere
	f.finds("плитка м6")          // a fragment that is nowhere
	f.finds("болт 6")             // М6 does not begin with 6
	f.finds("труб ½", "half")     // a number of any kind is a word
	f.finds("болт м6", "best", "good", "bolt-0", "bolt-1", "bolt-2", "bolt-3", "bolt-4", "bolt-5", "bolt-6", "bolt-7")
	f.finds("олт м кр", "bolt-0", "bolt-1", "bolt-2", "bolt-3", "bolt-4", "bolt-5", "bolt-6", "bolt-7", "bolt-8", "bolt-9")
}

// findsMostSold asks for the best among many that sell nearly as well, the
// best put in last.
func findsMostSold(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error {
		for i := range 120 {
			p := product(fmt.Sprint("cup-", i), "Стакан", 2_600)
			if err := x.PutProduct(&p); err != nil {
				return err
			}
		}
		return puts(x.PutProduct, product("most", "Стакан большой", 3_000), product("2nd", "Стакан 5", 2_999))
	})
	for _, text := range []string{"стак", "ст"} {
		f.view(func(x store.Tx) error {
			found, err := x.SearchProducts(text, 2)
			var got []int64
			for _, p := range found {
				got = append(got, p.Sold)
			}
			same(f, "sold of "+text, got, []int64{3_000, 2_999})
			return err
		})
	}
}

// findsOftenSold counts lines of days within a span alone, and ranks like with
// like by their ids.
func findsOftenSold(t *testing.T, f *fixture) {
	tally := figures.NewTally(time.UTC, nil)
	put := func(day figures.Day, id string, lines int64) {
		tally.Cells[figures.Place{Dim: figures.ByProduct, Day: day, Key: id}] = &figures.Sums{Lines: lines}
	}
	put(20260301, "milk", 2)
	put(20260302, "milk", 3)
	put(20260302, "bread", 4)
	put(20260302, "apples", 4)
	put(20260302, "gone", 0) // taken off the cheque again
	put(20260201, "snow", 90)
	put(20260303, "tulips", 90)
	tally.Cells[figures.Place{Dim: figures.ByProduct.Monthly(), Day: 20260301, Key: "bread"}] = &figures.Sums{Lines: 90}
	f.update(func(x store.Tx) error { return x.AddFigures(tally, figures.State{Row: 1, Zone: "z"}) })
	reads(f, "often sold", []pos.ProductID{"milk", "apples", "bread"}, func(x store.Tx) ([]pos.ProductID, error) {
		return x.OftenSold(20260301, 20260302, 5)
	})
	reads(f, "the most often sold", []pos.ProductID{"milk", "apples"}, func(x store.Tx) ([]pos.ProductID, error) {
		return x.OftenSold(20260301, 20260302, 2)
	})
}

func countsShelf(t *testing.T, f *fixture) {
	p := product("1", "Хлеб", 3)
	p.Stock = 5000
	f.update(func(x store.Tx) error {
		if err := x.PutProduct(&p); err != nil {
			return err
		}
		// More of them than any portion of rows, with a repetition.
		for i := range 40 {
			q := product(string(rune('a'+i)), "Товар", 0)
			if err := errors.Join(x.PutProduct(&q), x.MoveStock(q.ID, money.Quantity(i), "doc", noon)); err != nil {
				return err
			}
		}
		return errors.Join(x.MoveStock("1", -7500, "sale", noon), x.MoveStock("1", 500, "return", noon), x.CountSold("1", 2))
	})
	want := p
	want.Stock, want.Sold = -2000, 5
	reads(f, "moved", &want, func(x store.Tx) (*pos.Product, error) { return x.Product("1") })

	edited := want
	edited.Stock = 12_000
	f.update(func(x store.Tx) error {
		if err := x.CountSold("1", 1); err != nil {
			return err
		}
		seen, err := x.Product("1")
		same(f, "within the transaction", seen.Sold, 6)
		return errors.Join(err, x.PutProduct(&edited))
	})
	f.view(func(x store.Tx) error {
		return x.EachStock(func(id pos.ProductID, moved money.Quantity) error {
			shelf, err := x.Product(id)
			if err == nil {
				same(f, "moves of "+string(id), moved, shelf.Stock)
			}
			return err
		})
	})
}

// findsMoves: the movements of one product among those of others, whether they
// came one by one, several at once, by editing a card or by an import, and whether a change
// between them came to nothing.
func findsMoves(t *testing.T, f *fixture) {
	r := rand.New(rand.NewPCG(1, 2))
	goods := []pos.Product{product("1", "Хлеб", 0), product("2", "Сыр", 0), product("3", "Чай", 0)}
	goods[2].Stock, goods[2].ScaleCode = 5000, "42"
	f.update(func(x store.Tx) error {
		return errors.Join(puts(x.PutProduct, goods[:2]...), x.AddProducts([]*pos.Product{&goods[2]}, "import", noon))
	})
	f.view(func(x store.Tx) error {
		held, err := x.ScaleHolders([]string{"42", "7", ""})
		same(f, "numbers on the scale", held, map[string]store.BarcodeHolder{"42": {ID: goods[2].ID, Name: "Чай"}})
		return err
	})
	for range 40 {
		err := f.store.Update(context.Background(), func(x store.Tx) error {
			for range 1 + r.IntN(4) {
				id := goods[r.IntN(len(goods))].ID
				if err := errors.Join(x.MoveStock(id, money.Quantity(1+r.IntN(9)), "doc", noon), x.CountSold(id, int64(r.IntN(2)))); err != nil {
					return err
				}
			}
			if r.IntN(3) == 0 {
				p, err := x.Product(goods[r.IntN(len(goods))].ID)
				if err != nil {
					return err
				}
				p.Stock += 1000
				if err := x.PutProduct(p); err != nil {
					return err
				}
			}
			if r.IntN(4) == 0 {
				return errUndo
			}
			return nil
		})
		if err != nil && !errors.Is(err, errUndo) {
			t.Fatal(err)
		}
	}
	var all []pos.StockMove
	f.view(func(x store.Tx) (err error) {
		all, err = walk(x.EachStockMove)
		return err
	})
	for _, p := range goods {
		var want []pos.StockMove
		for _, m := range slices.Backward(all) {
			if m.Product == p.ID {
				want = append(want, m)
			}
		}
		reads(f, "all of "+p.Name, want, func(x store.Tx) ([]pos.StockMove, error) { return x.StockMoves(p.ID, 1000) })
		reads(f, "the newest of "+p.Name, want[:3], func(x store.Tx) ([]pos.StockMove, error) { return x.StockMoves(p.ID, 3) })
	}
	reads(f, "of nothing", nil, func(x store.Tx) ([]pos.StockMove, error) { return x.StockMoves("no", 9) })
	reads(f, "EngineProblems", nil, func(x store.Tx) ([]string, error) { return x.EngineProblems(false) })
}
