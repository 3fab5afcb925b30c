package shell

import (
	"fyne.io/fyne/v2"

	"kassa/ui/keys"
	"kassa/ui/login"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// told is a line of the list of keys.
type told struct {
	key   keys.Key
	words string
}

// keysHere are the keys of what is in front: those on the buttons of a dialog first,
// each in the words of its button, then Esc, then what else has a name.
func (s *Shell) keysHere() (title string, list []told) {
	k, t := s.Env.Kit, s.Env.T
	seen := map[keys.Key]bool{}
	add := func(key keys.Key, words string) {
		if key != keys.None && !seen[key] {
			seen[key] = true
			list = append(list, told{key, words})
		}
	}
	title, shown, inDialog := k.KeysShown()
	for _, b := range shown {
		add(b.Key, b.Words)
	}
	if !inDialog && s.locked() {
		for _, b := range k.KeysIn(s.shown.Content()) {
			add(b.Key, b.Words)
		}
	}
	if k.Leaves() {
		add(keys.Esc, t("keys.esc", nil))
	}
	others := k.Keys.Reachable()
	if inDialog { // what cannot be done now has no button in sight either
		others = k.Keys.Working()
	}
	for _, a := range others {
		if inDialog && a.ID == widgets.ActKeys {
			continue // this very list
		}
		add(a.Key, t(a.Label, nil))
	}
	return title, list
}

// locked reports that the lock screen is shown: no scanner sells there.
func (s *Shell) locked() bool {
	_, is := s.shown.(*login.Screen)
	return is
}

// openKeys shows what every key does here, from the live map.
func (s *Shell) openKeys() {
	k, t := s.Env.Kit, s.Env.T
	where, all := s.keysHere()
	note := "keys.scanner"
	sells := where == "" && !s.locked()
	if !sells {
		note = "keys.anywhere"
	}
	columns, width := s.keyColumns(all)
	body := widgets.VBox(theme.GapCards, widgets.Equal(theme.GapInside, columns...),
		widgets.NewParagraph(t(note, nil), widgets.SmallMuted))
	var d *widgets.Dialog
	shut := k.KeyButton(t("keys.close", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	shut.Height = widgets.Large
	foot := []fyne.CanvasObject{widgets.Grow(shut)}
	why := func() { d.Close(); k.Keys.Perform("sale.why") }
	if sells {
		b := k.KeyButton(t("keys.why", nil), widgets.Secondary, "F2", why)
		b.Height = widgets.Large
		foot = []fyne.CanvasObject{widgets.Grow(b), foot[0]}
	}
	d = k.Dialog(widgets.DialogSpec{Name: "keys", Title: t("keys.title", nil), Subtitle: where, Width: width, Body: body,
		Footer: widgets.Columns(theme.GapCards, foot...)})
	d.Show(shut, func(sc *keys.Scope) {
		sc.BindKey("F1", d.Close)
		sc.BindKey("Ctrl+F1", d.Close)
		if sells {
			sc.BindKey("F2", why)
		}
	})
	names := ""
	for _, one := range all {
		names += string(one.key) + " "
	}
	s.Env.Shown("keys", "keys", names)
}

// The columns of the list: three where there are many keys and the window is wide
// enough for them, so that the last is in sight.
const (
	manyKeys  = 26
	threeFrom = 1200 // the width of the window at scale 1
)

// keyColumns splits the list into columns, and says how wide its window is.
func (s *Shell) keyColumns(all []told) ([]fyne.CanvasObject, widgets.Width) {
	n, width := 2, widgets.Middle
	if len(all) > manyKeys && s.Env.Kit.Window.Canvas().Size().Width >= theme.Px(threeFrom) {
		n, width = 3, widgets.Wide
	}
	columns := make([]fyne.CanvasObject, n)
	for i := range columns {
		columns[i] = s.keyRows(all[i*len(all)/n : (i+1)*len(all)/n])
	}
	return columns, width
}

// keyRows are lines of keys with what they do.
func (s *Shell) keyRows(list []told) fyne.CanvasObject {
	box := widgets.VBox(theme.GapTiny)
	for _, one := range list {
		box.Add(widgets.HBox(theme.GapSmall,
			widgets.FixedWidth(88, widgets.HBox(0, widgets.NewKeyCap(one.key), widgets.Spring())),
			widgets.Grow(widgets.NewText(one.words, widgets.Body).Ellipsis())))
	}
	return box
}
