package code

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// reasons are offered in the dialog that skips a code, on F1, F2…; anything
// else is typed.
var reasons = []string{"codebox.reason.no-message", "codebox.reason.no-network", "codebox.reason.phone", "codebox.reason.known"}

// unset is the reason offered first where no code could come at all.
const unset = "codebox.reason.no-provider"

// offered are the reasons to choose from.
func (m *model) offered() []string {
	if m.nobody() {
		return append([]string{unset}, reasons[2:]...) // what did not come was never sent
	}
	return reasons
}

// skip asks why the code is skipped.
type skip struct {
	w      *window
	d      *widgets.Dialog
	reason *widgets.Entry
	news   *widgets.Banner
	act    *widgets.Button
}

func (w *window) onSkip() {
	if !w.m.skippable(w.now()) {
		return
	}
	k, t := w.env.Kit, w.env.T
	s := &skip{w: w, news: widgets.NewBanner("", widgets.Bad)}
	s.reason = k.Entry(widgets.TextEntry, t("codebox.reason.hint", nil))
	s.reason.MaxLength = pos.MaxNameRunes
	s.reason.SelectAll = true
	s.reason.OnChanged = func(string) { s.refuse("", nil) }
	var choices []fyne.CanvasObject
	offered := w.m.offered()
	if offered[0] == unset {
		s.reason.SetText(t(unset, nil))
	}
	for i, id := range offered {
		b := k.KeyButton(t(id, nil), widgets.Secondary, functionKey(i), func() { s.onChoice(id) })
		b.CapFirst, b.Leading = true, true
		choices = append(choices, b)
	}
	s.act = k.KeyButton(t("codebox.skip.do", nil), widgets.PrimaryWarn, keys.Enter, s.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, s.leave)
	s.act.Height, back.Height = widgets.Large, widgets.Large
	why := t("codebox.skip.why."+string(w.m.v.Operation), pos.Args{"Amount": w.m.v.Amount, "Points": w.m.v.Points, "Count": w.m.v.Points})
	s.d = k.Dialog(widgets.DialogSpec{
		Name: "code.skip", Title: t("codebox.skip.title", nil), Subtitle: why, Width: widgets.Narrow, OnEsc: s.leave,
		Body: widgets.VBox(theme.GapCards, widgets.VBox(theme.GapSmall, choices...),
			widgets.Field(t("codebox.reason", nil), s.reason), s.news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(180, back), widgets.Grow(s.act)),
	})
	s.d.OnClosed = s.onClosed
	w.under = true
	s.d.Show(s.reason.Focusable(), func(scope *keys.Scope) {
		scope.BindKey(keys.Enter, s.onAct)
		for i, id := range offered {
			scope.BindKey(functionKey(i), func() { s.onChoice(id) })
		}
	})
	w.env.Shown("code.skip", "operation", string(w.m.v.Operation))
}

func functionKey(i int) keys.Key { return keys.Key("F" + digits(i+1)) }

func digits(n int) string { return strconv.Itoa(n) }

func (s *skip) onChoice(id string) {
	s.reason.SetText(s.w.env.T(id, nil))
	s.refuse("", nil)
	s.reason.Focus()
}

func (s *skip) onAct() {
	w := s.w
	if w.m.busy != idle {
		return
	}
	reason := strings.TrimSpace(s.reason.Text())
	a, id := w.env.Actor, w.m.v.ID
	s.act.Disable()
	w.start(skipping)
	approval.RunFor(w.env, reason, func(ctx context.Context) (*till.CodeView, error) {
		return w.env.Till.SkipCode(ctx, a, id, reason)
	}, s.onSkipped)
}

func (s *skip) onSkipped(v *till.CodeView, err error) {
	w := s.w
	w.m.busy = idle
	if !s.d.Shown() {
		return
	}
	s.act.Enable()
	if err != nil {
		s.refuse(w.env.Words.Error(err), err)
		return
	}
	w.m.v = *v
	s.d.Close()
	if v.Confirmed() {
		w.leave(true)
		return
	}
	w.draw()
	w.focus()
}

func (s *skip) refuse(text string, err error) {
	if text == s.news.Text() {
		return
	}
	s.news.Set(text, widgets.Bad)
	s.d.Refresh()
	if err != nil {
		s.w.env.Shown("code.skip", "error", string(pos.CodeOf(err)))
	}
}

func (s *skip) leave() {
	s.d.Close()
	s.w.draw()
	s.w.focus()
}

// onClosed gives the code window the word again.
func (s *skip) onClosed() {
	s.w.under = false
	s.w.facts = ""
}
