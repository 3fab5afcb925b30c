package offers_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/offers"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"

	screen "kassa/ui/offers"
)

type shop struct {
	*shoptest.Shop
	closed int
}

func newShop(t *testing.T, size fyne.Size, lang string) *shop {
	t.Helper()
	s := &shop{Shop: shoptest.Open(t, size, lang)}
	s.Login(pos.GroupOwner)
	return s
}

func (s *shop) open() { screen.Open(s.Env, func() { s.closed++ }) }

func (s *shop) promote(name string, coupon bool) {
	s.T.Helper()
	_, err := s.Till.PutPromotion(s.T.Context(), s.Env.Actor, offers.Promotion{Name: name, On: true,
		Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000, From: "2026-01-01", To: "2026-12-31", After: 540, Coupon: coupon}})
	require.NoError(s.T, err)
}

func (s *shop) promotions() []offers.Promotion {
	s.T.Helper()
	list, err := s.Till.Promotions(s.T.Context(), s.Env.Actor)
	require.NoError(s.T, err)
	out := make([]offers.Promotion, len(list))
	for i := range list {
		out[i] = list[i].Promotion
	}
	return out
}

func TestOffers_MakesOneByKeysAlone(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.open()
	s.Shows("offers", "rows", "0")
	uitest.Press(s.Window, "F3", "Ctrl+S")
	s.Shows("offers.card", "error", "invalid")
	uitest.Type(s.Window, "Утро")
	uitest.Press(s.Window, "Tab", "Tab")
	uitest.Type(s.Window, "10")
	uitest.Press(s.Window, "Ctrl+S")
	s.Shows("offers", "rows", "1", "on", "1")
	all := s.promotions()
	require.Equal(t, "Утро", all[0].Name)
	require.EqualValues(t, 1000, all[0].Percent)
}

func TestOffers_CardKeepsWhatItDoesNotShow(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	_, err := s.Till.PutPromotion(t.Context(), s.Env.Actor, offers.Promotion{Name: "Для своих", Priority: 3, Rule: offers.Rule{
		Effect: offers.SomeOff, Percent: 5000, Group: 3, Free: 1, Groups: []string{"g"}, Products: []pos.ProductID{s.Demo.Products[0].ID},
		Categories: []string{"Сыр", "Хлеб"}, Birthday: true, Around: 2, MinQty: 2000, MinSum: 100_000, Most: 50_000, After: 570, Before: 1080, Alone: true}})
	require.NoError(t, err)
	was := s.promotions()[0]
	s.open()
	uitest.Press(s.Window, "Enter", "Ctrl+S")
	require.Equal(t, was, s.promotions()[0])
}

func TestOffers_Switches(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.promote("Утро", false)
	s.open()
	uitest.Press(s.Window, "F4")
	s.Shows("offers", "on", "0")
	uitest.Press(s.Window, "F5", "F5")
	s.Shows("offers.coupons", "rows", "0", "error", "conflict")
	uitest.Press(s.Window, "Esc", "Esc")
	require.Equal(t, 1, s.closed)
}

func TestOffers_MakesCoupons(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.promote("По купону", true)
	s.open()
	uitest.Press(s.Window, "F5", "F5")
	s.Shows("offers.coupons", "rows", "10", "error", "")
	require.True(t, uitest.HasText(s.Window, "свободен"))
	require.Empty(t, uitest.Faults(s.Window))
	uitest.Press(s.Window, "Esc")
	require.True(t, uitest.HasText(s.Window, "0 / 10"))
}
