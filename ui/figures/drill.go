package figures

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/report"
	"kassa/ui"
	"kassa/ui/customer"
	"kassa/ui/keys"
	"kassa/ui/receipts"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// openRow opens what stands behind the selected row.
func (v *view) openRow() {
	row := -1
	if v.table != nil {
		row = v.table.Selected()
	}
	if v.page == nil || row < 0 {
		return
	}
	r := &v.page.Rows[row]
	switch v.page.Opens {
	case figures.OpensSales:
		openSales(v.env, v.page.Query, r.Key, r.Label.Say(v.env.T))
	case figures.OpensCheque:
		v.openCheque(pos.SaleID(r.Key), row)
	case figures.OpensCustomer:
		customer.Card(v.env, pos.CustomerID(r.Key), v.load)
	case figures.OpensShift:
		v.openShift(pos.ShiftID(r.Key))
	}
}

// allSales lists every sale of the period.
func (v *view) allSales() {
	q := v.query
	q.Kind = figures.Days
	openSales(v.env, q, "", v.period.Label)
}

// openCheque shows the sale a row is about, or all that is known of it where
// no sale came of the cheque.
func (v *view) openCheque(id pos.SaleID, row int) {
	a, w := v.env.Actor, v.env.Words
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (string, error) {
		s, err := v.env.Till.Sale(ctx, a, id)
		if err != nil {
			return "", err
		}
		return receipts.Text(ctx, v.env, w, a, s)
	}, func(text string, err error) {
		if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
			v.env.Kit.Toast(v.env.Words.Error(err), widgets.Bad)
			return
		}
		body := widgets.VBox(theme.GapCards)
		for i, h := range v.page.table.Head {
			if value := v.page.table.Rows[row][i]; value != "" {
				body.Add(widgets.VBox(0, widgets.NewText(h.Name, widgets.SmallMuted), widgets.NewParagraph(value, widgets.Body)))
			}
		}
		if text != "" {
			body.Add(widgets.NewSeparator())
			body.Add(widgets.NewMono(text))
		}
		sheet(v.env, "figures.cheque", v.page.table.Title, body, nil)
		v.env.Shown("figures.cheque", "sold", strconv.FormatBool(text != ""))
	})
}

func (v *view) openShift(id pos.ShiftID) {
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (*pos.ShiftReport, error) {
		if sh, err := v.env.Till.Shift(ctx); err == nil && sh.ID == id {
			return v.env.Till.XReport(ctx, a)
		}
		return v.env.Till.ZReport(ctx, a, id)
	}, func(r *pos.ShiftReport, err error) {
		if err != nil {
			v.env.Kit.Toast(v.env.Words.Error(err), widgets.Bad)
			return
		}
		title, body := shiftFigures(v.env, r)
		sheet(v.env, "figures.shift", title, body, nil)
		v.env.Shown("figures.shift", "number", strconv.FormatInt(r.Shift.Number, 10))
	})
}

