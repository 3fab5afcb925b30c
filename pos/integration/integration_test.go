package integration

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos/hidden"
)

// texter declares what a sender of messages does, with one field of each type
// such a vendor has.
func texter() Declaration {
	return Declaration{Kind: Messages, ID: "pigeon", Name: "Pigeon Post",
		Channels: []Channel{{BySMS, CodeByTill}, {ByCall, CodeByProvider}, {ByCallIn, CodeByNobody}},
		Can:      []Ability{TellsBalance, DryRuns},
		Fields: []Field{
			{Key: "api_id", LabelID: "sms.field.smsru.api_id", Type: Secret, Required: true},
			{Key: "sender", LabelID: "sms.field.smsru.sender", Type: Text, Shared: "sms.sender", Max: 11},
			{Key: "base_url", LabelID: "sms.field.smsru.base_url", Type: Address, Default: "https://pigeon.example", Advanced: true},
		}}
}

// merchants declares a gateway of which a shop may have several merchants, as
// those of UAPAY and ecommpay are.
func merchants() Declaration {
	return Declaration{Kind: Gateway, ID: "uapay", Name: "UAPAY", Many: true, Can: []Ability{"hold", "refund"},
		Fields: []Field{
			{Key: "name", LabelID: "x.name", Type: Text, Required: true},
			{Key: "shop_id", LabelID: "x.shop_id", Type: Number, Least: 1, Most: 1 << 40, Required: true},
			{Key: "secret_key", LabelID: "x.secret_key", Type: Secret, Required: true},
			{Key: "confirm_by_hand", LabelID: "x.confirm", Type: Switch, Default: "false"},
			{Key: "vat", LabelID: "x.vat", Type: Choice, Options: []string{"included", "added"}, Default: "included"},
		}}
}

// manual declares the merchant for manual payments: a commission in per cent, a
// fee, currencies, a hint of several lines.
func manual() Declaration {
	currencies := []string{"RUB", "BYN", "UAH", "KZT", "USD"}
	return Declaration{Kind: Gateway, ID: "manual", Name: "Manual payments", Many: true, Can: []Ability{Trains},
		Fields: []Field{
			{Key: "commission", LabelID: "x.commission", Type: Number, Decimals: 4, Most: 99_9999, Default: "0"},
			{Key: "fee", LabelID: "x.fee", Type: Number, Decimals: 2, Most: 1_000_000_00},
			{Key: "income", LabelID: "x.income", Type: Choice, Options: currencies, Required: true},
			{Key: "currencies", LabelID: "x.currencies", Type: Several, Options: currencies, Required: true},
			{Key: "hint", LabelID: "x.hint", Type: Lines, Max: 40},
			{Key: "picture", LabelID: "x.picture", Type: Path},
		}}
}

// others declare a bot, a mail server and a receiver of notices by URL.
func others() []Declaration {
	return []Declaration{
		{Kind: Bot, ID: "max", Name: "MAX", Channels: []Channel{{ByMax, CodeByTill}}, Fields: []Field{
			{Key: "token", LabelID: "x.token", Type: Secret, Required: true},
			{Key: "certificates", LabelID: "x.certificates", Type: Path, Required: true}}},
		{Kind: Mail, ID: "smtp", Name: "SMTP", Channels: []Channel{{ByEmail, CodeByTill}}, Fields: []Field{
			{Key: "host", LabelID: "x.host", Type: Text, Required: true},
			{Key: "port", LabelID: "x.port", Type: Number, Least: 1, Most: 65535, Default: "587"},
			{Key: "tls", LabelID: "x.tls", Type: Choice, Options: []string{"starttls", "implicit"}, Default: "starttls"},
			{Key: "password", LabelID: "x.password", Type: Secret},
			{Key: "events", LabelID: "x.events", Type: Several, Options: []string{"sale", "refund"}}}},
		{Kind: Webhook, ID: "url", Name: "URL", Many: true, Fields: []Field{
			{Key: "address", LabelID: "x.address", Type: Address, Query: true, Required: true},
			{Key: "version", LabelID: "x.version", Type: Choice, Options: []string{"v1", "v2"}, Default: "v2"},
			{Key: "signing_secret", LabelID: "x.signing", Type: Secret}}},
	}
}

