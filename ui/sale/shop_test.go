package sale

import (
	"context"
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
	"kassa/ui/widgets"
)

// clock is the test window's clock, so that the shop and its window have one
// time.
type clock struct{ w *uitest.Window }

func (c clock) Now() time.Time { return c.w.Clock.Now() }

// shop is a demo shop with its sale screen in a test window.
type shop struct {
	*uitest.Window
	t      testing.TB
	till   *till.Till
	store  *local.Store
	sender *postest.Sender
	env    *ui.Env
	demo   *till.DemoShop
	screen *Screen
	facts  map[string]string
	dialog string // what was shown last
	called []string
}

// open opens a shop whose senior cashier has logged in.
func open(t testing.TB, size fyne.Size, lang string) *shop {
	t.Helper()
	s := &shop{Window: uitest.Open(t, size), t: t, sender: postest.NewSender()}
	var err error
	s.store, err = local.Open(t.Context(), local.Params{Dir: t.TempDir()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.store.Close()) })
	set := pos.Settings{Shop: "Магазин у дома", Till: "1", Language: lang, ReceiptLanguage: lang, Country: "RU", Currency: "RUB",
		Rules: pos.DefaultRules(), ConfirmPoints: pos.ConfirmSMS, ConfirmCredit: pos.ConfirmSMS, CodeLifetime: 5 * time.Minute}
	s.till = till.New(till.Params{Store: s.store, Clock: clock{s.Window}, IDs: &postest.IDs{}, Sender: s.sender,
		Settings: func() pos.Settings { return set }, Pepper: postest.Pepper, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}})
	s.demo, err = s.till.SeedDemo(t.Context(), assets.Demo)
	require.NoError(t, err)
	s.env = &ui.Env{Ctx: t.Context(), Kit: s.Kit, Till: s.till, Runner: s.Runner,
		Words: words.New(lang, "RUB", "").In(time.UTC), Watch: s.watch}
	s.env.Actor = s.login(pos.GroupSeniorCashier)
	return s
}

func (s *shop) login(g pos.GroupID) pos.Actor {
	s.t.Helper()
	for _, e := range s.demo.Employees {
		if e.Group == g {
			a, err := s.till.Login(context.Background(), e.PIN)
			require.NoError(s.t, err)
			return a
		}
	}
	s.t.Fatalf("nobody is in group %s", g)
	return pos.Actor{}
}

func (s *shop) watch(screen string, facts map[string]string) {
	s.dialog = screen
	if screen == "sale" {
		s.facts = facts
		return
	}
	if s.facts == nil {
		s.facts = map[string]string{}
	}
	for k, v := range facts {
		s.facts[screen+"."+k] = v
	}
}

// show opens the shift and puts the screen into the window.
func (s *shop) show() *shop {
	s.t.Helper()
	_, err := s.till.OpenShift(context.Background(), s.env.Actor, 100000)
	require.NoError(s.t, err)
	return s.showClosed()
}

// showClosed puts the screen into the window as it is.
func (s *shop) showClosed() *shop {
	note := func(name string) func() { return func() { s.called = append(s.called, name) } }
	view := func(name string) func(*till.ChequeView) {
		return func(*till.ChequeView) { s.called = append(s.called, name) }
	}
	s.screen = New(s.env, Hooks{Pay: view("pay"), CardExact: view("card"), Points: view("points"),
		FindCustomer: note("customer"), Drawer: note("drawer"), XReport: note("x"), CloseShift: note("close"),
		OpenShift: note("open"), Menu: note("menu"), Keys: note("keys"), Lock: note("lock"),
		Customer: func(id pos.CustomerID) { s.called = append(s.called, "card:"+string(id)) }})
	head := widgets.NewBar(widgets.HBox(14, widgets.NewText("Касса", widgets.Strong), widgets.Spring(), widgets.NewText("12:01", widgets.Strong)))
	s.Show(container.NewBorder(widgets.VBox(0, head, widgets.NewSeparator()), nil, nil, nil, s.screen.Content()))
	s.screen.Activate()
	return s
}

// scan scans a demo product by its number in the file, and waits until an Enter
// can no longer be the scanner's second line end.
func (s *shop) scan(i int) {
	uitest.Scan(s.Window, s.demo.Products[i].Barcodes[0])
	s.Clock.Advance(time.Second)
}

// customer attaches a demo customer.
func (s *shop) customer(i int) {
	s.t.Helper()
	_, err := s.till.SetCustomer(context.Background(), s.env.Actor, till.FindCustomer{ID: s.demo.Customers[i].ID})
	require.NoError(s.t, err)
	s.screen.Refresh()
}

// looks are the drawings in which a screen must hold.
var looks = []struct {
	name  string
	size  fyne.Size
	mode  theme.Mode
	lang  string
	scale float32
}{
	{"light-1366-ru", uitest.Usual, theme.Light, "ru", 1},
	{"dark-1366-en", uitest.Usual, theme.Dark, "en", 1},
	{"light-1024-en", uitest.Small, theme.Light, "en", 1},
	{"dark-1024-ru", uitest.Small, theme.Dark, "ru", 1},
	{"light-1920-ru", uitest.Wide, theme.Light, "ru", 1},
	{"light-1024-ru-large", uitest.Small, theme.Light, "ru", 1.25},
	{"dark-1366-ru-largest", uitest.Usual, theme.Dark, "ru", 1.6},
	{"light-1366-en-small", uitest.Usual, theme.Light, "en", 0.8},
}
