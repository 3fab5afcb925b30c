package settings

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/sms"
	"kassa/ui/uitest"
)

func TestSettings_Saving(t *testing.T) {
	t.Run("Ctrl+S saves everything whole, stays on the page and says so", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabShop)
		uitest.Press(d.Window, "Tab", "Ctrl+A")
		uitest.Type(d.Window, "Лавка")
		require.Equal(t, "yes", d.Facts["settings"]["dirty"])
		require.True(t, uitest.HasText(d.Window, "Отмена"), "what was typed would be lost")
		uitest.Press(d.Window, "PgDn", "PgDn", "Tab", "Ctrl+A")
		uitest.Type(d.Window, "5,5")
		uitest.Press(d.Window, "Ctrl+S")
		require.Len(t, d.office.saved, 1)
		want := *d.office.set
		want.Shop, want.Rules.EarnRate = "Лавка", 550
		assert.Equal(t, want, d.office.saved[0].Settings, "and nothing else has changed")
		assert.Empty(t, d.office.saved[0].Tokens)
		assert.Equal(t, 1, d.closed)
		assert.True(t, d.changed)
		require.Equal(t, "settings", d.Last())
		assert.Equal(t, "money", d.Facts["settings"]["tab"])
		assert.Equal(t, "no", d.Facts["settings"]["dirty"])
		assert.True(t, uitest.HasText(d.Window, "Закрыть"), "nothing is lost")
		assert.True(t, uitest.HasText(d.Window, "Настройки сохранены"), "%q", uitest.Texts(d.Window))
		uitest.Press(d.Window, "Esc")
		assert.Nil(t, d.Keys.Top(), "one page was there to be left")
	})
	t.Run("with nothing changed it says so and stays", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabTill)
		uitest.Press(d.Window, "Ctrl+S")
		assert.Empty(t, d.office.saved)
		assert.Zero(t, d.closed)
		assert.True(t, uitest.HasText(d.Window, "Всё уже сохранено"), "%q", uitest.Texts(d.Window))
		uitest.Press(d.Window, "Esc")
		assert.False(t, d.changed)
	})
	t.Run("a figure that cannot be read is refused at its field", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabMoney)
		uitest.Press(d.Window, "Tab", "Ctrl+A", "Backspace", "PgUp", "Ctrl+S")
		assert.Empty(t, d.office.saved)
		assert.Equal(t, "points.earn_percent", d.Facts["settings"]["error"])
		assert.Equal(t, "money", d.Facts["settings"]["tab"])
		assert.True(t, uitest.HasText(d.Window, "процент от 0 до 100"))
		uitest.Type(d.Window, "7") // the cursor stands there already
		assert.Empty(t, d.Facts["settings"]["error"])
		uitest.Press(d.Window, "Ctrl+S")
		require.Len(t, d.office.saved, 1)
		assert.EqualValues(t, 700, d.office.saved[0].Settings.Rules.EarnRate)
	})
	t.Run("what the store refuses is told at the fields it names, and nothing typed is lost", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.office.refuse = pos.E(pos.CodeInvalid, "config.values", pos.Args{"Count": 2, "List": []error{
			pos.E(pos.CodeInvalid, "config.value", pos.Args{"Key": "shop.tax_id", "Value": "x", "Allowed": pos.E(pos.CodeInvalid, "config.allowed.shop.tax_id", nil)}),
			pos.E(pos.CodeInvalid, "config.value", pos.Args{"Key": "till.number", "Value": "?", "Allowed": pos.E(pos.CodeInvalid, "config.allowed.till.number", nil)}),
		}})
		d.open(TabShop)
		uitest.Press(d.Window, "Tab", "Tab", "Tab")
		uitest.Type(d.Window, "нет")
		uitest.Press(d.Window, "PgDn", "Ctrl+S")
		assert.Equal(t, "shop", d.Facts["settings"]["tab"])
		assert.Equal(t, "shop.tax_id", d.Facts["settings"]["error"])
		assert.True(t, uitest.HasText(d.Window, "до 20 цифр или пусто"))
		assert.True(t, uitest.HasText(d.Window, "нет"))
		assert.Zero(t, d.closed)
	})
	t.Run("a refusal of the whole is told under the form", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.office.refuse = pos.E(pos.CodeForbidden, "till.forbidden", pos.Args{"Right": pos.RightSettings})
		d.open(TabShop)
		uitest.Press(d.Window, "Tab")
		uitest.Type(d.Window, "!")
		uitest.Press(d.Window, "Ctrl+S")
		assert.Equal(t, "save", d.Facts["settings"]["error"])
		assert.True(t, uitest.HasText(d.Window, "Настройки"))
		assert.Zero(t, d.closed)
	})
}

