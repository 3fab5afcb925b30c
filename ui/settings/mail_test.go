package settings

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/mail"
	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// atMail opens the page of the mail server.
func atMail(t *testing.T, kept map[string]string) (*shoptest.Shop, *office) {
	t.Helper()
	s := shoptest.Open(t, uitest.Screen[1], "ru")
	s.Login(pos.GroupOwner)
	o := newOffice(s.Settings)
	o.kept = kept
	Open(s.Env, o, string(TabMail), func(bool) {})
	s.Shows("settings", "tab", "mail", "dirty", "no")
	return s, o
}

func TestMail_ByKeys(t *testing.T) {
	s, o := atMail(t, map[string]string{})
	uitest.Press(s.Window, "Shift+F2")
	uitest.Press(s.Window, "Shift+F3")
	require.Empty(t, o.asked, "nothing is asked of a server nobody named")

	uitest.Press(s.Window, keys.Tab) // the ready-made settings
	uitest.Press(s.Window, keys.Tab)
	uitest.Type(s.Window, "mail.example.com")
	s.Shows("settings", "dirty", "yes")
	uitest.Press(s.Window, "Shift+F2")
	s.Shows("settings", "balance", "yes")
	require.True(t, uitest.HasText(s.Window, "Почтовый сервер отвечает и пускает. Ничего не отправлено."))
	require.Equal(t, "mail.example.com", o.asked[0].Plain["mail.host"], "what is typed is asked, saved or not")

	o.broken = &mail.Error{Kind: mail.Login, Code: "535", Said: "Bad password"}
	uitest.Press(s.Window, "Shift+F2")
	s.Shows("settings", "balance", "mail.err.login")
	require.True(t, uitest.HasText(s.Window, "Сервер не принял имя или пароль: Bad password. Часто нужен не пароль от ящика, а пароль приложения: его делают в настройках почты."))
	uitest.Type(s.Window, "x")
	require.False(t, uitest.HasText(s.Window, "Bad password"), "an answer about other settings is taken away")
}

func TestMail_SendsATest(t *testing.T) {
	s, o := atMail(t, map[string]string{"mail.host": "mail.example.com", "mail.from": "shop@example.com"})
	uitest.Press(s.Window, "Shift+F3")
	s.Shows("settings.mail", "sent", "")
	o.broken = pos.E(pos.CodeInvalid, "mail.address", nil)
	uitest.Press(s.Window, keys.Enter)
	s.Shows("settings.mail", "sent", "mail.address")
	o.broken = nil
	uitest.Press(s.Window, "Ctrl+A")
	uitest.Type(s.Window, "anna@example.com")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("settings.mail", "sent", "yes")
	require.Equal(t, []string{"anna@example.com"}, o.mails)
	uitest.Press(s.Window, keys.Enter) // a second one closes
	s.Shows("settings", "tab", "mail")
	require.Len(t, o.mails, 1)
}

// A mail server that is named needs the rest of it; one that is not needs nothing.
func TestMail_SavesWholeOrSaysWhatIsMissing(t *testing.T) {
	s, o := atMail(t, map[string]string{})
	uitest.Press(s.Window, keys.Tab)
	uitest.Press(s.Window, keys.Tab)
	uitest.Type(s.Window, "mail.example.com")
	uitest.Press(s.Window, "Ctrl+S")
	s.Shows("settings", "error", "mail.from")
	require.Empty(t, o.saved)
	uitest.Type(s.Window, "shop@example.com")
	uitest.Press(s.Window, "Ctrl+S")
	require.Len(t, o.saved, 1)
	require.Equal(t, map[string]string{"mail.host": "mail.example.com", "mail.from": "shop@example.com"}, o.saved[0].Plain)
}
