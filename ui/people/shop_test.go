package people

import (
	"maps"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/config"
	"kassa/storage/local"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

// desk is a demo shop with its owner before an empty window.
type desk struct {
	*uitest.Window
	t      *testing.T
	env    *ui.Env
	till   *till.Till
	demo   *till.DemoShop
	facts  map[string]map[string]string // of each screen, the newest
	last   string                       // what was shown last
	closed int
}

type windowClock struct{ w *uitest.Window }

func (c windowClock) Now() time.Time { return c.w.Clock.Now() }

func newDesk(t *testing.T, size fyne.Size, lang string) *desk {
	t.Helper()
	d := &desk{Window: uitest.Open(t, size), t: t, facts: map[string]map[string]string{}}
	store, err := local.Open(t.Context(), local.Params{Dir: t.TempDir()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	d.till = till.New(till.Params{Store: store, Clock: windowClock{d.Window}, IDs: &postest.IDs{}, Sender: postest.NewSender(),
		Settings: config.DemoSettings, Pepper: postest.Pepper, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}})
	d.demo, err = d.till.SeedDemo(t.Context(), assets.Demo)
	require.NoError(t, err)
	d.env = &ui.Env{Ctx: t.Context(), Kit: d.Kit, Till: d.till, Runner: d.Runner, Words: words.New(lang, "RUB", "").In(time.UTC),
		Watch: func(screen string, facts map[string]string) { d.last, d.facts[screen] = screen, maps.Clone(facts) }}
	d.as(pos.GroupOwner)
	d.Show(widgets.NewText("", widgets.Body))
	return d
}

func (d *desk) as(g pos.GroupID) {
	d.t.Helper()
	for _, e := range d.demo.Employees {
		if e.Group == g {
			a, err := d.till.Login(d.t.Context(), e.PIN)
			require.NoError(d.t, err)
			d.env.Actor = a
		}
	}
}

func (d *desk) onClosed() { d.closed++ }

func (d *desk) open() *desk {
	Open(d.env, d.onClosed)
	return d
}

func (d *desk) press(names ...keys.Key) {
	uitest.Press(d.Window, names...)
}

func (d *desk) typed(text string) { uitest.Type(d.Window, text) }

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
	{"large-1024-ru", uitest.Small, theme.Light, "ru", 1.25},
}
