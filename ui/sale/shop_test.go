package sale

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
	"kassa/ui/widgets"
)

// shop is a demo shop with its sale screen in a test window.
type shop struct {
	*shoptest.Shop
	screen *Screen
	called []string
}

// open opens a shop, with codes, whose senior cashier has logged in.
func open(t testing.TB, size fyne.Size, lang string) *shop {
	t.Helper()
	s := &shop{Shop: shoptest.Open(t, size, lang)}
	s.Settings.ConfirmPoints, s.Settings.ConfirmCredit = pos.ConfirmAlways, pos.ConfirmAlways
	s.Settings.Front.Tiles = true
	s.Login(pos.GroupSeniorCashier)
	return s
}

// show opens the shift and puts the screen into the window.
func (s *shop) show() *shop {
	s.OpenShift()
	return s.showClosed()
}

// showClosed puts the screen into the window as it is.
func (s *shop) showClosed() *shop {
	note := func(name string) func() { return func() { s.called = append(s.called, name) } }
	view := func(name string) func(*till.ChequeView) {
		return func(*till.ChequeView) { s.called = append(s.called, name) }
	}
	s.screen = New(s.Env, Hooks{Pay: view("pay"), CardExact: view("card"), Points: view("points"),
		FindCustomer: note("customer"), Drawer: note("drawer"), XReport: note("x"), CloseShift: note("close"),
		OpenShift: note("open"), Menu: note("menu"), Keys: note("keys"), Lock: note("lock"),
		Customer: func(id pos.CustomerID) { s.called = append(s.called, "card:"+string(id)) }})
	head := widgets.HBox(14, widgets.NewText("Касса", widgets.Strong), widgets.Spring(), widgets.NewText("12:01", widgets.Strong))
	s.Show(container.NewBorder(widgets.VBox(0, head, widgets.NewSeparator()), nil, nil, nil, s.screen.Content()))
	s.screen.Activate()
	return s
}

// customer attaches a demo customer.
func (s *shop) customer(i int) {
	s.SetCustomer(i)
	s.screen.Refresh()
}

// looks are the drawings in which the screen must hold; the one screen that is
// always there holds in the largest and the smallest letters too.
var looks = append([]shoptest.Look{
	{Name: "dark-1366-ru-largest", Size: uitest.Usual, Mode: theme.Dark, Lang: "ru", Scale: 1.6},
	{Name: "light-1366-en-small", Size: uitest.Usual, Mode: theme.Light, Lang: "en", Scale: 0.8},
}, shoptest.Looks...)
