package goods

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// offered are the formats of the window; the lines of JSON are for programs,
// which have kassactl.
var offered = []exports.Format{exports.CSV, exports.XLSX, exports.JSON}

// exporting is the dialog that writes a list to a file.
type exporting struct {
	env      *ui.Env
	what     *widgets.Select
	format   *widgets.Segments
	from, to *widgets.Entry
	path     *widgets.Entry
	news     *widgets.Banner
	act      *widgets.Button
	dialog   *widgets.Dialog
	typed    bool // the path is the person's own
	done     bool
	cancel   context.CancelFunc // ends the run in progress; nil when none is
	stop     func()             // of the timer that shows the progress
	rows     atomic.Int64
}

func export(env *ui.Env) {
	k, t := env.Kit, env.T
	x := &exporting{env: env, news: widgets.NewBanner("", widgets.Bad)}
	names := make([]string, len(till.AllExported))
	for i, w := range till.AllExported {
		names[i] = t("goods.export."+string(w), nil)
	}
	x.what = k.Select(names, 0, func(int) { x.onWhat() })
	x.format = k.Segments([]string{"CSV", "Excel (XLSX)", "JSON"}, 0, func(int) { x.onWhat() })
	x.from, x.to = k.Entry(widgets.TextEntry, t("goods.export.day", nil)), k.Entry(widgets.TextEntry, t("goods.export.day", nil))
	x.path = k.Entry(widgets.TextEntry, "")
	x.path.OnChanged = func(string) { x.typed = true; x.again() }
	for _, e := range []*widgets.Entry{x.from, x.to} {
		e.OnChanged = func(string) { x.again() }
	}
	for _, e := range []*widgets.Entry{x.from, x.to, x.path} {
		e.OnSubmitted = func(string) { x.onAct() }
	}
	x.act = k.KeyButton(t("goods.export.do", nil), widgets.Primary, keys.Enter, x.onAct)
	x.act.Height = widgets.Large
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, x.onBack)
	back.Height = widgets.Large
	x.dialog = k.Dialog(widgets.DialogSpec{Name: "goods.export", Title: t("goods.export.title", nil), Width: widgets.Middle, OnEsc: x.onBack,
		Body: widgets.VBox(theme.GapCards,
			widgets.Equal(theme.GapCards, widgets.Field(t("goods.export.what", nil), x.what), widgets.Field(t("goods.export.format", nil), x.format)),
			widgets.Equal(theme.GapCards, widgets.Field(t("goods.export.from", nil), x.from), widgets.Field(t("goods.export.to", nil), x.to)),
			widgets.Field(t("goods.export.file", nil), x.path),
			widgets.NewParagraph(t("goods.export.why", nil), widgets.SmallMuted), x.news),
		Footer: widgets.HBox(theme.GapCards, back, widgets.Grow(x.act))})
	x.dialog.OnClosed = x.halt
	x.onWhat()
	x.dialog.Show(x.path.Focusable(), func(s *keys.Scope) {
		s.BindKey(keys.Enter, x.onAct)
		s.BindKey(keys.Up, func() { x.step(-1) }, keys.Repeating())
		s.BindKey(keys.Down, func() { x.step(1) }, keys.Repeating())
	})
	env.Shown("goods.export")
}

func (x *exporting) chosen() till.Exported    { return till.AllExported[x.what.Selected()] }
func (x *exporting) chosenAs() exports.Format { return offered[x.format.Selected()] }

// step chooses the list above or below, wherever the focus is.
func (x *exporting) step(by int) {
	if next := x.what.Selected() + by; x.cancel == nil && next >= 0 && next < len(till.AllExported) {
		x.what.SetSelected(next)
		x.onWhat()
	}
}

// onWhat names the file after the list, unless the person chose a name, and
// asks for a period only where there can be one.
func (x *exporting) onWhat() {
	x.again()
	for _, e := range []*widgets.Entry{x.from, x.to} {
		if x.chosen().HasPeriod() {
			e.Enable()
		} else {
			e.SetText("")
			e.Disable()
		}
	}
	if x.typed {
		path := x.path.Text()
		for _, f := range exports.Formats {
			if bare, ok := strings.CutSuffix(path, "."+string(f)); ok {
				x.path.SetText(bare + "." + string(x.chosenAs()))
				break
			}
		}
		return
	}
	day := x.env.Kit.Timers.Now().Format("2006-01-02")
	x.path.SetText(filepath.Join(ui.Home(), "kassa-"+string(x.chosen())+"-"+day+"."+string(x.chosenAs())))
}

