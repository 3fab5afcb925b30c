package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/integration"
	"kassa/pos/money"
	"kassa/sms/smsru"
	"kassa/storage/config"
)

// declared are what the program that reads the file was built with: the vendor
// there is, and a gateway of several merchants as there may be.
var declared = []integration.Declaration{smsru.Vendor().Declaration, merchants}

var merchants = integration.Declaration{Kind: integration.Gateway, ID: "pigeon", Name: "Pigeon Pay", Many: true,
	Fields: []integration.Field{
		{Key: "shop_id", LabelID: "x", Type: integration.Number, Least: 1, Most: 9999},
		{Key: "by_hand", LabelID: "x", Type: integration.Switch},
		{Key: "secret_key", LabelID: "x", Type: integration.Secret},
	}}

func home(t *testing.T, file string) config.Home {
	t.Helper()
	h, err := config.FindHome(filepath.Join(t.TempDir(), "home"))
	require.NoError(t, err)
	if file != "" {
		require.NoError(t, os.WriteFile(h.Config(), []byte(file), 0o600))
	}
	return h
}

func load(t *testing.T, file string) *config.Config {
	t.Helper()
	c, err := config.Load(home(t, file), declared...)
	require.NoError(t, err)
	return c
}

func content(t *testing.T, h config.Home) string {
	t.Helper()
	b, err := os.ReadFile(h.Config())
	require.NoError(t, err)
	return string(b)
}

func refusal(t *testing.T, err error) *pos.Error {
	t.Helper()
	e, ok := errors.AsType[*pos.Error](err)
	require.True(t, ok, "%v", err)
	return e
}

func TestFindHome(t *testing.T) {
	t.Run("makes the named folder for its owner alone", func(t *testing.T) {
		h := home(t, "")
		for _, dir := range []string{h.Dir, h.Backups(), h.Logs(), h.Images()} {
			info, err := os.Stat(dir)
			require.NoError(t, err)
			assert.Equal(t, os.FileMode(0o700), info.Mode().Perm(), dir)
		}
		assert.True(t, h.Chosen)
	})
	t.Run("takes KASSA_HOME when none is named", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "shop")
		t.Setenv(config.HomeVariable, dir)
		h, err := config.FindHome("")
		require.NoError(t, err)
		assert.Equal(t, dir, h.Dir)
	})
	t.Run("keeps the secrets of two homes apart, and outside of them", func(t *testing.T) {
		a, b := home(t, ""), home(t, "")
		assert.NotEqual(t, a.Secrets(), b.Secrets())
		assert.False(t, strings.HasPrefix(a.Secrets(), a.Dir+string(filepath.Separator)))
	})
	t.Run("is the same home by whatever name it goes", func(t *testing.T) {
		real := home(t, "")
		link := filepath.Join(t.TempDir(), "link")
		require.NoError(t, os.Symlink(real.Dir, link))
		for _, name := range []string{link, link + string(filepath.Separator), real.Dir + string(filepath.Separator)} {
			h, err := config.FindHome(name)
			require.NoError(t, err)
			assert.Equal(t, real.Secrets(), h.Secrets(), name)
		}
	})
	t.Run("is the user's own home also when it is named", func(t *testing.T) {
		t.Cleanup(xdg.Reload)
		t.Setenv("XDG_CONFIG_HOME", t.TempDir())
		t.Setenv(config.HomeVariable, "")
		xdg.Reload()
		own, err := config.FindHome("")
		require.NoError(t, err)
		named, err := config.FindHome(own.Dir)
		require.NoError(t, err)
		assert.Equal(t, own, named)
		assert.False(t, own.Chosen)
	})
	t.Run("tells which folder cannot be made", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		require.NoError(t, os.WriteFile(file, nil, 0o600))
		_, err := config.FindHome(filepath.Join(file, "home"))
		e := refusal(t, err)
		assert.Equal(t, "config.home", e.ID)
		assert.Equal(t, pos.CodeUnavailable, e.Code)
	})
}

