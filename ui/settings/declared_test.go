package settings

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/hidden"
	"kassa/pos/integration"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// everything declares a provider with a field of each type, which no vendor has:
// the window must be able to draw whatever may be declared.
func everything() integration.Declaration {
	return integration.Declaration{Kind: integration.Messages, ID: "pigeon", Name: "Pigeon Post",
		Channels: []integration.Channel{{By: integration.BySMS, CodeBy: integration.CodeByTill}},
		Fields: []integration.Field{
			{Key: "login", LabelID: "sms.field.smsru.sender", Type: integration.Text, Required: true},
			{Key: "password", LabelID: "sms.field.smsru.api_id", HelpID: "sms.help.smsru.api_id", Type: integration.Secret, Required: true},
			{Key: "token", LabelID: "sms.field.smsru.api_id", Type: integration.Secret},
			{Key: "minutes", LabelID: "settings.field.confirm.code_lifetime_minutes", Type: integration.Number, Least: 1, Most: 60, Default: "5"},
			{Key: "fee", LabelID: "settings.field.points.earn_percent", Type: integration.Number, Decimals: 2, Most: 99_99},
			{Key: "by_hand", LabelID: "settings.field.backup.on_close", Type: integration.Switch, Default: "true"},
			{Key: "loft", LabelID: "settings.field.till.theme", Type: integration.Choice, Options: []string{"north", "south"}},
			{Key: "currencies", LabelID: "settings.field.shop.currency", Type: integration.Several, Options: []string{"RUB", "BYN", "UAH"}},
			{Key: "hint", LabelID: "settings.field.shop.footer", Type: integration.Lines, Advanced: true},
			{Key: "file", LabelID: "sms.field.sandbox.file", Type: integration.Path, Advanced: true},
			{Key: "base_url", LabelID: "sms.field.smsru.base_url", Type: integration.Address, Default: "https://pigeon.example", Advanced: true},
		}}
}

// pigeonDesk is a desk whose shop has chosen it and keeps what is given.
func pigeonDesk(t *testing.T, kept map[string]string) *desk {
	d := newDesk(t, uitest.Usual, "ru")
	d.office.more = []integration.Declaration{everything()}
	require.Empty(t, d.office.more[0].Flaws())
	d.office.set.SMSProvider = "pigeon"
	d.office.kept = kept
	d.office.tokens = map[string]bool{"sms.pigeon.password": true, "sms.pigeon.token": true}
	return d.open(TabIntegrations)
}

func TestDeclared_EveryTypeHasAControl(t *testing.T) {
	d := pigeonDesk(t, map[string]string{"sms.pigeon.login": "shop"})
	types := map[integration.Type]bool{}
	for _, f := range everything().Fields {
		types[f.Type] = true
		assert.True(t, uitest.HasText(d.Window, d.Env.T(f.LabelID, nil)) || f.Advanced, f.Key)
	}
	assert.Len(t, types, len(integration.Types()))

	uitest.Press(d.Window, "Tab", "Tab", "End")
	uitest.Type(d.Window, "2") // login
	uitest.Press(d.Window, "Tab", "Tab", "Tab", "Tab", "Tab", "Ctrl+A")
	uitest.Type(d.Window, "7") // minutes
	uitest.Press(d.Window, "Tab")
	uitest.Type(d.Window, "1,25")                                 // fee
	uitest.Press(d.Window, "Tab", "Space")                        // by hand: off
	uitest.Press(d.Window, "Tab", "Up")                           // loft: south
	uitest.Press(d.Window, "Tab", "Space", "Tab", "Tab", "Space") // RUB, UAH
	uitest.Press(d.Window, "Ctrl+S")
	require.Len(t, d.office.saved, 1)
	assert.Equal(t, map[string]string{"sms.pigeon.login": "shop2", "sms.pigeon.minutes": "7", "sms.pigeon.fee": "1.25",
		"sms.pigeon.by_hand": "false", "sms.pigeon.loft": "south", "sms.pigeon.currencies": "RUB UAH"}, d.office.saved[0].Plain)
	assert.Empty(t, d.office.saved[0].Tokens)
}

