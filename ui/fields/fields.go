// Package fields lays out the fields of a card: what each is called, the «?» beside
// it, the control, and the sentence under it that says why it is refused.
package fields

import (
	"strings"

	"fyne.io/fyne/v2"

	"kassa/ui"
	"kassa/ui/help"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Form are the fields of one card. Help about a field is that of the topic
// "<name><key>", what a field is called has the id "<name>field.<key>".
type Form struct {
	env  *ui.Env
	name string
	list []*Field
}

// Field is one of them.
type Field struct {
	Box   *fyne.Container
	Entry *widgets.Entry // nil for another control
	key   string
	title string
	hint  string
	note  *widgets.Paragraph
	focus func()
}

// New begins a form. name ends with a full stop, as "merchants.".
func New(env *ui.Env, name string) *Form { return &Form{env: env, name: name} }

// Text puts a text in the form: changed hears of every change of it. most bounds its
// characters.
func (f *Form) Text(key, text string, most int, changed func(string)) *Field {
	return f.entry(widgets.TextEntry, key, text, most, changed)
}

// Area is Text of several lines.
func (f *Form) Area(key, text string, most int, changed func(string)) *Field {
	return f.entry(widgets.AreaEntry, key, text, most, changed)
}

func (f *Form) entry(kind widgets.EntryKind, key, text string, most int, changed func(string)) *Field {
	e := f.env.Kit.Entry(kind, "")
	e.SetText(text)
	e.MaxLength, e.RefusesScan, e.Rows = most, true, 2
	e.OnChanged = changed
	if kind == widgets.TextEntry {
		e.OnSubmitted = func(string) { f.env.Kit.Window.Canvas().FocusNext() }
	}
	field := f.Control(key, e)
	field.Entry, field.focus = e, e.Focus
	return field
}

// Control puts any control in the form.
func (f *Form) Control(key string, control fyne.CanvasObject) *Field {
	field := &Field{key: key, title: f.env.T(f.name+"field."+key, nil), note: widgets.NewParagraph("", widgets.SmallMuted), Box: widgets.VBox(theme.GapTiny)}
	if target, ok := control.(fyne.Focusable); ok {
		field.focus = func() { f.env.Kit.Focus(target) }
	}
	field.note.Hide()
	var mark *widgets.HelpMark
	if topic := f.topic(field); help.Says(f.env, topic) {
		mark = f.env.Kit.HelpMark(func() { help.Open(f.env, topic, help.Form{Settings: f.env.Till.Settings()}) })
	}
	field.Box.Objects = []fyne.CanvasObject{widgets.Named(widgets.NewText(field.title, widgets.SmallMuted).Ellipsis(), mark), control, field.note}
	f.list = append(f.list, field)
	return field
}

func (f *Form) topic(field *Field) help.Topic {
	return help.Topic{Key: f.name + field.key, Title: field.title}
}

// Hint says something under the field as long as it is not refused.
func (f *Field) Hint(text string) *Field {
	f.hint = text
	f.say("")
	return f
}

// Focus goes to the field.
func (f *Field) Focus() {
	if f.focus != nil {
		f.focus()
	}
}

// say says why the field is refused, "" for not at all.
func (f *Field) say(reason string) {
	tone, text, style := widgets.Neutral, f.hint, widgets.SmallMuted
	if reason != "" {
		tone, text, style = widgets.Bad, reason, widgets.SmallMuted.In(theme.ColorBad)
	}
	if f.Entry != nil {
		f.Entry.SetMessage("", tone) // only the frame: the reason may need several lines
	}
	f.note.Set(text, style)
	f.note.Hidden = text == ""
}

// Refuse says beside each field why it is refused, by its key, and which keys those
// are. Fields that are not named are fine.
func (f *Form) Refuse(reasons map[string]string) (keys []string) {
	for _, field := range f.list {
		field.say(reasons[field.key])
		if reasons[field.key] != "" {
			keys = append(keys, field.key)
		}
	}
	return keys
}

// Focus goes to a field by its key.
func (f *Form) Focus(key string) {
	for _, field := range f.list {
		if field.key == key {
			field.Focus()
			return
		}
	}
}

// Lock lets nobody type: for who may only look.
func (f *Form) Lock() {
	for _, field := range f.list {
		if field.Entry != nil {
			field.Entry.Disable()
		}
	}
}

// Bind lets the help key tell about the field that has the focus.
func (f *Form) Bind(s *keys.Scope) {
	f.env.Kit.BindHelp(s, func() bool { return f.inHand() != nil }, func() {
		if field := f.inHand(); field != nil {
			help.Open(f.env, f.topic(field), help.Form{Settings: f.env.Till.Settings()})
		}
	})
}

func (f *Form) inHand() *Field {
	for _, field := range f.list {
		if help.Says(f.env, f.topic(field)) && f.env.Kit.FocusIn(field.Box) {
			return field
		}
	}
	return nil
}

// Codes are the words of a text between commas and spaces, in capital letters: how
// several currencies are typed.
func Codes(text string) []string {
	return strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool { return strings.ContainsRune(" ,;", r) })
}

// Point writes a number with a point, whichever mark was typed.
func Point(number string) string { return strings.ReplaceAll(strings.TrimSpace(number), ",", ".") }
