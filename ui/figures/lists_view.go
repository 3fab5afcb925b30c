package figures

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/report"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/drawer"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// listsView is the window of the lists: which there are, the rows of the chosen
// one, its sums.
type listsView struct {
	env    *ui.Env
	dialog *widgets.Dialog
	nav    *widgets.Nav
	holder *fyne.Container
	totals *fyne.Container
	news   *widgets.Banner
	table  *widgets.Table
	latest *task.Latest
	page   *listPage
}

// Lists shows the journals: shifts, receipts, points, debts, skipped codes. closed
// is called when the window has gone.
func Lists(env *ui.Env, closed func()) {
	v := &listsView{env: env, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	names := make([]string, len(lists))
	for i, k := range lists {
		names[i] = env.T("reports."+k.id, nil)
	}
	v.nav = env.Kit.Nav(names, 0, v.load)
	v.holder = widgets.VBox(0)
	v.totals = widgets.VBox(theme.GapTiny)
	right := widgets.VBox(theme.GapCards, v.news, widgets.Grow(v.holder), v.totals)
	shut := env.Kit.KeyButton(env.T("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	shut.Height = widgets.Large
	v.dialog = env.Kit.Dialog(widgets.DialogSpec{Name: "reports", Page: "lists", Title: env.T("reports.title", nil),
		Subtitle: env.T("reports.hint", nil), Width: widgets.Wide, Height: 660, Fills: true,
		Body:   widgets.Columns(theme.GapInside, widgets.FixedWidth(190, v.nav), widgets.Grow(right)),
		Footer: widgets.HBox(0, widgets.FixedWidth(200, shut), widgets.Spring())})
	v.dialog.OnClosed = func() { v.latest.Cancel(); closed() }
	v.dialog.Show(v.nav, func(s *keys.Scope) {
		for i := range lists {
			s.BindKey(keys.Key("F"+strconv.Itoa(i+1)), func() { v.nav.SetSelected(i); v.load(i) })
		}
	})
	v.load(0)
}

func (v *listsView) load(i int) {
	a := v.env.Actor
	task.RunLatest(v.env.Ctx, v.latest,
		func(ctx context.Context) (*listPage, error) { return lists[i].load(ctx, v.env, a) },
		func(p *listPage, err error) { v.show(lists[i].id, p, err) })
}

func (v *listsView) show(id string, p *listPage, err error) {
	v.holder.RemoveAll()
	v.totals.RemoveAll()
	if err != nil {
		v.news.Set(v.env.Words.Error(err), widgets.Bad)
		v.dialog.Refresh()
		v.env.Shown("reports", "report", id, "error", string(pos.CodeOf(err)))
		return
	}
	v.news.Set("", widgets.Bad)
	v.page = p
	v.table = v.env.Kit.Table(listColumns(p), func(row, col int) widgets.Cell { return listCell(p, row, col) })
	v.table.Tall = func(int) bool { return len(p.skips) > 0 }
	v.table.Empty = v.env.T("reports.empty."+id, nil)
	v.table.OnActivated = v.onRow
	v.table.SetRows(len(p.Rows))
	if len(p.Rows) > 0 {
		v.table.Select(0)
	}
	v.holder.Add(widgets.Grow(widgets.NewFlatCard(v.table)))
	for _, r := range p.Total {
		if r.Mark != report.Rule {
			v.totals.Add(widgets.KeyValue(r.Label, r.Value, widgets.Strong).Box)
		}
	}
	v.dialog.Refresh()
	v.env.Shown("reports", "report", id, "rows", strconv.Itoa(len(p.Rows)))
}

func listColumns(p *listPage) []widgets.Column {
	cols := make([]widgets.Column, len(p.cols))
	for i, c := range p.cols {
		h := p.Head[c.field]
		cols[i] = widgets.Column{Title: h.Name, Width: c.width, Share: c.share, From: c.from}
		if h.Figure {
			cols[i].Align = fyne.TextAlignTrailing
		}
	}
	return cols
}

func listCell(p *listPage, row, col int) widgets.Cell {
	c, fields := p.cols[col], p.Rows[row]
	one := widgets.Cell{Text: fields[c.field]}
	if c.under >= 0 {
		one.Sub = fields[c.under]
	}
	return one
}

// onRow opens the figures of a shift, or all that is known of a skipped code.
func (v *listsView) onRow(row int) {
	switch {
	case row >= 0 && row < len(v.page.skips):
		v.showSkip(v.page.skips[row])
		return
	case row < 0 || row >= len(v.page.shifts):
		return
	}
	a, sh := v.env.Actor, v.page.shifts[row]
	approval.Run(v.env,
		func(ctx context.Context) (*pos.ShiftReport, error) {
			if sh.Open() {
				return v.env.Till.XReport(ctx, a)
			}
			return v.env.Till.ZReport(ctx, a, sh.ID)
		},
		func(r *pos.ShiftReport, err error) {
			if err != nil {
				v.env.Kit.Toast(v.env.Words.Error(err), widgets.Bad)
				return
			}
			v.showShift(r)
		})
}

func (v *listsView) showShift(r *pos.ShiftReport) {
	title, body := shiftFigures(v.env, r)
	sheet(v.env, "reports.shift", title, body, func() { drawer.PrintShift(v.env, r) })
	v.env.Shown("reports.shift", "expected", r.Expected.String())
}

// showSkip shows one skipped code whole: a reason may be longer than its column.
func (v *listsView) showSkip(s skip) {
	body := widgets.VBox(theme.GapCards)
	for _, f := range s.facts {
		body.Add(widgets.VBox(0, widgets.NewText(f.Label, widgets.SmallMuted), widgets.NewParagraph(f.Value, widgets.Body)))
	}
	sheet(v.env, "reports.skip", s.title, body, nil)
	v.env.Shown("reports.skip")
}
