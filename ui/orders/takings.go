package orders

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/ui"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// report is what came by each merchant: gross, fees and net, each currency by
// itself.
type report struct {
	env    *ui.Env
	rows   []manual.Takings
	filter filter
	latest *task.Latest
	table  *widgets.Table
	news   *widgets.Banner
	box    *fyne.Container
}

func newReport(env *ui.Env) *report {
	k, t, right := env.Kit, env.T, fyne.TextAlignTrailing
	r := &report{env: env, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	r.table = k.Table([]widgets.Column{
		{Title: t("orders.col.merchant", nil), Share: 1},
		{Title: t("orders.takings.payments", nil), Width: 90, Align: right, Style: widgets.Muted, From: 820},
		{Title: t("orders.takings.gross", nil), Width: 150, Align: right, From: 560},
		{Title: t("orders.takings.returned", nil), Width: 140, Align: right, From: 720},
		{Title: t("orders.takings.fees", nil), Width: 130, Align: right},
		{Title: t("orders.takings.net", nil), Width: 150, Align: right, Style: widgets.Strong},
	}, r.cell)
	r.table.Empty = t("orders.takings.none", nil)
	r.box = widgets.VBox(theme.GapCards, widgets.NewParagraph(t("orders.takings.why", nil), widgets.Muted), r.news, widgets.Grow(widgets.NewFlatCard(r.table)))
	return r
}

func (r *report) load(f *filter, zone *time.Location) {
	if r.env.Payments == nil {
		r.show(nil, pos.E(pos.CodeUnavailable, "exchange.offline", nil))
		return
	}
	r.filter = *f
	c, p, a := f.choice(zone), r.env.Payments, r.env.Actor
	task.RunLatest(r.env.Ctx, r.latest, func(ctx context.Context) ([]manual.Takings, error) { return p.Takings(ctx, a, c.From, c.To) }, r.show)
}

func (r *report) show(rows []manual.Takings, err error) {
	if err != nil {
		r.news.Set(r.env.Words.Error(err), widgets.Bad)
	} else {
		r.news.Set("", widgets.Neutral)
		r.rows = of(rows, r.filter.merchant)
		r.table.SetRows(len(r.rows))
	}
	r.box.Refresh()
	facts := []string{"tab", "takings", "rows", strconv.Itoa(len(r.rows)), "error", string(pos.CodeOf(err))}
	if len(r.rows) > 0 {
		t := &r.rows[0]
		facts = append(facts, "gross", t.Gross.String(), "fees", t.Fees.String(), "net", t.Net.String(), "returned", t.Returned.String())
	}
	r.env.Shown("orders", facts...)
}

// of leaves one merchant's rows; "" leaves all.
func of(rows []manual.Takings, merchant string) (list []manual.Takings) {
	for _, t := range rows {
		if merchant == "" || t.Merchant == merchant {
			list = append(list, t)
		}
	}
	return list
}

func (r *report) cell(i, col int) widgets.Cell {
	t := &r.rows[i]
	switch col {
	case 0:
		return widgets.Cell{Text: t.Name, Aside: string(t.Currency)}
	case 1:
		return widgets.Cell{Text: itoa(t.Payments)}
	case 2:
		return widgets.Cell{Text: sum(r.env, t.Gross, t.Currency)}
	case 3:
		return widgets.Cell{Text: sum(r.env, t.Returned, t.Currency)}
	case 4:
		return widgets.Cell{Text: sum(r.env, t.Fees, t.Currency)}
	}
	return widgets.Cell{Text: sum(r.env, t.Net, t.Currency)}
}
