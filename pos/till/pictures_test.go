package till_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

func TestTill_SetImage(t *testing.T) {
	s := newShop(t)
	name := strings.Repeat("0a", 32) + ".jpg"
	was := s.product("milk")
	stored, err := s.SetImage(t.Context(), s.owner, was.ID, name)
	s.ok(err)
	want := was
	want.Image = name
	require.Equal(t, want, *stored, "nothing else changes, the stock least of all")
	require.Equal(t, want, s.product("milk"))
	used, err := s.ImageUsed(t.Context(), name)
	s.ok(err)
	require.True(t, used)

	for _, bad := range []string{"../kassa.db", "photo.jpg", strings.ToUpper(name), name + "x", name[1:]} {
		_, err = s.SetImage(t.Context(), s.owner, was.ID, bad)
		s.refuses(err, pos.CodeInvalid, "product.image")
	}
	_, err = s.SetImage(t.Context(), s.cashier, was.ID, "")
	s.refuses(err, pos.CodeForbidden, "till.forbidden")
	_, err = s.SetImage(t.Context(), s.owner, "nobody", "")
	require.Equal(t, pos.CodeNotFound, pos.CodeOf(err))

	_, err = s.SetImage(t.Context(), s.owner, was.ID, "")
	s.ok(err)
	used, err = s.ImageUsed(t.Context(), name)
	s.ok(err)
	require.False(t, used)
}

func TestTill_ProductBySKU(t *testing.T) {
	s := newShop(t)
	want := s.product("milk")
	got, err := s.ProductBySKU(t.Context(), s.cashier, want.SKU)
	s.ok(err)
	require.Equal(t, want.ID, got.ID)
	_, err = s.ProductBySKU(t.Context(), s.cashier, want.SKU[:1]+"?")
	s.refuses(err, pos.CodeNotFound, "product.unknown")
}
