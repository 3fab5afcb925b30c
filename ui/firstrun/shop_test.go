package firstrun

import (
	"context"
	"testing"

	"kassa/pos"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// firstShop is a new shop at its first run.
type firstShop struct {
	*shoptest.Shop
	wizard *Wizard
	found  []pos.FoundPrinter
	spoke  int
	done   []pos.Actor
	listed func(closed func())

	language string // of the system
}

// open begins the first run of an empty shop.
func open(t testing.TB) *firstShop {
	t.Helper()
	s := &firstShop{Shop: shoptest.OpenEmpty(t, uitest.Small, "ru")}
	s.Settings.Footer = "Спасибо за покупку!"
	return s
}

func (s *firstShop) begin() *firstShop {
	s.wizard = New(Params{
		Env: s.Env, Language: s.language, Settings: func() pos.Settings { return *s.Settings },
		Keep:     func(_ context.Context, _ pos.Actor, set pos.Settings) error { *s.Settings = set; return nil },
		Spoke:    func() { s.spoke++ },
		Kept:     func() {},
		Printers: func(context.Context) []pos.FoundPrinter { return s.found },
		Import:   func(closed func()) { s.listed(closed) },
		Done:     func(a pos.Actor) { s.wizard.Deactivate(); s.done = append(s.done, a) },
	})
	s.Show(s.wizard.Content())
	s.wizard.Activate()
	return s
}
