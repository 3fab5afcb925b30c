package goods

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// mostPrices bounds a history of prices as it is shown.
const mostPrices = 500

// prices is how the prices of a product changed, and who works here.
type prices struct {
	list []pos.PriceChange
	who  map[pos.EmployeeID]string
}

// openPrices shows how a product's price and cost changed.
func openPrices(env *ui.Env, p *pos.Product) {
	k, t, m, right := env.Kit, env.T, env.Words.Money(), fyne.TextAlignTrailing
	var all prices
	news := widgets.NewBanner("", widgets.Bad)
	table := k.Table([]widgets.Column{
		{Title: t("goods.prices.when", nil), Width: 180},
		{Title: t("goods.prices.who", nil), Style: widgets.Muted},
		{Title: t("goods.prices.what", nil), Width: 110},
		{Title: t("goods.prices.from", nil), Width: 120, Align: right, Style: widgets.Muted},
		{Title: t("goods.prices.to", nil), Width: 120, Align: right, Style: widgets.Strong},
	}, func(row, col int) widgets.Cell {
		c := &all.list[row]
		return widgets.Cell{Text: [...]string{env.Words.DateTime(c.At), all.who[c.Employee], t("goods.prices.what."+string(c.What), nil),
			m.Bare(c.From), m.Bare(c.To)}[col]}
	})
	table.Empty = t("goods.prices.empty", nil)
	var d *widgets.Dialog
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	d = k.Dialog(widgets.DialogSpec{Name: "goods.prices", Title: p.Name, Subtitle: t("goods.prices.title", nil), Width: widgets.Middle, Height: 560, Fills: true,
		Body: widgets.VBox(theme.GapCards, news, widgets.Grow(widgets.NewFlatCard(table))), Footer: widgets.Footer(theme.GapCards, back)})
	d.Show(table, nil)
	a, id := env.Actor, p.ID
	task.Run(env.Ctx, env.Runner, func(ctx context.Context) (prices, error) {
		list, err := env.Till.PriceHistory(ctx, a, id, mostPrices)
		if err != nil {
			return prices{}, err
		}
		staff, err := env.Till.Employees(ctx)
		who := map[pos.EmployeeID]string{}
		for _, e := range staff {
			who[e.ID] = e.Name
		}
		return prices{list, who}, err
	}, func(found prices, err error) {
		all = found
		news.Set(env.Words.Error(err), widgets.Bad)
		table.SetRows(len(all.list))
		d.Refresh()
		env.Shown("goods.prices", "rows", strconv.Itoa(len(all.list)))
	})
}
