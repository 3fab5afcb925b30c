package code

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// parts are the controls whose words or state change.
type parts struct {
	boxes    *widgets.CodeBoxes
	line     *widgets.Paragraph // attempts and lifetime
	news     *widgets.Banner
	ladder   *fyne.Container // of the rungs
	rungs    []rung
	practice *fyne.Container
	message  *widgets.Paragraph
	resend   *widgets.Button
	skip     *widgets.Button
	primary  *widgets.Button

	// The places of buttons that come and go.
	extra, resendPlace, laterPlace, skipPlace *fyne.Container
}

// rung shows one way by which the code goes.
type rung struct {
	channel *widgets.Text
	chip    *widgets.Chip
	sentAt  *widgets.Text // and to what number
	row     fyne.CanvasObject
}

func newRung() rung {
	r := rung{channel: widgets.NewText("", widgets.Body), chip: widgets.NewChip("", widgets.Info),
		sentAt: widgets.NewText("", widgets.SmallMuted)}
	r.row = widgets.NewPanel(widgets.HBox(theme.GapCards, r.channel, r.chip, widgets.Spring(), r.sentAt),
		theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapInside, 10)
	return r
}

func (w *window) build() {
	k, t := w.env.Kit, w.env.T
	p := &w.parts
	p.boxes = k.CodeBoxes(confirm.Digits)
	p.boxes.OnChanged = w.onTyped
	p.line = widgets.NewParagraph("", widgets.SmallMuted.Center())
	p.news = widgets.NewBanner("", widgets.Bad)
	p.ladder = widgets.VBox(theme.GapSmall)
	p.message = widgets.NewParagraph("", widgets.Body)
	p.practice = widgets.VBox(theme.GapTiny,
		widgets.NewText(t("codebox.practice", nil), widgets.SmallMuted),
		widgets.NewPanel(p.message, theme.ColorCap, theme.ColorNone, 14, 16, 12))
	p.resend = k.ActionButton("", widgets.Secondary, "code.resend")
	p.skip = k.ActionButton("", widgets.WarnKind, "code.skip")
	p.primary = k.KeyButton("", widgets.Primary, keys.Enter, w.onPrimary)
	later := k.KeyButton(t("codebox.later", nil), widgets.Secondary, keys.Esc, func() { w.leave(false) })
	p.resendPlace, p.laterPlace, p.skipPlace = widgets.Grow(p.resend), widgets.Grow(later), widgets.Grow(p.skip)
	p.extra = widgets.Columns(theme.GapCards, p.laterPlace, p.resendPlace)
	w.d = k.Dialog(widgets.DialogSpec{
		Name: "code", Width: widgets.Narrow, OnEsc: func() { w.leave(false) },
		Body: widgets.VBox(theme.GapCards, widgets.Centered(p.boxes), p.line, p.news, p.ladder, p.practice),
		Footer: widgets.VBox(theme.GapCards,
			p.extra,
			widgets.Columns(theme.GapCards, p.skipPlace, widgets.Grow(p.primary))),
	})
}

// onTyped takes the red away as soon as something else is typed.
func (w *window) onTyped(string) {
	w.m.eager = false
	if w.m.wrong || w.m.failed != nil {
		w.m.wrong, w.m.failed = false, nil
		w.draw()
	}
}

// draw shows the model. It is called each second, so it changes only what
// differs.
func (w *window) draw() {
	now := w.now()
	w.m.unset = w.env.Till.Settings().SMSProvider == ""
	w.drawHead()
	w.drawNews(now)
	w.drawRungs(now)
	w.drawPractice(now)
	w.drawButtons(now)
	w.drawBoxes(now)
	w.d.Refresh()
	w.tell(now)
}

func (w *window) drawHead() {
	v := &w.m.v
	title := w.env.T("codebox.title."+string(v.Operation), pos.Args{"Amount": v.Amount, "Points": v.Points, "Count": v.Points})
	cheque := "codebox.cheque"
	if w.m.nobody() { // there is nothing to ask for
		cheque = "codebox.cheque.bare"
	}
	words := []string{w.env.T(cheque, pos.Args{"Total": v.Total})}
	if v.Operation == confirm.ChangePhone {
		words[0] = w.env.T("codebox.phone.none", nil)
		if v.NewPhone != "" {
			words[0] = w.env.T("codebox.phone.new", pos.Args{"Phone": v.NewPhone})
		}
	}
	if v.Customer != "" {
		words = append([]string{v.Customer}, words...)
	}
	w.d.SetTitle(title, strings.Join(words, " · "), "")
}

func (w *window) drawNews(now time.Time) {
	p := &w.parts
	news := w.m.news(now)
	switch {
	case w.m.failed != nil:
		p.news.Set(w.env.Words.Error(w.m.failed), widgets.Bad)
	case news.id != "":
		p.news.Set(w.env.T(news.id, news.args), news.tone)
	default:
		p.news.Set("", widgets.Neutral)
	}
	switch {
	case w.m.state(now) == confirm.Sending:
		p.line.SetText(w.env.T("codebox.wait", nil))
	case w.m.enterable(now):
		p.line.SetText(w.env.T("codebox.left", pos.Args{"Left": w.m.v.AttemptsLeft, "Time": w.m.lifetime(now)}))
	default:
		p.line.SetText("")
	}
	p.line.Hidden = p.line.Text() == ""
}

