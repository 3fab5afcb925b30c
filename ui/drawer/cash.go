package drawer

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// actOpen opens the drawer and moves no cash.
const actOpen keys.ActionID = "drawer.open"

// DefineKeys names the actions of the drawer.
func DefineKeys(r *keys.Router) {
	r.Define(keys.Action{ID: actOpen, Label: "key.drawer.open", Key: "F8"},
		keys.Action{ID: actNotes, Label: "key.drawer.notes", Key: "F6", Place: "drawer"},
		keys.Action{ID: actTake, Label: "key.drawer.notes.take", Key: "F9", Place: "drawer.notes"})
}

// cash is the dialog for cash in and out.
type cash struct {
	env     *ui.Env
	way     *widgets.Segments // 0 in, 1 out
	sum     *widgets.Entry
	reason  *widgets.Entry
	news    *widgets.Banner
	act     *widgets.Button
	dialog  *widgets.Dialog
	reasons [2][]string
	chosen  *widgets.Select
	done    func()

	counting money.Counting
}

// Cash puts cash into the drawer or takes it out, with a reason.
func Cash(env *ui.Env, done func()) {
	k := env.Kit
	c := &cash{env: env, done: done, news: widgets.NewBanner("", widgets.Bad)}
	c.reasons = [2][]string{
		{env.T("drawer.reason.change", nil), env.T("drawer.reason.extra", nil)},
		{env.T("drawer.reason.bank", nil), env.T("drawer.reason.supplier", nil), env.T("drawer.reason.needs", nil)},
	}
	c.way = k.Segments([]string{env.T("drawer.way.in", nil), env.T("drawer.way.out", nil)}, 0, c.onWay)
	c.sum = k.Entry(widgets.AmountEntry, env.Words.Money().Bare(0))
	c.reason = k.Entry(widgets.TextEntry, env.T("drawer.reason.hint", nil))
	c.reason.MaxLength = pos.MaxNameRunes
	c.chosen = k.Select(c.reasons[0], -1, func(i int) { c.reason.SetText(c.reasons[c.way.Selected()][i]) })
	c.chosen.Placeholder = env.T("drawer.reason.choose", nil)
	c.sum.OnSubmitted = func(string) { c.reason.Focus() }
	c.reason.OnSubmitted = func(string) { c.onAct() }
	c.act = k.KeyButton("", widgets.Primary, keys.Enter, c.onAct)
	c.act.Height = widgets.Large
	back := k.KeyButton(env.T("word.cancel", nil), widgets.Secondary, keys.Esc, func() { c.dialog.Close() })
	back.Height = widgets.Large
	DefineKeys(k.Keys)
	open := k.ActionButton(env.T("drawer.open-only", nil), widgets.Secondary, actOpen)
	open.Height = widgets.Large
	footer := []fyne.CanvasObject{widgets.FixedWidth(150, back)}
	if set := env.Print.Settings(); set.HasDrawer() {
		footer = append(footer, widgets.FixedWidth(220, open))
	}
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "cash", Title: env.T("drawer.cash.title", nil), Subtitle: env.T("drawer.cash.hint", nil), Width: widgets.Middle,
		Body: widgets.VBox(theme.GapCards, c.way, widgets.Columns(theme.GapInside,
			widgets.Grow(widgets.VBox(theme.GapCards,
				widgets.Field(env.T("drawer.sum", nil), c.sum), notesButton(env),
				widgets.Field(env.T("drawer.reason", nil), c.reason), c.chosen)),
			widgets.FixedWidth(260, widgets.Sized(0, 260, k.Numpad(c.sum, false)))), c.news),
		Footer: widgets.HBox(theme.GapCards, append(footer, widgets.Grow(c.act))...)})
	c.onWay(0)
	c.dialog.Show(c.sum.Focusable(), func(s *keys.Scope) {
		s.BindKey("F7", func() { c.way.SetSelected(1 - c.way.Selected()); c.onWay(c.way.Selected()) })
		s.Bind(actOpen, env.Print.OpenDrawer)
		s.Bind(actNotes, c.onNotes)
	})
	env.Shown("cash", "way", "in")
}

func (c *cash) onWay(i int) {
	c.act.SetLabel(c.env.T([]string{"drawer.in.do", "drawer.out.do"}[i], nil))
	c.chosen.SetOptions(c.reasons[i], -1)
	if c.dialog.Shown() {
		c.env.Shown("cash", "way", []string{"in", "out"}[i])
	}
}

// onNotes has the sum counted note by note.
func (c *cash) onNotes() {
	countNotes(c.env, c.counting, func(n money.Counting) {
		c.counting = n
		c.sum.SetText(c.env.Words.Money().Typed(n.Sum()))
		c.sum.Focus()
		c.sum.Select()
	})
}

func (c *cash) onAct() {
	if c.act.Disabled() {
		return
	}
	sum, err := amount(c.sum.Text(), false)
	if err != nil {
		c.refuse(err)
		return
	}
	a, reason := c.env.Actor, strings.TrimSpace(c.reason.Text())
	move := c.env.Till.CashIn
	if c.way.Selected() == 1 {
		move = c.env.Till.CashOut
	}
	c.act.Disable()
	approval.RunFor(c.env, reason,
		func(ctx context.Context) (*till.CashResult, error) { return move(ctx, a, sum, reason) },
		func(r *till.CashResult, err error) {
			c.act.Enable()
			if err != nil {
				c.refuse(err)
				return
			}
			c.dialog.Close()
			c.env.Print.Drawer()
			c.env.Kit.Toast(c.env.T("drawer.moved", pos.Args{"Sum": sum, "Reason": reason}), widgets.Good)
			c.env.Shown("cash.done", "sum", r.Move.Amount.String())
			c.done()
		})
}

func (c *cash) refuse(err error) {
	c.news.Set(c.env.Words.Error(err), widgets.Bad)
	c.dialog.Refresh()
	c.env.Shown("cash", "error", string(pos.CodeOf(err)))
}
