package shelf_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// quick are the goods on the tiles of the sale screen, in their order.
func quick(t *testing.T, s *tilltest.Shop) (*till.Quick, []string) {
	t.Helper()
	q, err := s.QuickGoods(t.Context(), s.Cashier)
	require.NoError(t, err)
	var names []string
	for _, v := range q.Tiles {
		require.NotNil(t, v.Goods)
		names = append(names, v.Goods.Name)
	}
	return q, names
}

func TestTill_QuickGoods(t *testing.T) {
	t.Run("what sold often of late comes first", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		var whole []pos.Product // what no weight is asked of
		for _, p := range s.Demo.Products[5:] {
			if !p.Flags.Weighed && !p.Flags.AskPrice {
				whole = append(whole, p)
			}
		}
		sell := func(p pos.Product, times int) {
			for range times {
				s.PayAll(s.Ring(p.SKU))
			}
		}
		sell(whole[0], 3)
		_, err := s.CloseShift(t.Context(), s.Cashier, 0)
		require.NoError(t, err)
		s.Clock.Move(45 * 24 * time.Hour)
		s.StartShift(10_000)
		sell(whole[2], 2)
		sell(whole[4], 1)
		_, err = s.RollFigures(t.Context())
		require.NoError(t, err)
		_, names := quick(t, s)
		require.Len(t, names, pos.TilesOfPage)
		assert.Equal(t, []string{whole[2].Name, whole[4].Name}, names[:2])
		assert.Contains(t, names, whole[0].Name, "what sold long ago fills the page")
		b, err := s.Board(t.Context(), s.Cashier)
		require.NoError(t, err)
		assert.Equal(t, names[0], b.Tiles[0].Goods.Name, "the board begins with the same")
	})
	t.Run("what stands already stays, in its order, whatever sells", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		q, before := quick(t, s)
		var keep []pos.ProductID
		for _, v := range q.Tiles {
			keep = append(keep, v.Goods.ID)
		}
		for _, p := range s.Demo.Products {
			if !slices.Contains(keep, p.ID) && !p.Flags.Weighed && !p.Flags.AskPrice {
				s.PayAll(s.Ring(p.SKU))
				break
			}
		}
		_, err := s.RollFigures(t.Context())
		require.NoError(t, err)
		_, anew := quick(t, s)
		require.NotEqual(t, before, anew, "another login sees what sells")
		again, err := s.QuickGoods(t.Context(), s.Cashier, keep...)
		require.NoError(t, err)
		var names []string
		for _, v := range again.Tiles {
			names = append(names, v.Goods.Name)
		}
		assert.Equal(t, before, names)
	})
	t.Run("what somebody arranged stands alone", func(t *testing.T) {
		s := tilltest.Demo(t)
		p := s.Demo.Products[11]
		require.NoError(t, s.ArrangeTiles(t.Context(), s.Owner, []pos.Tile{{Place: 4, Product: p.ID, Colour: 2}}))
		q, names := quick(t, s)
		assert.True(t, q.Arranged)
		assert.Equal(t, []string{p.Name}, names)
		assert.Equal(t, 2, q.Tiles[0].Colour)
	})
	t.Run("a new shop begins with its catalogue, its categories coloured by their order", func(t *testing.T) {
		s := tilltest.Demo(t)
		first, err := s.Products(t.Context(), s.Cashier, "", "", pos.TilesOfPage)
		require.NoError(t, err)
		q, names := quick(t, s)
		require.Equal(t, first[0].Name, names[0])
		require.NotEmpty(t, q.Shelves)
		colours := map[string]int{}
		for _, c := range q.Shelves {
			assert.NotZero(t, c.Colour)
			colours[c.Name] = c.Colour
		}
		assert.Equal(t, colours[first[0].Category], q.Tiles[0].Colour)
	})
	t.Run("colours somebody chose are the only ones", func(t *testing.T) {
		s := tilltest.Demo(t)
		all, err := s.Categories(t.Context(), s.Owner)
		require.NoError(t, err)
		all[1].Colour = 3
		_, err = s.PutCategory(t.Context(), s.Owner, all[1].Category)
		require.NoError(t, err)
		q, _ := quick(t, s)
		for _, c := range q.Shelves {
			assert.Equal(t, map[bool]int{true: 3}[c.ID == all[1].ID], c.Colour, c.Name)
		}
	})
	t.Run("a number that names goods is told", func(t *testing.T) {
		s := tilltest.Demo(t)
		q, _ := quick(t, s)
		assert.Empty(t, q.Named)
		for _, sku := range []string{"7", "0012"} {
			_, err := s.PutProduct(t.Context(), s.Owner, pos.Product{SKU: sku, Name: "Свеча " + sku, Unit: "шт", Price: 4650, Barcodes: []string{"31"}[:len(sku)%2]})
			require.NoError(t, err)
		}
		q, _ = quick(t, s)
		assert.Equal(t, map[int]bool{7: true, 31: true}, q.Named)
	})
	t.Run("only categories in use that hold goods", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.PutCategory(t.Context(), s.Owner, pos.Category{Name: "Пустая", Colour: 5})
		require.NoError(t, err)
		q, _ := quick(t, s)
		require.NotEmpty(t, q.Shelves)
		for _, c := range q.Shelves {
			assert.NotEqual(t, "Пустая", c.Name)
		}
	})
}
