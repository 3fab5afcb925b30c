package till_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
)

func TestTill_PutProduct(t *testing.T) {
	b := newDemo(t)
	bread := b.demo.Products[1]
	t.Run("changes a product and moves its stock", func(t *testing.T) {
		p := bread
		p.Price, p.Stock = 4_990, 7_000
		stored, err := b.PutProduct(b.ctx, b.owner, p)
		require.NoError(t, err)
		require.Equal(t, p.ID, stored.ID)
		b.view(func(tx till.Tx) error {
			again, err := tx.Product(p.ID)
			require.Equal(t, [2]int64{4_990, 7_000}, [2]int64{int64(again.Price), int64(again.Stock)})
			return err
		})
		b.healthy()
	})
	t.Run("adds one with a stock", func(t *testing.T) {
		p, err := b.PutProduct(b.ctx, b.owner, pos.Product{SKU: " 9001 ", Name: "Новинка", Unit: "шт", Price: 100, VAT: pos.NoVAT, Stock: 5_000})
		require.NoError(t, err)
		require.Equal(t, "9001", p.SKU)
		require.NotEmpty(t, p.ID)
		b.healthy()
	})
	t.Run("refuses codes of another product by its name", func(t *testing.T) {
		_, err := b.PutProduct(b.ctx, b.owner, pos.Product{SKU: bread.SKU, Name: "Булка", VAT: pos.NoVAT})
		e := refused(t, err, pos.CodeConflict, "product.sku-taken")
		require.Equal(t, bread.Name, e.Args["Name"])
		_, err = b.PutProduct(b.ctx, b.owner, pos.Product{SKU: "9002", Name: "Булка", VAT: pos.NoVAT, Barcodes: bread.Barcodes})
		refused(t, err, pos.CodeConflict, "product.barcode-taken")
		_, err = b.PutProduct(b.ctx, b.owner, pos.Product{SKU: "9002", Name: "Булка", VAT: pos.NoVAT, Barcodes: []string{"1234", "1234"}})
		refused(t, err, pos.CodeInvalid, "product.barcode-twice")
	})
	t.Run("a cashier may not", func(t *testing.T) {
		_, err := b.PutProduct(b.ctx, b.cashier, bread)
		refused(t, err, pos.CodeForbidden, "till.forbidden")
	})
}