// drawRungs shows each way by which the code goes, and how far it got.
func (w *window) drawRungs(now time.Time) {
	p, v := &w.parts, &w.m.v
	for len(p.rungs) < len(v.Rungs) {
		r := newRung()
		p.rungs = append(p.rungs, r)
		p.ladder.Add(r.row)
	}
	for i, r := range v.Rungs {
		name := w.env.T("sms.channel."+string(r.By), nil)
		if id := "codebox.provider." + r.Provider; w.env.Words.Has(id) {
			name += " · " + w.env.T(id, nil)
		}
		p.rungs[i].channel.SetText(name)
		state := w.m.chip(r, i == len(v.Rungs)-1, now)
		p.rungs[i].chip.Set(w.env.T(state.id, state.args), state.tone)
		at := v.Phone
		if !r.At.IsZero() {
			at += " · " + w.env.Words.Clock(r.At)
		}
		p.rungs[i].sentAt.SetText(at)
	}
}

// drawPractice shows what arrived on a practice phone, where messages go
// nowhere else.
func (w *window) drawPractice(now time.Time) {
	p := &w.parts
	text, ok := "", false
	if n := len(w.m.v.Rungs); n > 0 && w.env.Training != nil && w.m.state(now) == confirm.Sent {
		text, ok = w.env.Training(w.m.v.Rungs[n-1].MessageID)
	}
	p.message.SetText(text)
	p.practice.Hidden = !ok
}

func (w *window) drawButtons(now time.Time) {
	p, t := &w.parts, w.env.T
	switch wait := w.m.resendWait(now); {
	case w.m.state(now) == confirm.Sending:
		p.resend.SetLabel(t("codebox.resend.sending", nil))
	case wait > 0:
		p.resend.SetLabel(t("codebox.resend.wait", pos.Args{"Time": upToSecond(wait)}))
	case w.m.v.ResendAt.IsZero():
		p.resend.SetLabel(t("codebox.resend.limit", nil))
	default:
		p.resend.SetLabel(t("codebox.resend", nil))
	}
	p.resend.SetEnabled(w.m.resendable(now))
	next := w.m.next(now)
	// What the blue button does stands there alone.
	p.resendPlace.Hidden = next != confirmStep
	p.laterPlace.Hidden = next == leaveStep
	p.extra.Hidden = p.resendPlace.Hidden && p.laterPlace.Hidden
	p.skipPlace.Hidden = !w.m.v.MaySkip || w.m.v.Over()
	label := t("codebox.skip", nil)
	if wait := w.m.skipWait(now); wait > 0 {
		label = t("codebox.skip.wait", pos.Args{"Time": upToSecond(wait)})
	} else if w.m.v.SkipAt.IsZero() { // the sentence above says what is to be put right
		label = t("codebox.skip.not", nil)
	}
	p.skip.SetLabel(label)
	p.skip.SetEnabled(w.m.skippable(now))
	p.primary.SetLabel(w.primaryLabel(next, now))
	p.primary.SetEnabled(w.m.actable(now))
}

func (w *window) primaryLabel(next step, now time.Time) string {
	switch wait := w.m.resendWait(now); {
	case next == leaveStep:
		return w.env.T("codebox.leave", nil)
	case next == resendStep && wait > 0:
		return w.env.T("codebox.resend.wait", pos.Args{"Time": upToSecond(wait)})
	case next == resendStep:
		return w.env.T("codebox.resend", nil)
	}
	return w.env.T("codebox.confirm", nil)
}

// drawBoxes lets a code be typed only while one could be right, and keeps the
// focus on what can be used.
func (w *window) drawBoxes(now time.Time) {
	boxes := w.parts.boxes
	if n := w.m.v.Digits; n > 0 {
		boxes.SetLength(n)
	}
	on := w.m.enterable(now)
	if on == !boxes.Disabled() {
		return
	}
	if on {
		boxes.Enable()
	} else {
		boxes.Clear()
		boxes.Disable()
	}
	w.focus()
}

// focus gives the focus to the boxes while a code may be typed, else to the blue
// button.
func (w *window) focus() {
	switch {
	case !w.d.Shown() || w.under:
	case w.parts.boxes.Disabled():
		w.env.Kit.Focus(w.parts.primary)
	default:
		w.env.Kit.Focus(w.parts.boxes)
	}
}

// upToSecond rounds a wait up, so that a button that counts down is free when
// it shows nothing more to wait.
func upToSecond(d time.Duration) time.Duration {
	return (d + time.Second - 1).Truncate(time.Second)
}

// tell reports the window's facts when they differ from those told last.
func (w *window) tell(now time.Time) {
	if !w.d.Shown() || w.under {
		return
	}
	v := &w.m.v
	skippable := "no"
	if w.m.skippable(now) {
		skippable = "yes"
	}
	facts := []string{
		"state", string(w.m.state(now)), "operation", string(v.Operation), "amount", v.Amount.String(),
		"left", digits(v.AttemptsLeft), "skippable", skippable, "error", w.m.errorFact(),
	}
	all := strings.Join(facts, "\x00")
	if all == w.facts {
		return
	}
	w.facts = all
	w.env.Shown("code", facts...)
}