func TestDeclaration_CodeBy(t *testing.T) {
	d := Declaration{Channels: []Channel{{BySMS, CodeByTill}, {ByCall, CodeByProvider}}}
	for way, want := range map[Way]CodeMaker{BySMS: CodeByTill, ByCall: CodeByProvider, ByViber: "", "": ""} {
		if got := d.CodeBy(way); got != want {
			t.Errorf("by %q the code is made by %q, want %q", way, got, want)
		}
	}
}

func TestDeclaration_Key(t *testing.T) {
	t.Run("is the kind, the id and the field", func(t *testing.T) {
		assert.Equal(t, "sms.pigeon.api_id", texter().Key("api_id"))
	})
	t.Run("carries the instance of one of several", func(t *testing.T) {
		d := merchants().As("main")
		assert.Equal(t, "gateway.uapay.main.secret_key", d.Key("secret_key"))
		assert.Empty(t, merchants().Instance, "the declaration itself stays as it was")
	})
	t.Run("leads back to the field that has it", func(t *testing.T) {
		list := append(others(), texter(), merchants(), manual())
		for _, d := range list {
			if d.Many {
				d = d.As("kyiv2")
			}
			for _, f := range d.Fields {
				got, field, ok := Find(list, d.Key(f.Key))
				require.True(t, ok, d.Key(f.Key))
				assert.Equal(t, d, got)
				assert.Equal(t, f, field)
			}
		}
	})
	t.Run("of nobody leads nowhere", func(t *testing.T) {
		list := []Declaration{texter(), merchants()}
		for _, key := range []string{"", "sms", "sms.sender", "sms.pigeon", "sms.pigeon.", "sms.pigeon.key", "sms.other.api_id",
			"sms.pigeon.main.api_id", "gateway.pigeon.api_id", "gateway.uapay.secret_key", "gateway.uapay..secret_key",
			"gateway.uapay.a_b.secret_key", "gateway.uapay.A.secret_key", "gateway.uapay.main.x.secret_key"} {
			_, _, ok := Find(list, key)
			assert.False(t, ok, key)
		}
	})
	t.Run("tells the place of declared settings from the shop's own", func(t *testing.T) {
		for key, within := range map[string]bool{"sms.provider": false, "sms.smsc.login": true, "gateway.x.y.z": true,
			"shop.a.b": false, "bot.telegram.token": true, "mail": false} {
			assert.Equal(t, within, Within(key), key)
		}
	})
}

func TestDeclaration_Check(t *testing.T) {
	said := func(d Declaration, v Values) []string {
		var list []string
		for _, p := range d.Check(v) {
			list = append(list, p.Key()+" "+string(p.Reason))
		}
		return list
	}
	secret := func(key, value string) map[string]hidden.Text { return map[string]hidden.Text{key: hidden.New(value)} }

	t.Run("asks for what is required, in the order of the fields", func(t *testing.T) {
		assert.Equal(t, []string{"gateway.uapay.main.name missing", "gateway.uapay.main.shop_id missing",
			"gateway.uapay.main.secret_key missing"}, said(merchants().As("main"), Values{}))
		assert.Equal(t, []string{"sms.pigeon.api_id missing"}, said(texter(), Values{Plain: map[string]string{"api_id": "in the wrong map"}}))
	})
	t.Run("is content with defaults and with what is right", func(t *testing.T) {
		assert.Empty(t, said(texter(), Values{Secrets: secret("api_id", "K")}))
		assert.Empty(t, said(merchants(), Values{Plain: map[string]string{"name": "Shop", "shop_id": "17", "confirm_by_hand": "true"},
			Secrets: secret("secret_key", "S")}))
	})
	t.Run("calls an open address what it is", func(t *testing.T) {
		assert.Equal(t, []string{"sms.pigeon.base_url insecure"}, said(texter(), Values{Secrets: secret("api_id", "K"),
			Plain: map[string]string{"base_url": "http://pigeon.example"}}))
	})
	t.Run("refuses a secret that no key store takes", func(t *testing.T) {
		for _, value := range []string{strings.Repeat("x", 2049), "a\nb", "a\x00", "\xff"} {
			assert.Equal(t, []string{"sms.pigeon.api_id refused"}, said(texter(), Values{Secrets: secret("api_id", value)}))
		}
	})
}