func TestLoad_Layers(t *testing.T) {
	t.Run("nothing decided gives the defaults", func(t *testing.T) {
		assert.Equal(t, config.Defaults(), load(t, "").Settings())
	})
	t.Run("the file is over the defaults", func(t *testing.T) {
		s := load(t, "[shop]\nname = \"Ромашка\"\n[points]\nearn_percent = 2.5\nmax_share_percent = \"12,25\"\n"+
			"delay_days = 1\n[till]\nscale = 1.25\nidle_lock_minutes = 0\n[money]\nrounding_step = 0.10\n").Settings()
		assert.Equal(t, "Ромашка", s.Shop)
		assert.Equal(t, money.Percent(250), s.Rules.EarnRate)
		assert.Equal(t, money.Percent(1225), s.Rules.MaxPointsShare)
		assert.Equal(t, 24*time.Hour, s.Rules.PointsDelay)
		assert.Equal(t, money.Amount(10), s.Rules.RoundingStep)
		assert.Equal(t, 1.25, s.Scale)
		assert.Zero(t, s.IdleLock)
		assert.Equal(t, "RUB", string(s.Currency))
	})
	t.Run("the environment is over the file", func(t *testing.T) {
		t.Setenv("KASSA_SMS_PROVIDER", "smsru")
		t.Setenv("KASSA_CONFIRM_POINTS", "none")
		t.Setenv("KASSA_SMS_SMSRU_BASE_URL", "http://127.0.0.1:8080")
		c := load(t, "[sms]\nprovider = \"sandbox\"\n[sms.smsru]\nbase_url = \"https://sms.example\"\n")
		assert.Equal(t, "smsru", c.Settings().SMSProvider)
		assert.Equal(t, pos.ConfirmNever, c.Settings().ConfirmPoints)
		assert.Equal(t, map[string]string{"base_url": "http://127.0.0.1:8080"}, c.Kept(declared[0]))
		assert.True(t, c.Overridden("sms.provider"))
		assert.False(t, c.Overridden("sms.sender"))
	})
	t.Run("keys in capitals, a byte mark and Windows line ends are read", func(t *testing.T) {
		assert.Equal(t, "Ромашка", load(t, "\xEF\xBB\xBF[Shop]\r\nName = \"Ромашка\"\r\n").Settings().Shop)
	})
	t.Run("the environment gives a declared setting the file knows nothing of", func(t *testing.T) {
		t.Setenv("KASSA_SMS_SMSRU_SENDER", "Shop")
		t.Setenv("KASSA_SMS_SMSRU_API_ID", "canary")
		c := load(t, "")
		assert.Equal(t, map[string]string{"sender": "Shop"}, c.Kept(declared[0]), "a secret is not for here")
		assert.Equal(t, "Shop", c.Values()["sms.smsru.sender"])
	})
	t.Run("one of several has settings of its own", func(t *testing.T) {
		t.Setenv("KASSA_GATEWAY_PIGEON_KYIV_BY_HAND", "false")
		c := load(t, "[gateway.pigeon.minsk]\nshop_id = 17\n[gateway.pigeon.kyiv]\nshop_id = \"18\"\nby_hand = true\n")
		assert.Empty(t, c.Warnings())
		assert.Equal(t, map[string]string{"shop_id": "17"}, c.Kept(merchants.As("minsk")))
		assert.Equal(t, map[string]string{"shop_id": "18", "by_hand": "false"}, c.Kept(merchants.As("kyiv")))
	})
	t.Run("what a provider cannot use does not keep the till from starting", func(t *testing.T) {
		c := load(t, "[gateway.pigeon.minsk]\nshop_id = \"many\"\n")
		assert.Equal(t, "many", c.Kept(merchants.As("minsk"))["shop_id"])
	})
	t.Run("a key nobody declares is a warning", func(t *testing.T) {
		c := load(t, "[sms.crow]\nloft = \"north\"\n[sms.smsru]\nsendr = \"Shop\"\n")
		require.Len(t, c.Warnings(), 2)
		assert.Equal(t, "sms.crow.loft", c.Warnings()[0].Args["Key"])
	})
	t.Run("a key nobody knows is a warning", func(t *testing.T) {
		c := load(t, "[shop]\nnmae = \"Ромашка\"\n")
		require.Len(t, c.Warnings(), 1)
		assert.Equal(t, "shop.nmae", c.Warnings()[0].Args["Key"])
	})
}