// again lets the blue button write once more.
func (x *exporting) again() {
	x.done = false
	x.act.SetLabel(x.env.T("goods.export.do", nil))
	x.news.Set("", widgets.Neutral)
}

func (x *exporting) halt() {
	if x.cancel != nil {
		x.cancel()
		x.cancel = nil
	}
	if x.stop != nil {
		x.stop()
		x.stop = nil
	}
}

// onBack ends a run, which leaves no file, or leaves.
func (x *exporting) onBack() {
	if x.cancel == nil {
		x.dialog.Close()
		return
	}
	x.cancel()
	x.news.Set(x.env.T("goods.import.stopping", nil), widgets.Info)
	x.dialog.Refresh()
}

// ask reads the fields.
func (x *exporting) ask() (till.Export, error) {
	ex := till.Export{What: x.chosen(), Progress: x.rows.Store}
	for _, f := range []struct {
		from *widgets.Entry
		to   *time.Time
		add  int // days: the last one counts whole
	}{{x.from, &ex.From, 0}, {x.to, &ex.To, 1}} {
		text := strings.TrimSpace(f.from.Text())
		if text == "" {
			continue
		}
		day, ok := dayOf(text)
		if !ok {
			return ex, pos.E(pos.CodeInvalid, "import.date", pos.Args{"Input": oneLine(text)})
		}
		*f.to = day.AddDate(0, 0, f.add)
	}
	return ex, nil
}

// dayOf reads a day as people or programs write it, in the time of the till.
func dayOf(text string) (time.Time, bool) {
	for _, layout := range []string{"02.01.2006", "2.1.2006", time.DateOnly} {
		if d, err := time.ParseInLocation(layout, text, time.Local); err == nil {
			return d, true
		}
	}
	return time.Time{}, false
}

func (x *exporting) onAct() {
	if x.cancel != nil {
		return
	}
	if x.done {
		x.dialog.Close()
		return
	}
	ex, err := x.ask()
	if err != nil {
		x.onWritten("", err)
		return
	}
	path, a, format := x.path.Text(), x.env.Actor, x.chosenAs()
	ctx, cancel := context.WithCancel(x.env.Ctx)
	x.cancel = cancel
	x.rows.Store(0)
	x.act.Disable()
	x.stop = x.env.Kit.Timers.Every(200*time.Millisecond, x.onProgress)
	x.onProgress(time.Time{})
	task.Run(ctx, x.env.Runner, func(ctx context.Context) (string, error) {
		if strings.TrimSpace(path) == "" {
			return "", pos.E(pos.CodeInvalid, "table.no-name", nil)
		}
		return x.env.Tables.Write(ctx, expandHome(path), format, func(w exports.Writer) error {
			_, err := x.env.Till.Export(ctx, a, ex, w)
			return err
		})
	}, func(path string, err error) {
		stopped := ctx.Err() != nil
		x.halt()
		if stopped && err != nil {
			x.act.Enable()
			x.news.Set(x.env.T("goods.export.stopped", nil), widgets.Info)
			x.dialog.Refresh()
			return
		}
		x.onWritten(path, err)
	})
}

func (x *exporting) onProgress(time.Time) {
	x.news.Set(x.env.T("goods.export.busy", pos.Args{"Rows": x.rows.Load()}), widgets.Info)
	x.dialog.Refresh()
}

func (x *exporting) onWritten(path string, err error) {
	x.act.Enable()
	if err != nil {
		x.news.Set(x.env.Words.Error(err), widgets.Bad)
		x.env.Shown("goods.export", "error", string(pos.CodeOf(err)))
	} else {
		x.news.Set(x.env.T("goods.export.done", pos.Args{"File": path}), widgets.Good)
		x.done = true
		x.act.SetLabel(x.env.T("word.close", nil))
		x.env.Shown("goods.export", "file", path, "rows", strconv.FormatInt(x.rows.Load(), 10))
	}
	x.dialog.Refresh()
}
