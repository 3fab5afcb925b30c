package figures

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/ui"
	"kassa/ui/chart"
	"kassa/ui/dates"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// view is the window of figures: the list of reports, the period above, a chart
// and a table of the chosen one.
type view struct {
	env    *ui.Env
	dialog *widgets.Dialog
	list   *widgets.Table
	period *widgets.Button
	versus *widgets.Button
	chart  *chart.Chart
	chartB *fyne.Container
	holder *fyne.Container
	news   *widgets.Banner
	note   *widgets.Paragraph
	totals *widgets.Paragraph
	table  *widgets.Table
	latest *task.Latest
	query  figures.Query
	page   *page
}

// versuses are what F3 goes through, with the words on its button.
var versuses = []struct {
	versus figures.Versus
	words  string
}{{figures.Alone, "figures.alone"}, {figures.PastPeriod, "figures.versus.before"}, {figures.PastWeek, "figures.versus.week"}}

// Open shows the reports, this month's sales by day first.
func Open(env *ui.Env, closed func()) { open(env, figures.Days, closed) }

func open(env *ui.Env, first figures.Kind, closed func()) {
	k, say := env.Kit, env.T
	v := &view{env: env, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	v.query = figures.Query{Kind: first, Period: figures.Of(figures.SpanMonth, v.today())}
	v.list = k.List([]widgets.Column{{}}, func(row, _ int) widgets.Cell {
		return widgets.Cell{Text: say("figures.kind."+string(kindRows[row]), nil)}
	})
	v.list.SetRows(len(kindRows))
	v.list.Select(place(first))
	v.list.OnSelected = func(row int) { v.query.Kind = kindRows[row]; v.load() }
	v.list.OnActivated = func(int) { v.focusFigures() }

	back := k.KeyButton("", widgets.Secondary, keys.Left, func() { v.turn(figures.Period.Before) })
	on := k.KeyButton("", widgets.Secondary, keys.Right, func() { v.turn(figures.Period.After) })
	v.period = k.KeyButton("", widgets.Secondary, "F2", v.pick)
	v.versus = k.KeyButton(say("figures.alone", nil), widgets.Secondary, "F3", v.compare)
	v.chart = chart.New(k)
	v.chart.OnSelected = v.onBar
	v.chart.OnActivated = func(int) { v.openRow() }
	v.chartB = widgets.VBox(theme.GapTiny)
	v.holder = widgets.VBox(0)
	v.note = widgets.NewParagraph("", widgets.SmallMuted)
	v.totals = widgets.NewParagraph("", widgets.Strong)
	top := widgets.HBox(theme.GapSmall, back, widgets.Grow(v.period), on, widgets.Grow(v.versus))
	right := widgets.VBox(theme.GapSmall, top, v.news, v.chartB, widgets.Grow(v.holder), v.totals, v.note)

	button := func(id string, kind widgets.Kind, key keys.Key, do func()) *widgets.Button {
		b := k.KeyButton(say(id, nil), kind, key, do)
		b.Height = v.footing()
		return b
	}
	shut := button("word.close", widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	ui.DefinePrintKey(k.Keys)
	file := k.ActionButton(say("receipts.pdf", nil), widgets.Secondary, ui.ActPDF)
	file.Height = v.footing()
	footer := widgets.Footer(theme.GapSmall, shut, button("figures.sales", widgets.Secondary, "F4", v.allSales), button("figures.export", widgets.Secondary, "F7", v.export),
		button("figures.print", widgets.Secondary, "F8", v.print), file, button("figures.lists", widgets.Secondary, "F12", v.lists))
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "figures", Page: "reports", Title: say("figures.title", nil), Subtitle: say("figures.hint", nil),
		Width: widgets.Wide, Height: 760, Fills: true, Footer: footer,
		Body: widgets.Columns(theme.GapInside, k.Width(func(w float32) float32 { return min(220, w*0.2) }, widgets.NewFlatCard(v.list)), widgets.Grow(right))})
	if v.low() {
		v.dialog.SetTitle(say("figures.title", nil), "", "")
	}
	v.dialog.OnClosed = func() {
		v.latest.Cancel()
		closed()
	}
	v.dialog.Show(v.list, func(s *keys.Scope) {
		s.BindKey("F2", v.pick)
		s.BindKey("F3", v.compare)
		s.BindKey("F4", v.allSales)
		s.BindKey("F7", v.export)
		s.BindKey("F8", v.print)
		s.Bind(ui.ActPDF, v.save)
		s.BindKey("F12", v.lists)
		s.BindKey(keys.Left, func() { v.turn(figures.Period.Before) }, keys.Repeating(), keys.When(v.notInChart))
		s.BindKey(keys.Right, func() { v.turn(figures.Period.After) }, keys.Repeating(), keys.When(v.notInChart))
	})
	v.load()
}

// lowBelow is the height of the window, at scale 1, below which the chart and the
// table need the room of everything else.
const lowBelow = 560

func (v *view) low() bool {
	return v.env.Kit.Window.Canvas().Size().Height < theme.Px(lowBelow)
}