func TestSettings_Leaving(t *testing.T) {
	dirty := func(t *testing.T) *desk {
		d := newDesk(t, uitest.Usual, "ru").open(TabShop)
		uitest.Press(d.Window, "Tab")
		uitest.Type(d.Window, "1")
		uitest.Press(d.Window, "Esc")
		require.Contains(t, d.Facts, "settings.leave")
		require.Zero(t, d.closed)
		return d
	}
	t.Run("without changes Esc leaves at once", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabShop)
		uitest.Press(d.Window, "Esc")
		assert.Equal(t, 1, d.closed)
	})
	t.Run("changes are asked about, and Esc stays", func(t *testing.T) {
		d := dirty(t)
		uitest.Press(d.Window, "Esc")
		assert.Zero(t, d.closed)
		assert.True(t, uitest.HasText(d.Window, "Магазин у дома1"))
	})
	t.Run("cancel means cancel", func(t *testing.T) {
		d := dirty(t)
		uitest.Press(d.Window, "Del")
		assert.Equal(t, 1, d.closed)
		assert.False(t, d.changed)
		assert.Empty(t, d.office.saved)
	})
	t.Run("Enter saves", func(t *testing.T) {
		d := dirty(t)
		uitest.Press(d.Window, "Enter")
		assert.Len(t, d.office.saved, 1)
		assert.True(t, d.changed)
	})
}

func TestSettings_Token(t *testing.T) {
	t.Run("is never shown, replaced by typing, and goes nowhere but into the draft", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabIntegrations)
		uitest.Press(d.Window, "Tab", "Tab")
		uitest.Type(d.Window, "NEW-KEY-1")
		assert.False(t, uitest.HasText(d.Window, "NEW-KEY-1"))
		uitest.Press(d.Window, "F5")
		require.Len(t, d.office.asked, 1)
		assert.Equal(t, "NEW-KEY-1", d.office.asked[0].Tokens["sms.smsru.api_id"].Reveal(), "the balance is asked with what is typed")
		assert.Empty(t, d.office.saved)
		raw, err := json.Marshal(d.office.asked[0])
		require.NoError(t, err)
		assert.NotContains(t, string(raw), "NEW-KEY-1")
		assert.NotContains(t, fmt.Sprintf("%v %+v %#v", d.office.asked[0], d.office.asked[0], d.office.asked[0]), "NEW-KEY-1")
		assert.NotContains(t, fmt.Sprint(d.Facts), "NEW-KEY-1")
	})
	t.Run("is forgotten only when that is saved, and a provider is not left without it", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabIntegrations)
		uitest.Press(d.Window, "F4")
		assert.True(t, uitest.HasText(d.Window, "Забудется при сохранении"))
		uitest.Press(d.Window, "Ctrl+S")
		assert.Empty(t, d.office.saved)
		assert.Equal(t, "sms.smsru.api_id", d.Facts["settings"]["error"])
		uitest.Press(d.Window, "F4")
		assert.Equal(t, "no", d.Facts["settings"]["dirty"])
		uitest.Press(d.Window, "F4", "PgDn", "PgUp", "Tab", "Down", "Down", "Ctrl+S")
		require.Len(t, d.office.saved, 1)
		assert.Empty(t, d.office.saved[0].Settings.SMSProvider)
		assert.Equal(t, map[string]hidden.Text{"sms.smsru.api_id": {}}, d.office.saved[0].Tokens)
	})
	t.Run("says where it is kept", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabIntegrations)
		assert.True(t, uitest.HasText(d.Window, "защищают только права доступа"))
	})
	t.Run("given by the environment cannot be typed", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.office.locked = map[string]string{"sms.smsru.api_id": "KASSA_SMS_SMSRU_API_ID"}
		d.open(TabIntegrations)
		assert.True(t, uitest.HasText(d.Window, "KASSA_SMS_SMSRU_API_ID"))
		uitest.Press(d.Window, "Tab", "Tab")
		uitest.Type(d.Window, "Shop")
		uitest.Press(d.Window, "Ctrl+S")
		require.Len(t, d.office.saved, 1)
		assert.Empty(t, d.office.saved[0].Tokens)
		assert.Equal(t, map[string]string{"sms.smsru.sender": "Shop"}, d.office.saved[0].Plain)
	})
}