func TestLoad_RefusesBadValues(t *testing.T) {
	for file, key := range map[string]string{
		"[shop]\nname = \"\"":                               "shop.name",
		"[shop]\nname = \"a\\u0007b\"":                      "shop.name",
		"[shop]\nname = \"" + strings.Repeat("я", 61) + `"`: "shop.name",
		"[shop]\ntax_id = \"12a\"":                          "shop.tax_id",
		"[shop]\ncountry = \"Russia\"":                      "shop.country",
		"[shop]\ncurrency = \"rubles\"":                     "shop.currency",
		"[shop]\ndemo = \"maybe\"":                          "shop.demo",
		"[till]\nnumber = \"a b\"":                          "till.number",
		"[till]\nlanguage = \"xx\"":                         "till.language",
		"[till]\ntheme = \"pink\"":                          "till.theme",
		"[till]\nscale = 3":                                 "till.scale",
		"[till]\nscale = \"nan\"":                           "till.scale",
		"[till]\nreceipt_width = 65":                        "till.receipt_width",
		"[till]\nidle_lock_minutes = -1":                    "till.idle_lock_minutes",
		"[points]\nearn_percent = 101":                      "points.earn_percent",
		"[points]\nvalue = 0":                               "points.value",
		"[points]\nlife_days = 1.5":                         "points.life_days",
		"[credit]\ndue_days = 0":                            "credit.due_days",
		"[money]\nrounding_step = -1":                       "money.rounding_step",
		"[confirm]\npoints = \"email\"":                     "confirm.points",
		"[confirm]\ncode_lifetime_minutes = 11":             "confirm.code_lifetime_minutes",
		"[sms]\nprovider = \"../x\"":                        "sms.provider",
		"[sms]\ntemplate = \"no such thing\"":               "sms.template",
		"[sms.smsru]\nbase_url = \"http://sms.example\"":    "sms.smsru.base_url",
		"[sms.smsru]\nbase_url = \"https://u:p@h\"":         "sms.smsru.base_url",
		"[shop]\naddress = [\"a\", \"b\"]":                  "shop.address",
		"[sms.smsru]\napi_id = \"0000\"":                    "sms.smsru.api_id",
		"[sms.crow]\npassword = \"0000\"":                   "sms.crow.password",
		"[gateway.pigeon.minsk]\nsecret_key = \"0000\"":     "gateway.pigeon.minsk.secret_key",
	} {
		t.Run(file, func(t *testing.T) {
			h := home(t, file)
			_, err := config.Load(h, declared...)
			e := refusal(t, err)
			assert.Equal(t, pos.CodeInvalid, e.Code)
			assert.Equal(t, key, e.Args["Key"])
			assert.Equal(t, file, content(t, h))
		})
	}
}

func TestLoad_TellsAllProblemsAtOnce(t *testing.T) {
	_, err := config.Load(home(t, "[till]\ntheme = \"pink\"\nscale = 9\n"))
	e := refusal(t, err)
	assert.Equal(t, "config.values", e.ID)
	assert.Equal(t, 2, e.Args["Count"])
}

func TestLoad_ASecretIsNotRepeated(t *testing.T) {
	_, err := config.Load(home(t, "[sms.smsru]\napi_id = \"SECRET-VALUE\"\n"), declared...)
	assert.Equal(t, "config.secret", refusal(t, err).ID)
	assert.NotContains(t, err.Error(), "SECRET-VALUE")
}

func TestLoad_ABrokenFileNamesItsLineAndStays(t *testing.T) {
	for file, line := range map[string]int{
		"[shop]\nname = \"x\"\nwhat is this\n": 3,
		"[shop\n":                              1,
		"a = 1\nb = \"\xff\"\n":                2,
	} {
		h := home(t, file)
		_, err := config.Load(h, declared...)
		e := refusal(t, err)
		assert.Equal(t, "config.broken", e.ID, file)
		assert.Equal(t, line, e.Args["Number"], file)
		assert.Equal(t, file, content(t, h))
	}
}

func TestLoad_AHugeFileIsRefused(t *testing.T) {
	_, err := config.Load(home(t, strings.Repeat("# padding\n", 200_000)))
	assert.Equal(t, "config.too-large", refusal(t, err).ID)
}

func TestSave_KeepsCommentsAndForeignKeys(t *testing.T) {
	h := home(t, `# моя касса
[shop]
name = "Старое # имя"  # вывеска
foreign = [1, 2]

[till]
number = "2"
`)
	c, err := config.Load(h, declared...)
	require.NoError(t, err)
	s := c.Settings()
	s.Shop, s.Address, s.SMSProvider, s.Rules.EarnRate = `Новое "имя"`, "ул. Садовая, 1", "smsru", 550
	require.NoError(t, c.Save(s, map[string]string{"sms.smsru.base_url": "https://sms.example"}))

	assert.Equal(t, `# моя касса
[shop]
name = "Новое \"имя\""  # вывеска
foreign = [1, 2]
address = "ул. Садовая, 1"

[till]
number = "2"

[points]
earn_percent = "5.5"

[sms]
provider = "smsru"

[sms.smsru]
base_url = "https://sms.example"
`, content(t, h))
	assert.Equal(t, s, c.Settings())
	again, err := config.Load(h, declared...)
	require.NoError(t, err)
	assert.Equal(t, s, again.Settings())
	assert.NoFileExists(t, h.Config()+".bak")
}

