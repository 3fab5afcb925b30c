package customer_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// shop is a demo shop with an open shift in a test window; the owner works.
type shop struct{ *shoptest.Shop }

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{shoptest.Open(t, uitest.Small, "ru")}
	s.Login(pos.GroupOwner)
	s.OpenShift()
	return s
}

func (s *shop) card(i int) *till.CardView {
	s.T.Helper()
	v, err := s.Till.CustomerCard(s.T.Context(), s.Env.Actor, s.Demo.Customers[i].ID)
	require.NoError(s.T, err)
	return v
}
