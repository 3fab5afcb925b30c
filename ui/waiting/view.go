// Package waiting is everything the window does with manual payments that are to pay
// a sale: it asks for one, says what was decided, and finishes the sale that waited.
package waiting

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// asker is the window that asks for a manual payment.
type asker struct {
	env   *ui.Env
	m     model
	done  func(*manual.Awaited)
	busy  bool
	d     *widgets.Dialog
	table *widgets.Table
	sum   *widgets.Entry
	news  *widgets.Banner
	act   *widgets.Button
}

// Ask asks by which merchant a cheque is paid, and how much of it, and sets the
// cheque aside. done is called when the window has gone: with what was asked for, or
// nil when the cashier thought otherwise.
func Ask(env *ui.Env, v *till.ChequeView, done func(*manual.Awaited)) {
	w := &asker{env: env, done: done, m: model{due: v.Totals.Due, shop: env.Till.Settings().Currency, chosen: -1}}
	w.m.text = w.m.due.String()
	w.build()
	w.sum.SetText(env.Words.Money().Bare(w.m.due))
	w.d.Show(w.sum.Focusable(), func(s *keys.Scope) {
		s.Home = w.sum.Focusable()
		s.BindKey(keys.Enter, w.onAct)
		s.BindKey(keys.Down, func() { w.onStep(1) }, keys.Repeating())
		s.BindKey(keys.Up, func() { w.onStep(-1) }, keys.Repeating())
	})
	w.sum.Select()
	w.draw(nil)
	if env.Merchants == nil {
		w.onLoaded(nil, nil)
		return
	}
	task.Run(env.Ctx, env.Runner, env.Merchants, w.onLoaded)
}

func (w *asker) build() {
	k, t := w.env.Kit, w.env.T
	w.table = k.List([]widgets.Column{{Style: widgets.Strong}}, w.cell)
	w.table.Tall = func(row int) bool { return w.m.list[row].Description != "" }
	w.table.KeepsFocus = true
	w.table.Empty = t("waiting.ask.looking", nil)
	w.table.OnSelected = func(row int) { w.m.chosen = row; w.draw(nil) }
	w.table.OnActivated = func(int) { w.onAct() }
	w.sum = k.Entry(widgets.AmountEntry, w.env.Words.Money().Bare(0))
	w.sum.OnChanged = func(text string) { w.m.text = text; w.draw(nil) }
	w.news = widgets.NewBanner("", widgets.Bad)
	w.act = k.KeyButton(t("waiting.ask.do", nil), widgets.Primary, keys.Enter, w.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, w.leave)
	w.act.Height, back.Height = widgets.Large, widgets.Large
	w.d = k.Dialog(widgets.DialogSpec{
		Name: "waiting.ask", Title: t("waiting.ask.title", nil), Width: widgets.Middle, OnEsc: w.leave,
		Body: widgets.Columns(theme.GapInside+theme.GapSmall,
			widgets.Grow(widgets.VBox(theme.GapCards, widgets.NewText(t("waiting.ask.how", nil), widgets.Muted),
				widgets.Sized(0, 200, widgets.NewFlatCard(w.table)), w.news)),
			widgets.FixedWidth(260, widgets.VBox(10, w.sum, widgets.Sized(0, 240, k.Numpad(w.sum, false))))),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(w.act)),
	})
}

func (w *asker) cell(row, _ int) widgets.Cell {
	m := &w.m.list[row]
	return widgets.Cell{Text: m.Name, Sub: m.Description}
}

// onLoaded shows the merchants; without any it says where they are set up.
func (w *asker) onLoaded(list []manual.Merchant, err error) {
	if !w.d.Shown() {
		return
	}
	if err != nil {
		w.table.Empty = ""
		w.table.SetRows(0)
		w.draw(err)
		return
	}
	w.m.take(list)
	w.table.Empty = ""
	w.table.SetRows(len(w.m.list))
	if w.m.chosen >= 0 {
		w.table.Select(w.m.chosen)
	}
	_, _, err = w.m.asked()
	if len(w.m.list) > 0 {
		err = nil
	}
	w.draw(err)
}

func (w *asker) onStep(by int) {
	w.m.step(by)
	if w.m.chosen >= 0 {
		w.table.Select(w.m.chosen)
	}
	w.draw(nil)
}

func (w *asker) onAct() {
	if w.busy {
		return
	}
	m, sum, err := w.m.asked()
	if err != nil {
		w.draw(err)
		return
	}
	w.busy = true
	w.draw(nil)
	a := w.env.Actor
	approval.Run(w.env, func(ctx context.Context) (*manual.Awaited, error) { return w.env.Till.AskManual(ctx, a, m, sum) }, w.onAsked)
}

func (w *asker) onAsked(asked *manual.Awaited, err error) {
	w.busy = false
	if !w.d.Shown() {
		return
	}
	if err != nil {
		w.draw(err)
		return
	}
	w.d.Close()
	w.env.Exchange.Wake()
	w.done(asked) // what lies over the window it closes would go with it
	w.env.Kit.Toast(w.env.T("waiting.asked", pos.Args{"Sum": asked.Amount, "Merchant": asked.Account}), widgets.Info)
}

// draw shows the model; err is why it was refused.
func (w *asker) draw(err error) {
	fault := ""
	if err != nil {
		w.news.Set(w.env.Words.Error(err), widgets.Bad)
		fault = string(pos.CodeOf(err))
	} else {
		w.news.Set("", widgets.Neutral)
	}
	w.act.SetEnabled(!w.busy && len(w.m.list) > 0)
	w.d.Refresh()
	name := ""
	if w.m.chosen >= 0 {
		name = w.m.list[w.m.chosen].Name
	}
	w.env.Shown("waiting.ask", "found", strconv.Itoa(len(w.m.list)), "merchant", name, "sum", w.m.text, "error", fault)
}

func (w *asker) leave() {
	if w.busy {
		return
	}
	w.d.Close()
	w.done(nil)
}