// shiftFigures are a shift's figures line by line.
func shiftFigures(env *ui.Env, r *pos.ShiftReport) (title string, _ fyne.CanvasObject) {
	body := widgets.VBox(theme.GapTiny)
	for _, row := range report.Shift(r, env.T, env.Words.Money()) {
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
	return title, body
}

// sheet shows something until Enter or Esc. What can be printed has a put.
func sheet(env *ui.Env, name, title string, body fyne.CanvasObject, put func()) {
	var d *widgets.Dialog
	shut := env.Kit.KeyButton(env.T("figures.close", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	shut.Height = widgets.Large
	ui.DefinePrintKey(env.Kit.Keys)
	footer := fyne.CanvasObject(shut)
	if put != nil && env.Print.Ready() {
		b := env.Kit.ActionButton(env.T("drawer.print", nil), widgets.Secondary, ui.ActPrint)
		b.Height = widgets.Large
		footer = widgets.Columns(theme.GapCards, widgets.Grow(b), widgets.Grow(shut))
	}
	d = env.Kit.Dialog(widgets.DialogSpec{Name: name, Title: title, Width: 520, Body: body, Footer: footer})
	d.Show(shut, func(s *keys.Scope) {
		if put != nil {
			s.Bind(ui.ActPrint, put)
		}
	})
}

// salesPage is how many sales are read at a time.
const salesPage = 100

// sales is the list of sales behind a figure, the receipt of the selected one
// beside it.
type sales struct {
	env    *ui.Env
	query  figures.Query
	key    string
	list   []pos.Sale
	whole  bool
	asking bool
	table  *widgets.Table
	paper  *widgets.Mono
	news   *widgets.Banner
	latest *task.Latest
	dialog *widgets.Dialog
}

func openSales(env *ui.Env, q figures.Query, key, title string) {
	k := env.Kit
	s := &sales{env: env, query: q, key: key, paper: widgets.NewMono(""), news: widgets.NewBanner("", widgets.Bad), latest: task.NewLatest(env.Runner)}
	s.table = k.Table([]widgets.Column{
		{Title: env.T("figures.sale.number", nil), Width: 84},
		{Title: env.T("figures.sale.at", nil), Style: widgets.Muted},
		{Title: env.T("figures.sale.total", nil), Width: 130, Align: fyne.TextAlignTrailing, Style: widgets.Strong},
	}, s.cell)
	s.table.Empty = env.T("figures.sale.none", nil)
	s.table.OnSelected = s.onSelected
	shut := k.KeyButton(env.T("figures.close", nil), widgets.Secondary, keys.Esc, func() { s.dialog.Close() })
	shut.Height = widgets.Large
	paper := widgets.FixedWidth(440, widgets.NewPanel(container.NewVScroll(s.paper), theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapInside, theme.GapCards))
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "figures.sales", Title: env.T("figures.sale.title", pos.Args{"Of": title}), Width: 1000, Height: 660, Fills: true,
		Body: widgets.VBox(theme.GapSmall, s.news, widgets.Grow(widgets.Columns(theme.GapInside, widgets.Grow(widgets.NewFlatCard(s.table)), paper))), Footer: shut})
	s.dialog.OnClosed = func() { s.latest.Cancel() }
	s.dialog.Show(s.table, nil)
	s.more()
}

func (s *sales) more() {
	var last *pos.Sale
	if n := len(s.list); n > 0 {
		one := s.list[n-1]
		last = &one
	}
	a, q, key := s.env.Actor, s.query, s.key
	s.asking = true
	task.Run(s.env.Ctx, s.env.Runner, func(ctx context.Context) ([]pos.Sale, error) {
		return s.env.Till.ReportSales(ctx, a, q, key, last, salesPage)
	}, s.onPage)
}

func (s *sales) onPage(got []pos.Sale, err error) {
	s.asking = false
	if err != nil {
		s.news.Set(s.env.Words.Error(err), widgets.Bad)
		s.dialog.Refresh()
		s.env.Shown("figures.sales", "error", string(pos.CodeOf(err)))
		return
	}
	first := len(s.list) == 0
	s.whole = len(got) < salesPage
	s.list = append(s.list, got...)
	s.table.SetRows(len(s.list))
	s.tell()
	if first && len(s.list) > 0 {
		s.table.Select(0)
	}
}

func (s *sales) cell(row, col int) widgets.Cell {
	one, w := &s.list[row], s.env.Words
	switch col {
	case 0:
		return widgets.Cell{Text: strconv.FormatInt(one.Number, 10)}
	case 1:
		return widgets.Cell{Text: w.DateTime(one.At)}
	}
	return widgets.Cell{Text: w.Money().Amount(one.Total)}
}

func (s *sales) onSelected(row int) {
	if row < 0 {
		return
	}
	if !s.whole && !s.asking && row > len(s.list)-10 {
		s.more()
	}
	id, a, w := s.list[row].ID, s.env.Actor, s.env.Words
	task.RunLatest(s.env.Ctx, s.latest, func(ctx context.Context) (string, error) {
		one, err := s.env.Till.Sale(ctx, a, id)
		if err != nil {
			return "", err
		}
		return receipts.Text(ctx, s.env, w, a, one)
	}, func(text string, err error) {
		if err != nil {
			s.news.Set(s.env.Words.Error(err), widgets.Bad)
			s.dialog.Refresh()
			return
		}
		s.paper.SetText(text)
		s.dialog.Refresh()
		s.tell()
	})
}

func (s *sales) tell() {
	number := ""
	if row := s.table.Selected(); row >= 0 {
		number = strconv.FormatInt(s.list[row].Number, 10)
	}
	s.env.Shown("figures.sales", "found", strconv.Itoa(len(s.list)), "number", number)
}
