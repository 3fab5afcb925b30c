package settings

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// actHistory opens the history from the window of settings.
const actHistory keys.ActionID = "settings.history"

// actRevert takes the selected change back.
const actRevert keys.ActionID = "history.revert"

// history is the window that tells who decided what and when, and takes a change
// back.
type history struct {
	env     *ui.Env
	admin   Admin
	changed bool // a change was taken back
	busy    bool
	m       *ledger
	dialog  *widgets.Dialog
	news    *widgets.Banner
	find    *widgets.Entry
	table   *widgets.Table
}

// OpenHistory shows the history of the settings, newest first. closed is called
// each time something was taken back, so that the look follows at once, and when
// the window has gone.
func OpenHistory(env *ui.Env, a Admin, closed func(changed bool)) {
	openHistory(env, a, "", widgets.Neutral, "", closed)
}

func openHistory(env *ui.Env, a Admin, sought string, tone widgets.Tone, news string, closed func(changed bool)) {
	who := env.Actor
	task.Run(env.Ctx, env.Runner, func(ctx context.Context) (*ledger, error) {
		kept, err := a.Kept(ctx)
		if err != nil {
			return nil, err
		}
		list, err := a.History(ctx, who)
		if err != nil {
			return nil, err
		}
		return &ledger{kept: kept, list: list}, nil
	}, func(m *ledger, err error) {
		if err != nil {
			env.Kit.Toast(env.Words.Error(err), widgets.Bad)
			env.Shown("settings.history", "error", string(pos.CodeOf(err)))
			closed(false)
			return
		}
		DefineKeys(env.Kit.Keys)
		v := &history{env: env, admin: a, m: m, news: widgets.NewBanner(news, tone)}
		m.say, m.has, m.mark = env.T, env.Words.Has, env.Decimal()
		v.build(closed)
		v.find.SetText(sought)
		v.filter()
	})
}

func (v *history) build(closed func(changed bool)) {
	k, t := v.env.Kit, v.env.T
	v.table = k.Table([]widgets.Column{
		{Title: t("settings.history.at", nil), Width: 176, Style: widgets.Muted},
		{Title: t("settings.history.who", nil), Width: 170, From: 720},
		{Title: t("settings.history.key", nil), Share: 1, Style: widgets.Strong},
		{Title: t("settings.history.old", nil), Share: 0.6, Style: widgets.Muted},
		{Title: t("settings.history.new", nil), Share: 0.6},
	}, v.cell)
	v.table.KeepsFocus = true
	v.table.OnActivated = func(int) { v.onRevert() }
	v.table.OnSelected = func(int) { v.tell() }
	v.find = k.Entry(widgets.SearchEntry, t("settings.history.find", nil))
	v.find.RefusesScan = true
	v.find.OnChanged = func(string) { v.filter() }
	v.find.OnSubmitted = func(string) { v.onRevert() }
	revert := k.ActionButton(t("settings.history.revert", nil), widgets.Primary, actRevert)
	shut := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	revert.Height, shut.Height = widgets.Large, widgets.Large
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "settings.history", Page: "history", Title: t("settings.history.title", nil), Subtitle: t("settings.history.why", nil),
		Width: widgets.Wide, Height: 700, Fills: true,
		Body:   widgets.VBox(theme.GapCards, v.find, v.news, widgets.Grow(widgets.NewFlatCard(v.table))),
		Footer: widgets.Footer(theme.GapCards, shut, revert)})
	v.dialog.OnClosed = func() {
		closed(v.changed)
		if v.changed && v.env.Actor.ID != "" { // nobody is asked of a till that was locked meanwhile
			openHistory(v.env, v.admin, v.find.Text(), widgets.Good, v.env.T("settings.history.done", nil), closed)
		}
	}
	v.dialog.Show(v.find.Focusable(), func(s *keys.Scope) {
		s.Bind(actRevert, v.onRevert)
		s.BindKey(keys.Up, func() { v.table.Step(-1) }, keys.Repeating())
		s.BindKey(keys.Down, func() { v.table.Step(1) }, keys.Repeating())
		s.BindKey(keys.PgUp, func() { v.table.Step(-10) }, keys.Repeating())
		s.BindKey(keys.PgDn, func() { v.table.Step(10) }, keys.Repeating())
	})
}