func TestSettings_Template(t *testing.T) {
	open := func(t *testing.T) *desk {
		d := newDesk(t, uitest.Usual, "ru").open(TabIntegrations)
		d.tabTo("Код <code>")
		uitest.Press(d.Window, "Ctrl+A")
		return d
	}
	t.Run("without the code it is refused with the reason, and saving is blocked", func(t *testing.T) {
		d := open(t)
		uitest.Type(d.Window, "Вы тратите <amount>")
		assert.True(t, uitest.HasText(d.Window, "В тексте нет <code>"))
		uitest.Press(d.Window, "Ctrl+S")
		assert.Empty(t, d.office.saved)
		assert.Equal(t, "sms.template", d.Facts["settings"]["error"])
		uitest.Press(d.Window, "F6")
		assert.NotContains(t, d.Facts, "settings.send", "nor is it sent for a test")
	})
	t.Run("braces are read as the same", func(t *testing.T) {
		d := open(t)
		uitest.Type(d.Window, "{code} <amount>")
		assert.True(t, uitest.HasText(d.Window, "есть <code>"))
		assert.True(t, uitest.HasText(d.Window, "482913 300,00 ₽"))
		uitest.Press(d.Window, "Ctrl+S")
		require.Len(t, d.office.saved, 1)
		assert.Equal(t, "{code} <amount>", d.office.saved[0].Settings.SMSTemplate)
	})
	t.Run("without the sum it is warned about and saved all the same", func(t *testing.T) {
		d := open(t)
		uitest.Type(d.Window, "<code>")
		assert.True(t, uitest.HasText(d.Window, "В тексте нет <amount>"))
		assert.True(t, uitest.HasText(d.Window, "6 из 160 · 1 часть"))
		uitest.Press(d.Window, "Ctrl+S")
		assert.Len(t, d.office.saved, 1)
	})
	t.Run("counts characters and parts as one types", func(t *testing.T) {
		d := open(t)
		assert.True(t, uitest.HasText(d.Window, "54 из 70 · 1 часть"))
		uitest.Type(d.Window, "<code> <amount> это очень длинный текст, который не влезет в одно сообщение")
		assert.True(t, uitest.HasText(d.Window, "из 134 · 2 части"))
	})
}

