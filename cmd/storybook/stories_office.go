package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"

	"kassa/mail"
	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/settings"
	"kassa/ui/shell"
)

// menu chooses an entry of the menu «Файл» by its key.
func (b *book) menu(place string) *book {
	return b.press("F10", shell.MenuKey(place))
}

var menuStories = []story{
	{name: "menu", shows: "menu", play: func(b *book) { b.owner().press("F10") }},
	{name: "menu-refused", shows: "menu", play: func(b *book) { b.login(pos.GroupCashier).menu("settings") }},
}

var settingsStories = []story{
	{name: "settings-shop", shows: "settings", wide: true, play: func(b *book) { b.owner().menu("settings") }},
	{name: "settings-till", shows: "settings", play: func(b *book) { b.owner().settings(1) }},
	{name: "settings-next-steps", shows: "help", play: func(b *book) {
		b.set.NextSteps = true
		b.owner().settings(1).press(keys.Tab, keys.Tab, keys.Tab, keys.Tab, keys.Tab, keys.Tab, keys.Tab, "F1")
	}},
	{name: "settings-money", shows: "settings", play: func(b *book) { b.owner().settings(2) }},
	{name: "settings-sms", shows: "settings", wide: true, play: func(b *book) { b.owner().settings(3) }},
	{name: "settings-sms-balance", shows: "settings", play: func(b *book) { b.owner().settings(3).press("F5") }},
	{name: "settings-sms-error", shows: "settings", play: func(b *book) {
		b.admin.broken = pos.E(pos.CodeUnavailable, "sms.err.auth-error", pos.Args{"Provider": "SMS.RU"})
		b.owner().settings(3).press("F5")
	}},
	{name: "settings-mail", shows: "settings", wide: true, play: func(b *book) { b.posting().owner().settings(slices.Index(settings.Tabs(), settings.TabMail)) }},
	{name: "settings-mail-error", shows: "settings", play: func(b *book) {
		b.posting().owner()
		b.admin.broken = &mail.Error{Kind: mail.Login, Code: "535", Said: "5.7.8 Username and Password not accepted"}
		b.settings(slices.Index(settings.Tabs(), settings.TabMail)).press("Shift+F2")
	}},
	{name: "settings-mail-send", shows: "settings.mail", play: func(b *book) {
		b.posting().owner().settings(slices.Index(settings.Tabs(), settings.TabMail)).press("Shift+F3")
	}},
	{name: "settings-sms-sandbox", shows: "settings", real: true, play: func(b *book) {
		b.set.SMSProvider = "sandbox"
		b.owner().settings(3)
	}},
	{name: "settings-sms-template", shows: "settings", play: func(b *book) {
		b.set.SMSTemplate = "Ваш код в магазине <shop>"
		b.owner().settings(3)
	}},
	{name: "settings-send", shows: "settings.send", play: func(b *book) { b.owner().settings(3).press("F6").typed("+7 900 000-00-01") }},
	{name: "settings-sent", shows: "settings.send", play: func(b *book) {
		b.owner().settings(3).press("F6").typed("+7 900 000-00-01").press(keys.Enter)
	}},
	{name: "settings-help", shows: "help", wide: true, play: func(b *book) { b.owner().settings(2).press(keys.Tab, "F1") }},
	{name: "settings-help-receipt", shows: "help", play: func(b *book) { b.owner().settings(0).press(keys.Tab, "F1") }},
	{name: "settings-help-code", shows: "help", play: func(b *book) { b.owner().settings(4).press(keys.Tab, "F1") }},
	{name: "settings-help-window", shows: "help", play: func(b *book) {
		b.owner().settings(1).press(keys.Tab, keys.Tab, keys.Tab, keys.Tab, keys.Tab, "F1")
	}},
	{name: "settings-contacts", shows: "settings", play: func(b *book) { b.owner().settings(4) }},
}

// settings opens a page of the settings by its place.
// posting is a story of a shop with a mail server.
func (b *book) posting() *book {
	b.mail = map[string]string{"mail.host": "smtp.example.com", "mail.security": mail.TLS, "mail.user": "shop@example.com",
		"mail.from": "shop@example.com", "mail.from_name": "Магазин у дома"}
	return b
}

func (b *book) settings(page int) *book {
	b.menu("settings")
	for range page {
		b.press(keys.PgDn)
	}
	return b
}

