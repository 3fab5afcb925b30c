package settings

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/integration"
	"kassa/ui/help"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// field is one setting on the screen: its name, the control, and what is to be
// said about it.
type field struct {
	box    *fyne.Container
	entry  *widgets.Entry    // nil for a choice
	pick   func(text string) // shows a choice made elsewhere; nil for an entry
	note   *widgets.Paragraph
	hint   string
	locked bool
}

// refuse says why the field is refused, "" for not at all.
func (f *field) refuse(reason string) {
	if f.locked {
		return
	}
	tone, text, style := widgets.Neutral, f.hint, widgets.SmallMuted
	if reason != "" {
		tone, text, style = widgets.Bad, reason, widgets.SmallMuted.In(theme.ColorBad)
	}
	if f.entry != nil {
		f.entry.SetMessage("", tone) // only the frame: the reason may need several lines
	}
	f.say(text, style)
}

func (f *field) say(text string, style widgets.Style) {
	f.note.Set(text, style)
	f.note.Hidden = text == ""
}

// show puts a text into the control, as if it had been kept.
func (f *field) show(text string) {
	if f.entry != nil {
		f.entry.SetText(text)
	} else if f.pick != nil {
		f.pick(text)
	}
}

func (f *field) focus() {
	if f.entry != nil {
		f.entry.Focus()
	}
}

// ask puts a setting of the form on a page.
func (v *view) ask(key string) fyne.CanvasObject {
	s, ok := settingOf(key)
	if !ok {
		panic("settings: no setting " + key)
	}
	f := v.newField(help.Topic{Key: key, Title: v.env.T("settings.field."+key, nil)}, s.hint)
	v.fields[key] = f
	switch s.look {
	case chosen, picked:
		f.box.Objects = slices.Insert(f.box.Objects, 1, v.choice(s, f))
	default:
		kind := widgets.TextEntry
		if s.look == area {
			kind = widgets.AreaEntry
		}
		f.entry = v.entry(kind, key, f.locked)
		switch s.look {
		case area:
			f.entry.Rows = 2
		case whole:
			f.entry.Filter, f.entry.MaxLength = widgets.Digits(), 5
		case figure:
			v.figures(f.entry, key, 2, 12)
		}
		f.box.Objects = slices.Insert(f.box.Objects, 1, fyne.CanvasObject(f.entry))
	}
	return f.box
}

// newField makes the words around a control: label, help, hint, and whatever locks it.
func (v *view) newField(t help.Topic, hinted bool) *field {
	f := &field{note: widgets.NewParagraph("", widgets.SmallMuted), box: widgets.VBox(theme.GapTiny)}
	if hinted {
		f.hint = v.env.T("settings.hint."+t.Key, nil)
	}
	if variable := v.m.locked(t.Key); variable != "" {
		f.locked, f.hint = true, v.env.T("settings.locked", pos.Args{"Variable": variable})
	}
	f.say(f.hint, widgets.SmallMuted)
	f.box.Objects = []fyne.CanvasObject{v.named(t, f.box), f.note}
	return f
}

func (v *view) entry(kind widgets.EntryKind, key string, locked bool) *widgets.Entry {
	e := v.env.Kit.Entry(kind, "")
	e.SetText(v.m.texts[key])
	e.OnChanged = func(text string) { v.onChanged(key, text) }
	if kind != widgets.AreaEntry {
		e.OnSubmitted = func(string) { v.env.Kit.Window.Canvas().FocusNext() }
	}
	if locked {
		e.Disable()
	}
	return e
}

// figures makes a field of a number with a fraction: on the screen it has the mark
// of the person's language, in the model a point.
func (v *view) figures(e *widgets.Entry, key string, places, most int) {
	e.Filter, e.MaxLength = widgets.Decimal(places), most
	e.SetText(fraction(v.m.texts[key], v.env.Decimal()))
	e.OnChanged = func(text string) { v.onChanged(key, fraction(text, '.')) }
}

// fraction writes a number with another mark of its fraction.
func fraction(number string, mark rune) string {
	return strings.NewReplacer(",", string(mark), ".", string(mark)).Replace(number)
}

// control is a choice that can be switched off.
type control interface {
	fyne.CanvasObject
	fyne.Disableable
}

func (v *view) choice(s setting, f *field) fyne.CanvasObject {
	words := v.m.options(s)
	names := make([]string, len(words))
	for i, w := range words {
		names[i] = v.optionName(s.key, w)
	}
	now := slices.Index(words, v.m.texts[s.key])
	pick := func(i int) { v.onChanged(s.key, words[i]) }
	list := v.env.Kit.Select(names, now, pick)
	f.pick = func(text string) { list.SetSelected(slices.Index(words, text)) }
	var c control = list
	if s.look == picked {
		row := v.env.Kit.Segments(names, now, pick)
		f.pick = func(text string) { row.SetSelected(slices.Index(words, text)) }
		c = row
	}
	if f.locked {
		c.Disable()
	}
	return c
}

// called is the name of a provider. One that is no company has a name in every
// language.
func (v *view) called(p *integration.Declaration) string {
	if id := "sms.name." + p.ID; v.env.Words.Has(id) {
		return v.env.T(id, nil)
	}
	return p.Name
}

// optionName is what a permanent word is called; one nobody offers is shown as
// it is.
func (v *view) optionName(key, word string) string {
	switch {
	case key == "sms.provider" && word == "":
		return v.env.T("settings.option.sms.provider.none", nil)
	case key == "sms.provider":
		for _, p := range v.m.kept.Providers {
			if p.ID == word && p.Has(integration.Trains) {
				return v.env.T("settings.option.sms.provider.training", pos.Args{"Name": v.called(&p)})
			} else if p.ID == word {
				return v.called(&p)
			}
		}
		return word
	case key == "till.scale":
		return v.env.T("settings.option.till.scale", pos.Args{"Percent": word})
	case key == "till.receipt_width":
		return v.env.T("settings.option.till.receipt_width", pos.Args{"Columns": word})
	}
	if id := "settings.option." + key + "." + word; v.env.Words.Has(id) {
		return v.env.T(id, nil)
	}
	return word
}
