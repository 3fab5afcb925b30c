package shell

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/local"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/login"
	"kassa/ui/uitest"
)

type clock struct{ w *uitest.Window }

func (c clock) Now() time.Time { return c.w.Clock.Now() }

// shop is a shop in the whole window; nobody is logged in.
type shop struct {
	*uitest.Window
	t     testing.TB
	shell *Shell
	set   pos.Settings
	quits int
	till  *till.Till
	env   *ui.Env
	demo  *till.DemoShop
	shown []string                     // names, in order
	facts map[string]map[string]string // last ones by name
}

// open opens a demo shop.
func open(t testing.TB) *shop {
	t.Helper()
	s := openEmpty(t)
	var err error
	s.demo, err = s.till.SeedDemo(t.Context(), assets.Demo)
	require.NoError(t, err)
	return s
}

// openEmpty opens a shop in which nobody works yet.
func openEmpty(t testing.TB) *shop {
	t.Helper()
	s := &shop{Window: uitest.Open(t, uitest.Usual), t: t, facts: map[string]map[string]string{}}
	store, err := local.Open(t.Context(), local.Params{Dir: t.TempDir()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	s.set = pos.Settings{Shop: "Магазин у дома", Till: "1", Language: "ru", ReceiptLanguage: "ru", Country: "RU", Currency: "RUB", Rules: pos.DefaultRules(),
		ConfirmPoints: pos.ConfirmNone, ConfirmCredit: pos.ConfirmNone, IdleLock: 10 * time.Minute}
	s.till = till.New(till.Params{Store: store, Clock: clock{s.Window}, IDs: &postest.IDs{}, Sender: postest.NewSender(),
		Settings: func() pos.Settings { return s.set }, Pepper: postest.Pepper, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}})
	s.env = &ui.Env{Ctx: t.Context(), Kit: s.Kit, Till: s.till, Runner: s.Runner, Words: words.New("ru", "RUB", "").In(time.UTC), Watch: s.watch}
	s.open()
	return s
}

// open makes the window anew, as a start of the program does.
func (s *shop) open() {
	s.shell = New(Params{Env: s.env, Settings: func() pos.Settings { return s.set }, Demo: func() []login.DemoPIN { return nil },
		Backup: func(context.Context) (string, error) { return "kassa-1.db", nil }, Apply: func() {}, Quit: func() { s.quits++ }})
	s.Resize(uitest.Usual)
}

func (s *shop) watch(screen string, facts map[string]string) {
	s.shown = append(s.shown, screen)
	s.facts[screen] = facts
}

// last is the name shown last.
func (s *shop) last() string {
	if len(s.shown) == 0 {
		return ""
	}
	return s.shown[len(s.shown)-1]
}

// fine asserts that nothing on the screen is cut off or lies over another text.
func (s *shop) fine() {
	s.t.Helper()
	require.Empty(s.t, uitest.Faults(s.Window))
}

// login lets the first employee of a group in through the lock screen.
func (s *shop) login(g pos.GroupID) *shop {
	s.t.Helper()
	for _, e := range s.demo.Employees {
		if e.Group == g {
			uitest.Type(s.Window, e.PIN)
			uitest.Press(s.Window, keys.Enter)
			return s
		}
	}
	s.t.Fatalf("nobody is in group %s", g)
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
	require.Equal(t, "sale", s.last())
	return s
}

// scan scans goods and waits until Enter is no longer the scanner's.
func (s *shop) scan(i int) {
	uitest.Scan(s.Window, s.demo.Products[i].Barcodes[0])
	s.Clock.Advance(time.Second)
}