func TestDeclaration_CheckValue(t *testing.T) {
	d := append(others(), texter(), merchants(), manual())
	for key, values := range map[string]struct{ good, bad []string }{
		"sms.pigeon.sender":          {[]string{"", " Shop ", "Лавка у до"}, []string{"Лавка у дома", "a\nb", "a\x1bb"}},
		"sms.pigeon.base_url":        {[]string{"https://x.example/api/", "http://127.0.0.1:1", "http://localhost:8"}, []string{"x.example", "ftp://x", "https://u:p@x", "https://x?a=1", "https://x?", "https://x#a", "http://10.0.0.1", "https://:443", "://"}},
		"webhook.url.a.address":      {[]string{"https://shop.example/hook?wc-api=x"}, []string{"http://shop.example/hook", "https://x#a"}},
		"gateway.manual.a.fee":       {[]string{"0", "10.5", "10,50", "1000000", "7.100"}, []string{"-1", "0.001", "1000000.01", "ten", "1e3", "0x1", "--1", "9999999999999999999999"}},
		"gateway.manual.a.income":    {[]string{"RUB"}, []string{"rub", "EUR", "RUB BYN"}},
		"gateway.manual.a.hint":      {[]string{"one\ntwo\r\nthree"}, []string{strings.Repeat("я", 41), "bell\a"}},
		"gateway.manual.a.picture":   {[]string{"/srv/a b.png"}, []string{"a.png", "../a.png", "/a\nb"}},
		"gateway.uapay.a.vat":        {[]string{"added"}, []string{"none"}},
		"mail.smtp.port":             {[]string{"25", "65535"}, []string{"0", "65536", "25.5"}},
		"mail.smtp.events":           {[]string{"sale", "sale refund", " refund  sale "}, []string{"void", "sale,refund"}},
		"gateway.manual.a.hint_2":    {},
		"gateway.uapay.a.shop_id":    {[]string{"1"}, []string{"0", "a"}},
		"gateway.manual.commission":  {},
		"gateway.manual.m1.currency": {},
	} {
		found, field, ok := Find(d, key)
		require.Equal(t, values.good != nil, ok, key)
		for _, value := range values.good {
			assert.Nil(t, found.CheckValue(field, value), "%s: %q", key, value)
		}
		for _, value := range values.bad {
			p := found.CheckValue(field, value)
			if assert.NotNil(t, p, "%s: %q", key, value) {
				assert.Equal(t, key, p.Key())
			}
		}
	}
	p := texter().CheckValue(texter().Fields[2], "https://user:hunter2@x")
	assert.NotContains(t, fmt.Sprintf("%v %+v", p, p.MessageArgs()), "hunter2")
}

func TestProblem_SaysWhatToDo(t *testing.T) {
	d := append(others(), texter(), merchants(), manual())
	for _, lang := range words.Languages() {
		w := words.New(lang, "RUB", "")
		for _, one := range d {
			for _, f := range one.Fields {
				f.LabelID = "sms.field.smsru.sender" // made-up fields have no words
				for _, reason := range []Reason{Missing, Refused, Insecure} {
					said := w.Error(&Problem{one, f, reason})
					assert.Contains(t, said, one.Name)
					assert.Contains(t, said, w.T(f.LabelID, nil))
					assert.Regexp(t, `\.$`, said)
					assert.NotContains(t, said, "integration.", "%s in %s", f.Type, lang)
					assert.NotEqual(t, w.T("error.unknown", nil), said)
					assert.NotEqual(t, w.T("error.unknown", nil), w.Error(f.Allowed()), "%s in %s", f.Type, lang)
				}
			}
		}
	}
	ru := words.New("ru", "RUB", "")
	commission := manual().Fields[0]
	assert.Equal(t, "число от 0 до 99.9999; знаков после точки не больше 4", ru.Error(commission.Allowed()))
	assert.Equal(t, "Не заполнено поле «API-токен (api_id)» (Pigeon Post). Заполните его в настройках.", ru.Error(texter().Check(Values{})[0]))
}

