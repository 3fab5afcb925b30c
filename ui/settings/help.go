package settings

// Help about a field: its «?», and F1 while it has the focus.

import (
	"fyne.io/fyne/v2"

	"kassa/ui/help"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// helped is a field about which there is help.
type helped struct {
	topic help.Topic
	box   *fyne.Container // what holds the control: the focus in it is the focus in the field
}

// named is the row with a field's name, and with its «?» where there is help about it.
// box is what will hold the field.
func (v *view) named(t help.Topic, box *fyne.Container) *fyne.Container {
	return widgets.Named(widgets.NewText(t.Title, widgets.SmallMuted).Ellipsis(), v.helpMark(t, box))
}

// helpMark is the «?» of a field, nil where there is no help about it.
func (v *view) helpMark(t help.Topic, box *fyne.Container) *widgets.HelpMark {
	if !help.Says(v.env, t) {
		return nil
	}
	v.helped = append(v.helped, helped{t, box})
	return v.env.Kit.HelpMark(func() { v.openHelp(t) })
}

// inHand is the field that has the focus, nil for none about which there is help.
func (v *view) inHand() *helped {
	for i := range v.helped {
		if v.env.Kit.FocusIn(v.helped[i].box) {
			return &v.helped[i]
		}
	}
	return nil
}

// onHelp tells about the field that has the focus.
func (v *view) onHelp() {
	if h := v.inHand(); h != nil {
		v.openHelp(h.topic)
	}
}

// openHelp shows what a setting does, with a picture of what stands in the form.
func (v *view) openHelp(t help.Topic) {
	d, _ := v.m.read()
	help.Open(v.env, t, help.Form{Settings: d.Settings, Provider: v.m.provider(), Message: v.lookAtText(d).Text, Say: v.valueInWords})
}

// valueInWords is what stands in a field, as the form calls it; "" for what is no
// setting of the form, such as a secret.
func (v *view) valueInWords(key string) string {
	s, ok := settingOf(key)
	switch {
	case !ok:
		return ""
	case s.look == chosen, s.look == picked:
		return v.optionName(key, v.m.texts[key])
	}
	return v.m.texts[key]
}

// secretField is a field of a secret of the shop itself.
func (v *view) secretField(t help.Topic, e *widgets.Entry) fyne.CanvasObject {
	box := widgets.VBox(theme.GapTiny)
	box.Add(v.named(t, box))
	box.Add(e)
	return box
}
