package returns

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// shop is a demo shop with the return screen in its window.
type shop struct {
	*shoptest.Shop
	screen *Screen
	backs  int
	done   []*pos.Return
}

// open opens a shop whose shift the first employee of a group has opened; the
// window is empty yet.
func open(t testing.TB, size fyne.Size, lang string, g pos.GroupID) *shop {
	t.Helper()
	s := &shop{Shop: shoptest.Open(t, size, lang)}
	s.Login(g)
	s.OpenShift()
	return s
}

// enter shows the return screen.
func (s *shop) enter() *shop {
	s.screen = New(s.Env, Hooks{Back: func() { s.backs++ }, Done: func(r *pos.Return) { s.done = append(s.done, r) }})
	s.Show(s.screen.Content())
	s.screen.Activate()
	return s
}

// restart builds the screen anew, as a start of the program does.
func (s *shop) restart() *shop {
	s.screen.Deactivate()
	return s.enter()
}

func (s *shop) press(k ...keys.Key) { uitest.Press(s.Window, k...) }

// sell rings up demo goods, qty of each, and pays: points and credit of the first
// demo customer when they are not zero, the rest in cash.
func (s *shop) sell(qty money.Quantity, points int64, credit money.Amount, goods ...int) *pos.Sale {
	s.T.Helper()
	ctx, a := s.T.Context(), s.Env.Actor
	var v *till.ChequeView
	var err error
	for _, i := range goods {
		v, err = s.Till.Scan(ctx, a, s.Demo.Products[i].Barcodes[0], qty, nil)
		require.NoError(s.T, err)
	}
	if points > 0 || credit > 0 {
		v, err = s.Till.SetCustomer(ctx, a, till.FindCustomer{ID: s.Demo.Customers[0].ID})
		require.NoError(s.T, err)
	}
	if points > 0 {
		v, _, err = s.Till.SpendPoints(ctx, a, points)
		require.NoError(s.T, err)
	}
	if credit > 0 {
		v, _, err = s.Till.Tender(ctx, a, pos.Credit, credit)
		require.NoError(s.T, err)
	}
	_, _, err = s.Till.Tender(ctx, a, pos.Cash, v.Totals.Due)
	require.NoError(s.T, err)
	sale, err := s.Till.FinishSale(ctx, a)
	require.NoError(s.T, err)
	return sale
}

// scanReceipt scans the code of a receipt and waits out the scanner's second
// line end.
func (s *shop) scanReceipt(id pos.SaleID) {
	uitest.Scan(s.Window, string(id))
	s.Clock.Advance(time.Second)
}

// settle goes through the last look: a reason, Enter, Enter.
func (s *shop) settle() {
	s.T.Helper()
	s.press("F9", "F2", keys.Enter)
	s.Clock.Advance(time.Second)
	s.press(keys.Enter)
}

// last is the return that was stored last.
func (s *shop) last() *pos.Return {
	s.T.Helper()
	require.NotEmpty(s.T, s.done, "nothing was stored: %v", s.Facts["returns.settle"])
	return s.done[len(s.done)-1]
}