func TestValues(t *testing.T) {
	v := Values{Plain: map[string]string{"a": " x ", "on": "true", "off": "false", "list": "sale  refund", "n": "10,5"},
		Secrets: map[string]hidden.Text{"s": hidden.New("canary")}}
	assert.Equal(t, "x", v.Get("a"))
	assert.Equal(t, "canary", v.Secret("s").Reveal())
	assert.True(t, v.On("on"))
	assert.False(t, v.On("off"))
	assert.False(t, v.On("missing"))
	assert.Equal(t, []string{"sale", "refund"}, v.List("list"))
	assert.EqualValues(t, 1050, v.Number(Field{Key: "n", Type: Number, Decimals: 2}))
	assert.Zero(t, v.Number(Field{Key: "a", Type: Number}))
	encoded, err := json.Marshal(v)
	require.NoError(t, err)
	assert.NotContains(t, fmt.Sprintf("%v %+v %#v %s", v, v, v, encoded), "canary")

	filled := texter().Filled(Values{Plain: map[string]string{"sender": "Shop"}})
	assert.Equal(t, map[string]string{"sender": "Shop", "base_url": "https://pigeon.example"}, filled.Plain)
	kept := Values{Plain: map[string]string{"base_url": "https://own.example"}}
	assert.Equal(t, "https://own.example", texter().Filled(kept).Get("base_url"))
	assert.Len(t, kept.Plain, 1, "what was given stays as it was")
}

func TestDeclaration_Can(t *testing.T) {
	d := texter()
	assert.True(t, d.Has(TellsBalance))
	assert.False(t, d.Has(TellsCost))
	assert.True(t, merchants().Has("hold"))
	assert.Equal(t, []Way{BySMS, ByCall, ByCallIn}, d.Ways())
}

func TestDeclaration_Flaws(t *testing.T) {
	for _, d := range append(others(), texter(), merchants(), manual(), merchants().As("main")) {
		assert.Empty(t, d.Flaws(), d.ID)
	}
	for name, spoil := range map[string]func(*Declaration){
		"no kind":                   func(d *Declaration) { d.Kind = "pigeon" },
		"an id in capitals":         func(d *Declaration) { d.ID = "Pigeon" },
		"no name":                   func(d *Declaration) { d.Name = "" },
		"an instance of the only":   func(d *Declaration) { d.Instance = "main" },
		"nowhere to go":             func(d *Declaration) { d.Channels = nil },
		"a way twice":               func(d *Declaration) { d.Channels = append(d.Channels, d.Channels[0]) },
		"a way without a maker":     func(d *Declaration) { d.Channels[0].CodeBy = "" },
		"a field twice":             func(d *Declaration) { d.Fields = append(d.Fields, d.Fields[0]) },
		"a key with a dot":          func(d *Declaration) { d.Fields[0].Key = "api.id" },
		"no label":                  func(d *Declaration) { d.Fields[0].LabelID = "" },
		"no type":                   func(d *Declaration) { d.Fields[0].Type = "" },
		"a secret's default":        func(d *Declaration) { d.Fields[0].Default = "0000" },
		"a shared secret":           func(d *Declaration) { d.Fields[0].Shared = "sms.sender" },
		"an open secret":            func(d *Declaration) { d.Fields[0].Type = Text },
		"shared under its own key":  func(d *Declaration) { d.Fields[1].Shared = "sms.pigeon.sender" },
		"a choice of nothing":       func(d *Declaration) { d.Fields[1].Type = Choice },
		"options of a text":         func(d *Declaration) { d.Fields[1].Options = []string{"a"} },
		"an option with spaces":     func(d *Declaration) { d.Fields[1].Type, d.Fields[1].Options = Choice, []string{"a b"} },
		"bounds the wrong way":      func(d *Declaration) { d.Fields[1].Type, d.Fields[1].Least = Number, 1 },
		"a default that is refused": func(d *Declaration) { d.Fields[2].Default = "http://pigeon.example" },
	} {
		d := texter()
		spoil(&d)
		assert.NotEmpty(t, d.Flaws(), name)
	}
}

func TestSoundsSecret(t *testing.T) {
	for key, secret := range map[string]bool{"sms.x.api_id": true, "sms.x.api_key": true, "token": true, "auth_token": true,
		"sms.x.password": true, "gateway.x.y.secret_key": true, "secretary": false, "sender": false, "base_url": false, "shop_id": false} {
		assert.Equal(t, secret, SoundsSecret(key), key)
	}
}
