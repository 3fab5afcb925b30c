package lists_test

// These tests look at the demo shop.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/pos"
	"kassa/pos/till/tilltest"
)

func TestTill_SeedDemo(t *testing.T) {
	s := tilltest.Demo(t)
	s.Sound()

	t.Run("has an owner with every right and a cashier who may not skip codes", func(t *testing.T) {
		require.ElementsMatch(t, pos.Rights, s.Owner.Rights)
		require.Equal(t, pos.GroupOwner, s.Demo.Employees[0].Group)
		require.True(t, s.Senior.Can(pos.RightSkipPoints) && s.Senior.Can(pos.RightSkipCredit))
		require.False(t, s.Cashier.Can(pos.RightSkipPoints) || s.Cashier.Can(pos.RightSkipCredit))
	})
	t.Run("has at least sixty goods, of which the first six sell anywhere", func(t *testing.T) {
		require.GreaterOrEqual(t, len(s.Demo.Products), 60)
		for _, p := range s.Demo.Products[:6] {
			require.Equal(t, pos.ProductFlags{}, p.Flags, p.Name)
			require.GreaterOrEqual(t, int64(p.Price), int64(2000), p.Name)
			require.Positive(t, int64(p.Stock), p.Name)
			require.Len(t, p.Barcodes, 1, p.Name)
		}
	})
	t.Run("has valid EAN-13 on everything", func(t *testing.T) {
		for _, p := range s.Demo.Products {
			for _, code := range p.Barcodes {
				require.True(t, validEAN13(code), "%s of %s", code, p.Name)
			}
		}
	})
	t.Run("has customers for every scene", func(t *testing.T) {
		var spend, credit, overdue, owing int
		for _, c := range s.Demo.Customers {
			if c.Points >= 100 && c.Phone != "" && c.Overdue == 0 {
				spend++
				if c.Room >= 100_000 {
					credit++
				}
			}
			if c.Overdue > 0 {
				overdue++
			} else if c.Debt > 0 {
				owing++
			}
			require.Regexp(t, `^\+790000000\d\d$`, c.Phone, "a number somebody may have")
		}
		require.GreaterOrEqual(t, spend, 6)
		require.GreaterOrEqual(t, credit, 3)
		require.Equal(t, 1, overdue)
		require.Positive(t, owing)
	})
	t.Run("shows its PINs on the login screen", func(t *testing.T) {
		staff, err := s.DemoEmployees(s.Context())
		require.NoError(t, err)
		require.Equal(t, s.Demo.Employees, staff)
	})
	t.Run("is never poured over a shop", func(t *testing.T) {
		_, err := s.SeedDemo(s.Context(), assets.Demo)
		tilltest.Refused(t, err, pos.CodeConflict, "demo.not-empty")
	})
}

func validEAN13(code string) bool {
	if len(code) != 13 {
		return false
	}
	sum := 0
	for i, d := range code {
		if d < '0' || d > '9' {
			return false
		}
		sum += int(d-'0') * (1 + 2*(i%2))
	}
	return sum%10 == 0
}
