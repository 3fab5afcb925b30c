package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Quit ends the till in order. An open cheque is asked about first; it survives
// in any case.
func (s *Shell) Quit() {
	if s.closing {
		return
	}
	if s.sale == nil {
		s.end()
		return
	}
	task.Run(s.Env.Ctx, s.Env.Runner, s.Env.Till.Cheque, func(v *till.ChequeView, err error) {
		if err != nil || (v.Cheque.Live() == 0 && len(v.Cheque.Tenders) == 0) {
			s.end()
			return
		}
		s.askCheque(v)
	})
}

// askCheque asks what becomes of the open cheque: stay with it, keep it for the next
// start, or park it. To stay is what Enter does: a window is closed by a slip of a
// finger, and the customer stands before the till.
func (s *Shell) askCheque(v *till.ChequeView) {
	if s.leaving {
		return // closing the window twice asks once
	}
	k := s.Env.Kit
	var d *widgets.Dialog
	news := widgets.NewBanner("", widgets.Bad)
	leave := func() { d.Close(); s.end() }
	stay := k.KeyButton(s.Env.T("quit.stay", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	keep := k.KeyButton(s.Env.T("quit.keep", nil), widgets.Secondary, "F9", leave)
	park := k.KeyButton(s.Env.T("quit.park", nil), widgets.Secondary, "F4", func() { s.parkAndEnd(d, news) })
	stay.Height, keep.Height, park.Height = widgets.Large, widgets.Large, widgets.Large
	body := widgets.VBox(theme.GapCards, widgets.NewParagraph(s.Env.T("quit.cheque", pos.Args{
		"Count": v.Cheque.Live(), "Total": v.Totals.Total}), widgets.Body), news)
	d = k.Dialog(widgets.DialogSpec{Name: "quit", Title: s.Env.T("quit.title", nil), Width: widgets.Middle, Body: body,
		Footer: widgets.VBox(theme.GapSmall, widgets.Equal(theme.GapCards, park, keep), stay)})
	s.leaving = true
	d.OnClosed = func() { s.leaving = false }
	d.Show(stay, func(sc *keys.Scope) {
		sc.BindKey(keys.Enter, d.Close)
		sc.BindKey("F9", leave)
		sc.BindKey("F4", func() { s.parkAndEnd(d, news) })
	})
	s.Env.Shown("quit")
}

func (s *Shell) parkAndEnd(d *widgets.Dialog, news *widgets.Banner) {
	a, note := s.Env.Actor, s.Env.T("quit.note", nil)
	task.Run(s.Env.Ctx, s.Env.Runner,
		func(ctx context.Context) (*till.ChequeView, error) { return s.Env.Till.Park(ctx, a, note) },
		func(_ *till.ChequeView, err error) {
			if err != nil {
				news.Set(s.Env.Words.Error(err), widgets.Bad)
				d.Refresh()
				return
			}
			d.Close()
			s.end()
		})
}

// End ends the till in order without asking: the computer shuts down, or
// somebody stopped the program. The open cheque survives.
func (s *Shell) End() { s.end() }

func (s *Shell) end() {
	if s.closing {
		return
	}
	s.closing = true
	task.Run(context.WithoutCancel(s.Env.Ctx), s.Env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, s.Env.Till.End(ctx) },
		func(struct{}, error) {
			for _, stop := range s.stop {
				stop()
			}
			s.Params.Quit()
		})
}

// stuck is shown when the till cannot start: what is wrong, and the way out.
type stuck struct {
	env   *ui.Env
	body  fyne.CanvasObject
	quit  *widgets.Button
	scope *keys.Scope
	what  string
}

func newStuck(env *ui.Env, what string, quit func()) *stuck {
	s := &stuck{env: env, what: what, quit: env.Kit.KeyButton(env.T("menu.quit", nil), widgets.Primary, keys.Enter, quit)}
	s.body = widgets.Centered(widgets.FixedWidth(520, widgets.NewCard(widgets.VBox(theme.GapInside,
		widgets.NewText(env.T("start.stuck", nil), widgets.Heading),
		widgets.NewBanner(what, widgets.Bad), s.quit))))
	return s
}

// ShowStuck fills the window with the reason why the till cannot start.
func ShowStuck(env *ui.Env, what string, quit func()) {
	s := newStuck(env, what, quit)
	env.Kit.SetContent(s.Content())
	s.Activate()
}

func (s *stuck) Content() fyne.CanvasObject { return s.body }

func (s *stuck) Activate() {
	s.scope = s.env.Kit.Keys.Push("stuck")
	s.env.Kit.Focus(s.quit)
	s.env.Shown("stuck", "error", s.what)
}

func (s *stuck) Deactivate() { s.scope.Pop() }
