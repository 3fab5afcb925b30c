package shelf_test

// These tests keep categories, the board of tiles and the history of prices.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// categories are all categories by name.
func categories(s *tilltest.Shop) map[string]till.CategoryView {
	s.Helper()
	list, err := s.Categories(s.Context(), s.Owner)
	require.NoError(s, err)
	all := map[string]till.CategoryView{}
	for _, c := range list {
		all[c.Name] = c
	}
	return all
}

func TestTill_Categories(t *testing.T) {
	s := tilltest.Small(t)
	all := categories(s)
	require.Len(t, all, 4, "an import makes the categories it names")
	require.EqualValues(t, 2, all["Разное"].Goods)

	milk := s.Stored("milk")
	milk.Category = " фРУКТЫ "
	stored, err := s.PutProduct(t.Context(), s.Owner, milk)
	require.NoError(t, err)
	require.Equal(t, "Фрукты", stored.Category, "known by another spelling")
	require.Len(t, categories(s), 4)

	fruit := all["Фрукты"].Category
	fruit.Name, fruit.Colour = "Овощи и  фрукты", 3
	_, err = s.PutCategory(t.Context(), s.Owner, fruit)
	require.NoError(t, err)
	require.Equal(t, "Овощи и фрукты", s.Stored("apples").Category)
	require.Equal(t, "Овощи и фрукты", s.Stored("milk").Category)

	_, err = s.PutCategory(t.Context(), s.Owner, pos.Category{Name: "хлеб"})
	tilltest.Refused(t, err, pos.CodeConflict, "category.taken")
	_, err = s.PutCategory(t.Context(), s.Owner, pos.Category{Name: " "})
	tilltest.Refused(t, err, pos.CodeInvalid, "category.name-empty")
	_, err = s.PutCategory(t.Context(), s.Owner, pos.Category{Name: "Я", Colour: 99})
	tilltest.Refused(t, err, pos.CodeInvalid, "category.colour")
	_, err = s.PutCategory(t.Context(), s.Owner, pos.Category{ID: "nobody", Name: "Я"})
	tilltest.Refused(t, err, pos.CodeNotFound, "category.missing")
	_, err = s.PutCategory(t.Context(), s.Cashier, pos.Category{Name: "Я"})
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")

	child, err := s.PutCategory(t.Context(), s.Owner, pos.Category{Name: "Яблоки", Parent: fruit.ID})
	require.NoError(t, err)
	fruit.Parent = child.ID
	_, err = s.PutCategory(t.Context(), s.Owner, fruit)
	tilltest.Refused(t, err, pos.CodeConflict, "category.circle")

	t.Run("two become one", func(t *testing.T) {
		require.NoError(t, s.ArrangeTiles(t.Context(), s.Owner, []pos.Tile{{Category: all["Хлеб"].ID}}))
		require.NoError(t, s.MergeCategories(t.Context(), s.Owner, all["Хлеб"].ID, all["Разное"].ID))
		require.Equal(t, "Разное", s.Stored("bread").Category)
		require.NotContains(t, categories(s), "Хлеб")
		b, err := s.Board(t.Context(), s.Owner)
		require.NoError(t, err)
		require.Equal(t, "Разное", b.Tiles[0].Leads.Name)
		require.NoError(t, s.MergeCategories(t.Context(), s.Owner, fruit.ID, child.ID))
		require.Empty(t, categories(s)["Яблоки"].Parent, "what stood below takes the place of the other")
		tilltest.Refused(t, s.MergeCategories(t.Context(), s.Owner, child.ID, child.ID), pos.CodeInvalid, "category.same")
		tilltest.Refused(t, s.MergeCategories(t.Context(), s.Owner, "nobody", child.ID), pos.CodeNotFound, "category.missing")
	})
	t.Run("order and archive", func(t *testing.T) {
		require.NoError(t, s.OrderCategories(t.Context(), s.Owner, []pos.CategoryID{child.ID, all["Разное"].ID}))
		gone := categories(s)["Яблоки"].Category
		gone.Archived = true
		_, err := s.PutCategory(t.Context(), s.Owner, gone)
		require.NoError(t, err)
		list, err := s.Categories(t.Context(), s.Owner)
		require.NoError(t, err)
		require.Equal(t, []string{"Разное", "Молочное", "Яблоки"}, []string{list[0].Name, list[1].Name, list[2].Name})
	})
}

