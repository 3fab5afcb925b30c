package lists_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// toBegin are goods as the first run brings them.
func toBegin() []pos.Product {
	return []pos.Product{
		{Name: "Хлеб для начала", Unit: "шт", Price: 4500, VAT: pos.NoVAT, Note: "для начала"},
		{Name: "Молоко для начала", Unit: "шт", Price: 8900, VAT: pos.NoVAT},
		{Name: "Чай для начала", Unit: "шт", Price: 15000, VAT: pos.NoVAT},
	}
}

// newShop is a shop with its owner and nothing else.
func newShop(t *testing.T) *tilltest.Shop {
	s := tilltest.Empty(t)
	require.NoError(t, s.InitShop(s.Context()))
	var err error
	s.Owner, err = s.CreateOwner(s.Context(), "Ольга", tilltest.OwnerPIN)
	require.NoError(t, err)
	s.Who = s.Owner
	return s
}

// sellable counts the goods on the shelf.
func sellable(s *tilltest.Shop) int {
	found, err := s.SearchProducts(s.Context(), "для начала", 20)
	require.NoError(s, err)
	return len(found)
}

func TestTill_Starter(t *testing.T) {
	t.Run("is on the shelf at once and goes together", func(t *testing.T) {
		s := newShop(t)
		n, err := s.AddStarter(s.Context(), s.Owner, toBegin())
		require.NoError(t, err)
		assert.Equal(t, 3, n)
		assert.Equal(t, 3, sellable(s))
		quick, err := s.QuickGoods(s.Context(), s.Owner)
		require.NoError(t, err)
		assert.Empty(t, quick.Named, "each tile keeps its number: no article is one")
		_, err = s.AddStarter(s.Context(), s.Owner, toBegin())
		tilltest.Refused(t, err, pos.CodeConflict, "firstrun.starter-there")

		dropped, stayed, err := s.DropStarter(s.Context(), s.Owner)
		require.NoError(t, err)
		assert.Equal(t, []int{3, 0}, []int{dropped, stayed})
		assert.Zero(t, sellable(s))
		_, _, err = s.DropStarter(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeNotFound, "firstrun.starter-none")
		s.Sound()
	})
	t.Run("leaves what became the shop's own", func(t *testing.T) {
		s := newShop(t)
		_, err := s.AddStarter(s.Context(), s.Owner, toBegin())
		require.NoError(t, err)
		own, err := s.SearchProducts(s.Context(), "Молоко для начала", 1)
		require.NoError(t, err)
		own[0].Price = 9900
		_, err = s.PutProduct(s.Context(), s.Owner, own[0])
		require.NoError(t, err)
		dropped, stayed, err := s.DropStarter(s.Context(), s.Owner)
		require.NoError(t, err)
		assert.Equal(t, []int{2, 1}, []int{dropped, stayed})
		assert.Equal(t, 1, sellable(s))
		s.Sound()
	})
	t.Run("needs the right to change goods", func(t *testing.T) {
		s := newShop(t)
		cashier := s.Hire("Костя", pos.GroupCashier, tilltest.CashierPIN)
		_, err := s.AddStarter(s.Context(), cashier, toBegin())
		assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
		_, _, err = s.DropStarter(s.Context(), cashier)
		assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
	})
}

func TestTill_Beginning(t *testing.T) {
	s := newShop(t)
	now := func() till.Beginning {
		b, err := s.Beginning(s.Context())
		require.NoError(t, err)
		return *b
	}
	assert.Equal(t, till.Beginning{}, now())
	_, err := s.AddStarter(s.Context(), s.Owner, toBegin())
	require.NoError(t, err)
	assert.Equal(t, till.Beginning{Starter: true}, now())
	s.StartShift(0)
	assert.Equal(t, till.Beginning{Starter: true, Shift: true}, now())
	goods, err := s.SearchProducts(s.Context(), "Чай", 1)
	require.NoError(t, err)
	s.Ring(goods[0].SKU)
	s.Cash(15000)
	s.Finish()
	_, _, err = s.DropStarter(s.Context(), s.Owner)
	require.NoError(t, err)
	s.Hire("Костя", pos.GroupCashier, tilltest.CashierPIN)
	_, err = s.PutProduct(s.Context(), s.Owner, pos.Product{Name: "Своё", VAT: pos.NoVAT})
	require.NoError(t, err)
	assert.Equal(t, till.Beginning{Goods: true, Shift: true, Sold: true, Staff: true}, now())
}
