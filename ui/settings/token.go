package settings

// The field of a secret: typed anew or forgotten, and never shown.

import (
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos/integration"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// token is the field of a secret.
type token struct {
	*field
	declared integration.Field
	key      string
	drop     *widgets.Button
}

// secret is the control of a secret.
func (p *panel) secret(t *token) fyne.CanvasObject {
	v := p.v
	t.entry = v.env.Kit.Entry(widgets.SecretEntry, "")
	t.entry.MaxLength = t.declared.Bound()
	t.entry.OnChanged = func(text string) { v.m.setToken(t.key, text); p.stale(); v.refresh() }
	t.entry.OnSubmitted = func(string) { v.env.Kit.Window.Canvas().FocusNext() }
	if t.locked {
		t.entry.Disable()
	} else {
		t.hint = p.secretHint(t)
		t.say(t.hint, widgets.SmallMuted)
	}
	row := widgets.HBox(theme.GapSmall, widgets.Grow(t.entry))
	if v.m.kept.Secrets[t.key] && !t.locked {
		if t.drop = v.env.Kit.ActionButton("", widgets.Secondary, actForget); p.secrets() > 1 {
			t.drop = v.env.Kit.Button("", widgets.Secondary, func() { p.forget(t) })
		}
		row.Add(t.drop)
	}
	return row
}

// secrets counts the secrets declared: with one alone its button has a key.
func (p *panel) secrets() int {
	n := 0
	for _, f := range p.declared.Fields {
		if f.IsSecret() {
			n++
		}
	}
	return n
}

// secretHint says where to find a secret that is missing, and what keeps it from
// others where that is less than the key store of the system.
func (p *panel) secretHint(t *token) string {
	var hint string
	if !p.v.m.kept.Secrets[t.key] && t.declared.HelpID != "" {
		hint = p.v.env.T(t.declared.HelpID, nil)
	}
	if !p.v.m.kept.SecretSafe {
		hint = strings.TrimSpace(hint + " " + p.v.env.T(p.v.m.kept.SecretMode, nil))
	}
	return hint
}

// forget marks a kept secret to be forgotten, or takes that back.
func (p *panel) forget(t *token) {
	t.entry.SetText("")
	p.v.m.forget(t.key, !p.v.m.forgotten(t.key))
	p.stale()
	p.v.refresh()
}

// onForget does so for all that are kept.
func (p *panel) onForget() {
	for _, t := range p.tokens {
		if t.drop != nil {
			p.forget(t)
		}
	}
}

// refreshToken follows what is typed or marked.
func (p *panel) refreshToken(t *token) {
	say, forgotten := p.v.env.T, p.v.m.forgotten(t.key)
	words := "settings.token.none"
	switch {
	case p.declared.Kind == integration.Mail && !forgotten && !p.v.m.kept.Secrets[t.key]:
		words = "settings.mail.password.none"
	case forgotten:
		words = "settings.token.forgotten"
	case p.v.m.kept.Secrets[t.key]:
		words = "settings.token.kept"
	}
	t.entry.SetPlaceholder(say(words, nil))
	p.noteToken(t)
	if t.drop != nil {
		t.drop.SetLabel(say(map[bool]string{false: "settings.token.forget", true: "settings.token.keep"}[forgotten], nil))
	}
}

// noteToken says at the end of a secret's field where it is kept.
func (p *panel) noteToken(t *token) {
	note := "settings.token.file"
	switch {
	case t.locked:
		note = "settings.token.environment"
	case p.v.m.forgotten(t.key):
		note = ""
	case p.v.m.kept.SecretSafe:
		note = "settings.token.system"
	}
	t.entry.Note = ""
	if note != "" {
		t.entry.Note = p.v.env.T(note, nil)
	}
	t.entry.Refresh()
}