func TestTill_Board(t *testing.T) {
	s := tilltest.Small(t)
	b, err := s.Board(t.Context(), s.Cashier)
	require.NoError(t, err)
	require.False(t, b.Arranged)
	require.Len(t, b.Tiles, 9, "a new shop: its goods, then its categories")
	s.Ring("gold")
	s.Cash(500_000)
	s.Finish()
	require.NoError(t, s.Store.Rank(t.Context()))
	b, err = s.Board(t.Context(), s.Cashier)
	require.NoError(t, err)
	require.Equal(t, "gold", b.Tiles[0].Goods.SKU, "the most sold")

	milk := s.Stored("milk")
	require.NoError(t, s.ArrangeTiles(t.Context(), s.Owner, []pos.Tile{{Page: 1, Place: 3, Product: milk.ID, Colour: 2}}))
	b, err = s.Board(t.Context(), s.Cashier)
	require.NoError(t, err)
	require.True(t, b.Arranged)
	require.Equal(t, 2, b.Pages)
	require.Equal(t, 2, b.Tiles[0].Colour)
	milk.Archived = true
	_, err = s.PutProduct(t.Context(), s.Owner, milk)
	require.NoError(t, err)
	b, err = s.Board(t.Context(), s.Cashier)
	require.NoError(t, err)
	require.Empty(t, b.Tiles, "what was archived leaves its place empty")

	tilltest.Refused(t, s.ArrangeTiles(t.Context(), s.Owner, []pos.Tile{{Product: "x", Category: "y"}}), pos.CodeInvalid, "tile.place")
	tilltest.Refused(t, s.ArrangeTiles(t.Context(), s.Owner, []pos.Tile{{Page: 99, Product: milk.ID}}), pos.CodeInvalid, "tile.place")
	tilltest.Refused(t, s.ArrangeTiles(t.Context(), s.Owner, []pos.Tile{{Product: milk.ID}, {Product: milk.ID}}), pos.CodeInvalid, "tile.twice")
	tilltest.Refused(t, s.ArrangeTiles(t.Context(), s.Owner, []pos.Tile{{Product: "nobody"}}), pos.CodeNotFound, "product.unknown")
	tilltest.Refused(t, s.ArrangeTiles(t.Context(), s.Owner, []pos.Tile{{Category: "nobody"}}), pos.CodeNotFound, "category.missing")
	tilltest.Refused(t, s.ArrangeTiles(t.Context(), s.Cashier, nil), pos.CodeForbidden, "till.forbidden")
	require.NoError(t, s.ArrangeTiles(t.Context(), s.Owner, nil))
}

// Every way a price changes leaves a line of its history.
func TestTill_PriceHistory(t *testing.T) {
	s := tilltest.Small(t)
	p := s.Stored("bread")
	p.Price = 5100
	_, err := s.PutProduct(t.Context(), s.Owner, p)
	require.NoError(t, err)
	_, err = s.Import(t.Context(), s.Owner, till.Import{Kind: imports.KindProducts, Open: imports.Text("sku,name,price\nbread,Хлеб,52.00\n"), DryRun: false})
	require.NoError(t, err)
	_, err = s.Import(t.Context(), s.Owner, till.Import{Kind: imports.KindProducts, Open: imports.Text("sku,name,price\nbread,Хлеб,99.00\n"), DryRun: true})
	require.NoError(t, err)
	list, err := s.PriceHistory(t.Context(), s.Owner, p.ID, 10)
	require.NoError(t, err)
	require.Len(t, list, 2, "a dry run changes nothing")
	require.Equal(t, []int64{5100, 5200, 5000, 5100}, []int64{int64(list[0].From), int64(list[0].To), int64(list[1].From), int64(list[1].To)})
	require.True(t, strings.HasPrefix(list[0].Doc, pos.ImportDoc))
	require.True(t, strings.HasPrefix(list[1].Doc, pos.CatalogueDoc))
	_, err = s.PriceHistory(t.Context(), s.Cashier, p.ID, 10)
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
}
