package offers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// choice is one thing a promotion may be for: goods, a category, a group of
// customers.
type choice struct{ key, name string }

// choosing says what a chooser offers.
type choosing struct {
	name   string // of the window, for tests
	title  string
	hint   string
	chosen []choice
	most   int
	find   func(ctx context.Context, text string) (pos.Found[choice], error)
	scan   func(ctx context.Context, code string) (choice, error) // nil: nothing to scan
	done   func([]choice)                                         // with every change
}

// chooser is a window that ticks some of many.
type chooser struct {
	env    *ui.Env
	c      choosing
	rows   []choice
	field  *widgets.Entry
	table  *widgets.Table
	news   *widgets.Banner
	d      *widgets.Dialog
	latest *task.Latest
}

// choose opens a chooser: the chosen ones first while nothing is typed, Enter
// ticks and unticks.
func choose(env *ui.Env, c choosing) {
	k, t := env.Kit, env.T
	c.chosen = slices.Clone(c.chosen)
	x := &chooser{env: env, c: c, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	x.field = k.Entry(widgets.SearchEntry, c.hint)
	x.field.MaxLength = pos.MaxNameRunes
	x.field.OnChanged = func(string) { x.reload() }
	x.field.OnScan = func(before, code string) {
		x.field.SetText(before)
		x.onScan(code)
	}
	x.table = k.List([]widgets.Column{{}, {Width: 130}}, x.cell)
	x.table.KeepsFocus = true
	x.table.Empty = t("offers.choose.none", nil)
	x.table.OnActivated = func(int) { x.onToggle() }
	x.d = k.Dialog(widgets.DialogSpec{Name: c.name, Title: c.title, Width: widgets.Narrow, Height: 560, Fills: true,
		Body: widgets.VBox(theme.GapCards, x.field, x.news, widgets.Grow(widgets.NewFlatCard(x.table))),
		Footer: widgets.Footer(theme.GapSmall, k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { x.d.Close() }),
			k.KeyButton(t("offers.choose.tick", nil), widgets.Primary, keys.Enter, x.onToggle))})
	x.d.OnClosed = x.latest.Cancel
	x.d.Show(x.field.Focusable(), func(s *keys.Scope) {
		for key, by := range map[keys.Key]int{keys.Up: -1, keys.Down: 1, keys.PgUp: -10, keys.PgDn: 10} {
			s.BindKey(key, func() { x.table.Step(by) }, keys.Repeating())
		}
		s.BindKey(keys.Enter, x.onToggle)
		s.OnScan = x.onScan
		s.Home = x.field.Focusable()
	})
	x.reload()
}

// reload shows what the text finds.
func (x *chooser) reload() {
	text := strings.TrimSpace(x.field.Text())
	task.RunLatest(x.env.Ctx, x.latest, func(ctx context.Context) (pos.Found[choice], error) { return x.c.find(ctx, text) },
		func(found pos.Found[choice], err error) {
			x.rows = nil
			if text == "" {
				x.rows = slices.Clone(x.c.chosen)
			}
			for _, f := range found.List {
				if text != "" || !x.has(f) {
					x.rows = append(x.rows, f)
				}
			}
			x.table.SetFound(len(x.rows), x.env.Guess(found.Meant))
			x.say(err)
		})
}

func (x *chooser) has(c choice) bool {
	return slices.ContainsFunc(x.c.chosen, func(o choice) bool { return o.key == c.key })
}

func (x *chooser) cell(row, col int) widgets.Cell {
	c := x.rows[row]
	switch {
	case col == 0:
		return widgets.Cell{Text: c.name}
	case x.has(c):
		return widgets.Cell{Text: x.env.T("offers.choose.ticked", nil), Chip: true, Tone: widgets.Good}
	}
	return widgets.Cell{}
}

// onToggle ticks the selected row, or unticks it.
func (x *chooser) onToggle() {
	if i := x.table.Selected(); i >= 0 && i < len(x.rows) {
		x.set(x.rows[i], !x.has(x.rows[i]))
	}
}

func (x *chooser) set(c choice, on bool) {
	switch has := x.has(c); {
	case on && !has && len(x.c.chosen) >= x.c.most:
		x.say(pos.E(pos.CodeInvalid, "offers.too-many", pos.Args{"Max": x.c.most}))
		return
	case on && !has:
		x.c.chosen = append(x.c.chosen, c)
	case !on:
		x.c.chosen = slices.DeleteFunc(x.c.chosen, func(o choice) bool { return o.key == c.key })
	}
	x.c.done(slices.Clone(x.c.chosen))
	x.table.Refresh()
	for i := range x.rows {
		x.table.RefreshRow(i)
	}
	x.say(nil)
}

// onScan ticks scanned goods.
func (x *chooser) onScan(code string) {
	if x.c.scan == nil {
		x.field.SetText(code)
		x.reload()
		return
	}
	task.Run(x.env.Ctx, x.env.Runner, func(ctx context.Context) (choice, error) { return x.c.scan(ctx, code) },
		func(c choice, err error) {
			if err != nil {
				x.say(err)
				return
			}
			x.set(c, true)
			if x.field.Text() == "" {
				x.reload()
			}
		})
}

func (x *chooser) say(err error) {
	x.news.Set(x.env.Words.Error(err), widgets.Bad)
	x.d.Refresh()
	x.env.Shown(x.c.name, "rows", strconv.Itoa(len(x.rows)), "chosen", strconv.Itoa(len(x.c.chosen)), "error", string(pos.CodeOf(err)))
}
