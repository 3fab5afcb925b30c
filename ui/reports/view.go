package reports

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/report"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// view is the window of reports: their list, the rows of the chosen one, its
// sums.
type view struct {
	env    *ui.Env
	dialog *widgets.Dialog
	nav    *widgets.Nav
	holder *fyne.Container
	totals *fyne.Container
	news   *widgets.Banner
	table  *widgets.Table
	latest *task.Latest
	page   *page
}

// Open shows the reports.
func Open(env *ui.Env, closed func()) {
	v := &view{env: env, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = env.T("reports."+k.id, nil)
	}
	v.nav = env.Kit.Nav(names, 0, v.load)
	v.holder = widgets.VBox(0)
	v.totals = widgets.VBox(theme.GapTiny)
	right := widgets.VBox(theme.GapCards, v.news, widgets.Grow(v.holder), v.totals)
	shut := env.Kit.KeyButton(env.T("reports.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	shut.Height = widgets.Large
	v.dialog = env.Kit.Dialog(widgets.DialogSpec{Name: "reports", Title: env.T("reports.title", nil),
		Subtitle: env.T("reports.hint", nil), Width: 960, Height: 640, Fills: true,
		Body:   widgets.Columns(theme.GapInside, widgets.FixedWidth(190, v.nav), widgets.Grow(right)),
		Footer: widgets.HBox(0, widgets.Spring(), widgets.FixedWidth(200, shut))})
	v.dialog.OnClosed = func() { v.latest.Cancel(); closed() }
	v.dialog.Show(v.nav, func(s *keys.Scope) {
		for i := range kinds {
			s.BindKey(keys.Key("F"+strconv.Itoa(i+1)), func() { v.nav.SetSelected(i); v.load(i) })
		}
	})
	v.load(0)
}

func (v *view) load(i int) {
	a := v.env.Actor
	task.RunLatest(v.env.Ctx, v.latest,
		func(ctx context.Context) (*page, error) { return kinds[i].load(ctx, v.env, a) },
		func(p *page, err error) { v.show(kinds[i].id, p, err) })
}

func (v *view) show(id string, p *page, err error) {
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
	v.table = v.env.Kit.Table(columns(p.Head), func(row, col int) widgets.Cell { return widgets.Cell{Text: p.Rows[row][col]} })
	v.table.Empty = v.env.T("reports.empty."+id, nil)
	v.table.OnActivated = v.onRow
	v.table.SetRows(len(p.Rows))
	v.holder.Add(widgets.Grow(widgets.NewFlatCard(v.table)))
	for _, r := range p.Total {
		if r.Mark != report.Rule {
			v.totals.Add(widgets.KeyValue(r.Label, r.Value, widgets.Strong).Box)
		}
	}
	v.dialog.Refresh()
	v.env.Shown("reports", "report", id, "rows", strconv.Itoa(len(p.Rows)))
}

// columns gives figures a width of their own and lets words share the rest.
func columns(head []report.Column) []widgets.Column {
	cols := make([]widgets.Column, len(head))
	for i, h := range head {
		cols[i] = widgets.Column{Title: h.Name}
		if h.Figure {
			cols[i].Width, cols[i].Align = 118, fyne.TextAlignTrailing
		}
	}
	return cols
}

// onRow opens the figures of a shift.
func (v *view) onRow(row int) {
	if row < 0 || row >= len(v.page.shifts) {
		return
	}
	a, sh := v.env.Actor, v.page.shifts[row]
	task.Run(v.env.Ctx, v.env.Runner,
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

func (v *view) showShift(r *pos.ShiftReport) {
	body := widgets.VBox(theme.GapTiny)
	title := ""
	for _, row := range report.Shift(r, v.env.Words.T, v.env.Words.Money()) {
		switch row.Mark {
		case report.Title:
			title = row.Label
		case report.Rule:
			body.Add(widgets.NewSeparator())
		case report.Strong:
			body.Add(widgets.KeyValue(row.Label, row.Value, widgets.Strong).Box)
		default:
			body.Add(widgets.KeyValue(row.Label, row.Value, widgets.Body).Box)
		}
	}
	var d *widgets.Dialog
	shut := v.env.Kit.KeyButton(v.env.T("reports.close", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	shut.Height = widgets.Large
	d = v.env.Kit.Dialog(widgets.DialogSpec{Name: "reports.shift", Title: title, Width: 520, Body: body, Footer: shut})
	d.Show(shut, nil)
	v.env.Shown("reports.shift", "expected", r.Expected.String())
}
