package settings

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/help"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// TabCopies is the page of the copies of the shop's data.
const TabCopies Tab = "copies"

// passphraseKey names the secret that seals copies.
const passphraseKey = "backup.passphrase"

// minPassphrase is the fewest signs of a passphrase.
const minPassphrase = 12

// copiesForm are the settings of the copies.
func copiesForm() []setting {
	yes := func(key string, at func(*pos.Settings) *bool) setting {
		s := flag(key, at)
		s.tab = TabCopies
		return s
	}
	return []setting{
		text("backup.folders", TabCopies, area, func(s *pos.Settings) *string { return &s.Backup.Folders }).hinted(),
		number("backup.every_hours", TabCopies, whole, func(s *pos.Settings) *int { return &s.Backup.Hours }).hinted(),
		text("backup.at", TabCopies, line, func(s *pos.Settings) *string { return &s.Backup.At }).hinted(),
		yes("backup.on_close", func(s *pos.Settings) *bool { return &s.Backup.OnClose }),
		number("backup.keep", TabCopies, whole, func(s *pos.Settings) *int { return &s.Backup.Keep }),
		number("backup.keep_days", TabCopies, whole, func(s *pos.Settings) *int { return &s.Backup.Days }).hinted(),
		choice("backup.seal", TabCopies, picked, func(s *pos.Settings) *pos.CopySeal { return &s.Backup.Seal }, "none", "passphrase", "recipient"),
		yes("backup.keys", func(s *pos.Settings) *bool { return &s.Backup.Keys }).hinted(),
		text("backup.recipient", TabCopies, line, func(s *pos.Settings) *string { return &s.Backup.Recipient }).hinted(),
	}
}

// copiesPage is where copies go, when, and how they are closed to others.
type copiesPage struct {
	v      *view
	warn   *widgets.Banner
	first  *widgets.Entry
	second *widgets.Entry
	note   *widgets.Paragraph
}

func (v *view) copiesTab() fyne.CanvasObject {
	t := v.env.T
	p := &copiesPage{v: v, warn: widgets.NewBanner("", widgets.Warn), note: widgets.NewParagraph("", widgets.SmallMuted),
		first: v.env.Kit.Entry(widgets.SecretEntry, ""), second: v.env.Kit.Entry(widgets.SecretEntry, "")}
	v.copies = p
	for _, e := range []*widgets.Entry{p.first, p.second} {
		e.MaxLength = 200
		e.OnChanged = func(string) { p.onPassphrase() }
		e.OnSubmitted = func(string) { v.env.Kit.Window.Canvas().FocusNext() }
		if v.m.locked(passphraseKey) != "" {
			e.Disable()
		}
	}
	return v.page(
		widgets.NewParagraph(t("settings.copies.why", nil), widgets.Muted),
		v.ask("backup.folders"),
		v.pair("backup.every_hours", "backup.at"),
		v.ask("backup.on_close"),
		v.pair("backup.keep", "backup.keep_days"),
		widgets.NewSeparator(),
		v.ask("backup.seal"),
		p.warn,
		widgets.Equal(theme.GapInside,
			v.secretField(help.Topic{Key: passphraseKey, Title: t("settings.copies.passphrase", nil)}, p.first),
			v.secretField(help.Topic{Key: passphraseKey, Title: t("settings.copies.again", nil)}, p.second)),
		p.note,
		v.pair("backup.keys", "backup.recipient"))
}

// onPassphrase takes a passphrase when it was typed twice alike.
func (p *copiesPage) onPassphrase() {
	one, two := p.first.Text(), p.second.Text()
	p.v.m.forget(passphraseKey, false)
	delete(p.v.m.bad, passphraseKey)
	if one != "" && one == two && utf8.RuneCountInString(strings.TrimSpace(one)) >= minPassphrase {
		p.v.m.setToken(passphraseKey, one)
	}
	p.v.refresh()
}

// problem is what keeps a typed passphrase from being taken, "" for nothing.
func (p *copiesPage) problem() string {
	one, two := p.first.Text(), p.second.Text()
	switch {
	case one == "" && two == "":
		return ""
	case utf8.RuneCountInString(strings.TrimSpace(one)) < minPassphrase:
		return p.v.env.T("backup.passphrase-short", pos.Args{"Min": minPassphrase})
	case one != two:
		return p.v.env.T("settings.copies.differ", nil)
	}
	return ""
}

// missing tells whether copies are to be sealed by a passphrase nobody has given.
func (p *copiesPage) missing() bool {
	_, typed := p.v.m.tokens[passphraseKey]
	return p.v.m.texts["backup.seal"] == string(pos.SealPassphrase) && !typed && !p.v.m.kept.HasPassphrase
}

// refresh says what losing the passphrase means, and what is wrong with it.
func (p *copiesPage) refresh() {
	sealed := p.v.m.texts["backup.seal"] == string(pos.SealPassphrase)
	text, tone := "", widgets.Warn
	switch {
	case p.problem() != "":
		text, tone = p.problem(), widgets.Bad
	case p.missing():
		text, tone = p.v.env.T("settings.copies.no-passphrase", nil), widgets.Bad
	case sealed:
		text = p.v.env.T("settings.copies.lose", nil)
	case p.v.m.texts["backup.seal"] == string(pos.SealRecipient):
		text = p.v.env.T("settings.copies.lose-key", nil)
	}
	p.warn.Set(text, tone)
	note := "settings.copies.unset"
	if p.v.m.kept.HasPassphrase {
		note = "settings.copies.set"
	}
	p.note.Set(p.v.env.T(note, nil), widgets.SmallMuted)
}