func TestSettings_Balance(t *testing.T) {
	for name, tt := range map[string]struct {
		balance Balance
		broken  error
		says    string
		fact    string
	}{
		"a sum":            {Balance{Provider: "SMS.RU", Minor: 41256, Currency: "RUB"}, nil, "Баланс SMS.RU: 412,56 ₽", "412.56"},
		"another currency": {Balance{Provider: "X", Minor: 100, Currency: "BYN"}, nil, "1,00 Br", "1.00"},
		"below zero":       {Balance{Provider: "SMS.RU", Minor: -1050, Currency: "RUB"}, nil, "Коды не уйдут", "-10.50"},
		"messages":         {Balance{Provider: "X", Credits: 21}, nil, "осталось 21 сообщение", "21"},
		"a remark":         {Balance{Provider: "Sandbox", NoteID: "sms.balance.sandbox"}, nil, "Учебный режим", "sms.balance.sandbox"},
		"an error": {Balance{}, &sms.Error{Kind: sms.AuthError, Provider: "SMS.RU", ProviderCode: "200"},
			"SMS.RU не принял токен (код 200)", "sms.err.auth-error"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, uitest.Usual, "ru")
			d.office.balance, d.office.broken = tt.balance, tt.broken
			d.open(TabIntegrations)
			uitest.Press(d.Window, "F5")
			assert.True(t, uitest.HasText(d.Window, tt.says), uitest.Texts(d.Window))
			assert.Equal(t, tt.fact, d.Facts["settings"]["balance"])
		})
	}
	t.Run("is asked on its own page only", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabShop)
		uitest.Press(d.Window, "F5")
		assert.Empty(t, d.office.asked)
	})
	t.Run("an answer about another key is taken away", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabIntegrations)
		uitest.Press(d.Window, "F5", "Tab", "Tab")
		uitest.Type(d.Window, "K")
		assert.False(t, uitest.HasText(d.Window, "412,56"))
		assert.Empty(t, d.Facts["settings"]["balance"])
	})
}

func TestSettings_TestMessage(t *testing.T) {
	t.Run("says that it costs money, sends once and tells the outcome", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabIntegrations)
		uitest.Press(d.Window, "F6")
		assert.True(t, uitest.HasText(d.Window, "возьмёт за него деньги"))
		uitest.Type(d.Window, "8 900 000-00-01")
		assert.True(t, uitest.HasText(d.Window, "возьмёт за него 3,20 ₽"))
		uitest.Press(d.Window, "Enter")
		assert.Equal(t, []string{"+79000000001"}, d.office.sent)
		assert.Equal(t, "yes", d.Facts["settings.send"]["sent"])
		assert.True(t, uitest.HasText(d.Window, "+7 900 •••-••-01"))
		d.Clock.Advance(time.Second)
		uitest.Press(d.Window, "Enter")
		assert.Len(t, d.office.sent, 1, "a second Enter sends nothing")
		assert.Equal(t, "settings", d.Keys.Top().Name)
	})
	t.Run("what is no number is refused before anything is sent", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabIntegrations)
		uitest.Press(d.Window, "F6")
		uitest.Type(d.Window, "12")
		uitest.Press(d.Window, "Enter")
		assert.Empty(t, d.office.sent)
		assert.Equal(t, "phone", d.Facts["settings.send"]["sent"])
	})
	t.Run("a failure is told in plain words", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.office.broken = &sms.Error{Kind: sms.InsufficientFunds, Provider: "SMS.RU"}
		d.open(TabIntegrations)
		uitest.Press(d.Window, "F6")
		uitest.Type(d.Window, "+79000000001")
		uitest.Press(d.Window, "Enter")
		assert.True(t, uitest.HasText(d.Window, "не хватает денег"))
		assert.Equal(t, "sms.err.insufficient-funds", d.Facts["settings.send"]["sent"])
	})
	t.Run("needs its right, and the refusal names it", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.Login(pos.GroupCashier)
		d.open(TabIntegrations)
		uitest.Press(d.Window, "F6")
		assert.NotContains(t, d.Facts, "settings.send")
		assert.True(t, uitest.HasText(d.Window, "Пробная СМС"))
	})
	t.Run("through the sandbox costs nothing, and says so", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.office.set.SMSProvider = "sandbox"
		d.open(TabIntegrations)
		uitest.Press(d.Window, "F6")
		assert.True(t, uitest.HasText(d.Window, "ничего не стоят"))
		assert.False(t, uitest.HasText(d.Window, "деньги"))
	})
}

