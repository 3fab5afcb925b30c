package offers_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/offers"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

func (s *shop) put(p offers.Promotion) offers.Promotion {
	s.T.Helper()
	p.On = true
	stored, err := s.Till.PutPromotion(s.T.Context(), s.Env.Actor, p)
	require.NoError(s.T, err)
	return *stored
}

func TestPreview_TellsWhoGaveAndWhoLost(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	milk := s.Demo.Products[0]
	s.put(offers.Promotion{Name: "Сильная", Priority: 5, Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000, Alone: true}})
	s.put(offers.Promotion{Name: "Слабая", Rule: offers.Rule{Effect: offers.PercentOff, Percent: 500}})
	s.put(offers.Promotion{Name: "По купону", Rule: offers.Rule{Effect: offers.PercentOff, Percent: 500, Coupon: true, Products: []pos.ProductID{s.Demo.Products[1].ID}}})
	s.open()
	uitest.Press(s.Window, "F6")
	s.Shows("offers.preview", "lines", "0", "error", "")
	uitest.Scan(s.Window, milk.Barcodes[0])
	uitest.Press(s.Window, "+")
	gross := milk.Price * 2
	s.Shows("offers.preview", "lines", "1", "gross", gross.String(), "total", (gross - gross/10).String(), "gave", "1")
	require.True(t, uitest.HasText(s.Window, "другая акция старше: «Сильная»"))
	require.True(t, uitest.HasText(s.Window, "нет купона"))
	require.Empty(t, uitest.Faults(s.Window))
	uitest.Press(s.Window, "F7")
	require.True(t, uitest.HasText(s.Window, "нет её товаров"), "the coupon is shown, its goods are not there")
	uitest.Scan(s.Window, "2999999999999")
	s.Shows("offers.preview", "error", "not_found", "lines", "1")
	uitest.Press(s.Window, "Del")
	s.Shows("offers.preview", "lines", "0", "total", "0.00")
}

func TestPreview_FindsGoodsByNameAndAsksWhen(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.put(offers.Promotion{Name: "Утро", Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000, After: 9 * 60, Before: 11 * 60}})
	s.put(offers.Promotion{Name: "Именинник", Rule: offers.Rule{Effect: offers.PercentOff, Percent: 5000, Birthday: true}})
	milk := s.Demo.Products[0]
	s.open()
	uitest.Press(s.Window, "F6")
	uitest.Type(s.Window, "3*"+milk.SKU)
	uitest.Press(s.Window, "Enter")
	s.Shows("offers.preview", "lines", "1", "gross", (milk.Price * 3).String())
	uitest.Press(s.Window, "F6")
	uitest.Type(s.Window, "31.02.2026 10:00")
	s.Shows("offers.preview", "error", "invalid", "total", "")
	require.True(t, uitest.HasText(s.Window, "Не понять время. Введите его так: 31.12.2026 18:30."))
	uitest.Press(s.Window, "F6")
	uitest.Type(s.Window, "28.02.2026 10:00")
	s.Shows("offers.preview", "gave", "1", "error", "")
	uitest.Press(s.Window, "F5")
	s.Shows("offers.preview", "gave", "2")
	uitest.Press(s.Window, "F8")
	s.Shows("offers.preview", "lines", "0", "gave", "0")
}

func TestPreview_TriesTheCardBeforeItIsSaved(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	milk := s.Demo.Products[0]
	s.open()
	uitest.Press(s.Window, "F3", "F6")
	s.Shows("offers.card", "error", "invalid")
	uitest.Type(s.Window, "Утро")
	uitest.Press(s.Window, "Tab", "Tab")
	uitest.Type(s.Window, "10")
	uitest.Press(s.Window, "F6")
	uitest.Scan(s.Window, milk.Barcodes[0])
	s.Shows("offers.preview", "total", (milk.Price - milk.Price/10).String(), "gave", "1")
	uitest.Press(s.Window, "Esc")
	require.Empty(t, s.promotions(), "nothing was stored")
}

func TestPreview_AGroupOfCustomers(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	g, err := s.Till.SaveCustomerGroup(t.Context(), s.Env.Actor, pos.CustomerGroup{Name: "Пенсионеры"})
	require.NoError(t, err)
	s.put(offers.Promotion{Name: "Своим", Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000, Groups: []string{string(g.ID)}}})
	s.open()
	uitest.Press(s.Window, "F6")
	uitest.Scan(s.Window, s.Demo.Products[0].Barcodes[0])
	s.Shows("offers.preview", "gave", "0")
	list, err := s.Till.CustomerGroups(t.Context(), s.Env.Actor)
	require.NoError(t, err)
	for i := range list {
		uitest.Press(s.Window, "F4")
		if list[i].ID == g.ID {
			break
		}
	}
	s.Shows("offers.preview", "gave", "1")
}

