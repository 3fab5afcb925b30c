package lists_test

// These tests bring in lists too long for one go, and lists of which only a part
// is wanted.

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// manyGoods is a list of n new products.
func manyGoods(n int) string {
	var b strings.Builder
	b.WriteString("артикул;название;цена;остаток;штрихкод\n")
	for i := range n {
		fmt.Fprintf(&b, "M%06d;Товар %06d;10,50;3;29%011d\n", i, i, i)
	}
	return b.String()
}

// goods is how many products there are.
func goods(s *tilltest.Shop) (n int64) {
	s.Look(func(tx till.Tx) (err error) { n, err = tx.ProductCount(); return err })
	return n
}

func TestTill_ImportInBatches(t *testing.T) {
	const rows = 9000
	t.Run("the till serves between batches", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		before, batches := goods(s), 0
		r, err := s.Import(s.Context(), s.Owner, till.Import{Kind: imports.KindProducts, Open: imports.Text(manyGoods(rows)), SkipBad: true,
			Progress: func(till.ImportReport) {
				batches++
				_, err := s.Scan(s.Context(), s.Cashier, s.Demo.Products[0].Barcodes[0], 1000, nil)
				require.NoError(t, err)
			}})
		require.NoError(t, err)
		require.Greater(t, batches, 2)
		require.Equal(t, int64(rows), r.New)
		require.Equal(t, before+rows, goods(s))
	})
	t.Run("stopped in the middle it keeps whole batches, and again finishes", func(t *testing.T) {
		s := tilltest.Demo(t)
		before := goods(s)
		ctx, cancel := context.WithCancel(s.Context())
		im := till.Import{Kind: imports.KindProducts, Open: imports.Text(manyGoods(rows)), SkipBad: true,
			Progress: func(till.ImportReport) { cancel() }}
		r, err := s.Import(ctx, s.Owner, im)
		tilltest.Refused(t, err, pos.CodeUnavailable, "till.interrupted")
		require.False(t, r.Applied)
		require.Positive(t, r.New)
		require.Less(t, r.New, int64(rows))
		require.Equal(t, before+r.New, goods(s), "what it says is what there is")
		require.Equal(t, pos.EventImported, s.Kinds()[0])
		done := r.New
		im.Progress = nil
		r, err = s.Import(s.Context(), s.Owner, im)
		require.NoError(t, err)
		require.Equal(t, [2]int64{rows - done, done}, [2]int64{r.New, r.Unchanged})
	})
	t.Run("what is found is found: the search, the codes, the stock", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.ImportList(s.Owner, imports.KindProducts, manyGoods(300), false)
		require.NoError(t, err)
		s.Look(func(tx till.Tx) error {
			list, err := tx.SearchProducts("Товар 000299", 5)
			require.NoError(t, err)
			require.Equal(t, "M000299", list[0].SKU)
			byCode, err := tx.ProductsByBarcode("2900000000299")
			require.Equal(t, list[0].ID, byCode[0].ID)
			require.EqualValues(t, 3000, byCode[0].Stock)
			return err
		})
	})
}

func TestTill_ImportPolicies(t *testing.T) {
	list := "sku;name;price\n1001;Другое имя;1,00\n5000;Новинка;2,00\n5001;Плохая;-1\n"
	run := func(t *testing.T, im till.Import) (*tilltest.Shop, *till.ImportReport) {
		s := tilltest.Demo(t)
		im.Kind, im.Open, im.SkipBad = imports.KindProducts, imports.Text(list), true
		r, err := s.Import(s.Context(), s.Owner, im)
		require.NoError(t, err)
		return s, r
	}
	sku := func(s *tilltest.Shop, sku string) (p *pos.Product) {
		s.Look(func(tx till.Tx) error { p, _ = tx.ProductBySKU(sku); return nil })
		return p
	}
	t.Run("the price alone", func(t *testing.T) {
		s, r := run(t, till.Import{Existing: till.ExistingPrice, SkipNew: true})
		require.Equal(t, [4]int64{0, 1, 1, 1}, [4]int64{r.New, r.Updated, r.Skipped, r.RefusedRows})
		require.Equal(t, s.Demo.Products[0].Name, sku(s, "1001").Name)
		require.EqualValues(t, 100, sku(s, "1001").Price)
		require.Nil(t, sku(s, "5000"))
	})
	t.Run("only new ones", func(t *testing.T) {
		s, r := run(t, till.Import{Existing: till.ExistingSkip})
		require.Equal(t, [3]int64{1, 0, 1}, [3]int64{r.New, r.Updated, r.Skipped})
		require.Equal(t, s.Demo.Products[0].Price, sku(s, "1001").Price)
	})
	t.Run("what is not in the list goes into the archive", func(t *testing.T) {
		s, r := run(t, till.Import{ArchiveMissing: true})
		require.Equal(t, int64(len(s.Demo.Products)-1), r.Archived)
		require.True(t, sku(s, "1002").Archived)
		require.False(t, sku(s, "1001").Archived)
	})
	t.Run("rows left out are handed over as they stand", func(t *testing.T) {
		var left []till.RefusedRow
		run(t, till.Import{Refused: func(r till.RefusedRow) error { left = append(left, r); return nil }})
		require.Len(t, left, 1)
		require.Equal(t, []string{"sku", "name", "price"}, left[0].Header)
		require.Equal(t, imports.Raw{Line: 4, Cells: []string{"5001", "Плохая", "-1"}}, left[0].Raw)
	})
	t.Run("a mapping is remembered for lists of the same make", func(t *testing.T) {
		m := &imports.Mapping{Header: true, Columns: []imports.Field{"sku", "name", "price"}}
		s, _ := run(t, till.Import{Mapping: m})
		got, err := s.RememberedMapping(s.Context(), s.Owner, imports.KindProducts, []imports.Raw{
			{Line: 1, Cells: []string{"Our prices"}}, {Line: 3, Cells: []string{"SKU", "name", "Price", ""}}})
		require.NoError(t, err)
		want := *m
		want.Row = 3 // where this one has its head
		require.Equal(t, &want, got)
		got, err = s.RememberedMapping(s.Context(), s.Owner, imports.KindProducts, []imports.Raw{{Line: 1, Cells: []string{"sku", "name", "other"}}})
		require.NoError(t, err)
		require.Nil(t, got)
	})
}
