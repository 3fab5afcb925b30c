package settings

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/mail"
	"kassa/pos"
	"kassa/pos/integration"
	"kassa/sms"
	"kassa/sms/sandbox"
	"kassa/sms/smsru"
	"kassa/storage/config"
	"kassa/ui/merchants"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// office is an Admin that keeps what it is given and answers as it is told.
type office struct {
	set     *pos.Settings // the shop's
	locked  map[string]string
	kept    map[string]string // plain settings of providers
	tokens  map[string]bool   // which are kept
	more    []integration.Declaration
	refuse  error
	balance Balance
	broken  error // of balance and sending

	saved []Draft
	asked []Draft
	sent  []string // numbers

	past     []Decision
	mails    []string // addresses of test mails
	behind   Server   // nil: nothing stands behind the till
	systems  merchants.Backend
	reverted []int64
}

func newOffice(set *pos.Settings) *office {
	*set = config.Defaults()
	set.Shop, set.SMSProvider = "Магазин у дома", smsru.ID
	return &office{set: set, kept: map[string]string{}, tokens: map[string]bool{"sms.smsru.api_id": true},
		balance: Balance{Provider: "SMS.RU", Minor: 41256, Currency: "RUB"}}
}

func (o *office) Kept(context.Context) (*Kept, error) {
	k := &Kept{Settings: *o.set, Locked: o.locked, SecretMode: "secret.mode.file", Plain: o.kept, Secrets: o.tokens, Providers: o.more}
	for _, v := range []sms.Vendor{smsru.Vendor(), sandbox.Vendor(sandbox.NewInbox(time.Now), "")} {
		k.Providers = append(k.Providers, v.Declaration)
	}
	k.Mail = mail.Declaration()
	for _, p := range mail.Presets {
		k.MailPresets = append(k.MailPresets, MailPreset{Name: p.Name, Fields: map[string]string{"host": p.Host, "security": p.Security, "port": strconv.Itoa(p.Port)}})
	}
	return k, nil
}

func (o *office) CheckMail(_ context.Context, _ pos.Actor, d Draft) error {
	o.asked = append(o.asked, d)
	return o.broken
}

func (o *office) SendTestMail(_ context.Context, _ pos.Actor, d Draft, to string) error {
	o.asked = append(o.asked, d)
	if o.broken == nil {
		o.mails = append(o.mails, to)
	}
	return o.broken
}

func (o *office) Save(_ context.Context, _ pos.Actor, d Draft) error {
	if o.refuse != nil {
		return o.refuse
	}
	o.saved = append(o.saved, d)
	return nil
}

func (o *office) Balance(_ context.Context, _ pos.Actor, d Draft) (Balance, error) {
	o.asked = append(o.asked, d)
	return o.balance, o.broken
}

func (o *office) Cost(context.Context, Draft, string) (Cost, error) {
	return Cost{Minor: 320, Currency: "RUB", Parts: 1}, o.broken
}

func (o *office) Behind() Server { return o.behind }

func (o *office) PaymentSystems() merchants.Backend { return o.systems }

func (o *office) SendTest(_ context.Context, _ pos.Actor, d Draft, phone string) (Sent, error) {
	o.sent = append(o.sent, phone)
	return Sent{Provider: "SMS.RU", ID: "1-1"}, o.broken
}

// desk is the window of settings over an office, with the owner of a demo shop
// before it.
type desk struct {
	*shoptest.Shop
	office  *office
	closed  int
	changed bool
}

func newDesk(t *testing.T, size fyne.Size, lang string) *desk {
	t.Helper()
	d := &desk{Shop: shoptest.Open(t, size, lang)}
	d.office = newOffice(d.Settings)
	d.Login(pos.GroupOwner)
	return d
}

// open opens a page by the keys that lead there.
func (d *desk) open(tab Tab) *desk {
	d.T.Helper()
	Open(d.Env, d.office, string(tab), func(changed bool) { d.closed++; d.changed = changed })
	require.Equal(d.T, string(tab), d.Facts["settings"]["tab"])
	return d
}

// tabTo walks with Tab until the focus stands in a field that holds a text.
func (d *desk) tabTo(text string) {
	d.T.Helper()
	for range 60 {
		if h, ok := d.Kit.Focused().(interface{ Held() string }); ok && strings.Contains(h.Held(), text) {
			return
		}
		uitest.Press(d.Window, "Tab")
	}
	d.T.Fatalf("no field with %q is in reach of Tab", text)
}

func (o *office) History(context.Context, pos.Actor) ([]Decision, error) { return o.past, o.broken }

func (o *office) Revert(_ context.Context, _ pos.Actor, n int64) error {
	if o.refuse == nil {
		o.reverted = append(o.reverted, n)
	}
	return o.refuse
}
