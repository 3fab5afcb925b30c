package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/integration"
	"kassa/pos/till"
	"kassa/sms"
	"kassa/sms/smstest"
	"kassa/ui/settings"
)

// bureau is a demo shop with its owner, and a server that speaks SMS.RU's
// protocol.
type bureau struct {
	*admin
	t     *testing.T
	owner pos.Actor
	demo  *till.DemoShop
	sms   *smstest.Server
}

func newBureau(t *testing.T, environment ...string) *bureau {
	t.Helper()
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "KASSA_") {
			t.Setenv(name, "")
		}
	}
	t.Setenv("KASSA_SECRETS", "file")
	for i := 0; i+1 < len(environment); i += 2 {
		t.Setenv(environment[i], environment[i+1])
	}
	s, demo, err := shop.Create(t.Context(), shop.Options{Home: filepath.Join(t.TempDir(), "home"),
		HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}}, true)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	b := &bureau{admin: newAdmin(s), t: t, demo: demo}
	b.owner, err = s.Till.Login(t.Context(), demo.Employees[0].PIN)
	require.NoError(t, err)
	b.sms, err = smstest.NewServer(smstest.Options{APIID: smstest.TestAPIID, BalanceMinor: 41256})
	require.NoError(t, err)
	t.Cleanup(b.sms.Close)
	return b
}

// draft is what somebody typed who sets SMS.RU up.
func (b *bureau) draft() settings.Draft {
	set := b.shop.Settings()
	set.SMSProvider = "smsru"
	return settings.Draft{Settings: set,
		Plain:  map[string]string{"sms.smsru.base_url": b.sms.URL()},
		Tokens: map[string]hidden.Text{"sms.smsru.api_id": hidden.New(smstest.TestAPIID)}}
}

func (b *bureau) kept() *settings.Kept {
	b.t.Helper()
	k, err := b.Kept(b.t.Context())
	require.NoError(b.t, err)
	return k
}

// value is what a declared field holds in the window.
func (b *bureau) value(key string) string {
	b.t.Helper()
	k := b.kept()
	_, _, declared := integration.Find(k.Providers, key)
	require.True(b.t, declared, "no provider declares %s", key)
	return k.Plain[key]
}

// has tells whether a declared secret is kept.
func (b *bureau) has(key string) bool {
	b.t.Helper()
	k := b.kept()
	_, f, _ := integration.Find(k.Providers, key)
	require.True(b.t, f.IsSecret(), "no provider declares the secret %s", key)
	return k.Secrets[key]
}

func TestAdmin_Kept(t *testing.T) {
	t.Run("offers every provider the program knows, with its fields", func(t *testing.T) {
		b := newBureau(t)
		k := b.kept()
		require.Len(t, k.Providers, 2)
		assert.Equal(t, "SMS.RU", k.Providers[0].Name)
		assert.False(t, k.Providers[0].Has(integration.Trains))
		assert.True(t, k.Providers[1].Has(integration.Trains))
		assert.Equal(t, "secret.mode.file", k.SecretMode)
		assert.False(t, k.SecretSafe)
		assert.Empty(t, k.Locked)
		for _, p := range k.Providers {
			for _, f := range p.Fields {
				assert.True(t, b.shop.Words("ru").Has(f.LabelID), f.LabelID)
			}
		}
	})
	t.Run("never gives a token out again", func(t *testing.T) {
		b := newBureau(t)
		require.NoError(t, b.Save(t.Context(), b.owner, b.draft()))
		assert.True(t, b.has("sms.smsru.api_id"))
		assert.Empty(t, b.value("sms.smsru.api_id"))
		assert.NotContains(t, fmt.Sprintf("%+v", b.kept()), smstest.TestAPIID)
	})
	t.Run("names the variables that decide", func(t *testing.T) {
		b := newBureau(t, "KASSA_SMS_PROVIDER", "smsru", "KASSA_SMS_SMSRU_API_ID", "env-key", "KASSA_SMS_SENDER", "Kassa", "KASSA_TILL_THEME", "dark")
		assert.Equal(t, map[string]string{
			"sms.provider": "KASSA_SMS_PROVIDER", "sms.smsru.api_id": "KASSA_SMS_SMSRU_API_ID",
			"sms.smsru.sender": "KASSA_SMS_SENDER", "till.theme": "KASSA_TILL_THEME",
		}, b.kept().Locked)
		assert.Equal(t, "Kassa", b.value("sms.smsru.sender"))
		assert.True(t, b.has("sms.smsru.api_id"))
	})
}

