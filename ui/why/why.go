// Package why shows how a figure came about, step by step.
package why

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos/why"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

type view struct {
	env     *ui.Env
	figures []why.Figure
	nav     *widgets.Nav
	holder  *fyne.Container
	dialog  *widgets.Dialog
}

// Open shows the figures one under the other and the steps of the chosen one.
// closed is called when the window has gone.
func Open(env *ui.Env, figures []why.Figure, closed func()) {
	v := &view{env: env, figures: figures, holder: container.NewStack()}
	k := env.Kit
	names := make([]string, len(figures))
	for i, f := range figures {
		names[i] = env.T(f.ID, f.Args)
	}
	v.nav = k.Nav(names, 0, v.show)
	shut := k.KeyButton(env.T("word.close", nil), widgets.Primary, keys.Enter, func() { v.dialog.Close() })
	shut.Height = widgets.Large
	side := k.Width(func(window float32) float32 { return min(250, window*0.24) }, v.nav)
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "why", Title: env.T("why.title", nil), Width: widgets.Middle, Height: 560, Fills: true,
		Body: widgets.Columns(theme.GapInside, side, widgets.Grow(v.holder)), Footer: shut})
	v.dialog.OnClosed = closed
	v.dialog.Show(v.nav, func(s *keys.Scope) {
		s.BindKey(keys.Enter, v.dialog.Close)
		s.BindKey("F1", v.dialog.Close)
	})
	v.show(0)
}

func (v *view) show(i int) {
	f := &v.figures[i]
	rows := make([]fyne.CanvasObject, 0, len(f.Steps)+2)
	for _, s := range f.Steps {
		rows = append(rows, v.step(s))
	}
	rows = append(rows, widgets.NewSeparator(), v.pair(v.env.T(f.ID, f.Args), v.env.Words.Value(f.Value), widgets.Figure))
	v.holder.Objects = []fyne.CanvasObject{v.env.Kit.Scroll(widgets.NewCard(widgets.VBox(theme.GapCards, rows...)))}
	v.holder.Refresh()
	v.env.Shown("why", "figure", f.ID, "figures", strconv.Itoa(len(v.figures)), "steps", strconv.Itoa(len(f.Steps)))
}

func (v *view) step(s why.Step) fyne.CanvasObject {
	words := v.env.T(s.ID, s.Args)
	value := v.env.Words.Value(s.Value)
	switch s.Kind {
	case why.Note:
		return widgets.NewParagraph(words, widgets.SmallMuted)
	case why.Minus:
		return v.pair(words, "– "+value, widgets.Body.In(theme.ColorGood))
	case why.Bound:
		return v.pair(words, value, widgets.Muted)
	case why.Least:
		return v.pair(words, value, widgets.Strong)
	}
	return v.pair(words, value, widgets.Body)
}

// pair is a sentence that may need several lines, and its value.
func (v *view) pair(words, value string, style widgets.Style) fyne.CanvasObject {
	label := style
	label.Size = widgets.Body.Size
	return widgets.HBox(theme.GapInside, widgets.Grow(widgets.NewParagraph(words, label)), widgets.NewText(value, style.Right()))
}
