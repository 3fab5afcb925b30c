package rescue

import (
	"context"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/till"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// shop is a shop in a small test window; nobody is logged in.
type shop struct{ *shoptest.Shop }

func open(t testing.TB) *shop { return &shop{shoptest.Open(t, uitest.Small, "ru")} }

// stuck is what stands behind the screen of a till that cannot start.
type stuck struct {
	plan     till.RestorePlan
	who      pos.Actor
	file     string
	code     hidden.Text
	pin      string
	err      error
	anew     int
	restarts int
	quits    int
}

func (f *stuck) Copies(context.Context, pos.Actor) ([]pos.CopyFolder, error)     { return nil, nil }
func (f *stuck) MakeCopies(context.Context, pos.Actor) ([]pos.CopyResult, error) { return nil, nil }
func (f *stuck) Plan(_ context.Context, a pos.Actor, file string, _ hidden.Text) (*till.RestorePlan, error) {
	f.who, f.file = a, file
	return &f.plan, f.err
}
func (f *stuck) Place(context.Context, pos.Actor) (string, error) { return "/дом/aside-1", f.err }
func (f *stuck) Drop()                                            {}
func (f *stuck) Restart()                                         { f.restarts++ }

// show shows the screen of a shop whose data is gone, or whose keys are lost.
func (s *shop) show(why error) *stuck {
	f := &stuck{plan: till.RestorePlan{Holds: pos.CopyContents{Shop: "Лавка", Till: "1", Sales: 7}}}
	s.Env.Till, s.Env.Print = nil, nil
	p := Params{Env: s.Env, Shop: "Лавка", Why: why, Keeper: f, Restart: f.Restart, Quit: func() { f.quits++ },
		Best: &pos.Copy{Path: "/копии/kassa-1.db", At: time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)},
		Anew: func(context.Context) error { f.anew++; return f.err }}
	if e, ok := why.(*pos.Error); ok && e.ID == "secret.pepper-lost" {
		p.Recover = func(_ context.Context, code hidden.Text, pin string) (hidden.Text, error) {
			f.code, f.pin = code, pin
			return hidden.New("N3X10"), f.err
		}
	}
	Show(p)
	return f
}
