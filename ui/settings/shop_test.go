package settings

import (
	"context"
	"maps"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/sms"
	"kassa/sms/sandbox"
	"kassa/sms/smsru"
	"kassa/storage/config"
	"kassa/storage/local"
	"kassa/ui"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

// office is an Admin that keeps what it is given and answers as it is told.
type office struct {
	set     pos.Settings
	locked  map[string]string
	kept    map[string]string // plain settings of providers
	tokens  map[string]bool   // which are kept
	refuse  error
	balance Balance
	broken  error // of balance and sending

	saved []Draft
	asked []Draft
	sent  []string // numbers
}

func newOffice() *office {
	set := config.Defaults()
	set.Shop, set.SMSProvider = "Магазин у дома", smsru.ID
	return &office{set: set, kept: map[string]string{}, tokens: map[string]bool{"sms.smsru.api_id": true},
		balance: Balance{Provider: "SMS.RU", Minor: 41256, Currency: "RUB"}}
}

func (o *office) Kept(context.Context) (*Kept, error) {
	k := &Kept{Settings: o.set, Locked: o.locked, SecretMode: "secret.mode.file"}
	for _, v := range []sms.Vendor{smsru.Vendor(), sandbox.Vendor(sandbox.NewInbox(time.Now))} {
		p := Provider{ID: v.Info.ID, Name: v.Info.Name, Training: v.Info.Training, HasBalance: v.Info.HasBalance, HasCost: v.Info.HasCost}
		for _, f := range v.Info.Fields {
			key := "sms." + v.Info.ID + "." + f.Key
			p.Fields = append(p.Fields, Field{Key: key, LabelID: f.LabelID, HelpID: f.HelpID, Default: f.Default, Secret: f.Secret,
				Required: f.Required, Advanced: f.Advanced, Value: o.kept[key], Set: o.tokens[key]})
		}
		k.Providers = append(k.Providers, p)
	}
	return k, nil
}

func (o *office) Save(_ context.Context, _ pos.Actor, d Draft) error {
	if o.refuse != nil {
		return o.refuse
	}
	o.saved = append(o.saved, d)
	return nil
}

func (o *office) Template(_ pos.Settings, text string) Template {
	problems, warnings := sms.Check(text)
	t := Template{Preview: sms.Preview(text)}
	for _, f := range problems {
		t.Problems = append(t.Problems, Finding{f.MessageID, f.Data()})
	}
	for _, f := range warnings {
		t.Warnings = append(t.Warnings, Finding{f.MessageID, f.Data()})
	}
	size := sms.Count(t.Preview)
	t.Units, t.Room, t.Parts = size.Units, size.Room(), size.Parts
	return t
}

func (o *office) Balance(_ context.Context, _ pos.Actor, d Draft) (Balance, error) {
	o.asked = append(o.asked, d)
	return o.balance, o.broken
}

func (o *office) Cost(context.Context, Draft, string) (Cost, error) {
	return Cost{Minor: 320, Currency: "RUB", Parts: 1}, o.broken
}

func (o *office) SendTest(_ context.Context, _ pos.Actor, d Draft, phone string) (Sent, error) {
	o.sent = append(o.sent, phone)
	return Sent{Provider: "SMS.RU", ID: "1-1"}, o.broken
}

// desk is the window of settings over an office, with the owner of a demo shop
// before it.
type desk struct {
	*uitest.Window
	t       *testing.T
	office  *office
	env     *ui.Env
	till    *till.Till
	demo    *till.DemoShop
	facts   map[string]map[string]string // of each screen, the newest
	closed  int
	changed bool
}

type windowClock struct{ w *uitest.Window }

func (c windowClock) Now() time.Time { return c.w.Clock.Now() }

func newDesk(t *testing.T, size fyne.Size, lang string) *desk {
	t.Helper()
	d := &desk{Window: uitest.Open(t, size), t: t, office: newOffice(), facts: map[string]map[string]string{}}
	store, err := local.Open(t.Context(), local.Params{Dir: t.TempDir()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	d.till = till.New(till.Params{Store: store, Clock: windowClock{d.Window}, IDs: &postest.IDs{}, Sender: postest.NewSender(),
		Settings: func() pos.Settings { return d.office.set }, Pepper: postest.Pepper, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}})
	d.demo, err = d.till.SeedDemo(t.Context(), assets.Demo)
	require.NoError(t, err)
	d.env = &ui.Env{Ctx: t.Context(), Kit: d.Kit, Till: d.till, Runner: d.Runner, Words: words.New(lang, "RUB", "").In(time.UTC),
		Watch: func(screen string, facts map[string]string) { d.facts[screen] = maps.Clone(facts) }}
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

// open opens a page by the keys that lead there.
func (d *desk) open(tab Tab) *desk {
	d.t.Helper()
	Open(d.env, d.office, string(tab), func(changed bool) { d.closed++; d.changed = changed })
	require.Equal(d.t, string(tab), d.facts["settings"]["tab"])
	return d
}

// tabTo walks with Tab until the focus stands in a field that holds a text.
func (d *desk) tabTo(text string) {
	d.t.Helper()
	for range 60 {
		if h, ok := d.Kit.Focused().(interface{ Held() string }); ok && strings.Contains(h.Held(), text) {
			return
		}
		uitest.Press(d.Window, "Tab")
	}
	d.t.Fatalf("no field with %q is in reach of Tab", text)
}
