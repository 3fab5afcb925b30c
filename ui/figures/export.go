package figures

import (
	"context"
	"path/filepath"

	"kassa/pos"
	"kassa/pos/report"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// exporting is the dialog that writes the report shown to a file.
type exporting struct {
	env    *ui.Env
	page   *page
	path   *widgets.Entry
	news   *widgets.Banner
	act    *widgets.Button
	dialog *widgets.Dialog
	done   bool
}

// export writes what is shown, with every row.
func (v *view) export() {
	if v.page == nil {
		return
	}
	k, t := v.env.Kit, v.env.T
	x := &exporting{env: v.env, page: v.page, news: widgets.NewBanner("", widgets.Bad)}
	x.path = k.Entry(widgets.TextEntry, "")
	x.path.SetText(filepath.Join(ui.Home(), "kassa-"+string(v.page.Kind)+"-"+v.page.Period.From.String()+"_"+v.page.Period.To.String()+".xlsx"))
	x.path.OnChanged = func(string) { x.again() }
	x.path.OnSubmitted = func(string) { x.onAct() }
	x.act = k.KeyButton(t("figures.export.do", nil), widgets.Primary, keys.Enter, x.onAct)
	x.act.Height = widgets.Large
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { x.dialog.Close() })
	back.Height = widgets.Large
	x.dialog = k.Dialog(widgets.DialogSpec{Name: "figures.export", Title: t("figures.export.title", nil), Subtitle: v.page.title(v.env), Width: widgets.Narrow,
		Body:   widgets.VBox(theme.GapCards, widgets.Field(t("figures.export.file", nil), x.path), x.news),
		Footer: widgets.HBox(theme.GapCards, back, widgets.Grow(x.act))})
	x.dialog.Show(x.path.Focusable(), nil)
	v.env.Shown("figures.export")
}

// again lets the blue button write once more.
func (x *exporting) again() {
	x.done = false
	x.act.SetLabel(x.env.T("figures.export.do", nil))
	x.news.Set("", widgets.Neutral)
}

func (x *exporting) onAct() {
	if x.act.Disabled() {
		return
	}
	if x.done {
		x.dialog.Close()
		return
	}
	path, r, say, a := x.path.Text(), x.page.Report, x.env.Words.T, x.env.Actor
	x.act.Disable()
	task.Run(x.env.Ctx, x.env.Runner, func(ctx context.Context) (string, error) {
		return x.env.SaveRows(ctx, a, path, report.FiguresRows(r, say))
	}, x.onWritten)
}

func (x *exporting) onWritten(path string, err error) {
	x.act.Enable()
	if err != nil {
		x.news.Set(x.env.Words.Error(err), widgets.Bad)
		x.env.Shown("figures.export", "error", string(pos.CodeOf(err)))
	} else {
		x.news.Set(x.env.T("figures.export.done", pos.Args{"File": path}), widgets.Good)
		x.done = true
		x.act.SetLabel(x.env.T("word.close", nil))
		x.env.Shown("figures.export", "file", path)
	}
	x.dialog.Refresh()
}
