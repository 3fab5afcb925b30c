package drawer

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// OpenShift asks for the float and opens a shift.
func OpenShift(env *ui.Env, done func(*pos.Shift)) {
	f := newSum(env, "shift.open", env.T("drawer.open.title", nil), env.T("drawer.open.why", nil),
		env.T("drawer.float", nil), env.T("drawer.open.do", nil))
	open := func(ctx context.Context, a pos.Actor, float money.Amount, _ money.Counting) (*pos.Shift, error) {
		return env.Till.OpenShift(ctx, a, float)
	}
	ask(f, true, open, func(s *pos.Shift) {
		env.Kit.Toast(env.T("drawer.opened", pos.Args{"Number": s.Number, "Float": s.Float}), widgets.Good)
		env.Shown("shift.opened", "number", env.Words.Money().Points(s.Number))
		done(s)
	})
}

// Kept is a drawer that was counted for a closing the till refused: the next closing
// of that shift by the same employee begins with it. It is zero for none.
type Kept struct {
	by       pos.EmployeeID
	shift    pos.ShiftID
	at       time.Time
	text     string
	counting money.Counting
}

// CloseShift asks for a blind count, closes the shift and then shows what was
// expected. What stands in the way of closing is told before anybody counts. kept is
// where a refused count waits for the next closing. done hears of it when the report
// is put away.
func CloseShift(env *ui.Env, kept *Kept, done func(*pos.ShiftReport)) {
	top := env.Kit.Keys.Top()
	task.Run(env.Ctx, env.Runner, env.Till.ShiftToClose, func(s *pos.Shift, err error) {
		switch {
		case env.Kit.Keys.Top() != top: // somebody went on meanwhile, or pressed twice
		case err != nil:
			env.Kit.Toast(env.Words.Error(err), widgets.Warn)
			env.Shown("shift.close", "error", string(pos.CodeOf(err)))
		default:
			askClosing(env, s, kept, done)
		}
	})
}

// askClosing asks for the count.
func askClosing(env *ui.Env, s *pos.Shift, kept *Kept, done func(*pos.ShiftReport)) {
	f := newSum(env, "shift.close", env.T("drawer.close.title", nil), env.T("drawer.close.why", nil),
		env.T("report.counted", nil), env.T("drawer.close.do", nil))
	by := env.Actor.ID
	f.refused = func() {
		*kept = Kept{by: by, shift: s.ID, at: env.Kit.Timers.Now(), text: f.field.Text(), counting: f.counting}
	}
	before := kept.by == by && kept.shift == s.ID
	if before {
		f.counting = kept.counting
		f.field.SetText(kept.text)
		f.news.Set(env.T("drawer.close.kept", pos.Args{"At": env.Words.Clock(kept.at)}), widgets.Info)
	}
	shut := func(ctx context.Context, a pos.Actor, counted money.Amount, how money.Counting) (*pos.ShiftReport, error) {
		if how.Empty() {
			return env.Till.CloseShift(ctx, a, counted)
		}
		return env.Till.CloseShiftByNotes(ctx, a, how)
	}
	ask(f, false, shut, func(r *pos.ShiftReport) {
		*kept = Kept{}
		env.Print.Drawer()
		if env.Print.Settings().Z {
			PrintShift(env, r)
		}
		showZ(env, r, func() { done(r) })
	})
	if before {
		f.field.Select() // typing another sum replaces it
	}
}

// X shows the open shift's figures.
func X(env *ui.Env, closed func()) {
	a := env.Actor
	approval.Run(env,
		func(ctx context.Context) (*pos.ShiftReport, error) { return env.Till.XReport(ctx, a) },
		func(r *pos.ShiftReport, err error) {
			if err != nil {
				env.Kit.Toast(env.Words.Error(err), widgets.Warn)
				env.Shown("xreport", "error", string(pos.CodeOf(err)))
				return
			}
			title := env.T("drawer.x.title", pos.Args{"Number": r.Shift.Number})
			report(env, "xreport", title, r, figures(xFigures(env.Words, r)), closed)
			env.Shown("xreport", "expected", r.Expected.String(), "total", r.Total.String())
		})
}

func showZ(env *ui.Env, r *pos.ShiftReport, closed func()) {
	text, right := difference(env.Words, r.Difference)
	tone := widgets.Good
	if !right {
		tone = widgets.Warn
	}
	body := widgets.VBox(theme.GapCards, widgets.NewBanner(text, tone), figures(zFigures(env.Words, r)))
	report(env, "zreport", env.T("drawer.z.title", pos.Args{"Number": r.Shift.Number}), r, body, closed)
	env.Shown("zreport", "expected", r.Expected.String(), "counted", r.Counted.String(), "difference", r.Difference.String())
}

// report shows figures until Enter or Esc.
func report(env *ui.Env, name, title string, r *pos.ShiftReport, body fyne.CanvasObject, closed func()) {
	var d *widgets.Dialog
	shut := env.Kit.KeyButton(env.T("word.close", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	shut.Height = widgets.Large
	ui.DefinePrintKey(env.Kit.Keys)
	footer := fyne.CanvasObject(shut)
	if env.Print.Ready() {
		put := env.Kit.ActionButton(env.T("drawer.print", nil), widgets.Secondary, ui.ActPrint)
		put.Height = widgets.Large
		footer = widgets.Columns(theme.GapCards, widgets.Grow(put), widgets.Grow(shut))
	}
	d = env.Kit.Dialog(widgets.DialogSpec{Name: name, Title: title, Width: widgets.Narrow, Footer: footer, Body: body,
		Subtitle: env.T("drawer.since", pos.Args{"At": r.Shift.OpenedAt, "Name": r.Employee})})
	d.OnClosed = closed
	d.Show(shut, func(s *keys.Scope) {
		s.Bind(ui.ActPrint, func() { PrintShift(env, r) })
		s.Bind(ui.ActPDF, func() { SaveShift(env, r) })
	})
}

func figures(list []figure) fyne.CanvasObject {
	box := widgets.VBox(theme.GapTiny)
	for _, f := range list {
		if f.gap {
			box.Add(widgets.NewSeparator())
		}
		if f.aside {
			box.Add(widgets.NewParagraph(f.label, widgets.SmallMuted))
			continue
		}
		style := widgets.Body
		if f.strong {
			style = widgets.Strong
		}
		box.Add(widgets.KeyValue(f.label, f.value, style).Box)
	}
	return box
}
