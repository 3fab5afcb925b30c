package payment_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/ui/payment"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// The demo's customers the tests speak of, by their place in the file.
const (
	anna  = 0 // 1240 points, 5000 of credit, no debt
	boris = 1 // 860 points, 3000 of credit, owes 1200
	gleb  = 3 // 310 points, no credit
	kira  = 9 // an overdue debt
)

// shop is a demo shop with an open shift, a cheque of 597.90 and a test window.
type shop struct {
	*shoptest.Shop
	sold  []*pos.Sale
	backs int // how often the payment window was left without a sale
}

func newShop(t *testing.T) *shop { return openShop(t, uitest.Usual, "ru", theme.Light) }

func openShop(t *testing.T, size fyne.Size, lang string, mode theme.Mode) *shop {
	t.Helper()
	s := &shop{Shop: shoptest.Open(t, size, lang)}
	s.SetTheme(theme.New(mode, 1))
	s.Settings.SMSProvider, s.Settings.ConfirmPoints, s.Settings.ConfirmCredit = "smsru", pos.ConfirmAlways, pos.ConfirmAlways
	s.Sender.Answer(smsru)
	s.Login(pos.GroupSeniorCashier)
	s.OpenShift()
	for _, i := range []int{0, 2, 4} { // 89.90 + 119.00 + 389.00
		s.scan(i)
	}
	return s
}

// scan rings up a demo product beside the screen.
func (s *shop) scan(i int) {
	s.T.Helper()
	_, err := s.Till.Scan(s.T.Context(), s.Env.Actor, s.Demo.Products[i].Barcodes[0], 0, nil)
	require.NoError(s.T, err)
}

// smsru answers as the real provider does when all is well.
func smsru(d confirm.Delivery) confirm.Result {
	r := postest.Arrives(d)
	r.Provider = "smsru"
	return r
}

func (s *shop) cheque() *till.ChequeView {
	s.T.Helper()
	v, err := s.Till.Cheque(s.T.Context())
	require.NoError(s.T, err)
	return v
}

// pay opens the payment window.
func (s *shop) pay() {
	s.T.Helper()
	payment.Open(s.Env, s.cheque(), s.done)
}

func (s *shop) done(sale *pos.Sale) {
	if sale == nil {
		s.backs++
		return
	}
	s.sold = append(s.sold, sale)
}

// settle lets the pause after a code pass.
func (s *shop) settle() { s.Clock.Advance(time.Second) }

// sale asserts that exactly one sale was stored, and returns it.
func (s *shop) sale() *pos.Sale {
	s.T.Helper()
	require.Len(s.T, s.sold, 1)
	stored, err := s.Till.Sales(s.T.Context(), s.Env.Actor, 0, 10)
	require.NoError(s.T, err)
	require.Len(s.T, stored, 1)
	require.Equal(s.T, s.sold[0].ID, stored[0].ID)
	problems, err := s.Till.SelfCheck(s.T.Context(), s.ownerActor())
	require.NoError(s.T, err)
	require.Empty(s.T, problems)
	return s.sold[0]
}

func (s *shop) ownerActor() pos.Actor {
	s.T.Helper()
	a, err := s.Till.Login(s.T.Context(), s.Employee(pos.GroupOwner).PIN)
	require.NoError(s.T, err)
	return a
}

// unsold asserts that no sale was stored.
func (s *shop) unsold() {
	s.T.Helper()
	require.Empty(s.T, s.sold)
	stored, err := s.Till.Sales(s.T.Context(), s.ownerActor(), 0, 10)
	require.NoError(s.T, err)
	require.Empty(s.T, stored)
}

func paidBy(sale *pos.Sale) map[pos.Method]money.Amount {
	paid := map[pos.Method]money.Amount{}
	for _, t := range sale.Tenders {
		paid[t.Method] += t.Amount
	}
	return paid
}

// withoutCredit takes the right to sell on credit from who is logged in.
func (s *shop) withoutCredit() {
	s.T.Helper()
	s.ChangeGroup(s.Env.Actor.Group, func(g *pos.Group) {
		g.Rights = slices.DeleteFunc(g.Rights, func(r pos.Right) bool { return r == pos.RightCredit })
	})
}
