package rescue

import (
	"context"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/recovery"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// entering is the dialog in which the owner gets in by the recovery code.
type entering struct {
	s      *Screen
	code   *widgets.Entry
	pin    *widgets.Entry
	again  *widgets.Entry
	news   *widgets.Banner
	do     *widgets.Button
	dialog *widgets.Dialog
	busy   bool
}

// onCode asks for the recovery code and a new PIN.
func (s *Screen) onCode() {
	if s.p.Recover == nil {
		return
	}
	k, t := s.p.Env.Kit, s.p.Env.T
	e := &entering{s: s, news: widgets.NewBanner(t("recovery.void", nil), widgets.Info)}
	e.code = k.Entry(widgets.TextEntry, "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
	e.code.MaxLength = 4 * recovery.Length
	e.pin, e.again = k.Entry(widgets.PINEntry, t("login.owner.pin", nil)), k.Entry(widgets.PINEntry, t("login.owner.again", nil))
	e.pin.MaxLength, e.again.MaxLength = pos.PINMaxDigits, pos.PINMaxDigits
	e.code.OnSubmitted = func(string) { e.pin.Focus() }
	e.pin.OnSubmitted = func(string) { e.again.Focus() }
	e.again.OnSubmitted = func(string) { e.onDo() }
	e.do = k.KeyButton(t("recovery.do", nil), widgets.Primary, keys.Enter, e.onDo)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, e.onEsc)
	e.do.Height, back.Height = widgets.Large, widgets.Large
	e.dialog = k.Dialog(widgets.DialogSpec{Name: "recovery.enter", Title: t("recovery.title", nil), Width: widgets.Narrow, OnEsc: e.onEsc,
		Body: widgets.VBox(theme.GapCards, e.news, widgets.Field(t("recovery.enter", nil), e.code),
			widgets.Equal(theme.GapInside, widgets.Field(t("login.owner.pin-label", pos.Args{"Min": pos.PINMinDigits}), e.pin),
				widgets.Field(t("login.owner.again-label", nil), e.again))),
		Footer: widgets.Footer(theme.GapCards, back, e.do)})
	e.dialog.Show(e.code.Focusable(), nil)
	s.p.Env.Shown("recovery.enter")
}

func (e *entering) onEsc() {
	if !e.busy {
		e.dialog.Close()
	}
}

// check tells what is wrong before anything is counted as a wrong code.
func (e *entering) check() (*widgets.Entry, error) {
	if _, err := recovery.Parse(hidden.New(e.code.Text())); err != nil {
		return e.code, err
	}
	if err := pos.CheckPIN(e.pin.Text()); err != nil {
		return e.pin, err
	}
	if e.pin.Text() != e.again.Text() {
		return e.again, pos.E(pos.CodeInvalid, "login.pin-differs", nil)
	}
	return nil, nil
}

func (e *entering) onDo() {
	env := e.s.p.Env
	if e.busy || utf8.RuneCountInString(e.code.Text()) == 0 {
		return
	}
	if at, err := e.check(); err != nil {
		e.refuse(at, err)
		return
	}
	e.busy = true
	e.do.Disable()
	code, pin := hidden.New(e.code.Text()), e.pin.Text()
	task.Run(env.Ctx, env.Runner, func(ctx context.Context) (hidden.Text, error) { return e.s.p.Recover(ctx, code, pin) },
		func(next hidden.Text, err error) {
			e.busy = false
			e.do.Enable()
			switch {
			case err != nil:
				e.refuse(e.code, err)
			case next.Empty():
				e.s.p.Restart()
			default:
				e.dialog.Close()
				ShowCode(env, e.s.p.Shop, next, e.s.p.Restart)
			}
		})
}

func (e *entering) refuse(at *widgets.Entry, err error) {
	e.news.Set(e.s.p.Env.Words.Error(err), widgets.Bad)
	e.dialog.Refresh()
	if at != e.code { // nobody sees what is wrong behind the dots
		e.pin.Clear()
		e.again.Clear()
		at = e.pin
	}
	at.Focus()
	e.s.p.Env.Shown("recovery.enter", "error", string(pos.CodeOf(err)))
}
