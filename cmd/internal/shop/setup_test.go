package shop

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/postest"
	"kassa/pos/till"
)

// Whoever changes where the shop's money goes stands in its audit trail; whoever only
// may see looks, and whoever may not even that is refused by the till.
func TestSetUp_IsHeldToRightsAndRecorded(t *testing.T) {
	t.Setenv("KASSA_SECRETS", "file")
	s, demo, err := Create(t.Context(), Options{Home: filepath.Join(t.TempDir(), "home"), Clock: postest.NewClock(), IDs: &postest.IDs{},
		HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}}, true)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	in := func(g pos.GroupID) pos.Actor {
		t.Helper()
		for _, e := range demo.Employees {
			if e.Group == g {
				a, err := s.Till.Login(t.Context(), e.PIN)
				require.NoError(t, err)
				return a
			}
		}
		t.Fatalf("nobody is in group %s", g)
		return pos.Actor{}
	}
	owner, cashier, set := in(pos.GroupOwner), in(pos.GroupCashier), s.SetUp()
	courier := manual.Merchant{ID: set.NewID(), Name: "Курьер", Commission: 25000, Account: "RUB"}
	_, err = set.PutMerchant(t.Context(), cashier, courier)
	require.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
	m, err := set.PutMerchant(t.Context(), owner, courier)
	require.NoError(t, err)
	_, err = set.PutMerchant(t.Context(), owner, courier)
	require.NoError(t, err, "the same once more is no change")
	o, err := set.PutOffer(t.Context(), owner, manual.Offer{ID: set.NewID(), Text: "Ремонт", Price: 100, Currency: "RUB", Merchants: []string{m.ID}})
	require.NoError(t, err)
	_, err = set.PutOffer(t.Context(), cashier, o)
	require.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
	all, err := set.Merchants(t.Context(), cashier)
	require.NoError(t, err)
	assert.Len(t, all, 1)
	page, err := set.OfferPage(t.Context(), owner, o.ID)
	require.NoError(t, err)
	assert.Empty(t, page, "the backend carried in the till is seen by nobody")

	var noted []pos.Event
	require.NoError(t, s.Store.View(t.Context(), func(tx till.Tx) (err error) { noted, err = tx.Events(m.ID, 10); return err }))
	require.NotEmpty(t, noted)
	assert.Equal(t, pos.EventMerchantChanged, noted[0].Kind)
	assert.Equal(t, owner.ID, noted[0].Employee)
	assert.Equal(t, "2.5", noted[0].Detail["commission"])

	nobody := owner
	nobody.ID = "nobody"
	_, err = set.Offers(t.Context(), nobody)
	require.Error(t, err)
}
