package approval_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/drawer"
	"kassa/ui/sale"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// newShop is a shop with an open shift at whose till the cashier sits. Cashiers
// may take up to 5.00 off a line alone, the senior ones up to 50.00.
func newShop(t *testing.T, size fyne.Size, lang string) *shoptest.Shop {
	t.Helper()
	s := shoptest.Open(t, size, lang)
	s.ChangeGroup(pos.GroupCashier, func(g *pos.Group) {
		g.Rights = append(g.Rights, pos.RightLineDiscount)
		g.Caps = map[pos.Right]money.Amount{pos.RightLineDiscount: 500}
	})
	s.ChangeGroup(pos.GroupSeniorCashier, func(g *pos.Group) {
		g.Caps = map[pos.Right]money.Amount{pos.RightLineDiscount: 5000}
	})
	s.Login(pos.GroupCashier)
	s.OpenShift()
	return s
}

// discount rings up goods of 119.00 and takes the typed percentage off.
func discount(s *shoptest.Shop, percent string) {
	screen := sale.New(s.Env, sale.Hooks{})
	s.Show(screen.Content())
	screen.Activate()
	s.Scan(2)
	uitest.Press(s.Window, "F8")
	uitest.Type(s.Window, percent)
	uitest.Press(s.Window, "Enter")
}

func granted(t *testing.T, s *shoptest.Shop) []pos.Approval {
	t.Helper()
	owner, err := s.Till.Login(t.Context(), s.Employee(pos.GroupOwner).PIN)
	require.NoError(t, err)
	list, err := s.Till.Approvals(t.Context(), owner, s.Clock.Now().Add(-time.Hour), s.Clock.Now().Add(time.Hour))
	require.NoError(t, err)
	return list
}

func TestApproval(t *testing.T) {
	t.Run("the senior's PIN lets a discount beyond the cap pass, by keys alone", func(t *testing.T) {
		s := newShop(t, uitest.Usual, "ru")
		discount(s, "10")
		s.Shows("approval", "right", "line.discount", "sum", "11.90", "error", "")
		require.True(t, uitest.HasText(s.Window, "Скидка на позицию"))
		require.True(t, uitest.HasText(s.Window, "до 5,00"))
		s.Fine()
		uitest.Press(s.Window, "F2")
		uitest.Type(s.Window, s.Employee(pos.GroupSeniorCashier).PIN)
		uitest.Press(s.Window, "Enter")
		assert.Equal(t, "107.10", s.Facts["sale"]["total"])
		list := granted(t, s)
		require.Len(t, list, 1)
		assert.True(t, list[0].Used())
		assert.Equal(t, s.Env.Actor.ID, list[0].AskedBy)
		assert.Equal(t, "Брак товара", list[0].Reason)
	})
	t.Run("an own reason is typed, Enter goes on to the PIN", func(t *testing.T) {
		s := newShop(t, uitest.Usual, "ru")
		discount(s, "10")
		uitest.Type(s.Window, "именинник")
		uitest.Press(s.Window, "Enter")
		uitest.Type(s.Window, s.Employee(pos.GroupSeniorCashier).PIN)
		uitest.Press(s.Window, "Enter")
		require.Len(t, granted(t, s), 1)
		assert.Equal(t, "107.10", s.Facts["sale"]["total"])
	})
	t.Run("within the cap nobody is asked", func(t *testing.T) {
		s := newShop(t, uitest.Usual, "ru")
		discount(s, "4")
		assert.NotContains(t, s.Shown, "approval")
		assert.Equal(t, "114.24", s.Facts["sale"]["total"])
	})
	t.Run("Esc goes back to what was typed, with the reason", func(t *testing.T) {
		s := newShop(t, uitest.Usual, "ru")
		discount(s, "10")
		uitest.Press(s.Window, "Esc")
		s.Shows("sale.discount", "error", "till.over-cap", "value", "10")
		s.Fine()
		assert.Empty(t, granted(t, s))
	})
	for name, tt := range map[string]struct {
		percent string
		pin     func(*shoptest.Shop) string
		problem string
	}{
		"a wrong PIN says how many tries are left": {"10", func(*shoptest.Shop) string { return "000111" }, "login.wrong"},
		"one's own PIN is nobody else's": {"10", func(s *shoptest.Shop) string {
			return s.Employee(pos.GroupCashier).PIN
		}, "approval.own"},
		"beyond the other's cap too": {"50", func(s *shoptest.Shop) string {
			return s.Employee(pos.GroupSeniorCashier).PIN
		}, "approval.granter-cap"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, uitest.Usual, "ru")
			discount(s, tt.percent)
			uitest.Press(s.Window, "F1")
			uitest.Type(s.Window, tt.pin(s))
			uitest.Press(s.Window, "Enter")
			s.Shows("approval", "error", tt.problem)
			s.Fine()
			// The PIN is gone, the reason is not: the owner may do it now.
			uitest.Type(s.Window, s.Employee(pos.GroupOwner).PIN)
			uitest.Press(s.Window, "Enter")
			require.Len(t, granted(t, s), 1)
			assert.Equal(t, "sale", s.Last())
		})
	}
	t.Run("not without a reason", func(t *testing.T) {
		s := newShop(t, uitest.Usual, "ru")
		discount(s, "10")
		uitest.Press(s.Window, "Enter")
		uitest.Type(s.Window, s.Employee(pos.GroupOwner).PIN)
		uitest.Press(s.Window, "Enter")
		s.Shows("approval", "error", "reason.short")
		assert.Empty(t, granted(t, s))
	})
	t.Run("cash out without the right", func(t *testing.T) {
		s := newShop(t, uitest.Usual, "ru")
		done := 0
		drawer.Cash(s.Env, func() { done++ })
		uitest.Press(s.Window, "F7")
		uitest.Type(s.Window, "100")
		uitest.Press(s.Window, "Enter")
		uitest.Type(s.Window, "инкассация")
		uitest.Press(s.Window, "Enter")
		s.Shows("approval", "right", "cash.out", "sum", "100.00")
		require.True(t, uitest.HasText(s.Window, "нет этого права"))
		uitest.Press(s.Window, "F4")
		uitest.Type(s.Window, s.Employee(pos.GroupSeniorCashier).PIN)
		uitest.Press(s.Window, "Enter")
		assert.Equal(t, 1, done)
	})
	t.Run("nobody is asked after the till was locked", func(t *testing.T) {
		s := newShop(t, uitest.Usual, "ru")
		a := s.Env.Actor
		s.Env.Actor = pos.Actor{}
		var told error
		approval.Run(s.Env, func(ctx context.Context) (*till.CashResult, error) {
			return s.Till.CashOut(ctx, a, 100, "инкассация")
		}, func(_ *till.CashResult, err error) { told = err })
		assert.Equal(t, pos.CodeForbidden, pos.CodeOf(told))
		assert.NotContains(t, s.Shown, "approval")
	})
}

