package approval

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

// lowBelow is the height of a window, at scale 1, below which the parts stand closer:
// the pad and both fields have to be in sight without scrolling.
const lowBelow = 640

// The height of the number pad, and its least where there is little.
const (
	padHeight = 250
	padLeast  = 204
)

// view is the dialog.
type view struct {
	env     *ui.Env
	ctx     context.Context
	m       model
	retry   func(context.Context)
	refused func()
	granted bool

	reason *widgets.Entry
	pin    *widgets.Entry
	news   *widgets.Banner
	act    *widgets.Button
	d      *widgets.Dialog
}

func open(ctx context.Context, env *ui.Env, m model, retry func(context.Context), refused func()) {
	m.name = env.Actor.Name
	v := &view{env: env, ctx: ctx, m: m, retry: retry, refused: refused, news: widgets.NewBanner("", widgets.Bad)}
	v.build()
	v.d.OnClosed = v.onClosed
	first := v.reason
	if v.m.reason != "" {
		first = v.pin
	}
	v.d.Show(first.Focusable(), func(s *keys.Scope) {
		for i, id := range v.m.reasons() {
			s.BindKey(reasonKey(i), func() { v.onChoice(id) }, keys.When(v.m.asksWhy))
		}
	})
	v.tell("")
}

func reasonKey(i int) keys.Key { return keys.Key("F" + strconv.Itoa(i+1)) }

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.reason = k.Entry(widgets.TextEntry, t("approval.reason.hint", nil))
	v.reason.MaxLength, v.reason.RefusesScan, v.reason.SelectAll = pos.MaxNameRunes, true, true
	v.reason.SetText(v.m.reason)
	v.reason.OnSubmitted = func(string) { v.pin.Focus() }
	v.pin = k.Entry(widgets.PINEntry, t("approval.pin.hint", nil))
	v.pin.MaxLength = pos.PINMaxDigits
	v.pin.OnSubmitted = func(string) { v.onAct() }
	v.pin.OnChanged = func(pin string) {
		if pin != "" {
			v.say("")
		}
	}
	v.act = k.KeyButton(t("approval.do", nil), widgets.Primary, keys.Enter, v.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { v.d.Close() })
	low := k.Window.Canvas().Size().Height < theme.Px(lowBelow)
	if !low {
		v.act.Height, back.Height = widgets.Large, widgets.Large
	}
	v.d = k.Dialog(widgets.DialogSpec{Name: "approval", Title: t("approval.title", nil), Subtitle: t("approval.why", nil), Width: widgets.Middle,
		Body:   v.body(v.what(), low),
		Footer: widgets.VBox(theme.GapCards, v.news, widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(v.act)))})
}

// what tells what is to be allowed, and why it was refused.
func (v *view) what() fyne.CanvasObject {
	t, w := v.env.T, v.env.Words
	what := []fyne.CanvasObject{widgets.NewParagraph(t("approval.asks", pos.Args{"Name": v.m.name}), widgets.Muted)}
	right := widgets.NewText(w.Value(v.m.what.Right), widgets.Strong).Ellipsis()
	if v.m.what.Sum != 0 {
		what = append(what, widgets.HBox(theme.GapCards, widgets.Grow(right), widgets.NewMoney(v.m.sum(w), widgets.Figure)))
	} else {
		what = append(what, right)
	}
	what = append(what, widgets.NewParagraph(v.m.limit(w), widgets.Small))
	return widgets.NewPanel(widgets.VBox(theme.GapTiny, what...), theme.ColorWarnSoft, theme.ColorNone, theme.RadiusCard, theme.GapInside, theme.GapCards)
}

// body places the parts: the fields under one another, or beside one another in a low
// window, and the pad at the right of both.
func (v *view) body(what fyne.CanvasObject, low bool) fyne.CanvasObject {
	k, t := v.env.Kit, v.env.T
	reason, pin := widgets.Field(t("approval.reason", nil), v.reason), widgets.Field(t("approval.pin", nil), v.pin)
	ready, height := v.readyReasons(), float32(padHeight)
	var left *fyne.Container
	switch {
	case !v.m.asksWhy():
		left = widgets.VBox(theme.GapCards, what, widgets.NewParagraph(t("approval.because", pos.Args{"Reason": v.m.reason}), widgets.Body), pin)
	case low:
		left, height = widgets.VBox(theme.GapSmall, what, widgets.Equal(theme.GapSmall, reason, pin), ready), padLeast
	default:
		left = widgets.VBox(theme.GapCards, what, reason, ready, pin)
	}
	pad := widgets.FixedWidth(220, widgets.Sized(0, height, k.Numpad(v.pin, true)))
	return widgets.Columns(theme.GapInside, widgets.Grow(left), pad)
}

// readyReasons are buttons that say what is asked most often.
func (v *view) readyReasons() fyne.CanvasObject {
	k, t := v.env.Kit, v.env.T
	var ready [choices]fyne.CanvasObject
	for i, id := range v.m.reasons() {
		b := k.KeyButton(t(id, nil), widgets.Secondary, reasonKey(i), func() { v.onChoice(id) })
		b.CapFirst, b.Leading = true, true
		ready[i] = b
	}
	return widgets.VBox(theme.GapSmall, widgets.Equal(theme.GapSmall, ready[0], ready[1]), widgets.Equal(theme.GapSmall, ready[2], ready[3]))
}

// onChoice takes a ready reason; what is left to enter is the PIN.
func (v *view) onChoice(id string) {
	v.reason.SetText(v.env.T(id, nil))
	v.say("")
	v.pin.Focus()
}

func (v *view) onAct() {
	if v.m.busy {
		return
	}
	pin := v.pin.Text()
	if pin == "" {
		v.pin.Focus()
		return
	}
	a, ask := v.env.Actor, v.m.ask(pin, v.reason.Text())
	v.m.busy = true
	v.act.Disable()
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) (pos.Approval, error) { return v.env.Till.Approve(ctx, a, ask) }, v.onAnswer)
}

func (v *view) onAnswer(a pos.Approval, err error) {
	v.m.busy = false
	if !v.d.Shown() {
		return
	}
	v.act.Enable()
	v.pin.SetText("")
	if err != nil {
		v.say(v.env.Words.Error(err))
		if pos.CodeOf(err) == pos.CodeInvalid {
			v.reason.Focus()
		} else {
			v.pin.Focus()
		}
		v.tell(errorID(err))
		return
	}
	v.granted = true
	v.d.Close()
	v.retry(till.WithApproval(v.ctx, a.ID))
}

// onClosed gives the refused action back to its screen.
func (v *view) onClosed() {
	if !v.granted {
		v.refused()
	}
}

// say shows why it was not allowed; "" takes that away.
func (v *view) say(why string) {
	if why == v.news.Text() {
		return
	}
	v.news.Set(why, widgets.Bad)
	v.d.Refresh()
}

func (v *view) tell(problem string) {
	v.env.Shown("approval", "right", string(v.m.what.Right), "sum", v.m.what.Sum.String(), "error", problem)
}
