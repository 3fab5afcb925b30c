package till_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till"
)

func (s *shop) categories() map[string]till.CategoryView {
	s.Helper()
	list, err := s.Categories(s.Context(), s.owner)
	s.ok(err)
	all := map[string]till.CategoryView{}
	for _, c := range list {
		all[c.Name] = c
	}
	return all
}

func TestTill_Categories(t *testing.T) {
	s := newShop(t)
	all := s.categories()
	require.Len(t, all, 4, "an import makes the categories it names")
	require.EqualValues(t, 2, all["Разное"].Goods)

	milk := s.product("milk")
	milk.Category = " фРУКТЫ "
	stored, err := s.PutProduct(t.Context(), s.owner, milk)
	s.ok(err)
	require.Equal(t, "Фрукты", stored.Category, "known by another spelling")
	require.Len(t, s.categories(), 4)

	fruit := all["Фрукты"].Category
	fruit.Name, fruit.Colour = "Овощи и  фрукты", 3
	_, err = s.PutCategory(t.Context(), s.owner, fruit)
	s.ok(err)
	require.Equal(t, "Овощи и фрукты", s.product("apples").Category)
	require.Equal(t, "Овощи и фрукты", s.product("milk").Category)

	_, err = s.PutCategory(t.Context(), s.owner, pos.Category{Name: "хлеб"})
	s.refuses(err, pos.CodeConflict, "category.taken")
	_, err = s.PutCategory(t.Context(), s.owner, pos.Category{Name: " "})
	s.refuses(err, pos.CodeInvalid, "category.name-empty")
	_, err = s.PutCategory(t.Context(), s.owner, pos.Category{Name: "Я", Colour: 99})
	s.refuses(err, pos.CodeInvalid, "category.colour")
	_, err = s.PutCategory(t.Context(), s.owner, pos.Category{ID: "nobody", Name: "Я"})
	s.refuses(err, pos.CodeNotFound, "category.missing")
	_, err = s.PutCategory(t.Context(), s.cashier, pos.Category{Name: "Я"})
	s.refuses(err, pos.CodeForbidden, "till.forbidden")

	child, err := s.PutCategory(t.Context(), s.owner, pos.Category{Name: "Яблоки", Parent: fruit.ID})
	s.ok(err)
	fruit.Parent = child.ID
	_, err = s.PutCategory(t.Context(), s.owner, fruit)
	s.refuses(err, pos.CodeConflict, "category.circle")

	t.Run("two become one", func(t *testing.T) {
		s.ok(s.ArrangeTiles(t.Context(), s.owner, []pos.Tile{{Category: all["Хлеб"].ID}}))
		s.ok(s.MergeCategories(t.Context(), s.owner, all["Хлеб"].ID, all["Разное"].ID))
		require.Equal(t, "Разное", s.product("bread").Category)
		require.NotContains(t, s.categories(), "Хлеб")
		b, err := s.Board(t.Context(), s.owner)
		s.ok(err)
		require.Equal(t, "Разное", b.Tiles[0].Leads.Name)
		s.ok(s.MergeCategories(t.Context(), s.owner, fruit.ID, child.ID))
		require.Empty(t, s.categories()["Яблоки"].Parent, "what stood below takes the place of the other")
		s.refuses(s.MergeCategories(t.Context(), s.owner, child.ID, child.ID), pos.CodeInvalid, "category.same")
		s.refuses(s.MergeCategories(t.Context(), s.owner, "nobody", child.ID), pos.CodeNotFound, "category.missing")
	})
	t.Run("order and archive", func(t *testing.T) {
		s.ok(s.OrderCategories(t.Context(), s.owner, []pos.CategoryID{child.ID, all["Разное"].ID}))
		gone := s.categories()["Яблоки"].Category
		gone.Archived = true
		_, err := s.PutCategory(t.Context(), s.owner, gone)
		s.ok(err)
		list, err := s.Categories(t.Context(), s.owner)
		s.ok(err)
		require.Equal(t, []string{"Разное", "Молочное", "Яблоки"}, []string{list[0].Name, list[1].Name, list[2].Name})
	})
}

