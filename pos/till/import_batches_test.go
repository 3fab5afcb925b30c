package till_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till"
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

func (b *backroom) goods() (n int64) {
	b.view(func(tx till.Tx) (err error) { n, err = tx.ProductCount(); return err })
	return n
}

func TestTill_ImportInBatches(t *testing.T) {
	const rows = 9000
	t.Run("the till serves between batches", func(t *testing.T) {
		b := newDemo(t)
		b.shiftOpen()
		before, batches := b.goods(), 0
		r, err := b.Import(b.ctx, b.owner, till.Import{Kind: imports.KindProducts, Open: imports.Text(manyGoods(rows)), SkipBad: true,
			Progress: func(till.ImportReport) {
				batches++
				_, err := b.Scan(b.ctx, b.cashier, b.demo.Products[0].Barcodes[0], 1000, nil)
				require.NoError(t, err)
			}})
		require.NoError(t, err)
		require.Greater(t, batches, 2)
		require.Equal(t, int64(rows), r.New)
		require.Equal(t, before+rows, b.goods())
		b.healthy()
	})
	t.Run("stopped in the middle it keeps whole batches, and again finishes", func(t *testing.T) {
		b := newDemo(t)
		before := b.goods()
		ctx, cancel := context.WithCancel(b.ctx)
		im := till.Import{Kind: imports.KindProducts, Open: imports.Text(manyGoods(rows)), SkipBad: true,
			Progress: func(till.ImportReport) { cancel() }}
		r, err := b.Import(ctx, b.owner, im)
		refused(t, err, pos.CodeUnavailable, "till.interrupted")
		require.False(t, r.Applied)
		require.Positive(t, r.New)
		require.Less(t, r.New, int64(rows))
		require.Equal(t, before+r.New, b.goods(), "what it says is what there is")
		require.Equal(t, pos.EventImported, b.events()[0])
		done := r.New
		im.Progress = nil
		r, err = b.Import(b.ctx, b.owner, im)
		require.NoError(t, err)
		require.Equal(t, [2]int64{rows - done, done}, [2]int64{r.New, r.Unchanged})
		b.healthy()
	})
	t.Run("what is found is found: the search, the codes, the stock", func(t *testing.T) {
		b := newDemo(t)
		_, err := b.bring(b.owner, imports.KindProducts, manyGoods(300), false)
		require.NoError(t, err)
		b.view(func(tx till.Tx) error {
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
	run := func(t *testing.T, im till.Import) (*backroom, *till.ImportReport) {
		b := newDemo(t)
		im.Kind, im.Open, im.SkipBad = imports.KindProducts, imports.Text(list), true
		r, err := b.Import(b.ctx, b.owner, im)
		require.NoError(t, err)
		b.healthy()
		return b, r
	}
	sku := func(b *backroom, sku string) (p *pos.Product) {
		b.view(func(tx till.Tx) error { p, _ = tx.ProductBySKU(sku); return nil })
		return p
	}
	t.Run("the price alone", func(t *testing.T) {
		b, r := run(t, till.Import{Existing: till.ExistingPrice, SkipNew: true})
		require.Equal(t, [4]int64{0, 1, 1, 1}, [4]int64{r.New, r.Updated, r.Skipped, r.RefusedRows})
		require.Equal(t, b.demo.Products[0].Name, sku(b, "1001").Name)
		require.EqualValues(t, 100, sku(b, "1001").Price)
		require.Nil(t, sku(b, "5000"))
	})
	t.Run("only new ones", func(t *testing.T) {
		b, r := run(t, till.Import{Existing: till.ExistingSkip})
		require.Equal(t, [3]int64{1, 0, 1}, [3]int64{r.New, r.Updated, r.Skipped})
		require.Equal(t, b.demo.Products[0].Price, sku(b, "1001").Price)
	})
	t.Run("what is not in the list goes into the archive", func(t *testing.T) {
		b, r := run(t, till.Import{ArchiveMissing: true})
		require.Equal(t, int64(len(b.demo.Products)-1), r.Archived)
		require.True(t, sku(b, "1002").Archived)
		require.False(t, sku(b, "1001").Archived)
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
		b, _ := run(t, till.Import{Mapping: m})
		got, err := b.RememberedMapping(b.ctx, b.owner, imports.KindProducts, []string{"SKU", "name", "Price"})
		require.NoError(t, err)
		require.Equal(t, m, got)
		got, err = b.RememberedMapping(b.ctx, b.owner, imports.KindProducts, []string{"sku", "name", "other"})
		require.NoError(t, err)
		require.Nil(t, got)
	})
}