func (v *history) cell(row, col int) widgets.Cell {
	d := v.m.shown[row]
	switch col {
	case 0:
		return widgets.Cell{Text: v.env.Words.DateTime(d.At)}
	case 1:
		return widgets.Cell{Text: v.m.who(d)}
	case 2:
		return widgets.Cell{Text: v.m.name(d.Key)}
	}
	old, now := v.m.change(d)
	if col == 3 {
		return widgets.Cell{Text: old}
	}
	return widgets.Cell{Text: now}
}

// filter shows the changes in which what is typed occurs.
func (v *history) filter() {
	v.m.filter(v.find.Text())
	v.table.Empty = v.env.T("settings.history.none", nil)
	if v.find.Text() != "" {
		v.table.Empty = v.env.T("settings.history.not-found", nil)
	}
	v.table.SetRows(len(v.m.shown))
	v.table.Select(min(0, len(v.m.shown)-1))
	v.tell()
}

// selected is the change the window stands on, nil for none.
func (v *history) selected() *Decision {
	if row := v.table.Selected(); row >= 0 && row < len(v.m.shown) {
		return v.m.shown[row]
	}
	return nil
}

func (v *history) tell() {
	key, n := "", ""
	if d := v.selected(); d != nil {
		key, n = d.Key, strconv.FormatInt(d.N, 10)
	}
	v.env.Shown("settings.history", "found", strconv.Itoa(len(v.m.shown)), "key", key, "n", n, "news", v.news.Text())
}

func (v *history) say(text string, tone widgets.Tone) {
	v.news.Set(text, tone)
	v.dialog.Refresh()
	v.tell()
}

// onRevert asks once, or says why the change cannot be taken back.
func (v *history) onRevert() {
	d := v.selected()
	if d == nil || v.busy {
		return
	}
	if why := d.refusal(); why != nil {
		v.say(v.env.Words.Error(why), widgets.Warn)
		return
	}
	v.ask(d)
}

// ask shows what is in force and what will be.
func (v *history) ask(d *Decision) {
	k, t := v.env.Kit, v.env.T
	var ask *widgets.Dialog
	yes := k.KeyButton(t("settings.history.revert", nil), widgets.Primary, keys.Enter, func() { ask.Close(); v.revert(d) })
	no := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { ask.Close() })
	yes.Height, no.Height = widgets.Large, widgets.Large
	body := widgets.VBox(theme.GapCards,
		widgets.NewParagraph(v.m.name(d.Key), widgets.Strong),
		widgets.VBox(theme.GapTiny, widgets.NewText(t("settings.history.now", nil), widgets.SmallMuted), widgets.NewParagraph(v.m.value(d.Key, d.Now), widgets.Body)),
		widgets.VBox(theme.GapTiny, widgets.NewText(t("settings.history.then", nil), widgets.SmallMuted), widgets.NewParagraph(v.m.value(d.Key, d.Old), widgets.Strong)))
	ask = k.Dialog(widgets.DialogSpec{Name: "settings.revert", Title: t("settings.history.ask", nil), Width: widgets.Narrow, Body: body,
		Footer: widgets.Footer(theme.GapCards, no, yes)})
	ask.Show(yes, nil)
	v.env.Shown("settings.revert", "key", d.Key, "now", d.Now, "then", d.Old)
}

func (v *history) revert(d *Decision) {
	v.busy = true
	a, n := v.env.Actor, d.N
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, v.admin.Revert(ctx, a, n) },
		func(_ struct{}, err error) {
			v.busy = false
			if err != nil {
				v.say(v.env.Words.Error(err), widgets.Bad)
				return
			}
			v.changed = true
			v.dialog.Close()
		})
}
