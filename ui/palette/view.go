package palette

import (
	"strconv"

	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// view is the open palette: a field to type in and the actions it finds.
type view struct {
	env    *ui.Env
	all    []Entry
	found  []Entry
	field  *widgets.Entry
	table  *widgets.Table
	dialog *widgets.Dialog
}

// Open asks for a word and does what is chosen, once the window has gone.
// closed is called when it has gone, before the chosen thing is done.
func Open(env *ui.Env, entries []Entry, closed func()) {
	v := &view{env: env, all: entries}
	k, t := env.Kit, env.T
	v.field = k.Entry(widgets.SearchEntry, t("palette.hint", nil))
	v.field.OnChanged = func(string) { v.find() }
	v.field.OnSubmitted = func(string) { v.do() }
	v.field.RefusesScan = true
	v.table = k.List([]widgets.Column{
		{},
		{Width: 200, From: 460, Style: widgets.Muted},
		{Width: 120, Style: widgets.Strong},
	}, v.cell)
	v.table.KeepsFocus = true
	v.table.Empty = t("palette.none", nil)
	v.table.OnActivated = func(int) { v.do() }
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "palette", Title: t("palette.title", nil), Width: widgets.Middle, Height: 560, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.field, widgets.Grow(widgets.NewFlatCard(v.table)))})
	v.dialog.OnClosed = closed
	v.dialog.Show(v.field.Focusable(), func(s *keys.Scope) {
		s.Home = v.field.Focusable()
		s.BindKey(keys.Down, func() { v.table.Step(1); v.tell() }, keys.Repeating())
		s.BindKey(keys.Up, func() { v.table.Step(-1); v.tell() }, keys.Repeating())
	})
	v.find()
}

func (v *view) find() {
	found := Find(v.all, v.field.Text())
	v.found = found.List
	v.table.SetFound(len(v.found), v.env.Guess(found.Meant))
	v.dialog.Refresh()
	v.tell()
}

func (v *view) tell() {
	facts := []string{"found", strconv.Itoa(len(v.found)), "first", ""}
	if i := v.table.Selected(); i >= 0 && i < len(v.found) {
		facts[3] = v.found[i].ID
	}
	v.env.Shown("palette", facts...)
}

func (v *view) cell(row, col int) widgets.Cell {
	e := v.found[row]
	switch col {
	case 0:
		return widgets.Cell{Text: e.Title}
	case 1:
		return widgets.Cell{Text: e.Where}
	}
	return widgets.Cell{Text: e.Key.Cap()}
}

func (v *view) do() {
	i := v.table.Selected()
	if i < 0 || i >= len(v.found) {
		return
	}
	run := v.found[i].Run
	v.dialog.Close()
	run()
}
