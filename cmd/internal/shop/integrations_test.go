package shop

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/integration"
	"kassa/sms/sandbox"
	"kassa/storage/secret"
)

// TestIntegrations_Declared holds what vendors declare to what the shop has.
func TestIntegrations_Declared(t *testing.T) {
	s, _ := open(t)
	keys := map[string]bool{}
	for _, d := range s.Declarations() {
		assert.Empty(t, d.Flaws(), d.ID)
		for _, f := range d.Fields {
			key := d.Key(f.Key)
			assert.False(t, keys[key], "%s is declared twice", key)
			keys[key] = true
			for _, lang := range []string{"ru", "en", "be", "uk", "kk"} {
				w := s.Words(lang)
				assert.True(t, w.Has(f.LabelID), "%s: %s", lang, f.LabelID)
				assert.True(t, f.HelpID == "" || w.Has(f.HelpID), "%s: %s", lang, f.HelpID)
			}
			if f.Shared == "" {
				continue
			}
			set := s.Settings()
			known, err := s.Config.Set(&set, f.Shared, "")
			require.NoError(t, err, "%s can be emptied", f.Shared)
			assert.True(t, known, "%s is a setting of the shop", f.Shared)
		}
	}
	assert.ElementsMatch(t, []string{"sms.smsru.api_id", "sms.smsru.sender", "sms.smsru.base_url", "sms.sandbox.file",
		"mail.host", "mail.security", "mail.port", "mail.user", "mail.password", "mail.login", "mail.from", "mail.from_name", "mail.bcc"}, s.integrationKeys(),
		"the keys of settings are permanent")
}

func TestIntegrations_Kept(t *testing.T) {
	s, a := open(t)
	d, ok := s.Vendors.Declaration("smsru")
	require.True(t, ok)
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: s.Settings(),
		Provider: map[string]string{"sms.smsru.sender": "Shop"},
		Secrets:  map[string]secret.Secret{"sms.smsru.api_id": secret.New("canary")}}))
	have, err := s.Kept(d)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"sender": "Shop"}, have.Plain, "defaults are not kept")
	assert.Equal(t, "canary", have.Secret("api_id").Reveal())
}

func TestIntegrations_SharedField(t *testing.T) {
	s, a := open(t)
	d, _ := s.Vendors.Declaration("smsru")
	sender, _ := d.Field("sender")
	set := s.Settings()
	set.SMSSender = "All"
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set, Provider: map[string]string{"sms.smsru.sender": "Own"}}))
	assert.Equal(t, "All", s.InForce(d, sender), "what the shop decided for all stands above")

	own := s.OnTheirOwn(set, map[string]string{"sms.smsru.sender": "Own"})
	assert.Empty(t, own.SMSSender)
	assert.Equal(t, "All", s.OnTheirOwn(set, map[string]string{"sms.smsru.base_url": "https://x.example"}).SMSSender)
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: own}))
	assert.Equal(t, "Own", s.InForce(d, sender))
}

func TestIntegrations_Training(t *testing.T) {
	s, a := open(t)
	assert.True(t, s.Trains())
	d, _ := s.Vendors.Declaration(sandbox.ID)
	file, _ := d.Field(sandbox.KeyFile)
	assert.Equal(t, filepath.Join(s.Home.Dir, SandboxFile), file.Default, "where a program beside the till looks for the codes")
	assert.True(t, d.Has(integration.Trains))
	for _, id := range []string{"smsru", ""} {
		set := s.Settings()
		set.SMSProvider = id
		require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}))
		assert.False(t, s.Trains())
	}
}