// TestLook draws the question in every look. With KASSA_SHOTS set the pictures
// are kept in that folder.
func TestLook(t *testing.T) {
	for _, l := range shoptest.Looks {
		t.Run(l.Name, func(t *testing.T) {
			s := newShop(t, l.Size, l.Lang)
			s.SetTheme(theme.New(l.Mode, l.Scale))
			discount(s, "10")
			s.Picture("approval-" + l.Name)
			uitest.Press(s.Window, "F1")
			uitest.Type(s.Window, "000111")
			uitest.Press(s.Window, "Enter")
			s.Picture("approval-wrong-" + l.Name)
		})
	}
}

// An action that asked for its reason is allowed by a PIN alone.
func TestApproval_AsksNoReasonTwice(t *testing.T) {
	begin := func(t *testing.T) *shoptest.Shop {
		s := shoptest.Open(t, uitest.Usual, "ru")
		s.ChangeGroup(pos.GroupCashier, func(g *pos.Group) { g.Rights = []pos.Right{pos.RightSell, pos.RightShiftOpen} })
		s.Login(pos.GroupCashier)
		s.OpenShift()
		screen := sale.New(s.Env, sale.Hooks{})
		s.Show(screen.Content())
		screen.Activate()
		s.Scan(0)
		s.Scan(1)
		return s
	}
	allow := func(s *shoptest.Shop) {
		uitest.Type(s.Window, s.Employee(pos.GroupOwner).PIN)
		s.Clock.Advance(time.Second)
		uitest.Press(s.Window, "Enter")
	}
	t.Run("a cheque is cancelled", func(t *testing.T) {
		s := begin(t)
		uitest.Press(s.Window, "Ctrl+Del", "F2")
		s.Shows("approval", "right", "cheque.cancel")
		require.True(t, uitest.HasText(s.Window, "Причина: не хватило денег"), "%q", uitest.Texts(s.Window))
		require.False(t, uitest.HasText(s.Window, "Например, помята упаковка"), "the reason is asked again")
		s.Fine()
		allow(s)
		s.Shows("sale", "lines", "0")
		list := granted(t, s)
		require.Len(t, list, 1)
		require.Equal(t, "не хватило денег", list[0].Reason)
	})
	t.Run("a line goes without a reason, which is then asked here, of those that fit", func(t *testing.T) {
		s := begin(t)
		uitest.Press(s.Window, "Del", "Enter")
		s.Shows("approval", "right", "line.remove")
		require.True(t, uitest.HasText(s.Window, "товар испорчен"), "%q", uitest.Texts(s.Window))
		require.False(t, uitest.HasText(s.Window, "Постоянный покупатель"))
		uitest.Press(s.Window, "F4")
		allow(s)
		require.Equal(t, "товар испорчен", granted(t, s)[0].Reason)
	})
	t.Run("a reason that will not do is told where it was given, before anybody is called", func(t *testing.T) {
		s := begin(t)
		uitest.Press(s.Window, "Ctrl+Del")
		uitest.Type(s.Window, "э")
		uitest.Press(s.Window, "Enter")
		s.Shows("sale.cancel", "error", "reason.short")
		uitest.Press(s.Window, "F1")
		s.Shows("approval", "right", "cheque.cancel", "error", "")
		allow(s)
		s.Shows("sale", "lines", "0")
	})
}
