package payment_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/ui/customer"
	"kassa/ui/theme"
	"kassa/ui/uitest"
)

// pictures are the states a shop sees, each reached by keys.
var pictures = map[string]func(s *shop){
	"payment": func(s *shop) { s.SetCustomer(boris); s.pay() },
	"payment-typed": func(s *shop) {
		s.pay()
		uitest.Type(s.Window, "1000")
	},
	"payment-short": func(s *shop) {
		s.SetCustomer(boris)
		s.pay()
		uitest.Press(s.Window, "F4", "Enter")
		uitest.Type(s.Window, s.Sender.Code())
		uitest.Press(s.Window, "Enter")
		s.settle()
		uitest.Type(s.Window, "200")
		uitest.Press(s.Window, "Enter")
	},
	"payment-nobody": func(s *shop) {
		s.pay()
		uitest.Type(s.Window, "100")
		uitest.Press(s.Window, "Enter")
	},
	"payment-waits": func(s *shop) { s.askPoints(); uitest.Press(s.Window, "Esc"); s.settle() },
	"payment-change": func(s *shop) {
		s.pay()
		uitest.Type(s.Window, "5000")
		uitest.Press(s.Window, "Enter")
	},
	"payment-refused": func(s *shop) {
		s.pay()
		uitest.Press(s.Window, "F2")
		uitest.Type(s.Window, "700")
		uitest.Press(s.Window, "Enter")
	},
	"points": func(s *shop) {
		s.SetCustomer(anna)
		s.pay()
		uitest.Press(s.Window, "F4")
	},
	"code": func(s *shop) {
		s.askPoints()
		uitest.Type(s.Window, s.Sender.Code()[:3])
	},
	"code-wrong": func(s *shop) {
		s.askPoints()
		uitest.Type(s.Window, s.Sender.WrongCode())
		uitest.Press(s.Window, "Enter")
	},
	"code-failed": func(s *shop) {
		s.Sender.Answer(postest.Ends(confirm.SendFailed))
		s.askPoints()
	},
	"code-unknown": func(s *shop) {
		s.Sender.Answer(postest.Ends(confirm.SendUnknown))
		s.askPoints()
	},
	"code-expired": func(s *shop) { s.askPoints(); s.Clock.Advance(5 * time.Minute) },
	"code-dead": func(s *shop) {
		s.askPoints()
		for range confirm.MaxWrong {
			uitest.Type(s.Window, s.Sender.WrongCode())
			uitest.Press(s.Window, "Enter")
		}
	},
	"code-cashier": func(s *shop) { s.Login(pos.GroupCashier); s.askPoints() },
	"code-practice": func(s *shop) {
		s.Env.Training = func(string) (string, bool) {
			return "Код 482913: списание баллов 179,00 ₽. Магазин у дома", true
		}
		s.askPoints()
	},
	"code-skip": func(s *shop) {
		s.Sender.Answer(postest.Ends(confirm.SendFailed))
		s.askPoints()
		uitest.Press(s.Window, "F8", "F2")
	},
	"credit": func(s *shop) {
		s.SetCustomer(boris)
		s.pay()
		uitest.Press(s.Window, "F5")
	},
	"credit-overdue": func(s *shop) {
		s.SetCustomer(kira)
		s.pay()
		uitest.Press(s.Window, "F5")
	},
	"credit-nobody": func(s *shop) {
		s.pay()
		uitest.Press(s.Window, "F5", "Esc")
	},
	"find": func(s *shop) {
		customer.Find(s.Env, func(pos.CustomerState) {})
		uitest.Type(s.Window, "200000")
		uitest.Press(s.Window, "Down")
	},
	"find-start": func(s *shop) { customer.Find(s.Env, func(pos.CustomerState) {}) },
	"find-some": func(s *shop) {
		customer.FindWithPhone(s.Env, func(pos.CustomerState) {})
		uitest.Type(s.Window, "2000")
	},
	"add": func(s *shop) { customer.Add(s.Env, "+7 900 000-01-23", func(pos.CustomerState) {}) },
	"add-refused": func(s *shop) {
		s.Env.Actor = s.ownerActor()
		customer.Add(s.Env, "Анна", func(pos.CustomerState) {})
		uitest.Type(s.Window, "+79000000001")
		uitest.Press(s.Window, "Ctrl+Enter")
	},
	"card": func(s *shop) {
		s.bought(boris)
		customer.Card(s.Env, s.Demo.Customers[boris].ID, func() {})
	},
	"card-overdue": func(s *shop) {
		s.SetCustomer(kira)
		customer.Card(s.Env, s.Demo.Customers[kira].ID, func() {})
	},
	"repay": func(s *shop) {
		customer.Repay(s.Env, s.Demo.Customers[kira].ID, func() {})
		uitest.Type(s.Window, "500")
	},
}

// bought lets a customer have a history: points spent and earned, and a debt.
func (s *shop) bought(i int) {
	s.T.Helper()
	ctx, a := context.Background(), s.Env.Actor
	s.SetCustomer(i)
	for _, ask := range []func() (*till.ChequeView, *till.CodeView, error){
		func() (*till.ChequeView, *till.CodeView, error) { return s.Till.SpendPoints(ctx, a, 100) },
		func() (*till.ChequeView, *till.CodeView, error) {
			return s.Till.Tender(ctx, a, pos.Credit, 20_000)
		},
	} {
		_, ch, err := ask()
		require.NoError(s.T, err)
		_, err = s.Till.BringCode(ctx, a, ch.ID, nil)
		require.NoError(s.T, err)
		_, err = s.Till.EnterCode(ctx, a, ch.ID, s.Sender.Code())
		require.NoError(s.T, err)
	}
	_, _, err := s.Till.Tender(ctx, a, pos.Cash, 29_790)
	require.NoError(s.T, err)
	_, err = s.Till.FinishSale(ctx, a)
	require.NoError(s.T, err)
}

// TestLook draws each state in every size, look and language in which a shop
// may see it, and finds nothing cut off or overlapping.
func TestLook(t *testing.T) {
	sizes := []struct {
		name string
		size fyne.Size
	}{{"1024", uitest.Small}, {"1366", uitest.Usual}, {"1920", uitest.Wide}}
	for name, reach := range pictures {
		for _, lang := range []string{"ru", "en"} {
			t.Run(name+" "+lang, func(t *testing.T) {
				s := openShop(t, uitest.Usual, lang, theme.Light)
				reach(s)
				for _, size := range sizes {
					s.Resize(size.size)
					s.Picture(strings.Join([]string{name, size.name, lang, "light"}, "-"))
				}
				s.Resize(uitest.Usual)
				s.SetTheme(theme.New(theme.Dark, 1))
				s.Picture(strings.Join([]string{name, "1366", lang, "dark"}, "-"))
				s.SetTheme(theme.New(theme.Light, theme.MaxScale))
				s.Resize(uitest.Wide)
				s.Picture(strings.Join([]string{name, "1920", lang, "scaled"}, "-"))
			})
		}
	}
}

// With the largest letters a sentence takes the place of the sums to tap, never of the
// exact card: it stands in the footer then.
func TestPayment_TheExactCardStaysInSight(t *testing.T) {
	s := newShop(t)
	s.SetTheme(theme.New(theme.Light, theme.MaxScale))
	s.Resize(uitest.Usual)
	s.SetCustomer(anna)
	s.pay()
	uitest.Type(s.Window, "100")
	require.True(t, uitest.HasText(s.Window, "Покупатель подтвердит кодом"))
	require.True(t, uitest.HasText(s.Window, "Картой без сдачи"))
	s.Fine()
}
