package stock

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// mostMoves bounds a movement card.
const mostMoves = 500

// Moves shows what moved a product's stock: every sale, return, document and
// import, newest first. Enter opens a document.
func Moves(env *ui.Env, id pos.ProductID, name string) {
	DefineKeys(env.Kit.Keys)
	k, t, right := env.Kit, env.T, fyne.TextAlignTrailing
	var list []till.ProductMove
	news := widgets.NewBanner("", widgets.Bad)
	table := k.Table([]widgets.Column{
		{Title: t("stock.date", nil), Width: 180},
		{Title: t("stock.doc", nil)},
		{Title: t("stock.moved", nil), Width: 130, Align: right, Style: widgets.Strong},
		{Title: t("stock.after", nil), Width: 130, Align: right, Style: widgets.Muted},
	}, func(row, col int) widgets.Cell {
		m := &list[row]
		switch col {
		case 0:
			if m.At.IsZero() {
				return widgets.Cell{}
			}
			return widgets.Cell{Text: env.Words.DateTime(m.At)}
		case 1:
			return widgets.Cell{Text: sourceName(env, m)}
		case 2:
			c := widgets.Cell{Text: signed(env, m.Qty, "")}
			if m.Qty < 0 {
				c.Style = widgets.Strong.In(theme.ColorBad).Right()
			}
			return c
		}
		return widgets.Cell{Text: env.Words.Money().Quantity(m.After)}
	})
	table.Empty = t("stock.no-moves", nil)
	open := func() {
		if i := table.Selected(); i >= 0 && i < len(list) && list[i].Doc != "" {
			openDoc(env, list[i].Doc, func() {})
		}
	}
	table.OnActivated = func(int) { open() }
	var d *widgets.Dialog
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	blue := k.KeyButton(t("stock.open-doc", nil), widgets.Primary, keys.Enter, open)
	d = k.Dialog(widgets.DialogSpec{Name: "stock.moves", Title: name, Subtitle: t("stock.moves.title", nil), Width: widgets.Middle, Height: 640, Fills: true,
		Body: widgets.VBox(theme.GapCards, news, widgets.Grow(widgets.NewFlatCard(table))), Footer: widgets.Footer(theme.GapCards, back, blue)})
	d.Show(table, func(s *keys.Scope) { s.BindKey(keys.Enter, open) })
	a := env.Actor
	task.Run(env.Ctx, env.Runner,
		func(ctx context.Context) ([]till.ProductMove, error) {
			return env.Till.ProductMoves(ctx, a, id, mostMoves)
		},
		func(moves []till.ProductMove, err error) {
			list = moves
			news.Set(env.Words.Error(err), widgets.Bad)
			table.SetRows(len(list))
			table.Select(min(0, len(list)-1))
			d.Refresh()
			env.Shown("stock.moves", "rows", strconv.Itoa(len(list)), "error", errorID(err))
		})
}

// movesOfCode shows the movement card of the goods a scanned code names.
func movesOfCode(env *ui.Env, code string, tell func(error)) {
	task.Run(env.Ctx, env.Runner,
		func(ctx context.Context) (*pos.Product, error) { return env.Till.GoodsOf(ctx, code) },
		func(p *pos.Product, err error) {
			if err != nil {
				tell(err)
				return
			}
			Moves(env, p.ID, p.Name)
		})
}

// pick lets somebody choose one of the goods that were found.
func pick(env *ui.Env, found pos.Found[pos.Product], chosen func(pos.Product)) {
	k, t, goods := env.Kit, env.T, found.List
	table := k.Table([]widgets.Column{
		{Title: t("stock.goods", nil)},
		{Title: t("stock.sku", nil), Width: 120, From: 520, Style: widgets.Muted},
		{Title: t("stock.book", nil), Width: 130, Align: fyne.TextAlignTrailing},
	}, func(row, col int) widgets.Cell {
		p := &goods[row]
		return widgets.Cell{Text: [...]string{p.Name, p.SKU, amount(env, p.Stock, p.Unit)}[col]}
	})
	var d *widgets.Dialog
	take := func() {
		if i := table.Selected(); i >= 0 && i < len(goods) {
			d.Close()
			chosen(goods[i])
		}
	}
	table.OnActivated = func(int) { take() }
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	blue := k.KeyButton(t("stock.pick.do", nil), widgets.Primary, keys.Enter, take)
	d = k.Dialog(widgets.DialogSpec{Name: "stock.pick", Title: t("stock.pick.title", nil), Width: widgets.Middle, Height: 560, Fills: true,
		Body: widgets.Grow(widgets.NewFlatCard(table)), Footer: widgets.Footer(theme.GapCards, back, blue)})
	table.SetFound(len(goods), env.Guess(found.Meant))
	d.Show(table, func(s *keys.Scope) { s.BindKey(keys.Enter, take) })
	env.Shown("stock.pick", "rows", strconv.Itoa(len(goods)), "meant", found.Meant)
}