func TestSettings_Warnings(t *testing.T) {
	t.Run("the sandbox warns a real shop", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.office.set.SMSProvider = "sandbox"
		d.open(TabIntegrations)
		assert.True(t, uitest.HasText(d.Window, "покупатели не получат кодов"))
	})
	t.Run("but not a demo", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.office.set.SMSProvider, d.office.set.Demo = "sandbox", true
		d.open(TabIntegrations)
		assert.False(t, uitest.HasText(d.Window, "покупатели не получат кодов"))
	})
	t.Run("choosing no confirmation is warned about, by keys", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open(TabContacts)
		assert.False(t, uitest.HasText(d.Window, "без ведома"))
		uitest.Press(d.Window, "Tab", "Left")
		assert.True(t, uitest.HasText(d.Window, "без ведома покупателя"))
		uitest.Press(d.Window, "Ctrl+S")
		require.Len(t, d.office.saved, 1)
		assert.Equal(t, pos.ConfirmNever, d.office.saved[0].Settings.ConfirmPoints)
		assert.Equal(t, pos.ConfirmAlways, d.office.saved[0].Settings.ConfirmCredit)
	})
	t.Run("codes without a provider are warned about", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.office.set.SMSProvider = ""
		d.open(TabContacts)
		assert.True(t, uitest.HasText(d.Window, "нужен провайдер СМС"))
	})
}

func TestSettings_Keys(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open(TabShop)
	for _, want := range []string{"till", "money", "integrations", "contacts", "printer", "labels"} {
		uitest.Press(d.Window, "Down")
		require.Equal(t, want, d.Facts["settings"]["tab"])
	}
	uitest.Press(d.Window, "Up", "PgUp", "PgUp")
	require.Equal(t, "integrations", d.Facts["settings"]["tab"])
	uitest.Press(d.Window, "PgUp", "Tab")
	d.tabTo("30")
	require.NotNil(t, d.Kit.Focused())
}

func TestSettings_LowWindowScrollsToTheFocus(t *testing.T) {
	d := newDesk(t, uitest.Small, "ru")
	d.open(TabIntegrations)
	d.tabTo("Код <code>")
	require.Contains(t, uitest.Texts(d.Window), "Код <code>: <operation> <amount>, «<shop>»")
	for range 2 {
		uitest.Press(d.Window, "Tab")
	}
	for _, s := range uitest.Spots(d.Window) {
		if s.Text == "Отправить смс…" {
			require.Greater(t, s.Clip.Max.Y, s.Position.Y+s.Size.Height, "the focused button is in sight")
			return
		}
	}
	t.Fatal("the button is nowhere")
}

// A figure is shown with the mark of the language, both marks are read, and a figure
// that was typed anew as it was is no change.
func TestSettings_FiguresFollowTheLanguage(t *testing.T) {
	for lang, tt := range map[string]struct{ shown, typed string }{"ru": {"5,5", "5.5"}, "en": {"5.5", "5,5"}} {
		t.Run(lang, func(t *testing.T) {
			d := newDesk(t, uitest.Usual, lang)
			d.office.set.Language, d.office.set.Rules.EarnRate = lang, 550
			d.open(TabMoney)
			require.True(t, uitest.HasText(d.Window, tt.shown), "%q", uitest.Texts(d.Window))
			uitest.Press(d.Window, "Tab", "Ctrl+A")
			uitest.Type(d.Window, tt.typed)
			require.True(t, uitest.HasText(d.Window, tt.shown), "%q", uitest.Texts(d.Window))
			assert.Equal(t, "no", d.Facts["settings"]["dirty"])
			uitest.Press(d.Window, "Ctrl+A")
			uitest.Type(d.Window, strings.Replace(tt.typed, "5", "7", 1))
			uitest.Press(d.Window, "Ctrl+S")
			require.Len(t, d.office.saved, 1)
			assert.EqualValues(t, 750, d.office.saved[0].Settings.Rules.EarnRate)
		})
	}
}
