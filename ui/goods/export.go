package goods

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// writer is one list that can be written to a file.
type writer struct {
	id    string // "goods.export.<id>" is its name, and part of the file's
	write func(*till.Till, context.Context, pos.Actor, io.Writer, string) error
}

var writers = []writer{
	{"products", (*till.Till).ExportProducts},
	{"customers", (*till.Till).ExportCustomers},
	{"sales", (*till.Till).ExportSales},
}

// exporting is the dialog that writes a list to a file.
type exporting struct {
	env    *ui.Env
	what   *widgets.Segments
	path   *widgets.Entry
	news   *widgets.Banner
	act    *widgets.Button
	dialog *widgets.Dialog
	typed  bool // the path is the person's own
	done   bool
}

func export(env *ui.Env) {
	k, t := env.Kit, env.T
	x := &exporting{env: env, news: widgets.NewBanner("", widgets.Bad)}
	names := make([]string, len(writers))
	for i, w := range writers {
		names[i] = t("goods.export."+w.id, nil)
	}
	x.what = k.Segments(names, 0, func(int) { x.onWhat() })
	x.path = k.Entry(widgets.TextEntry, "")
	x.path.OnChanged = func(string) { x.typed = true; x.again() }
	x.path.OnSubmitted = func(string) { x.onAct() }
	x.act = k.KeyButton(t("goods.export.do", nil), widgets.Primary, keys.Enter, x.onAct)
	x.act.Height = widgets.Large
	back := k.KeyButton(t("goods.back", nil), widgets.Secondary, keys.Esc, func() { x.dialog.Close() })
	back.Height = widgets.Large
	x.dialog = k.Dialog(widgets.DialogSpec{Name: "goods.export", Title: t("goods.export.title", nil), Width: 680,
		Body: widgets.VBox(theme.GapCards, x.what, widgets.Field(t("goods.export.file", nil), x.path),
			widgets.NewParagraph(t("goods.export.why", nil), widgets.SmallMuted), x.news),
		Footer: widgets.HBox(theme.GapCards, back, widgets.Grow(x.act))})
	x.onWhat()
	x.dialog.Show(x.what, func(s *keys.Scope) { s.BindKey(keys.Enter, x.onAct) })
	env.Shown("goods.export")
}

// onWhat names the file after the list, unless the person chose a name.
func (x *exporting) onWhat() {
	x.again()
	if x.typed {
		return
	}
	day := x.env.Kit.Timers.Now().Format("2006-01-02")
	x.path.SetText(filepath.Join(startFolder(), "kassa-"+writers[x.what.Selected()].id+"-"+day+".csv"))
}

// again lets the blue button write once more.
func (x *exporting) again() {
	x.done = false
	x.act.SetLabel(x.env.T("goods.export.do", nil))
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
	path, a, w := x.path.Text(), x.env.Actor, writers[x.what.Selected()]
	x.act.Disable()
	x.news.Set(x.env.T("goods.export.busy", nil), widgets.Info)
	x.dialog.Refresh()
	task.Run(x.env.Ctx, x.env.Runner, func(ctx context.Context) (string, error) {
		return writeNew(path, func(out io.Writer) error { return w.write(x.env.Till, ctx, a, out, till.FormatCSV) })
	}, x.onWritten)
}

func (x *exporting) onWritten(path string, err error) {
	x.act.Enable()
	if err != nil {
		x.news.Set(x.env.Words.Error(err), widgets.Bad)
		x.env.Shown("goods.export", "error", string(pos.CodeOf(err)))
	} else {
		x.news.Set(x.env.T("goods.export.done", pos.Args{"File": path}), widgets.Good)
		x.done = true
		x.act.SetLabel(x.env.T("goods.done", nil))
		x.env.Shown("goods.export", "file", path)
	}
	x.dialog.Refresh()
}

// writeNew fills a new file that gets its name only when it is whole; what lies
// there already is never overwritten.
func writeNew(name string, fill func(io.Writer) error) (string, error) {
	path, err := filepath.Abs(expandHome(name))
	if err != nil || name == "" {
		return "", pos.E(pos.CodeInvalid, "goods.export.name", nil)
	}
	if _, err := os.Lstat(path); err == nil {
		return "", pos.E(pos.CodeConflict, "goods.export.exists", pos.Args{"File": path})
	}
	part, err := os.CreateTemp(filepath.Dir(path), ".kassa-*.part")
	if err != nil {
		return "", unwritable(path, err)
	}
	if err := fill(part); err != nil {
		_ = part.Close()
		_ = os.Remove(part.Name())
		return "", err
	}
	if err := errors.Join(part.Sync(), part.Close()); err != nil {
		_ = os.Remove(part.Name())
		return "", unwritable(path, err)
	}
	if err := os.Rename(part.Name(), path); err != nil {
		_ = os.Remove(part.Name())
		return "", unwritable(path, err)
	}
	return path, nil
}

func unwritable(path string, err error) error {
	return &pos.Error{Code: pos.CodeUnavailable, ID: "goods.export.unwritable", Args: pos.Args{"File": path}, Err: err}
}
