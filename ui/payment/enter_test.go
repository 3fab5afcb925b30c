package payment_test

// This file hammers on Enter, and holds it, in every window in which money moves
// when a cheque is paid.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/ui/uitest"
)

// hammer presses Enter eight times in a row, faster than anybody reads.
func (s *shop) hammer() {
	s.T.Helper()
	uitest.Mash(s.Window, "Enter", 8, 150*time.Millisecond)
}

func TestEnter_HammeredSellsNothing(t *testing.T) {
	t.Run("in payment", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		s.hammer()
		s.Shows("payment", "paid", "0.00", "action", "accept")
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "paid", "597.90", "action", "finish")
		s.hammer()
		s.Shows("payment", "paid", "597.90", "action", "finish")
		s.unsold()
		uitest.Press(s.Window, "Enter")
		s.sale()
	})
	t.Run("held in payment", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Hold(s.Window, "Enter", 300)
		s.Shows("payment", "paid", "597.90", "action", "finish")
		s.unsold()
	})
	t.Run("in points", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		s.pay()
		uitest.Press(s.Window, "F4")
		s.Shows("points", "error", "")
		s.hammer()
		require.Equal(t, "points", s.Last(), "nothing was asked for")
		uitest.Press(s.Window, "Enter")
		require.Equal(t, "code", s.Last())
	})
	t.Run("in the code window, and after it", func(t *testing.T) {
		s := newShop(t)
		s.askPoints()
		s.hammer()
		s.Shows("code", "left", "5", "error", "")
		uitest.Type(s.Window, s.Sender.Code())
		s.hammer()
		s.unsold()
		s.Shows("payment", "action", "accept")
		uitest.Press(s.Window, "Esc")
	})
	t.Run("in credit", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		s.pay()
		uitest.Type(s.Window, "100")
		uitest.Press(s.Window, "Enter", "F5")
		if s.Last() != "credit" {
			uitest.Press(s.Window, "Enter")
		}
		require.Equal(t, "credit", s.Last())
		s.hammer()
		require.Equal(t, "credit", s.Last(), "no debt was registered")
		uitest.Press(s.Window, "Enter")
		require.Equal(t, "code", s.Last())
	})
}

// Typed money reaches its field at whatever pace, also when the window handles all
// of it at once.
func TestTyped_MoneyIsNoScan(t *testing.T) {
	for _, gap := range []time.Duration{0, 10 * time.Millisecond, 60 * time.Millisecond, 150 * time.Millisecond} {
		s := newShop(t)
		s.pay()
		uitest.TypeAt(s.Window, "7346", gap)
		s.Clock.Advance(time.Second)
		s.Shows("payment", "amount", "7346.00", "action", "accept")
		uitest.TypeAt(s.Window, "00", gap)
		uitest.Mash(s.Window, "Enter", 1, gap)
		s.Shows("payment.sure", "amount", "734600.00")
	}
}
