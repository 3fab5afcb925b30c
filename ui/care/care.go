// Package care is looking after the shop's data: the self-check of every
// invariant, copies, and bringing the shop back from one.
package care

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// shown bounds how many problems are listed; the count tells of the rest.
const shown = 30

// report is a dialog that waits for work in the background and then tells what
// came of it.
type report struct {
	env    *ui.Env
	dialog *widgets.Dialog
	news   *widgets.Banner
	rows   *fyne.Container
	body   *fyne.Container
	shut   *widgets.Button
}

func newReport(env *ui.Env, name, title, wait string, closed func()) *report {
	r := &report{env: env, news: widgets.NewBanner(wait, widgets.Info), rows: widgets.VBox(theme.GapSmall)}
	r.body = widgets.VBox(theme.GapCards, r.news, r.rows)
	r.shut = env.Kit.KeyButton(env.T("word.close", nil), widgets.Primary, keys.Enter, func() { r.dialog.Close() })
	r.shut.Height = widgets.Large
	r.dialog = env.Kit.Dialog(widgets.DialogSpec{Name: name, Page: name, Title: title, Width: widgets.Narrow, Body: r.body, Footer: widgets.Footer(theme.GapCards, r.shut)})
	r.dialog.OnClosed = closed
	r.dialog.Show(r.shut, nil)
	return r
}

func (r *report) tell(text string, tone widgets.Tone) {
	r.news.Set(text, tone)
	r.dialog.Refresh()
}

// Checker checks every invariant of what the shop keeps.
type Checker interface {
	SelfCheck(ctx context.Context, a pos.Actor) ([]till.Problem, error)
}

// SelfCheck has every invariant of the whole history checked and tells what is
// broken, in words. Without a checker the till checks what it keeps itself.
func SelfCheck(env *ui.Env, c Checker, closed func()) {
	if c == nil {
		c = env.Till
	}
	ctx, cancel := context.WithCancel(env.Ctx)
	r := newReport(env, "selfcheck", env.T("care.check.title", nil), env.T("care.check.wait", nil), func() { cancel(); closed() })
	a := env.Actor
	task.Run(ctx, env.Runner,
		func(ctx context.Context) ([]till.Problem, error) { return c.SelfCheck(ctx, a) },
		func(p []till.Problem, err error) {
			switch {
			case !r.dialog.Shown():
				return // put away before it was done
			case err != nil:
				r.tell(env.Words.Error(err), widgets.Bad)
				env.Shown("selfcheck", "error", string(pos.CodeOf(err)))
				return
			case len(p) == 0:
				r.tell(env.T("care.check.well", nil), widgets.Good)
			default:
				for _, one := range p[:min(len(p), shown)] {
					r.rows.Add(widgets.NewParagraph(one.Invariant+" · "+env.T(one.ID, one.Args), widgets.Body))
				}
				r.tell(env.T("care.check.broken", pos.Args{"Count": len(p)}), widgets.Bad)
			}
			env.Shown("selfcheck", "problems", strconv.Itoa(len(p)))
		})
}
