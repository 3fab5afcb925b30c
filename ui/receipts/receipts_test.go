package receipts

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// shop is a demo shop in which somebody sells.
type shop struct {
	*shoptest.Shop
	closed int
}

// open opens a shop whose shift the first employee of a group has opened.
func open(t testing.TB, size fyne.Size, lang string, g pos.GroupID) *shop {
	t.Helper()
	s := &shop{Shop: shoptest.Open(t, size, lang)}
	s.Settings.Address, s.Settings.TaxID, s.Settings.Footer = "ул. Садовая, 5", "7700000000", "Спасибо за покупку!"
	s.Login(g)
	s.OpenShift()
	return s
}

// sell makes a sale with points, credit and cash, or with cash alone.
func (s *shop) sell(mixed bool) *pos.Sale {
	s.T.Helper()
	ctx, a := context.Background(), s.Env.Actor
	must := func(err error) { s.T.Helper(); require.NoError(s.T, err) }
	for i := range 4 {
		_, err := s.Till.Scan(ctx, a, s.Demo.Products[i].Barcodes[0], 0, nil)
		must(err)
	}
	v, err := s.Till.DiscountLine(ctx, a, 1, pos.Discount{Percent: 1000})
	must(err)
	if mixed {
		_, err = s.Till.SetCustomer(ctx, a, till.FindCustomer{ID: s.Demo.Customers[0].ID})
		must(err)
		_, _, err = s.Till.SpendPoints(ctx, a, 50)
		must(err)
		v, _, err = s.Till.Tender(ctx, a, pos.Credit, 10000)
		must(err)
	}
	_, _, err = s.Till.Tender(ctx, a, pos.Cash, v.Totals.Due.Add(3739))
	must(err)
	sale, err := s.Till.FinishSale(ctx, a)
	must(err)
	return sale
}

func (s *shop) show(sale *pos.Sale) { Show(s.Env, sale, func() { s.closed++ }) }

func TestShow_TellsTheChangeAndTheReceipt(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(true)
	s.show(sale)
	require.Equal(t, map[string]string{"id": string(sale.ID), "number": "1", "total": sale.Total.String(), "change": "37.39"}, s.Facts["receipt"])
	require.True(t, uitest.HasText(s.Window, "Продажа № 1 сохранена"))
	require.True(t, uitest.HasText(s.Window, "37,39"))
	require.True(t, uitest.HasText(s.Window, "ИТОГ"))
	require.False(t, uitest.HasText(s.Window, "КОПИЯ"))
	uitest.Press(s.Window, "Enter")
	require.Equal(t, 1, s.closed)
	require.False(t, uitest.HasText(s.Window, "ИТОГ"))
}

func TestShow_TheNextScanGoesToTheScreenBelow(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	var scanned []string
	s.Keys.Push("sale").OnScan = func(code string) { scanned = append(scanned, code) }
	s.show(s.sell(false))
	uitest.Scan(s.Window, "4600000000015")
	require.Equal(t, 1, s.closed)
	require.Equal(t, []string{"4600000000015"}, scanned)
}

func TestText_LeavesOutWhatMayNotBeSeenAndKeepsToItsWidth(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(true)
	for _, width := range []int{32, 48} {
		paper, err := text(s.Env.Ctx, s.Env, s.Env.Words, s.Env.Actor, sale, true, width)
		require.NoError(t, err)
		require.Contains(t, paper, "КОПИЯ")
		require.Contains(t, paper, "Анна Лебедева")
		require.NotContains(t, paper, "9000000001", "no whole phone number on paper")
		require.Contains(t, paper, s.Env.Actor.Name)
		for _, line := range strings.Split(paper, "\n") {
			require.LessOrEqual(t, len([]rune(line)), width, "%q", line)
		}
	}
	s.Env.Actor = pos.Actor{}
	paper, err := text(s.Env.Ctx, s.Env, s.Env.Words, s.Env.Actor, sale, false, 48)
	require.NoError(t, err)
	require.NotContains(t, paper, "Всего баллов", "nobody is logged in: the customer's figures stay hidden")
}

func TestList_CopyIsNotedBeforeItIsMade(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	first, second := s.sell(true), s.sell(false)
	List(s.Env, func() { s.closed++ })
	require.Equal(t, "2", s.Facts["receipts"]["found"])
	require.Equal(t, "2", s.Facts["receipts"]["number"], "the newest is chosen")
	require.True(t, uitest.HasText(s.Window, "КОПИЯ"))
	uitest.Press(s.Window, "Down", "Enter")
	require.Equal(t, string(first.ID), s.Facts["receipts"]["copied"])
	paper := fyne.CurrentApp().Clipboard().Content()
	require.Contains(t, paper, "КОПИЯ")
	require.Contains(t, paper, "Чек № 1")
	require.NotContains(t, paper, string(second.ID))
	uitest.Press(s.Window, "Esc")
	require.Equal(t, 1, s.closed)
}

func TestList_WithoutTheRightSaysWhichOne(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	g := pos.PresetGroups()[3]
	require.Equal(t, pos.GroupCashier, g.ID)
	err := s.Till.SaveGroup(t.Context(), s.Env.Actor, pos.Group{ID: g.ID, Rights: []pos.Right{pos.RightSell}})
	require.NoError(t, err)
	for _, e := range s.Demo.Employees {
		if e.Group == pos.GroupCashier {
			s.Env.Actor, err = s.Till.Login(t.Context(), e.PIN)
			require.NoError(t, err)
		}
	}
	List(s.Env, func() { s.closed++ })
	require.Equal(t, "forbidden", s.Facts["receipts"]["error"])
	require.True(t, uitest.HasText(s.Window, "Нужно право"))
	uitest.Press(s.Window, "Enter", "Esc")
	require.Equal(t, 1, s.closed)
}

// TestLooks draws both dialogs in every look. With KASSA_SHOTS set the pictures
// are kept in that folder.
func TestLooks(t *testing.T) {
	for _, look := range shoptest.Looks {
		for name, draw := range map[string]func(*shop){
			"receipt":  func(s *shop) { s.show(s.sell(true)) },
			"receipts": func(s *shop) { s.sell(false); s.sell(true); List(s.Env, nil) },
		} {
			t.Run(look.Name+"/"+name, func(t *testing.T) {
				s := open(t, look.Size, look.Lang, pos.GroupOwner)
				s.SetTheme(theme.New(look.Mode, look.Scale))
				draw(s)
				s.Picture(name + "-" + look.Name)
			})
		}
	}
}
