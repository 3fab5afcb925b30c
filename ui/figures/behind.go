package figures

// This file lists the sales and returns behind a figure.

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/receipts"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// salesPage is how many sales are read at a time.
const salesPage = 100

// returnsMost bounds the returns that are read: they are few beside the sales.
const returnsMost = 1000

// sales is the list of sales and returns behind a figure, the receipt of the
// selected one beside it.
type sales struct {
	env    *ui.Env
	query  figures.Query
	key    string
	sold   []pos.Sale   // as far as they were read, newest first
	back   []pos.Return // all of them, newest first
	list   []document   // both, as shown
	whole  bool
	asking bool
	table  *widgets.Table
	paper  *widgets.Mono
	news   *widgets.Banner
	latest *task.Latest
	dialog *widgets.Dialog
}

// document is a sale, or a return.
type document struct {
	sale *pos.Sale
	back *pos.Return
}

func (d document) at() time.Time {
	if d.back != nil {
		return d.back.At
	}
	return d.sale.At
}

func (d document) number() string {
	if d.back != nil {
		return strconv.FormatInt(d.back.Number, 10)
	}
	return strconv.FormatInt(d.sale.Number, 10)
}

// merge puts the returns among the sales by their time; those older than the last
// sale that was read wait for the sales between.
func (s *sales) merge() {
	s.list = s.list[:0]
	back := s.back
	for i := range s.sold {
		for len(back) > 0 && !back[0].At.Before(s.sold[i].At) {
			s.list = append(s.list, document{back: &back[0]})
			back = back[1:]
		}
		s.list = append(s.list, document{sale: &s.sold[i]})
	}
	if s.whole {
		for i := range back {
			s.list = append(s.list, document{back: &back[i]})
		}
	}
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
	shut := k.KeyButton(env.T("word.close", nil), widgets.Secondary, keys.Esc, func() { s.dialog.Close() })
	shut.Height = widgets.Large
	paper := widgets.FixedWidth(440, widgets.NewPanel(container.NewVScroll(s.paper), theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapInside, theme.GapCards))
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "figures.sales", Title: env.T("figures.sale.title", pos.Args{"Of": title}), Width: widgets.Wide, Height: 660, Fills: true,
		Body: widgets.VBox(theme.GapSmall, s.news, widgets.Grow(widgets.Columns(theme.GapInside, widgets.Grow(widgets.NewFlatCard(s.table)), paper))), Footer: shut})
	s.dialog.OnClosed = func() { s.latest.Cancel() }
	s.dialog.Show(s.table, nil)
	s.more()
}

func (s *sales) more() {
	var last *pos.Sale
	if n := len(s.sold); n > 0 {
		one := s.sold[n-1]
		last = &one
	}
	a, q, key := s.env.Actor, s.query, s.key
	s.asking = true
	task.Run(s.env.Ctx, s.env.Runner, func(ctx context.Context) (p reading, err error) {
		if p.sold, err = s.env.Till.ReportSales(ctx, a, q, key, last, salesPage); err == nil && last == nil {
			p.back, err = s.env.Till.ReportReturns(ctx, a, q, key, returnsMost)
		}
		return p, err
	}, s.onPage)
}

// reading is what is read at a time; the returns come with the first.
type reading struct {
	sold []pos.Sale
	back []pos.Return
}

func (s *sales) onPage(got reading, err error) {
	s.asking = false
	if err != nil {
		s.news.Set(s.env.Words.Error(err), widgets.Bad)
		s.dialog.Refresh()
		s.env.Shown("figures.sales", "error", string(pos.CodeOf(err)))
		return
	}
	first := len(s.list) == 0
	s.whole = len(got.sold) < salesPage
	s.sold, s.back = append(s.sold, got.sold...), append(s.back, got.back...)
	s.merge()
	s.table.SetRows(len(s.list))
	s.tell()
	if first && len(s.list) > 0 {
		s.table.Select(0)
	}
}

func (s *sales) cell(row, col int) widgets.Cell {
	one, w := s.list[row], s.env.Words
	switch {
	case col == 1 && one.back != nil:
		return widgets.Cell{Text: w.DateTime(one.at()), Aside: s.env.T("figures.sale.return", nil)}
	case col == 1:
		return widgets.Cell{Text: w.DateTime(one.at())}
	case col == 0:
		return widgets.Cell{Text: one.number()}
	case one.back != nil:
		return widgets.Cell{Text: w.Money().Amount(one.back.Total.Neg()), Style: widgets.Strong.In(theme.ColorWarn)}
	}
	return widgets.Cell{Text: w.Money().Amount(one.sale.Total)}
}

func (s *sales) onSelected(row int) {
	if row < 0 {
		return
	}
	if !s.whole && !s.asking && row > len(s.list)-10 {
		s.more()
	}
	one, a, w := s.list[row], s.env.Actor, s.env.Words
	task.RunLatest(s.env.Ctx, s.latest, func(ctx context.Context) (string, error) {
		if one.back != nil {
			return receipts.ReturnText(ctx, s.env, w, a, one.back.ID)
		}
		sale, err := s.env.Till.Sale(ctx, a, one.sale.ID)
		if err != nil {
			return "", err
		}
		return receipts.Text(ctx, s.env, w, a, sale)
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
		number = s.list[row].number()
	}
	s.env.Shown("figures.sales", "found", strconv.Itoa(len(s.list)), "returns", strconv.Itoa(len(s.back)), "number", number)
}