func TestAdmin_Save(t *testing.T) {
	t.Run("keeps settings, plain fields and the token, and puts them in force", func(t *testing.T) {
		b := newBureau(t)
		d := b.draft()
		d.Settings.Shop, d.Plain["sms.smsru.sender"] = "Лавка", "Lavka"
		require.NoError(t, b.Save(t.Context(), b.owner, d))
		assert.Equal(t, "Лавка", b.shop.Settings().Shop)
		assert.Equal(t, "Lavka", b.value("sms.smsru.sender"))
		p, err := b.shop.Provider()
		require.NoError(t, err)
		left, err := sms.CheckBalance(t.Context(), p)
		require.NoError(t, err)
		assert.EqualValues(t, 41256, left.Minor)
		text, err := os.ReadFile(b.shop.Home.Config())
		require.NoError(t, err)
		assert.NotContains(t, string(text), smstest.TestAPIID)
	})
	t.Run("forgets a token that was emptied", func(t *testing.T) {
		b := newBureau(t)
		require.NoError(t, b.Save(t.Context(), b.owner, b.draft()))
		d := b.draft()
		d.Tokens["sms.smsru.api_id"] = hidden.Text{}
		require.NoError(t, b.Save(t.Context(), b.owner, d))
		assert.False(t, b.has("sms.smsru.api_id"))
	})
	t.Run("a sender typed for the provider takes the place of the one for all", func(t *testing.T) {
		b := newBureau(t)
		set := b.shop.Settings()
		set.SMSSender = "Old"
		require.NoError(t, b.Save(t.Context(), b.owner, settings.Draft{Settings: set}))
		require.Equal(t, "Old", b.value("sms.smsru.sender"))
		d := b.draft()
		d.Settings, d.Plain["sms.smsru.sender"] = set, "New"
		require.NoError(t, b.Save(t.Context(), b.owner, d))
		assert.Equal(t, "New", b.value("sms.smsru.sender"))
		assert.Empty(t, b.shop.Settings().SMSSender)
	})
	t.Run("refuses by the field, whole", func(t *testing.T) {
		b := newBureau(t)
		before := b.shop.Settings()
		d := b.draft()
		d.Settings.Shop, d.Plain["sms.smsru.base_url"] = "", "http://example.com"
		err := b.Save(t.Context(), b.owner, d)
		require.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
		assert.Contains(t, err.Error(), "shop.name")
		assert.Equal(t, before, b.shop.Settings())
		assert.False(t, b.has("sms.smsru.api_id"), "nor is the token kept")
	})
	t.Run("needs the right", func(t *testing.T) {
		b := newBureau(t)
		cashier, err := b.shop.Till.Login(t.Context(), b.demo.Employees[2].PIN)
		require.NoError(t, err)
		assert.Equal(t, pos.CodeForbidden, pos.CodeOf(b.Save(t.Context(), cashier, b.draft())))
	})
}

