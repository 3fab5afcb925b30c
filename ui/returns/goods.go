package returns

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// goodsLimit is how many goods are offered for one name.
const goodsLimit = 50

// chooseGoods offers the goods a name means; without any the refusal is shown.
func (s *Screen) chooseGoods(text string, found []pos.Product, refusal error) {
	if len(found) > 0 {
		s.offer(pos.Found[pos.Product]{List: found})
		return
	}
	task.Run(s.env.Ctx, s.env.Runner,
		func(ctx context.Context) (pos.Found[pos.Product], error) {
			return s.env.Till.FindProducts(ctx, text, goodsLimit)
		},
		func(found pos.Found[pos.Product], err error) {
			switch {
			case s.scope == nil || !s.m.picking():
			case err != nil:
				s.fail(err)
			case len(found.List) == 0:
				s.fail(refusal)
			default:
				s.offer(found)
			}
		})
}

// offer lists goods to choose from.
func (s *Screen) offer(f pos.Found[pos.Product]) {
	found := f.List
	k, m := s.env.Kit, s.env.Words.Money()
	var d *widgets.Dialog
	table := k.Table([]widgets.Column{{Title: s.t("col.goods", nil)},
		{Title: s.t("col.price", nil), Width: 140, Align: fyne.TextAlignTrailing, Style: widgets.Strong}},
		func(row, col int) widgets.Cell {
			if col == 1 {
				return widgets.Cell{Text: m.Amount(found[row].Price)}
			}
			return widgets.Cell{Text: found[row].Name, Aside: " " + found[row].SKU}
		})
	take := func() {
		row := table.Selected()
		if row < 0 {
			return
		}
		d.Close()
		s.pick(found[row].SKU)
	}
	table.OnActivated = func(int) { take() }
	back := k.KeyButton(s.env.T("word.close", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	blue := k.KeyButton(s.t("goods.do", nil), widgets.Primary, keys.Enter, take)
	back.Height, blue.Height = widgets.Large, widgets.Large
	d = k.Dialog(widgets.DialogSpec{Name: "returns.goods", Title: s.t("goods.title", nil), Width: widgets.Middle, Height: 520, Fills: true,
		Body:   widgets.VBox(theme.GapCards, widgets.Grow(widgets.NewFlatCard(table))),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(blue))})
	d.OnClosed = func() { s.v.field.Focus(); s.report() }
	d.Show(table, func(sc *keys.Scope) { sc.BindKey(keys.Enter, take) })
	table.SetFound(len(found), s.env.Guess(f.Meant))
	s.env.Shown("returns.goods", "first", found[0].SKU)
}
