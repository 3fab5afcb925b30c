package settings

// The fields of an integration, drawn from its declaration: one control for each
// type of value there is. A vendor brings no widget of its own.

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos/integration"
	"kassa/ui/help"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// panel are the fields of one integration.
type panel struct {
	v        *view
	declared integration.Declaration
	box      *fyne.Container
	advanced *fyne.Container
	more     *widgets.Button // nil when nothing is folded away
	tokens   []*token
	stale    func() // what was asked with other secrets is not true any more
}

// panel draws the fields of a declaration; stale hears when a secret changes.
func (v *view) panel(d integration.Declaration, stale func()) *panel {
	p := &panel{v: v, declared: d, box: widgets.VBox(theme.GapInside), advanced: widgets.VBox(theme.GapInside), stale: stale}
	for _, f := range d.Fields {
		shown := p.draw(f)
		if f.Advanced {
			p.advanced.Add(shown)
		} else {
			p.box.Add(shown)
		}
	}
	if len(p.advanced.Objects) > 0 {
		p.more = v.env.Kit.ActionButton("", widgets.Quiet, actMore)
		p.more.Leading = true
	}
	return p
}

// draw makes a field's control with its words.
func (p *panel) draw(f integration.Field) fyne.CanvasObject {
	v, key := p.v, p.declared.Key(f.Key)
	topic := help.Topic{Key: key, Title: v.env.T(f.LabelID, nil)}
	if f.HelpID != "" {
		topic.Told = v.env.T(f.HelpID, nil)
	}
	field := v.newField(topic, false)
	if !field.locked && f.HelpID != "" {
		field.hint = topic.Told
		field.say(field.hint, widgets.SmallMuted)
	}
	v.fields[key] = field
	label := field.box.Objects[0]
	switch f.Type {
	case integration.Secret:
		t := &token{field: field, declared: f, key: key}
		p.tokens = append(p.tokens, t)
		field.box.Objects = []fyne.CanvasObject{label, p.secret(t), field.note}
	case integration.Switch:
		label.(*fyne.Container).Objects[0] = p.tick(field, f) // which says the name itself
	case integration.Choice:
		field.box.Objects = []fyne.CanvasObject{label, p.choice(field, f), field.note}
	case integration.Several:
		field.box.Objects = []fyne.CanvasObject{label, p.several(field, f), field.note}
	default:
		field.entry = p.entry(field, f)
		field.box.Objects = []fyne.CanvasObject{label, field.entry, field.note}
	}
	return field.box
}

// entry is the control of what is typed.
func (p *panel) entry(field *field, f integration.Field) *widgets.Entry {
	kind := widgets.TextEntry
	if f.Type == integration.Lines {
		kind = widgets.AreaEntry
	}
	e := p.v.entry(kind, p.declared.Key(f.Key), field.locked)
	e.SetPlaceholder(f.Default)
	e.MaxLength = f.Bound()
	switch {
	case f.Type == integration.Lines:
		e.Rows = 2
	case f.Type == integration.Number && f.Least >= 0 && f.Decimals > 0:
		p.v.figures(e, p.declared.Key(f.Key), f.Decimals, maxFigure)
		e.SetPlaceholder(fraction(f.Default, p.v.env.Decimal()))
	case f.Type == integration.Number && f.Least >= 0:
		e.Filter, e.MaxLength = widgets.Digits(), maxFigure
	}
	return e
}

// maxFigure is the longest number a field takes.
const maxFigure = 20

// value is what counts now: what is set, else the default.
func (p *panel) value(f integration.Field) string {
	return cmp.Or(strings.TrimSpace(p.v.m.texts[p.declared.Key(f.Key)]), f.Default)
}

func (p *panel) tick(field *field, f integration.Field) fyne.CanvasObject {
	key := p.declared.Key(f.Key)
	box := p.v.env.Kit.Check(p.v.env.T(f.LabelID, nil), p.value(f) == "true", func(on bool) {
		p.v.onChanged(key, map[bool]string{true: "true", false: "false"}[on])
	})
	field.pick = func(string) { box.SetOn(p.value(f) == "true") }
	disableIf(box, field.locked)
	return box
}

func (p *panel) choice(field *field, f integration.Field) fyne.CanvasObject {
	words := slices.Clone(f.Options)
	names := make([]string, 0, len(words)+1)
	for _, w := range words {
		names = append(names, p.optionName(f, w))
	}
	if !f.Required && f.Default == "" {
		words, names = append(words, ""), append(names, p.v.env.T("settings.option.none", nil))
	}
	key := p.declared.Key(f.Key)
	list := p.v.env.Kit.Select(names, slices.Index(words, p.value(f)), func(i int) { p.v.onChanged(key, words[i]) })
	field.pick = func(string) { list.SetSelected(slices.Index(words, p.value(f))) }
	disableIf(list, field.locked)
	return list
}

func (p *panel) several(field *field, f integration.Field) fyne.CanvasObject {
	key := p.declared.Key(f.Key)
	boxes := make([]*widgets.Check, len(f.Options))
	column := widgets.VBox(theme.GapTiny)
	take := func(bool) {
		var on []string
		for i, b := range boxes {
			if b.On() {
				on = append(on, f.Options[i])
			}
		}
		p.v.onChanged(key, strings.Join(on, " "))
	}
	show := func(string) {
		now := strings.Fields(p.value(f))
		for i, b := range boxes {
			b.SetOn(slices.Contains(now, f.Options[i]))
		}
	}
	for i, option := range f.Options {
		boxes[i] = p.v.env.Kit.Check(p.optionName(f, option), false, take)
		disableIf(boxes[i], field.locked)
		column.Add(boxes[i])
	}
	show("")
	field.pick = show
	return column
}

// optionName is what a permanent word is called; one without words of its own,
// such as a currency, is shown as it is.
func (p *panel) optionName(f integration.Field, option string) string {
	if id := f.OptionID(option); p.v.env.Words.Has(id) {
		return p.v.env.T(id, nil)
	}
	return option
}

func disableIf(c control, locked bool) {
	if locked {
		c.Disable()
	}
}

// holdsAdvanced reports that something folded away is set.
func (p *panel) holdsAdvanced() bool {
	return p.anyAdvanced(func(key string) bool { return p.v.m.kept.Plain[key] != "" })
}

// badAdvanced reports that something folded away is refused.
func (p *panel) badAdvanced() bool {
	return p.anyAdvanced(func(key string) bool { return p.v.m.bad[key] != nil })
}

func (p *panel) anyAdvanced(is func(key string) bool) bool {
	return slices.ContainsFunc(p.declared.Fields, func(f integration.Field) bool {
		return f.Advanced && is(p.declared.Key(f.Key))
	})
}

// refresh follows what is typed; more shows what is folded away.
func (p *panel) refresh(more bool) {
	for _, t := range p.tokens {
		p.refreshToken(t)
	}
	if p.more != nil {
		p.more.SetLabel(p.v.env.T(map[bool]string{false: "settings.more", true: "settings.less"}[more], nil))
		p.advanced.Hidden = !more
	}
}