// footing is how high the buttons at the foot are.
func (v *view) footing() widgets.ButtonSize {
	if v.low() {
		return widgets.Compact
	}
	return widgets.Large
}

// notInChart: there the arrows move from bar to bar.
func (v *view) notInChart() bool { return v.env.Kit.Focused() != fyne.Focusable(v.chart) }

func place(k figures.Kind) int {
	for i := range kindRows {
		if kindRows[i] == k {
			return i
		}
	}
	return 0
}

// today is the shop's, by the window's clock.
func (v *view) today() figures.Day { return today(v.env) }

func today(env *ui.Env) figures.Day {
	now := env.Kit.Timers.Now()
	return figures.DayOf(now, now.Location())
}

// turn goes to the period before or after.
func (v *view) turn(by func(figures.Period) figures.Period) {
	if p := by(v.query.Period); p.Check() == nil {
		v.query.Period = p
		v.load()
	}
}

func (v *view) pick() {
	dates.PickPeriod(v.env, v.query.Period, v.today(), func(p figures.Period) {
		v.query.Period = p
		v.load()
	})
}

// compare goes on to the next way to compare.
func (v *view) compare() {
	next := 0
	for i := range versuses {
		if versuses[i].versus == v.query.Versus {
			next = (i + 1) % len(versuses)
		}
	}
	v.query.Versus = versuses[next].versus
	v.versus.SetLabel(v.env.T(versuses[next].words, nil))
	v.load()
}

// lists opens the plain lists: shifts, receipts, points, debts, skipped codes.
func (v *view) lists() { Lists(v.env, func() {}) }

// load asks for the report; the one shown stays until the new one is there.
func (v *view) load() {
	v.period.SetLabel(dates.PeriodName(v.env.T, v.query.Period))
	a, q, w := v.env.Actor, v.query, v.env.Words
	task.RunLatest(v.env.Ctx, v.latest, func(ctx context.Context) (*page, error) {
		r, err := v.env.Till.Report(ctx, a, q)
		if err != nil {
			return nil, err
		}
		return newPage(r, w.T, w.Money()), nil
	}, v.show)
}

func (v *view) show(p *page, err error) {
	if err != nil {
		v.news.Set(v.env.Words.Error(err), widgets.Bad)
		v.dialog.Refresh()
		v.env.Shown("figures", "report", string(v.query.Kind), "error", string(pos.CodeOf(err)))
		return
	}
	v.news.Set("", widgets.Neutral)
	v.page = p
	rows := len(p.table.Rows)
	v.totals.Set(p.totalLine(), widgets.Strong)
	v.table = v.env.Kit.Table(columns(p), v.cell)
	v.table.Empty = p.table.Empty
	v.table.OnActivated = func(int) { v.openRow() }
	v.table.OnSelected = v.onRow
	v.table.SetRows(rows)
	v.holder.RemoveAll()
	v.holder.Add(widgets.Grow(widgets.NewFlatCard(v.table)))
	v.chartB.RemoveAll()
	v.chart.SetData(p.chart)
	if len(p.chart.Bars) > 0 {
		v.chartB.Add(widgets.NewFlatCard(widgets.Sized(0, chartHeight(v.env), v.chart)))
		if !v.low() {
			v.chartB.Add(v.chart.Told())
		}
	}
	note := ""
	for _, n := range p.Notes {
		note += n.Say(v.env.T) + " "
	}
	if v.low() {
		note = ""
	}
	v.note.Set(note, widgets.SmallMuted)
	if rows > 0 {
		v.table.Select(0)
	}
	v.dialog.Refresh()
	v.tell()
}

// chartHeight leaves a small window room for the table.
func chartHeight(env *ui.Env) float32 {
	h := env.Kit.Window.Canvas().Size().Height / theme.Px(1)
	return min(max(h*0.27, 120), 260)
}

func (v *view) tell() {
	total := ""
	if len(v.page.total) > 1 {
		total = v.page.total[1]
	}
	v.env.Shown("figures", "report", string(v.page.Kind), "rows", strconv.Itoa(len(v.page.table.Rows)), "total", total,
		"from", v.page.Period.From.String(), "to", v.page.Period.To.String(), "versus", string(v.page.Versus), "told", v.chart.Told().Text())
}

func (v *view) cell(row, col int) widgets.Cell {
	return widgets.Cell{Text: v.page.table.Rows[row][col]}
}

func align(figure bool) fyne.TextAlign {
	if figure {
		return fyne.TextAlignTrailing
	}
	return fyne.TextAlignLeading
}

// onBar brings the bar's row into sight, onRow the row's bar.
func (v *view) onBar(i int) {
	if i >= 0 && i < len(v.page.rows) {
		v.table.Select(v.page.rows[i])
	}
	v.tell()
}

func (v *view) onRow(row int) {
	for bar, r := range v.page.rows {
		if r == row {
			v.chart.Select(bar)
			return
		}
	}
	v.chart.Select(-1)
}

// focusFigures goes from the list to the figures.
func (v *view) focusFigures() {
	if v.table != nil {
		v.env.Kit.Focus(v.table)
	}
}