var peopleStories = []story{
	{name: "people", shows: "people", wide: true, play: func(b *book) { b.owner().menu("people") }},
	{name: "people-employee", shows: "people.employee", play: func(b *book) { b.owner().menu("people").press(keys.Enter) }},
	{name: "people-refused", shows: "people.employee", play: func(b *book) {
		b.owner().menu("people").press("F2").typed("Пётр").press("Ctrl+S")
	}},
	{name: "people-group", shows: "people.group", play: func(b *book) {
		b.owner().menu("people").press(keys.Tab, keys.Down, keys.Down, keys.Enter)
	}},
	{name: "people-group-new", shows: "people.group", play: func(b *book) { b.owner().menu("people").press("F3").typed("Стажёры") }},
}

var goodsStories = []story{
	{name: "goods", shows: "goods", wide: true, play: func(b *book) { b.owner().menu("goods") }},
	{name: "goods-search", shows: "goods", play: func(b *book) { b.owner().menu("goods").typed("ко") }},
	{name: "goods-card", shows: "goods.card", play: func(b *book) { b.owner().menu("goods").press(keys.Enter) }},
	{name: "goods-new", shows: "goods.card", play: func(b *book) { b.owner().menu("goods").press("F3", "Ctrl+S") }},
	{name: "goods-import", shows: "goods.import", play: func(b *book) { b.owner().menu("goods").press("F5") }},
	{name: "goods-import-well", shows: "goods.import", play: func(b *book) {
		b.importing("артикул;название;цена\n1001;Молоко 2,5 %;92,90\n3001;Пряники;115,00\n")
	}},
	{name: "goods-import-bad", shows: "goods.import", play: func(b *book) {
		b.importing("артикул;название;цена\n1001;Молоко 2,5 %;92,90\n;Без артикула;10\n3002;Пряники;дорого\n3003;;15\n3002;Ещё раз тот же;20\n")
	}},
	{name: "goods-export", shows: "goods.export", play: func(b *book) {
		b.owner().menu("goods").press("F7", "Ctrl+A").typed("/home/kassa/товары.csv")
	}},
}

// importing tries a file of goods. Its path is on the picture, so it is always
// the same.
func (b *book) importing(text string) {
	b.list(text)
	b.owner().menu("goods").press("F5").typed(filepath.Join(b.files, listed)).press(keys.Enter)
}

// customers is importing of customers.
func (b *book) customers(text string) {
	b.list(text)
	b.owner().menu("goods").press("F6").typed(filepath.Join(b.files, listed)).press(keys.Enter)
}

const listed = "товары.csv"

// list puts a list into a file.
func (b *book) list(text string) {
	b.files = filepath.Join(os.TempDir(), "kassa-storybook")
	must(os.MkdirAll(b.files, 0o700))
	must(os.WriteFile(filepath.Join(b.files, listed), []byte(text), 0o600))
}

var careStories = []story{
	{name: "reports-shifts", shows: "reports", wide: true, play: func(b *book) { b.owner().menu("reports").press("F12") }},
	{name: "reports-shift", shows: "reports.shift", play: func(b *book) { b.owner().menu("reports").press("F12").press(keys.Tab, keys.Enter) }},
	{name: "reports-sales", shows: "reports", play: func(b *book) { b.owner().menu("reports").press("F12").press("F2") }},
	{name: "reports-points", shows: "reports", play: func(b *book) { b.owner().menu("reports").press("F12").press("F3") }},
	{name: "reports-debts", shows: "reports", play: func(b *book) { b.owner().menu("reports").press("F12").press("F4") }},
	{name: "reports-skips", shows: "reports", play: func(b *book) { b.owner().menu("reports").press("F12").press("F5") }},
	{name: "reports-skip", shows: "reports.skip", play: func(b *book) { b.owner().menu("reports").press("F12").press("F5", keys.Tab, keys.Enter) }},
	{name: "reports-empty", from: morning, shows: "reports", play: func(b *book) { b.owner().press(keys.Esc).menu("reports").press("F12") }},
	{name: "selfcheck", shows: "selfcheck", play: func(b *book) { b.owner().menu("selfcheck") }},
	{name: "seals", from: broken, shows: "seals", wide: true, play: func(b *book) { b.owner().menu("seals") }},
	{name: "seals-well", shows: "seals", play: func(b *book) { b.owner().menu("seals") }},
	{name: "selfcheck-broken", from: broken, shows: "selfcheck", play: func(b *book) { b.owner().menu("selfcheck") }},
	{name: "backup", shows: "backup", wide: true, play: func(b *book) { b.owner().menu("backup") }},
	{name: "backup-made", shows: "backup", play: func(b *book) { b.owner().menu("backup").press("F5") }},
	{name: "backup-failed", shows: "backup", play: func(b *book) {
		b.backup = pos.Wrap(pos.CodeUnavailable, "storage.full", errors.New("no space"))
		b.owner().menu("backup").press("F5")
	}},
}
