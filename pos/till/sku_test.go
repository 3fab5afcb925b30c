package till_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func TestTill_ANewProductIsGivenAFreeNumber(t *testing.T) {
	s := newShop(t)
	taken := s.product("milk")
	taken.ID, taken.SKU, taken.Barcodes, taken.ScaleCode = "", "2", nil, ""
	_, err := s.PutProduct(t.Context(), s.owner, taken)
	s.ok(err)
	seen := map[string]bool{"2": true}
	for range 9 {
		p := taken
		p.SKU = "  "
		stored, err := s.PutProduct(t.Context(), s.owner, p)
		s.ok(err)
		n, err := strconv.Atoi(stored.SKU)
		require.NoError(t, err)
		require.False(t, seen[stored.SKU])
		require.LessOrEqual(t, n, 20, "numbers stay short enough to be typed")
		seen[stored.SKU] = true
	}
	known := s.product("milk")
	known.SKU = ""
	_, err = s.PutProduct(t.Context(), s.owner, known)
	s.refuses(err, pos.CodeInvalid, "product.sku-empty")
}
