package shelf_test

// These tests keep the goods: their cards, numbers and pictures.

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_PutProduct(t *testing.T) {
	s := tilltest.Demo(t)
	bread := s.Demo.Products[1]
	t.Run("changes a product and moves its stock", func(t *testing.T) {
		p := bread
		p.Price, p.Stock = 4_990, 7_000
		stored, err := s.PutProduct(s.Context(), s.Owner, p)
		require.NoError(t, err)
		require.Equal(t, p.ID, stored.ID)
		s.Look(func(tx till.Tx) error {
			again, err := tx.Product(p.ID)
			require.Equal(t, [2]int64{4_990, 7_000}, [2]int64{int64(again.Price), int64(again.Stock)})
			return err
		})
		s.Sound()
	})
	t.Run("adds one with a stock", func(t *testing.T) {
		p, err := s.PutProduct(s.Context(), s.Owner, pos.Product{SKU: " 9001 ", Name: "Новинка", Unit: "шт", Price: 100, VAT: pos.NoVAT, Stock: 5_000})
		require.NoError(t, err)
		require.Equal(t, "9001", p.SKU)
		require.NotEmpty(t, p.ID)
		s.Sound()
	})
	t.Run("refuses codes of another product by its name", func(t *testing.T) {
		_, err := s.PutProduct(s.Context(), s.Owner, pos.Product{SKU: bread.SKU, Name: "Булка", VAT: pos.NoVAT})
		e := tilltest.Refused(t, err, pos.CodeConflict, "product.sku-taken")
		require.Equal(t, bread.Name, e.Args["Name"])
		_, err = s.PutProduct(s.Context(), s.Owner, pos.Product{SKU: "9002", Name: "Булка", VAT: pos.NoVAT, Barcodes: bread.Barcodes})
		tilltest.Refused(t, err, pos.CodeConflict, "product.barcode-taken")
		_, err = s.PutProduct(s.Context(), s.Owner, pos.Product{SKU: "9002", Name: "Булка", VAT: pos.NoVAT, Barcodes: []string{"1234", "1234"}})
		tilltest.Refused(t, err, pos.CodeInvalid, "product.barcode-twice")
	})
	t.Run("a cashier may not", func(t *testing.T) {
		_, err := s.PutProduct(s.Context(), s.Cashier, bread)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	})
}

func TestTill_ANewProductIsGivenAFreeNumber(t *testing.T) {
	s := tilltest.Small(t)
	taken := s.Stored("milk")
	taken.ID, taken.SKU, taken.Barcodes, taken.ScaleCode = "", "2", nil, ""
	_, err := s.PutProduct(t.Context(), s.Owner, taken)
	require.NoError(t, err)
	seen := map[string]bool{"2": true}
	for range 9 {
		p := taken
		p.SKU = "  "
		stored, err := s.PutProduct(t.Context(), s.Owner, p)
		require.NoError(t, err)
		n, err := strconv.Atoi(stored.SKU)
		require.NoError(t, err)
		require.False(t, seen[stored.SKU])
		require.LessOrEqual(t, n, 20, "numbers stay short enough to be typed")
		seen[stored.SKU] = true
	}
	known := s.Stored("milk")
	known.SKU = ""
	_, err = s.PutProduct(t.Context(), s.Owner, known)
	tilltest.Refused(t, err, pos.CodeInvalid, "product.sku-empty")
}

func TestTill_SetImage(t *testing.T) {
	s := tilltest.Small(t)
	name := strings.Repeat("0a", 32) + ".jpg"
	was := s.Stored("milk")
	stored, err := s.SetImage(t.Context(), s.Owner, was.ID, name)
	require.NoError(t, err)
	want := was
	want.Image = name
	require.Equal(t, want, *stored, "nothing else changes, the stock least of all")
	require.Equal(t, want, s.Stored("milk"))
	used, err := s.ImageUsed(t.Context(), name)
	require.NoError(t, err)
	require.True(t, used)

	for _, bad := range []string{"../kassa.db", "photo.jpg", strings.ToUpper(name), name + "x", name[1:]} {
		_, err = s.SetImage(t.Context(), s.Owner, was.ID, bad)
		tilltest.Refused(t, err, pos.CodeInvalid, "product.image")
	}
	_, err = s.SetImage(t.Context(), s.Cashier, was.ID, "")
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	_, err = s.SetImage(t.Context(), s.Owner, "nobody", "")
	require.Equal(t, pos.CodeNotFound, pos.CodeOf(err))

	_, err = s.SetImage(t.Context(), s.Owner, was.ID, "")
	require.NoError(t, err)
	used, err = s.ImageUsed(t.Context(), name)
	require.NoError(t, err)
	require.False(t, used)
}

func TestTill_ProductBySKU(t *testing.T) {
	s := tilltest.Small(t)
	want := s.Stored("milk")
	got, err := s.ProductBySKU(t.Context(), s.Cashier, want.SKU)
	require.NoError(t, err)
	require.Equal(t, want.ID, got.ID)
	_, err = s.ProductBySKU(t.Context(), s.Cashier, want.SKU[:1]+"?")
	tilltest.Refused(t, err, pos.CodeNotFound, "product.unknown")
}