func TestTill_Board(t *testing.T) {
	s := newShop(t)
	b, err := s.Board(t.Context(), s.cashier)
	s.ok(err)
	require.False(t, b.Arranged)
	require.Len(t, b.Tiles, 9, "a new shop: its goods, then its categories")
	s.scan("gold")
	s.ok(s.SetCash(500_000))
	s.ok(s.store.Rank(t.Context()))
	b, err = s.Board(t.Context(), s.cashier)
	s.ok(err)
	require.Equal(t, "gold", b.Tiles[0].Goods.SKU, "the most sold")

	milk := s.product("milk")
	s.ok(s.ArrangeTiles(t.Context(), s.owner, []pos.Tile{{Page: 1, Place: 3, Product: milk.ID, Colour: 2}}))
	b, err = s.Board(t.Context(), s.cashier)
	s.ok(err)
	require.True(t, b.Arranged)
	require.Equal(t, 2, b.Pages)
	require.Equal(t, 2, b.Tiles[0].Colour)
	milk.Archived = true
	_, err = s.PutProduct(t.Context(), s.owner, milk)
	s.ok(err)
	b, err = s.Board(t.Context(), s.cashier)
	s.ok(err)
	require.Empty(t, b.Tiles, "what was archived leaves its place empty")

	s.refuses(s.ArrangeTiles(t.Context(), s.owner, []pos.Tile{{Product: "x", Category: "y"}}), pos.CodeInvalid, "tile.place")
	s.refuses(s.ArrangeTiles(t.Context(), s.owner, []pos.Tile{{Page: 99, Product: milk.ID}}), pos.CodeInvalid, "tile.place")
	s.refuses(s.ArrangeTiles(t.Context(), s.owner, []pos.Tile{{Product: milk.ID}, {Product: milk.ID}}), pos.CodeInvalid, "tile.twice")
	s.refuses(s.ArrangeTiles(t.Context(), s.owner, []pos.Tile{{Product: "nobody"}}), pos.CodeNotFound, "product.unknown")
	s.refuses(s.ArrangeTiles(t.Context(), s.owner, []pos.Tile{{Category: "nobody"}}), pos.CodeNotFound, "category.missing")
	s.refuses(s.ArrangeTiles(t.Context(), s.cashier, nil), pos.CodeForbidden, "till.forbidden")
	s.ok(s.ArrangeTiles(t.Context(), s.owner, nil))
}

// Every way a price changes leaves a line of its history.
func TestTill_PriceHistory(t *testing.T) {
	s := newShop(t)
	p := s.product("bread")
	p.Price = 5100
	_, err := s.PutProduct(t.Context(), s.owner, p)
	s.ok(err)
	_, err = s.Import(t.Context(), s.owner, till.Import{Kind: imports.KindProducts, Open: imports.Text("sku,name,price\nbread,Хлеб,52.00\n"), DryRun: false})
	s.ok(err)
	_, err = s.Import(t.Context(), s.owner, till.Import{Kind: imports.KindProducts, Open: imports.Text("sku,name,price\nbread,Хлеб,99.00\n"), DryRun: true})
	s.ok(err)
	list, err := s.PriceHistory(t.Context(), s.owner, p.ID, 10)
	s.ok(err)
	require.Len(t, list, 2, "a dry run changes nothing")
	require.Equal(t, []int64{5100, 5200, 5000, 5100}, []int64{int64(list[0].From), int64(list[0].To), int64(list[1].From), int64(list[1].To)})
	require.True(t, strings.HasPrefix(list[0].Doc, pos.ImportDoc))
	require.True(t, strings.HasPrefix(list[1].Doc, pos.CatalogueDoc))
	_, err = s.PriceHistory(t.Context(), s.cashier, p.ID, 10)
	s.refuses(err, pos.CodeForbidden, "till.forbidden")
}