func TestSave_KeepsACopyOfAFileItCannotPatch(t *testing.T) {
	file := "# note\nshop = { name = \"Старое\", foreign = 1 }\nother = 2\n"
	h := home(t, file)
	c, err := config.Load(h, declared...)
	require.NoError(t, err)
	s := c.Settings()
	s.Shop = "Новое"
	require.NoError(t, c.Save(s, nil))

	bak, err := os.ReadFile(h.Config() + ".bak")
	require.NoError(t, err)
	assert.Equal(t, file, string(bak))
	again, err := config.Load(h, declared...)
	require.NoError(t, err)
	assert.Equal(t, "Новое", again.Settings().Shop)
	assert.Len(t, again.Warnings(), 2, "foreign keys survive")
}

func TestSave_Refuses(t *testing.T) {
	c := load(t, "")
	before := c.Settings()
	bad := before
	bad.Width = 10
	assert.Equal(t, "till.receipt_width", refusal(t, c.Save(bad, nil)).Args["Key"])
	bad = before
	bad.SMSTemplate = "без кода"
	assert.Equal(t, "sms.template", refusal(t, c.Save(bad, nil)).Args["Key"])
	bad.SMSTemplate = "Код <code> <amonut>"
	assert.Equal(t, "sms.template.unknown-variable", refusal(t, c.Save(bad, nil)).ID)
	assert.Equal(t, "config.secret", refusal(t, c.Save(before, map[string]string{"sms.smsru.api_id": "x"})).ID)
	assert.Equal(t, "config.value", refusal(t, c.Save(before, map[string]string{"sms.smsru.base_url": "ftp://x"})).ID)
	assert.Equal(t, "config.value", refusal(t, c.Save(before, map[string]string{"gateway.pigeon.minsk.shop_id": "many"})).ID)
	assert.Equal(t, "config.unknown", refusal(t, c.Save(before, map[string]string{"sms.crow.loft": "north"})).ID)
	assert.Equal(t, before, c.Settings())
	assert.NoFileExists(t, c.Home().Config())
}

func TestSave_LeavesWhatTheEnvironmentDecides(t *testing.T) {
	t.Setenv("KASSA_SMS_PROVIDER", "smsru")
	c := load(t, "[sms]\nprovider = \"sandbox\"\n")
	s := c.Settings()
	s.Shop = "Другое"
	require.NoError(t, c.Save(s, nil))
	assert.Contains(t, content(t, c.Home()), `provider = "sandbox"`)
	assert.Equal(t, "smsru", c.Settings().SMSProvider)
}

func TestSave_WhatCannotBeWrittenChangesNothing(t *testing.T) {
	c := load(t, "")
	require.NoError(t, os.RemoveAll(c.Home().Dir))
	s := c.Settings()
	s.Shop = "Другое"
	assert.Equal(t, "config.not-saved", refusal(t, c.Save(s, nil)).ID)
	assert.Equal(t, config.Defaults(), c.Settings())
}

func TestProperty_WhatIsSavedIsRead(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		h, err := config.FindHome(filepath.Join(dir, "h"+string(rune('a'+n%20)), strings.Repeat("x", 1+n/20)))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(h.Config(), []byte(rapid.SampledFrom([]string{
			"", "# only a note", "[shop]\nname = 'x' # note\n\n\n[till]\n", "shop.name = \"a\"\n", "[sms]\n\n[shop]\n",
		}).Draw(t, "file")), 0o600))
		c, err := config.Load(h, declared...)
		require.NoError(t, err)
		s := c.Settings()
		s.Shop = "М" + rapid.StringMatching(`[a-zА-Я"'#=\\ \[\]{}]{0,40}`).Draw(t, "shop")
		s.Footer = rapid.StringMatching(`[a-z"'#=\\\n]{0,60}`).Draw(t, "footer")
		s.Width = rapid.IntRange(24, 64).Draw(t, "width")
		s.Rules.EarnRate = money.Percent(rapid.Int64Range(0, 10_000).Draw(t, "earn"))
		s.Rules.PointValue = money.Amount(rapid.Int64Range(1, 10_000_000).Draw(t, "value"))
		s.Demo = rapid.Bool().Draw(t, "demo")
		require.NoError(t, c.Save(s, nil))
		again, err := config.Load(h, declared...)
		require.NoError(t, err)
		require.Equal(t, s, again.Settings())
	})
}

func FuzzLoad(f *testing.F) {
	for _, s := range []string{"", "[shop]\nname = 1\n", "a.b.c = {}\n", "[[shop]]\n", "sms = 3", "[sms]\nsmsru = 1979-05-27\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, file string) {
		h := home(t, file)
		c, err := config.Load(h, declared...)
		if err != nil {
			refusal(t, err)
			assert.Equal(t, file, content(t, h))
			return
		}
		s := c.Settings()
		s.Shop = "Другое"
		require.NoError(t, c.Save(s, nil))
		assert.Equal(t, "Другое", c.Settings().Shop)
	})
}