func TestAdmin_Balance(t *testing.T) {
	t.Run("is asked with what is typed and nothing of it is kept", func(t *testing.T) {
		b := newBureau(t)
		got, err := b.Balance(t.Context(), b.owner, b.draft())
		require.NoError(t, err)
		assert.Equal(t, settings.Balance{Provider: "SMS.RU", Minor: 41256, Currency: "RUB"}, got)
		assert.Equal(t, "sandbox", b.shop.Settings().SMSProvider)
		assert.False(t, b.has("sms.smsru.api_id"))
	})
	t.Run("with what is kept where nothing is typed", func(t *testing.T) {
		b := newBureau(t)
		require.NoError(t, b.Save(t.Context(), b.owner, b.draft()))
		got, err := b.Balance(t.Context(), b.owner, settings.Draft{Settings: b.shop.Settings()})
		require.NoError(t, err)
		assert.EqualValues(t, 41256, got.Minor)
	})
	t.Run("with what the environment decides, whatever is typed", func(t *testing.T) {
		b := newBureau(t, "KASSA_SMS_SMSRU_API_ID", smstest.TestAPIID)
		d := b.draft()
		d.Tokens["sms.smsru.api_id"] = hidden.New("typed-and-wrong")
		_, err := b.Balance(t.Context(), b.owner, d)
		assert.NoError(t, err)
	})
	t.Run("the sandbox has a remark instead", func(t *testing.T) {
		b := newBureau(t)
		got, err := b.Balance(t.Context(), b.owner, settings.Draft{Settings: b.shop.Settings()})
		require.NoError(t, err)
		assert.True(t, b.shop.Words("ru").Has(got.NoteID))
	})
	t.Run("errors are said in plain words", func(t *testing.T) {
		b := newBureau(t)
		d := b.draft()
		d.Tokens["sms.smsru.api_id"] = hidden.New("wrong-key")
		_, err := b.Balance(t.Context(), b.owner, d)
		assert.Contains(t, b.shop.Words("ru").Error(err), "не принял токен")
		delete(d.Tokens, "sms.smsru.api_id")
		_, err = b.Balance(t.Context(), b.owner, d)
		assert.Contains(t, b.shop.Words("ru").Error(err), "«API-токен (api_id)»", "the setting is called as in the window")
		d.Settings.SMSProvider = ""
		_, err = b.Balance(t.Context(), b.owner, d)
		assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
	})
}

func TestAdmin_SendTest(t *testing.T) {
	t.Run("sends the draft's text once, with a code of its own each time", func(t *testing.T) {
		b := newBureau(t)
		d := b.draft()
		d.Settings.SMSTemplate, d.Settings.Shop = "<code> <amount> <shop>", "Лавка"
		for range 2 {
			sent, err := b.SendTest(t.Context(), b.owner, d, "+79000000077")
			require.NoError(t, err)
			assert.Equal(t, "SMS.RU", sent.Provider)
		}
		got := b.sms.Messages()
		require.Len(t, got, 2)
		assert.Equal(t, "79000000077", got[0].To)
		assert.Contains(t, got[0].Text, "Лавка")
		assert.NotEqual(t, got[0].Text, got[1].Text, "an equal text would be refused")
		assert.Empty(t, b.sms.Breaches())
	})
	t.Run("needs its right", func(t *testing.T) {
		b := newBureau(t)
		cashier, err := b.shop.Till.Login(t.Context(), b.demo.Employees[2].PIN)
		require.NoError(t, err)
		_, err = b.SendTest(t.Context(), cashier, b.draft(), "+79000000077")
		assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
		assert.Empty(t, b.sms.Messages())
	})
	t.Run("tells the price beforehand without sending", func(t *testing.T) {
		b := newBureau(t)
		c, err := b.Cost(t.Context(), b.draft(), "+79000000077")
		require.NoError(t, err)
		assert.Positive(t, c.Minor)
		assert.Empty(t, b.sms.Messages())
	})
	t.Run("a text without its code never goes out", func(t *testing.T) {
		b := newBureau(t)
		d := b.draft()
		d.Settings.SMSTemplate = "нет кода"
		_, err := b.SendTest(t.Context(), b.owner, d, "+79000000077")
		assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
		assert.Empty(t, b.sms.Messages())
	})
}

// TestAdmin_KeepsEveryLanguage holds the settings to the languages of the words:
// storage cannot ask them itself.
func TestAdmin_KeepsEveryLanguage(t *testing.T) {
	b := newBureau(t)
	for _, lang := range words.Languages() {
		set := b.shop.Settings()
		set.Language, set.ReceiptLanguage = lang, lang
		require.NoError(t, b.Save(t.Context(), b.owner, settings.Draft{Settings: set}), lang)
		require.Equal(t, lang, b.shop.Settings().Language)
	}
}
