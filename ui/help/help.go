// Package help is help where one stands: what a setting does, in two sentences with an
// example, and a small picture of what it changes, made from what stands in the form.
package help

import (
	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/integration"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Topic is what help is about.
type Topic struct {
	Key   string // of the setting, "points.earn_percent": its words are those of WordsID
	Title string // what its field is called
	Told  string // words instead of its own, for a field of a declaration without any
}

// WordsID is the id of the two sentences about a setting.
func WordsID(key string) string { return "help." + key }

// Form is what stands in the form now, saved or not.
type Form struct {
	Settings pos.Settings
	Provider *integration.Declaration // the chosen one; nil for none
	Message  string                   // as a customer would read it
	// Say is what a value is called in the form: the value of a setting in words.
	Say func(key string) string
}

// Says tells whether there is anything to say about a topic in the words of env.
func Says(env *ui.Env, t Topic) bool { return t.Told != "" || env.Words.Has(WordsID(t.Key)) }

// Open shows the help over what is in front. The key of the keys' list, pressed again,
// shows the keys of what lies under it.
func Open(env *ui.Env, t Topic, f Form) {
	k := env.Kit
	told := t.Told
	if id := WordsID(t.Key); env.Words.Has(id) {
		told = env.T(id, nil)
	}
	p := newPainter(env, t.Key, f)
	body := widgets.VBox(theme.GapInside, widgets.NewParagraph(told, widgets.Body))
	kind := KindOf(t.Key)
	if picture := p.draw(kind); picture != nil {
		body.Add(framed(env.T("help.picture", nil), picture))
	}
	var d *widgets.Dialog
	shut := k.KeyButton(env.T("keys.close", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	foot := []fyne.CanvasObject{shut}
	if k.OnKeys != nil {
		foot = []fyne.CanvasObject{k.ActionButton(env.T("help.keys", nil), widgets.Secondary, widgets.ActKeys), shut}
	}
	d = k.Dialog(widgets.DialogSpec{Name: "help", Title: t.Title, Width: widgets.Narrow, Body: body,
		Footer: widgets.Footer(theme.GapSmall, foot...)})
	d.OnClosed = p.end
	d.Show(shut, func(s *keys.Scope) {
		if k.OnKeys != nil {
			s.Bind(widgets.ActKeys, func() { d.Close(); k.OnKeys() })
		}
	})
	env.Shown("help", "about", t.Key, "picture", string(kind))
}

// framed is a picture on the ground of a screen, under its caption.
func framed(caption string, picture fyne.CanvasObject) fyne.CanvasObject {
	return widgets.VBox(theme.GapTiny, widgets.NewText(caption, widgets.SmallMuted),
		widgets.NewPanel(picture, theme.ColorBackground, theme.ColorLine, theme.RadiusCard, theme.GapInside, theme.GapInside))
}
