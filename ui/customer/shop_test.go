package customer_test

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
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

// clock is the test window's clock, so that the shop and its window have one
// time.
type clock struct{ w *uitest.Window }

func (c clock) Now() time.Time { return c.w.Clock.Now() }

// shop is a demo shop with an open shift in a test window; the owner works.
type shop struct {
	*uitest.Window
	t      *testing.T
	ctx    context.Context
	till   *till.Till
	demo   *till.DemoShop
	env    *ui.Env
	screen string
	facts  map[string]string
}

func newShop(t *testing.T) *shop {
	t.Helper()
	w := uitest.New(uitest.Small, theme.New(theme.Light, 1))
	t.Cleanup(w.Close)
	s := &shop{Window: w, t: t, ctx: t.Context()}
	store, err := local.Open(s.ctx, local.Params{Dir: t.TempDir(), Now: w.Clock.Now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	set := pos.Settings{Shop: "Магазин у дома", Till: "1", Language: "ru", Country: "RU", Currency: "RUB", Rules: pos.DefaultRules()}
	s.till = till.New(till.Params{Store: store, Clock: clock{w}, IDs: &postest.IDs{}, Sender: postest.NewSender(),
		Settings: func() pos.Settings { return set }, Pepper: postest.Pepper, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}})
	s.demo, err = s.till.SeedDemo(s.ctx, assets.Demo)
	require.NoError(t, err)
	s.env = &ui.Env{Ctx: s.ctx, Kit: w.Kit, Till: s.till, Runner: w.Runner, Words: words.New("ru", "RUB", "").In(time.UTC),
		Watch: func(screen string, facts map[string]string) { s.screen, s.facts = screen, facts }}
	s.login(0)
	_, err = s.till.OpenShift(s.ctx, s.env.Actor, 100_000)
	require.NoError(t, err)
	w.Show(widgets.NewBar(widgets.Spring()))
	return s
}

func (s *shop) login(i int) {
	s.t.Helper()
	a, err := s.till.Login(s.ctx, s.demo.Employees[i].PIN)
	require.NoError(s.t, err)
	s.env.Actor = a
}

// shows asserts the screen in charge and some of its facts.
func (s *shop) shows(screen string, facts ...string) {
	s.t.Helper()
	require.Equal(s.t, screen, s.screen)
	for i := 0; i < len(facts); i += 2 {
		require.Equal(s.t, facts[i+1], s.facts[facts[i]], "%s of %s: %v", facts[i], screen, s.facts)
	}
}

func (s *shop) card(i int) *till.CardView {
	s.t.Helper()
	v, err := s.till.CustomerCard(s.ctx, s.env.Actor, s.demo.Customers[i].ID)
	require.NoError(s.t, err)
	return v
}
