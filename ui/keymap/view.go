package keymap

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

// The actions of the window in which the keys are changed.
const (
	actSave   keys.ActionID = "keymap.save"
	actUsual  keys.ActionID = "keymap.usual"
	actPreset keys.ActionID = "keymap.preset"
)

// DefineKeys names the actions of this window, whose keys can be changed too.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actSave, Label: "key.keymap.save", Key: "Ctrl+S"},
		keys.Action{ID: actUsual, Label: "key.keymap.usual", Key: keys.Del},
		keys.Action{ID: actPreset, Label: "key.keymap.preset", Key: "F5"},
	)
}

// Save keeps a shop's own keys, written as keys.FormatMap does. It returns
// CodeForbidden without RightSettings and changes nothing then.
type Save func(ctx context.Context, a pos.Actor, keymap string) error

type view struct {
	env    *ui.Env
	save   Save
	closed func()
	m      *model
	list   []keys.Action
	table  *widgets.Table
	news   *widgets.Banner
	preset *widgets.Segments
	dialog *widgets.Dialog
	busy   bool
}

// Open shows every action with its key. The keys hold as soon as they are
// saved. closed is called when the window has gone.
func Open(env *ui.Env, save Save, closed func()) {
	DefineKeys(env.Kit.Keys)
	ui.DefinePrintKey(env.Kit.Keys)
	v := &view{env: env, save: save, closed: closed, m: newModel(env.Kit.Keys), news: widgets.NewBanner("", widgets.Info)}
	v.build()
	v.dialog.Show(v.table, func(s *keys.Scope) {
		s.Home = v.table
		s.BindKey(keys.Enter, v.onChange)
		s.Bind(actUsual, v.onUsual)
		s.Bind(actPreset, v.onNextPreset)
		s.Bind(actSave, v.onSave)
		s.Bind(ui.ActPrint, v.onPrint)
		s.Bind(ui.ActPDF, v.onPDF)
	})
	v.draw()
	v.table.Select(0)
}

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.table = k.Table([]widgets.Column{
		{Title: t("keymap.place", nil), Width: 190, From: 560, Style: widgets.Muted},
		{Title: t("keymap.action", nil)},
		{Title: t("keymap.key", nil), Width: 130, Style: widgets.Strong},
		{Title: t("keymap.usual", nil), Width: 130, From: 700, Style: widgets.Muted},
	}, v.cell)
	v.table.OnActivated = func(int) { v.onChange() }
	names := make([]string, len(Presets))
	for i, p := range Presets {
		names[i] = t("keymap.preset."+p.ID, nil)
	}
	v.preset = k.Segments(names, -1, v.onPreset)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, v.onLeave)
	usual := k.ActionButton(t("keymap.do-usual", nil), widgets.Secondary, actUsual)
	change := k.KeyButton(t("keymap.change", nil), widgets.Secondary, keys.Enter, v.onChange)
	print := k.ActionButton(t("keymap.print", nil), widgets.Secondary, ui.ActPrint)
	file := k.ActionButton(t("receipts.pdf", nil), widgets.Secondary, ui.ActPDF)
	save := k.ActionButton(t("keymap.save", nil), widgets.Primary, actSave)
	v.dialog = k.Dialog(widgets.DialogSpec{
		Name: "keymap", Page: "keymap", Title: t("keymap.title", nil), Width: widgets.Wide, Height: 660, Fills: true, OnEsc: v.onLeave,
		Body: widgets.VBox(theme.GapCards,
			widgets.HBox(theme.GapCards, widgets.NewText(t("keymap.presets", nil), widgets.Muted), v.preset,
				widgets.NewKeyCap(k.Keys.KeyOf(actPreset)), widgets.Spring()),
			widgets.Grow(widgets.NewFlatCard(v.table)), v.news),
		Footer: widgets.Footer(theme.GapCards, back, print, file, usual, change, save),
	})
	v.dialog.OnClosed = v.closed
}

func (v *view) cell(row, col int) widgets.Cell {
	a := v.list[row]
	switch col {
	case 0:
		return widgets.Cell{Text: v.env.T("keymap.place."+a.Place, nil)}
	case 1:
		return widgets.Cell{Text: v.env.T(a.Label, nil)}
	case 2:
		c := widgets.Cell{Text: a.Key.Cap()}
		if v.m.own(a.ID) {
			c.Chip, c.Tone = true, widgets.Info
		}
		return c
	}
	return widgets.Cell{Text: v.m.draft.DefaultOf(a.ID).Cap()}
}

func (v *view) draw() {
	v.list = v.m.rows()
	v.table.SetRows(len(v.list))
	v.preset.SetSelected(v.m.preset())
	v.dialog.Refresh()
	v.tell("")
}

func (v *view) tell(code string) {
	facts := []string{"own", strconv.Itoa(len(v.m.draft.Map())), "error", code}
	if i := v.table.Selected(); i >= 0 && i < len(v.list) {
		facts = append(facts, "action", string(v.list[i].ID), "key", string(v.list[i].Key))
	}
	v.env.Shown("keymap", facts...)
}

func (v *view) chosen() (keys.Action, bool) {
	i := v.table.Selected()
	if i < 0 || i >= len(v.list) {
		return keys.Action{}, false
	}
	return v.list[i], true
}

func (v *view) onChange() {
	if a, ok := v.chosen(); ok {
		v.news.Set("", widgets.Neutral)
		askKey(v.env, v.m, a, v.draw)
	}
}

func (v *view) onUsual() {
	a, ok := v.chosen()
	if !ok {
		return
	}
	v.news.Set("", widgets.Neutral)
	if other, done := v.m.usual(a.ID); !done {
		v.news.Set(v.env.T("keymap.taken", pos.Args{"Key": v.m.draft.DefaultOf(a.ID).Cap(), "Action": v.env.T(v.m.draft.Action(other).Label, nil)}), widgets.Warn)
	}
	v.draw()
}

func (v *view) onPreset(i int) {
	v.m.draft.SetMap(Presets[i].Keys)
	v.news.Set(v.env.T("keymap.preset-taken", pos.Args{"Name": v.env.T("keymap.preset."+Presets[i].ID, nil)}), widgets.Info)
	v.env.Kit.Focus(v.table)
	v.draw()
}

func (v *view) onNextPreset() { v.onPreset((v.m.preset() + 1) % len(Presets)) }

func (v *view) onLeave() {
	if !v.m.dirty() {
		v.dialog.Close()
		return
	}
	v.env.Leave("keymap", v.onSave, v.dialog.Close)
}

func (v *view) onSave() {
	if v.busy {
		return
	}
	if !v.m.dirty() {
		v.dialog.Close()
		return
	}
	v.busy = true
	a, own := v.env.Actor, v.m.draft.Map()
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, v.save(ctx, a, keys.FormatMap(own))
		},
		func(_ struct{}, err error) {
			v.busy = false
			if err != nil {
				v.news.Set(v.env.Words.Error(err), widgets.Bad)
				v.dialog.Refresh()
				v.tell(string(pos.CodeOf(err)))
				return
			}
			v.env.Kit.Keys.SetMap(own)
			v.dialog.Close()
			v.env.Kit.Toast(v.env.T("keymap.saved", nil), widgets.Good)
		})
}