func TestDeclared_ShowsWhatIsKept(t *testing.T) {
	d := pigeonDesk(t, map[string]string{"sms.pigeon.login": "shop", "sms.pigeon.loft": "south", "sms.pigeon.hint": "one\ntwo"})
	d.Resize(fyne.NewSize(1366, 1600)) // the whole page is in sight
	assert.True(t, uitest.HasText(d.Window, "south"))
	assert.True(t, uitest.HasText(d.Window, "one"), "what is folded away opens where something is set")
	assert.True(t, uitest.HasText(d.Window, "https://pigeon.example"), "the default is shown where nothing is")
}

func TestDeclared_Refuses(t *testing.T) {
	t.Run("what the declaration does not allow, at its field, before anything is saved", func(t *testing.T) {
		d := pigeonDesk(t, map[string]string{"sms.pigeon.login": "shop"})
		d.tabTo("shop")
		uitest.Press(d.Window, "Tab", "Tab", "Tab", "Tab", "Tab")
		uitest.Type(d.Window, "61")
		uitest.Press(d.Window, "Ctrl+S")
		assert.Empty(t, d.office.saved)
		assert.Equal(t, "sms.pigeon.minutes", d.Facts["settings"]["error"])
		assert.True(t, uitest.HasText(d.Window, "целое число от 1 до 60"))
		uitest.Press(d.Window, "Backspace", "Backspace", "Ctrl+S")
		require.Len(t, d.office.saved, 0, "nothing has changed after all")
		assert.Zero(t, d.closed)
	})
	t.Run("a bad value that is folded away, which is opened for it", func(t *testing.T) {
		d := pigeonDesk(t, map[string]string{"sms.pigeon.login": "shop", "sms.pigeon.base_url": "https://own.example"})
		d.tabTo("own.example")
		uitest.Press(d.Window, "Ctrl+A")
		uitest.Type(d.Window, "http://own.example")
		uitest.Press(d.Window, "F7")
		require.False(t, uitest.HasText(d.Window, "http://own.example"))
		uitest.Press(d.Window, "Ctrl+S")
		assert.Empty(t, d.office.saved)
		assert.Equal(t, "sms.pigeon.base_url", d.Facts["settings"]["error"])
		assert.True(t, uitest.HasText(d.Window, "http://own.example"))
		assert.True(t, uitest.HasText(d.Window, "только для этого же компьютера"))
	})
	t.Run("nothing of a provider that is left alone", func(t *testing.T) {
		d := pigeonDesk(t, map[string]string{"sms.pigeon.minutes": "many"})
		uitest.Press(d.Window, "PgUp", "PgUp", "PgUp", "Tab")
		uitest.Type(d.Window, "!")
		uitest.Press(d.Window, "Ctrl+S")
		assert.Len(t, d.office.saved, 1)
	})
}

func TestDeclared_SeveralSecrets(t *testing.T) {
	d := pigeonDesk(t, map[string]string{"sms.pigeon.login": "shop"})
	d.tabTo("shop")
	uitest.Press(d.Window, "Tab", "Tab", "Tab", "Tab", "Space") // the second one's button
	uitest.Press(d.Window, "Ctrl+S")
	require.Len(t, d.office.saved, 1)
	assert.Equal(t, map[string]hidden.Text{"sms.pigeon.token": {}}, d.office.saved[0].Tokens, "the first one stays")
}

// TestDeclared_Look draws the types no vendor has yet.
func TestDeclared_Look(t *testing.T) {
	pigeon := everything()
	pigeon.Fields = pigeon.Fields[4:9]
	for _, l := range shoptest.Looks[1:3] {
		t.Run(l.Name, func(t *testing.T) {
			d := newDesk(t, l.Size, l.Lang)
			d.SetTheme(theme.New(l.Mode, l.Scale))
			d.office.more, d.office.set.SMSProvider = []integration.Declaration{pigeon}, "pigeon"
			d.office.locked = map[string]string{"sms.pigeon.loft": "KASSA_SMS_PIGEON_LOFT"}
			d.open(TabIntegrations)
			uitest.Press(d.Window, "F7")
			d.Picture("settings-declared-" + l.Name)
		})
	}
}
