package shell

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/login"
	"kassa/ui/settings"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// shop is a shop in the whole window; nobody is logged in.
type shop struct {
	*shoptest.Shop
	shell *Shell
	quits int
}

// open opens a demo shop.
func open(t testing.TB) *shop { return whole(shoptest.Open(t, uitest.Usual, "ru")) }

// openEmpty opens a shop in which nobody works yet.
func openEmpty(t testing.TB) *shop { return whole(shoptest.OpenEmpty(t, uitest.Usual, "ru")) }

// whole gives a shop its window.
func whole(inside *shoptest.Shop) *shop {
	s := &shop{Shop: inside}
	s.Settings.IdleLock = 10 * time.Minute
	s.open()
	return s
}

// open makes the window anew, as a start of the program does.
func (s *shop) open() {
	s.shell = New(Params{Env: s.Env, Settings: func() pos.Settings { return *s.Settings }, Demo: func() []login.DemoPIN { return nil },
		Care: careless{}, Admin: keeping{shop: s}, Apply: func() {}, Quit: func() { s.quits++ }})
	s.Resize(uitest.Usual)
}

// login lets the first employee of a group in through the lock screen.
func (s *shop) login(g pos.GroupID) *shop {
	s.T.Helper()
	uitest.Type(s.Window, s.Employee(g).PIN)
	uitest.Press(s.Window, keys.Enter)
	return s
}

// selling is a shop in which somebody of a group has opened a shift.
func selling(t testing.TB, g pos.GroupID) *shop {
	t.Helper()
	s := open(t)
	s.shell.Start()
	s.login(g)
	uitest.Type(s.Window, "1000")
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "sale", s.Last())
	return s
}

// keeping is the part of a shop's admin that saves settings.
type keeping struct {
	settings.Admin
	shop *shop
}

func (k keeping) Save(_ context.Context, _ pos.Actor, d settings.Draft) error {
	*k.shop.Settings = d.Settings
	return nil
}

// careless has no copies.
type careless struct{}

func (careless) Copies(context.Context, pos.Actor) ([]pos.CopyFolder, error)     { return nil, nil }
func (careless) MakeCopies(context.Context, pos.Actor) ([]pos.CopyResult, error) { return nil, nil }
func (careless) Plan(context.Context, pos.Actor, string, hidden.Text) (*till.RestorePlan, error) {
	return nil, pos.E(pos.CodeNotFound, "backup.no-file", nil)
}
func (careless) Place(context.Context, pos.Actor) (string, error) { return "", nil }
func (careless) Drop()                                            {}
func (careless) Restart()                                         {}
