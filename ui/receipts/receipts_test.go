package receipts

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/local"
	"kassa/ui"
	"kassa/ui/theme"
	"kassa/ui/uitest"
)

type clock struct{ w *uitest.Window }

func (c clock) Now() time.Time { return c.w.Clock.Now() }

// shop is a demo shop in which somebody with every right sells.
type shop struct {
	*uitest.Window
	t      testing.TB
	till   *till.Till
	env    *ui.Env
	demo   *till.DemoShop
	facts  map[string]map[string]string
	closed int
}

func open(t testing.TB, size fyne.Size, lang string, g pos.GroupID) *shop {
	t.Helper()
	s := &shop{Window: uitest.Open(t, size), t: t, facts: map[string]map[string]string{}}
	store, err := local.Open(t.Context(), local.Params{Dir: t.TempDir()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	set := pos.Settings{Shop: "Магазин у дома", Address: "ул. Садовая, 5", TaxID: "7700000000", Till: "1", Language: lang, ReceiptLanguage: lang,
		Country: "RU", Currency: "RUB", Footer: "Спасибо за покупку!", Rules: pos.DefaultRules(),
		ConfirmPoints: pos.ConfirmNone, ConfirmCredit: pos.ConfirmNone, CodeLifetime: 5 * time.Minute}
	s.till = till.New(till.Params{Store: store, Clock: clock{s.Window}, IDs: &postest.IDs{}, Sender: postest.NewSender(),
		Settings: func() pos.Settings { return set }, Pepper: postest.Pepper, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}})
	s.demo, err = s.till.SeedDemo(t.Context(), assets.Demo)
	require.NoError(t, err)
	s.env = &ui.Env{Ctx: t.Context(), Kit: s.Kit, Till: s.till, Runner: s.Runner, Words: words.New(lang, "RUB", "").In(time.UTC),
		Watch: func(screen string, facts map[string]string) { s.facts[screen] = facts }}
	for _, e := range s.demo.Employees {
		if e.Group == g {
			s.env.Actor, err = s.till.Login(t.Context(), e.PIN)
			require.NoError(t, err)
		}
	}
	_, err = s.till.OpenShift(t.Context(), s.env.Actor, 100000)
	require.NoError(t, err)
	s.Show(container.NewStack())
	return s
}

// sell makes a sale with points, credit and cash, or with cash alone.
func (s *shop) sell(mixed bool) *pos.Sale {
	s.t.Helper()
	ctx, a := context.Background(), s.env.Actor
	must := func(err error) { s.t.Helper(); require.NoError(s.t, err) }
	for i := range 4 {
		_, err := s.till.Scan(ctx, a, s.demo.Products[i].Barcodes[0], 0, nil)
		must(err)
	}
	v, err := s.till.DiscountLine(ctx, a, 1, pos.Discount{Percent: 1000})
	must(err)
	if mixed {
		_, err = s.till.SetCustomer(ctx, a, till.FindCustomer{ID: s.demo.Customers[0].ID})
		must(err)
		_, _, err = s.till.SpendPoints(ctx, a, 50)
		must(err)
		v, _, err = s.till.Tender(ctx, a, pos.Credit, 10000)
		must(err)
	}
	_, _, err = s.till.Tender(ctx, a, pos.Cash, v.Totals.Due.Add(3739))
	must(err)
	sale, err := s.till.FinishSale(ctx, a)
	must(err)
	return sale
}

func (s *shop) show(sale *pos.Sale) { Show(s.env, sale, func() { s.closed++ }) }

func TestShow_TellsTheChangeAndTheReceipt(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(true)
	s.show(sale)
	require.Equal(t, map[string]string{"id": string(sale.ID), "number": "1", "total": sale.Total.String(), "change": "37.39"}, s.facts["receipt"])
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
		paper := text(s.env.Ctx, s.env, s.env.Actor, sale, true, width)
		require.Contains(t, paper, "КОПИЯ")
		require.Contains(t, paper, "Анна Лебедева")
		require.NotContains(t, paper, "9000000001", "no whole phone number on paper")
		require.Contains(t, paper, s.env.Actor.Name)
		for _, line := range strings.Split(paper, "\n") {
			require.LessOrEqual(t, len([]rune(line)), width, "%q", line)
		}
	}
	s.env.Actor = pos.Actor{}
	require.NotContains(t, text(s.env.Ctx, s.env, s.env.Actor, sale, false, 48), "Всего баллов", "nobody is logged in: the customer's figures stay hidden")
}

func TestList_CopyIsNotedBeforeItIsMade(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	first, second := s.sell(true), s.sell(false)
	List(s.env, func() { s.closed++ })
	require.Equal(t, "2", s.facts["receipts"]["found"])
	require.Equal(t, "2", s.facts["receipts"]["number"], "the newest is chosen")
	require.True(t, uitest.HasText(s.Window, "КОПИЯ"))
	uitest.Press(s.Window, "Down", "Enter")
	require.Equal(t, string(first.ID), s.facts["receipts"]["copied"])
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
	err := s.till.SaveGroup(t.Context(), s.env.Actor, pos.Group{ID: g.ID, Rights: []pos.Right{pos.RightSell}})
	require.NoError(t, err)
	for _, e := range s.demo.Employees {
		if e.Group == pos.GroupCashier {
			s.env.Actor, err = s.till.Login(t.Context(), e.PIN)
			require.NoError(t, err)
		}
	}
	List(s.env, func() { s.closed++ })
	require.Equal(t, "forbidden", s.facts["receipts"]["error"])
	require.True(t, uitest.HasText(s.Window, "Нужно право"))
	uitest.Press(s.Window, "Enter", "Esc")
	require.Equal(t, 1, s.closed)
}

// TestLooks draws both dialogs in every look. With KASSA_SHOTS set the pictures
// are kept in that folder.
func TestLooks(t *testing.T) {
	for _, look := range []struct {
		name string
		size fyne.Size
		mode theme.Mode
		lang string
	}{
		{"light-1366-ru", uitest.Usual, theme.Light, "ru"},
		{"dark-1366-en", uitest.Usual, theme.Dark, "en"},
		{"dark-1024-ru", uitest.Small, theme.Dark, "ru"},
		{"light-1024-en", uitest.Small, theme.Light, "en"},
	} {
		for name, draw := range map[string]func(*shop){
			"receipt":  func(s *shop) { s.show(s.sell(true)) },
			"receipts": func(s *shop) { s.sell(false); s.sell(true); List(s.env, nil) },
		} {
			t.Run(look.name+"/"+name, func(t *testing.T) {
				s := open(t, look.size, look.lang, pos.GroupOwner)
				s.SetTheme(theme.New(look.mode, 1))
				draw(s)
				if dir := os.Getenv("KASSA_SHOTS"); dir != "" {
					require.NoError(t, uitest.Shot(s.Window, filepath.Join(dir, name+"-"+look.name+".png")))
				}
				require.Empty(t, uitest.Faults(s.Window))
			})
		}
	}
}
