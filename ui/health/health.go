// Package health is the window that says how the till stands, and the parcel of
// facts for support.
package health

import (
	"context"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Doctor looks at the till. Its errors are *pos.Error.
type Doctor interface {
	// Health looks at everything; ask also asks the printer and the message
	// service, which may take seconds.
	Health(ctx context.Context, a pos.Actor, ask bool) ([]health.Line, error)
	// Support gathers the parcel for support.
	Support(ctx context.Context, a pos.Actor) (*health.Bundle, error)
	// SaveSupport writes it to a new file and returns its full path.
	SaveSupport(ctx context.Context, a pos.Actor, b *health.Bundle, path string) (string, error)
}

// The actions of the window.
const (
	actLook    keys.ActionID = "health.look"
	actSupport keys.ActionID = "health.support"
)

// DefineKeys names the actions of this window.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actLook, Label: "key.health.look", Key: "F5"},
		keys.Action{ID: actSupport, Label: "key.health.support", Key: "F8"},
	)
}

type view struct {
	env    *ui.Env
	doctor Doctor
	mend   func(health.Place)
	lines  []health.Line
	asking bool
	latest *task.Latest
	dialog *widgets.Dialog
	news   *widgets.Banner
	table  *widgets.Table
	more   *widgets.Paragraph
	open   *widgets.Button
}

// Open shows how the till stands. mend opens the place where a line is put right,
// once the window has gone; closed is called when it went without that.
func Open(env *ui.Env, d Doctor, mend func(health.Place), closed func()) {
	k, t := env.Kit, env.T
	DefineKeys(k.Keys)
	v := &view{env: env, doctor: d, mend: mend, latest: task.NewLatest(env.Runner), news: widgets.NewBanner(t("health.wait", nil), widgets.Info),
		more: widgets.NewParagraph("", widgets.Body)}
	v.table = k.Table([]widgets.Column{
		{Title: t("health.col.what", nil), Width: 168},
		{Title: t("health.col.how", nil), Share: 1, Style: widgets.Muted},
		{Title: t("health.col.state", nil), Width: 136},
	}, v.cell)
	v.table.Empty = t("health.none", nil)
	v.table.OnSelected = func(int) { v.explain() }
	v.table.OnActivated = func(int) { v.onMend() }
	v.open = k.KeyButton(t("health.mend", nil), widgets.Primary, keys.Enter, v.onMend)
	look := k.ActionButton(t("health.look", nil), widgets.Secondary, actLook)
	support := k.ActionButton(t("health.support", nil), widgets.Secondary, actSupport)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	for _, b := range []*widgets.Button{v.open, look, support, back} {
		b.Height = widgets.Large
	}
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "health", Page: "health", Title: t("health.title", nil), Subtitle: t("health.why", nil), Width: widgets.Wide, Height: 660, Fills: true,
		Body:   widgets.VBox(theme.GapCards, v.news, widgets.Grow(widgets.NewFlatCard(v.table)), widgets.NewCard(v.more)),
		Footer: widgets.Footer(theme.GapCards, back, support, look, v.open)})
	v.dialog.OnClosed = func() { v.latest.Cancel(); closed() }
	v.dialog.Show(v.table, func(s *keys.Scope) {
		s.Bind(actLook, v.load)
		s.Bind(actSupport, func() { packUp(env, d) })
	})
	v.load()
}

// load looks in two steps: what can be seen at once, and then what has to be
// asked for.
func (v *view) load() {
	v.look(false, func() { v.look(true, func() {}) })
}

func (v *view) look(ask bool, then func()) {
	a := v.env.Actor
	v.asking = true
	task.RunLatest(v.env.Ctx, v.latest, func(ctx context.Context) ([]health.Line, error) { return v.doctor.Health(ctx, a, ask) },
		func(lines []health.Line, err error) {
			v.asking = !ask && err == nil
			if err != nil {
				v.news.Set(v.env.Words.Error(err), widgets.Bad)
				v.dialog.Refresh()
				v.env.Shown("health", "error", string(pos.CodeOf(err)))
				return
			}
			v.show(lines)
			then()
		})
}

func (v *view) show(lines []health.Line) {
	at := v.table.Selected()
	v.lines = lines
	v.table.SetRows(len(lines))
	if at < 0 || at >= len(lines) {
		at = first(lines)
	}
	v.table.Select(at)
	text, tone := summary(v.env, lines)
	if v.asking {
		text += " " + v.env.T("health.asking", nil)
	}
	v.news.Set(text, tone)
	v.explain()
	v.env.Shown("health", "bad", strconv.Itoa(health.Count(lines, health.Bad)), "warn", strconv.Itoa(health.Count(lines, health.Warn)),
		"lines", strconv.Itoa(len(lines)), "asking", strconv.FormatBool(v.asking), "error", "")
}

// first is the line to begin with: the worst.
func first(lines []health.Line) int {
	worst := health.Worst(lines)
	for i, l := range lines {
		if l.State == worst {
			return i
		}
	}
	return 0
}

func summary(env *ui.Env, lines []health.Line) (string, widgets.Tone) {
	if n := health.Count(lines, health.Bad); n > 0 {
		return env.T("health.sum.bad", pos.Args{"Count": n}), widgets.Bad
	}
	if n := health.Count(lines, health.Warn); n > 0 {
		return env.T("health.sum.warn", pos.Args{"Count": n}), widgets.Warn
	}
	return env.T("health.sum.good", nil), widgets.Good
}

func (v *view) chosen() *health.Line {
	if i := v.table.Selected(); i >= 0 && i < len(v.lines) {
		return &v.lines[i]
	}
	return nil
}

// explain tells the chosen line in full.
func (v *view) explain() {
	l := v.chosen()
	if l != nil {
		v.more.SetText(v.env.T("health."+l.Name, nil) + ": " + l.Say(v.env.Words))
	}
	v.open.SetEnabled(l != nil && l.Place != "")
	v.dialog.Refresh()
}

// onMend leaves for where the chosen line is put right.
func (v *view) onMend() {
	l := v.chosen()
	if l == nil || l.Place == "" {
		return
	}
	place := l.Place
	v.dialog.Close()
	v.mend(place)
}

func (v *view) cell(i, col int) widgets.Cell {
	l := &v.lines[i]
	switch col {
	case 0:
		return widgets.Cell{Text: v.env.T("health."+l.Name, nil)}
	case 1:
		return widgets.Cell{Text: strings.Join(strings.Fields(l.Say(v.env.Words)), " ")}
	}
	return widgets.Cell{Text: v.env.T("health."+string(l.State), nil), Chip: true, Tone: tones[l.State]}
}

var tones = map[health.State]widgets.Tone{health.Good: widgets.Good, health.Warn: widgets.Warn, health.Bad: widgets.Bad}
