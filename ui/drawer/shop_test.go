package drawer

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/container"
	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/local"
	"kassa/ui"
	"kassa/ui/uitest"
)

type clock struct{ w *uitest.Window }

func (c clock) Now() time.Time { return c.w.Clock.Now() }

// shop is a shop in a test window; nobody is logged in.
type shop struct {
	*uitest.Window
	t     testing.TB
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
	s := &shop{Window: uitest.Open(t, uitest.Small), t: t, facts: map[string]map[string]string{}}
	store, err := local.Open(t.Context(), local.Params{Dir: t.TempDir()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	set := pos.Settings{Shop: "Магазин у дома", Till: "1", Language: "ru", ReceiptLanguage: "ru", Country: "RU", Currency: "RUB", Rules: pos.DefaultRules()}
	s.till = till.New(till.Params{Store: store, Clock: clock{s.Window}, IDs: &postest.IDs{}, Sender: postest.NewSender(),
		Settings: func() pos.Settings { return set }, Pepper: postest.Pepper, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}})
	s.env = &ui.Env{Ctx: t.Context(), Kit: s.Kit, Till: s.till, Runner: s.Runner, Words: words.New("ru", "RUB", "").In(time.UTC), Watch: s.watch}
	s.Show(container.NewStack())
	return s
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

// login lets the first employee of a group in, past the lock screen.
func (s *shop) login(g pos.GroupID) *shop {
	s.t.Helper()
	for _, e := range s.demo.Employees {
		if e.Group == g {
			a, err := s.till.Login(context.Background(), e.PIN)
			require.NoError(s.t, err)
			s.env.Actor = a
			return s
		}
	}
	s.t.Fatalf("nobody is in group %s", g)
	return s
}

// fine asserts that nothing on the screen is cut off or lies over another text.
func (s *shop) fine() {
	s.t.Helper()
	require.Empty(s.t, uitest.Faults(s.Window))
}