func TestCard_ChoosesGoodsCategoriesAndGroups(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	milk, bread := s.Demo.Products[0], s.Demo.Products[1]
	_, err := s.Till.SaveCustomerGroup(t.Context(), s.Env.Actor, pos.CustomerGroup{Name: "Пенсионеры"})
	require.NoError(t, err)
	s.put(offers.Promotion{Name: "Молочное", Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000}})
	s.open()
	uitest.Press(s.Window, "Enter", "F7")
	s.Scan(0)
	uitest.Type(s.Window, bread.SKU)
	uitest.Press(s.Window, "Enter")
	s.Shows("offers.goods", "chosen", "2")
	uitest.Press(s.Window, "Enter", "Enter")
	s.Shows("offers.goods", "chosen", "2")
	require.Empty(t, uitest.Faults(s.Window))
	uitest.Press(s.Window, "Esc", "F8", "Enter", "Esc", "F9")
	uitest.Type(s.Window, "пенс")
	uitest.Press(s.Window, "Enter", "Esc", "Ctrl+S")
	p := s.promotions()[0]
	require.Equal(t, []pos.ProductID{milk.ID, bread.ID}, p.Products)
	require.Len(t, p.Categories, 1)
	require.Len(t, p.Groups, 1)
}

func TestCard_HoursOfAllKinds(t *testing.T) {
	for name, tc := range map[string]struct{ after, before int }{
		"none":          {0, 0},
		"from midnight": {0, 600},
		"to midnight":   {1200, 24 * 60},
		"from an hour":  {1200, 0},
		"the whole day": {0, 24 * 60},
		"over midnight": {22 * 60, 6 * 60},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, uitest.Usual, "ru")
			was := s.put(offers.Promotion{Name: "Часы", Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000, After: tc.after, Before: tc.before}})
			s.open()
			uitest.Press(s.Window, "Enter")
			require.Equal(t, tc.before == 24*60, uitest.HasText(s.Window, "24:00"))
			require.Equal(t, tc.after == 0 && tc.before != 0, uitest.HasText(s.Window, "00:00"))
			uitest.Press(s.Window, "Ctrl+S")
			require.Equal(t, was, s.promotions()[0])
		})
	}
}

func TestCoupons_CountEndAndStates(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.promote("По купону", true)
	s.open()
	uitest.Press(s.Window, "F5")
	for _, bad := range []string{"0", "10001"} {
		uitest.Type(s.Window, bad)
		uitest.Press(s.Window, "F5")
		s.Shows("offers.coupons", "rows", "0", "error", "invalid")
		for range bad {
			uitest.Press(s.Window, "Backspace")
		}
	}
	uitest.Press(s.Window, "F5")
	s.Shows("offers.coupons", "rows", "0", "error", "invalid")
	uitest.Type(s.Window, "25")
	uitest.Press(s.Window, "Tab")
	uitest.Type(s.Window, "01.01.2020")
	uitest.Press(s.Window, "F5")
	s.Shows("offers.coupons", "rows", "0", "error", "invalid")
	for range len("01.01.2020") {
		uitest.Press(s.Window, "Backspace")
	}
	end := s.Env.Kit.Timers.Now().AddDate(0, 1, 0)
	uitest.Type(s.Window, end.Format("02.01.2006"))
	uitest.Press(s.Window, "F5")
	s.Shows("offers.coupons", "rows", "25", "error", "")
	list, err := s.Till.Coupons(t.Context(), s.Env.Actor, s.promotions()[0].ID)
	require.NoError(t, err)
	require.Equal(t, pos.EndOfDay(end).Unix(), list[0].Expires.Unix())
	uitest.TapText(s.Window, "истёк")
	s.Shows("offers.coupons", "rows", "0")
	require.Empty(t, uitest.Faults(s.Window))
}

func TestCoupons_ToAFile(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.promote("По купону", true)
	made, err := s.Till.MakeCoupons(t.Context(), s.Env.Actor, s.promotions()[0].ID, 3, time.Time{})
	require.NoError(t, err)
	s.open()
	uitest.Press(s.Window, "F5", "F7")
	s.Shows("offers.export", "rows", "3")
	require.Empty(t, uitest.Faults(s.Window))
	path := filepath.Join(t.TempDir(), "coupons.csv")
	uitest.Press(s.Window, "Ctrl+A")
	uitest.Type(s.Window, path)
	uitest.Press(s.Window, "Enter")
	s.Shows("offers.export", "file", path, "error", "")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, c := range made {
		require.Contains(t, string(text), c.Number)
	}
	require.Contains(t, string(text), "По купону")
}

func TestOffers_Look(t *testing.T) {
	for name, scene := range map[string]func(*shop){
		"preview": func(s *shop) {
			s.open()
			uitest.Press(s.Window, "F6")
			s.Scan(0)
			s.Scan(1)
		},
		"found":   func(s *shop) { s.open(); uitest.Press(s.Window, "F6"); uitest.Type(s.Window, "мол") },
		"goods":   func(s *shop) { s.open(); uitest.Press(s.Window, "Enter", "F7") },
		"coupons": func(s *shop) { s.open(); uitest.Press(s.Window, "Down", "F5", "F5") },
		"list":    func(s *shop) { s.open() },
		"card":    func(s *shop) { s.open(); uitest.Press(s.Window, "Enter") },
	} {
		for _, view := range shoptest.Looks {
			t.Run(name+"/"+view.Name, func(t *testing.T) {
				s := newShop(t, view.Size, view.Lang)
				s.SetTheme(theme.New(view.Mode, view.Scale))
				s.promote("Счастливые часы", false)
				s.promote("По купону", true)
				scene(s)
				s.Picture("offers-" + name + "-" + view.Name)
			})
		}
	}
}
