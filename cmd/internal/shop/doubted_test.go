package shop

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/pos/manual"
	"kassa/pos/postest"
	"kassa/pos/till"
)

// A till that is switched on with a clock that is far ahead declines no manual payment,
// until somebody says that the clock is right.
func TestManual_WaitsForWhoeverConfirmsTheClock(t *testing.T) {
	c := postest.NewClock()
	o := Options{Home: filepath.Join(t.TempDir(), "home"), Clock: c, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}}
	t.Setenv("KASSA_SECRETS", "file")
	s, d, err := Create(t.Context(), o, true)
	require.NoError(t, err)
	a, err := s.Till.Login(t.Context(), d.Employees[0].PIN)
	require.NoError(t, err)
	paidFor(t, s, a, "one")
	require.NoError(t, s.Close())
	c.Reboot(400 * 24 * time.Hour)

	s, err = Open(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	a, err = s.Till.Login(t.Context(), d.Employees[0].PIN)
	require.NoError(t, err)
	stands := func() manual.State {
		page, err := manualOf(t, s, a).Orders(t.Context(), backend.Orders{})
		require.NoError(t, err)
		require.Len(t, page.Orders, 1)
		return page.Orders[0].State
	}
	require.Equal(t, manual.Open, stands())
	_, err = s.Till.ConfirmClock(t.Context(), a)
	require.NoError(t, err)
	require.Equal(t, manual.Declined, stands())
}
