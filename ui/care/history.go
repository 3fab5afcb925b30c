package care

import (
	"context"
	"slices"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Historian knows whether the shop's history is all there, and lets the till go
// on where it is not.
type Historian interface {
	// Missing is what is missing, nil for nothing.
	Missing() *history.Gap
	// GoOn begins a new epoch without what is missing and returns where the data
	// as it was found is kept.
	GoOn(ctx context.Context, a pos.Actor) (aside string, err error)
}

// The ways out of a history that lacks something.
const (
	actDecideCopy keys.ActionID = "missing.restore"
	actGoOn       keys.ActionID = "missing.go-on"
)

// missing tells what the data lacks and asks whoever may decide what becomes of
// it. Until then nothing is sold and everything can be looked at.
type missing struct {
	env    *ui.Env
	keeper Keeper
	of     Historian
	asked  bool // the second press goes on
	busy   bool
	done   bool
	dialog *widgets.Dialog
	news   *widgets.Banner
	say    *widgets.Paragraph
	copy   *widgets.Button
	goOn   *widgets.Button
	look   *widgets.Button
	closed func(decided bool)
}

// Missing shows what the data lacks; closed is called when the dialog has gone,
// decided is true when the till may trade again.
func Missing(env *ui.Env, k Keeper, of Historian, closed func(decided bool)) {
	DefineKeys(env.Kit.Keys)
	gap := of.Missing()
	if gap == nil {
		closed(true)
		return
	}
	kit, t := env.Kit, env.T
	m := &missing{env: env, keeper: k, of: of, closed: closed, news: widgets.NewBanner(t(gap.ID(), gap.Args()), widgets.Bad)}
	may := slices.Contains(env.Actor.Rights, pos.RightRestore)
	m.say = widgets.NewParagraph(t("history.ask", nil), widgets.Body)
	m.look = kit.KeyButton(t("history.look", nil), widgets.Secondary, keys.Esc, m.onLook)
	m.copy = kit.ActionButton(t("history.restore", nil), widgets.Primary, actDecideCopy)
	m.goOn = kit.ActionButton(t("history.go-on", nil), widgets.DangerKind, actGoOn)
	for _, b := range []*widgets.Button{m.look, m.copy, m.goOn} {
		b.Height = widgets.Large
	}
	if !may {
		m.say = widgets.NewParagraph(t("history.ask", nil)+" "+t("history.call", nil), widgets.Body)
		m.copy.Hide()
		m.goOn.Hide()
	}
	m.dialog = kit.Dialog(widgets.DialogSpec{Name: "history", Title: t("history.title", nil), Width: widgets.Middle,
		Body:   widgets.VBox(theme.GapCards, m.news, m.say),
		Footer: widgets.Footer(theme.GapCards, m.look, m.goOn, m.copy), OnEsc: m.onLook})
	m.dialog.OnClosed = func() { m.closed(m.done) }
	m.dialog.Show(m.look, func(s *keys.Scope) {
		if may {
			s.Bind(actDecideCopy, m.onCopy)
			s.Bind(actGoOn, m.onGoOn)
		}
	})
	m.tell("")
}

// onLook leaves without a decision.
func (m *missing) onLook() {
	if !m.busy {
		m.dialog.Close()
	}
}

// onCopy opens the window of copies over the question, which is still there when
// nothing was restored.
func (m *missing) onCopy() {
	if !m.busy && !m.done {
		Copies(m.env, m.keeper, func() { m.tell("") })
	}
}

// onGoOn says what it means, and on the second press goes on.
func (m *missing) onGoOn() {
	switch {
	case m.busy, m.done:
		return
	case !m.asked:
		m.asked = true
		m.news.Set(m.env.T("history.sure", nil), widgets.Warn)
		m.dialog.Refresh()
		m.tell("")
		return
	}
	m.busy = true
	m.goOn.Disable()
	m.news.Set(m.env.T("history.working", nil), widgets.Info)
	m.dialog.Refresh()
	a := m.env.Actor
	task.Run(m.env.Ctx, m.env.Runner, func(ctx context.Context) (string, error) { return m.of.GoOn(ctx, a) }, m.onGone)
}

func (m *missing) onGone(aside string, err error) {
	m.busy = false
	if err != nil {
		m.goOn.Enable()
		m.news.Set(m.env.Words.Error(err), widgets.Bad)
		m.dialog.Refresh()
		m.tell(string(pos.CodeOf(err)))
		return
	}
	m.done = true
	m.copy.Hide()
	m.goOn.Hide()
	m.say.Hide()
	m.news.Set(m.env.T("history.done", pos.Args{"Dir": aside}), widgets.Good)
	m.look.SetLabel(m.env.T("word.close", nil))
	m.dialog.Refresh()
	m.env.Kit.Focus(m.look)
	m.tell("")
}

func (m *missing) tell(fault string) {
	step := "ask"
	switch {
	case m.done:
		step = "done"
	case m.asked:
		step = "sure"
	}
	m.env.Shown("history", "step", step, "error", fault)
}
