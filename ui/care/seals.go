package care

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/seal"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the list of records changed past the till.
const (
	actRenew    keys.ActionID = "seal.renew"
	actSealLook keys.ActionID = "seal.look"
)

// seals is the list with the chosen record beside it: as it is stored now, and
// what was told of it last.
type seals struct {
	env    *ui.Env
	list   []till.BrokenSeal
	busy   bool
	latest *task.Latest
	dialog *widgets.Dialog
	table  *widgets.Table
	facts  *fyne.Container
	news   *widgets.Banner
	renew  *widgets.Button
}

// Seals shows the records that guard money and were changed past the till, for
// whoever may seal them again; closed is called when it has gone.
func Seals(env *ui.Env, closed func()) {
	k, t := env.Kit, env.T
	DefineKeys(k.Keys)
	v := &seals{env: env, latest: task.NewLatest(env.Runner), facts: widgets.VBox(theme.GapSmall), news: widgets.NewBanner(t("seal.list.wait", nil), widgets.Info)}
	v.table = k.Table([]widgets.Column{
		{Title: t("seal.col.record", nil), Share: 1},
		{Title: t("seal.col.how", nil), Width: 150},
	}, v.cell)
	v.table.OnSelected = func(int) { v.choose() }
	v.renew = k.ActionButton(t("seal.renew", nil), widgets.Primary, actRenew)
	look := k.ActionButton(t("seal.look", nil), widgets.Secondary, actSealLook)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	for _, b := range []*widgets.Button{v.renew, look, back} {
		b.Height = widgets.Large
	}
	about := widgets.NewPanel(container.NewVScroll(v.facts), theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapSmall, theme.GapCards)
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "seals", Page: "seals", Title: t("seal.title", nil), Subtitle: t("seal.why", nil), Width: widgets.Wide, Height: 660, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.news, widgets.Grow(widgets.Columns(theme.GapInside, widgets.Grow(widgets.NewFlatCard(v.table)),
			k.Width(func(window float32) float32 { return min(520, window*0.5) }, about)))),
		Footer: widgets.Footer(theme.GapCards, back, look, v.renew)})
	v.dialog.OnClosed = func() { v.latest.Cancel(); closed() }
	v.dialog.Show(v.table, func(s *keys.Scope) {
		s.Bind(actRenew, v.onRenew)
		s.Bind(actSealLook, func() { v.load("", widgets.Info) })
	})
	v.load("", widgets.Info)
}

// found is what the till says of all seals.
type found struct {
	list  []till.BrokenSeal
	stand *seal.Stand
}

// load looks again; said is what was done just now, "" for nothing.
func (v *seals) load(said string, tone widgets.Tone) {
	a := v.env.Actor
	task.RunLatest(v.env.Ctx, v.latest, func(ctx context.Context) (f found, err error) {
		f.list, f.stand, err = v.env.Till.BrokenSeals(ctx, a)
		return f, err
	}, func(f found, err error) {
		if v.busy = false; err != nil {
			v.refuse(err)
			return
		}
		v.list = f.list
		v.table.SetRows(len(v.list))
		v.table.Select(min(0, len(v.list)-1))
		if said == "" {
			said, tone = v.summary(f.stand)
		}
		v.news.Set(said, tone)
		v.choose()
		v.env.Shown("seals", "found", strconv.Itoa(len(v.list)), "error", "")
	})
}

func (v *seals) summary(stand *seal.Stand) (string, widgets.Tone) {
	switch {
	case stand.Unread:
		return v.env.T("seal.unread", nil), widgets.Warn
	case stand.Foreign:
		return v.env.T("check.seals-foreign", pos.Args{"Count": stand.Sealed}), widgets.Bad
	case len(v.list) > 0:
		return v.env.T("seal.list.found", pos.Args{"Count": len(v.list)}), widgets.Bad
	}
	return v.env.T("seal.list.well", pos.Args{"Count": stand.Sealed}), widgets.Good
}

func (v *seals) refuse(err error) {
	v.busy = false
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	v.choose()
	v.env.Shown("seals", "error", string(pos.CodeOf(err)))
}

func (v *seals) chosen() *till.BrokenSeal {
	if i := v.table.Selected(); i >= 0 && i < len(v.list) {
		return &v.list[i]
	}
	return nil
}

// choose shows the chosen record in full.
func (v *seals) choose() {
	b := v.chosen()
	v.renew.SetEnabled(b != nil && !v.busy)
	v.facts.Objects = nil
	if b != nil {
		v.explain(b)
	}
	v.dialog.Refresh()
}

func (v *seals) explain(b *till.BrokenSeal) {
	say := func(text string, style widgets.Style) { v.facts.Add(widgets.NewParagraph(text, style)) }
	say(sealName(v.env, b), widgets.Strong)
	if b.ID == "" {
		say(v.env.T("seal.count-why", nil), widgets.Body)
		return
	}
	say(v.env.T("seal.now", nil), widgets.SmallMuted)
	for _, line := range sealFacts(v.env, b) {
		say(line, widgets.Body)
	}
	if b.Kind == pos.SealSettings {
		return
	}
	told := sealTold(v.env, b)
	if len(told) == 0 {
		say(v.env.T("seal.told-nothing", nil), widgets.SmallMuted)
		return
	}
	say(v.env.T("seal.was-told", nil), widgets.SmallMuted)
	for _, line := range told {
		say(line, widgets.Body)
	}
}

func (v *seals) cell(i, col int) widgets.Cell {
	b := &v.list[i]
	if col == 0 {
		return widgets.Cell{Text: sealName(v.env, b)}
	}
	return widgets.Cell{Text: sealState(v.env, b), Chip: true, Tone: widgets.Bad}
}

// onRenew seals the chosen record as it was looked at.
func (v *seals) onRenew() {
	b := v.chosen()
	if b == nil || v.busy {
		return
	}
	v.busy = true
	kind, id, seen, a := b.Kind, b.ID, b.Seen, v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, v.env.Till.SealAgain(ctx, a, kind, id, seen)
		},
		func(_ struct{}, err error) {
			if err != nil {
				v.refuse(err)
				return
			}
			said := "seal.renewed"
			if kind == pos.SealCustomer && id != "" {
				said = "seal.renewed-customer"
			}
			v.load(v.env.T(said, nil), widgets.Good)
		})
}
