package payables

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// foundRows bounds what a search for goods shows.
const foundRows = 50

// picker is the window in which one of the goods is picked.
type picker struct {
	env    *ui.Env
	done   func(pos.Product)
	rows   []pos.Product
	field  *widgets.Entry
	table  *widgets.Table
	news   *widgets.Banner
	d      *widgets.Dialog
	latest *task.Latest
}

// pickProduct lets one find goods by name or code, or scan them.
func pickProduct(env *ui.Env, done func(pos.Product)) {
	k, t := env.Kit, env.T
	p := &picker{env: env, done: done, latest: task.NewLatest(env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	p.field = k.Entry(widgets.SearchEntry, t("offers.goods.hint", nil))
	p.field.MaxLength = pos.MaxNameRunes
	p.field.OnChanged = func(string) { p.reload() }
	p.field.OnScan = func(before, code string) { p.field.SetText(before); p.onScan(code) }
	p.table = k.List([]widgets.Column{{}, {Width: 130, Align: fyne.TextAlignTrailing, Style: widgets.Muted}}, func(row, col int) widgets.Cell {
		if col == 0 {
			return widgets.Cell{Text: p.rows[row].Name}
		}
		return widgets.Cell{Text: env.Words.Money().Amount(p.rows[row].Price)}
	})
	p.table.KeepsFocus = true
	p.table.Empty = t("offers.choose.none", nil)
	p.table.OnActivated = func(int) { p.onPick() }
	p.d = k.Dialog(widgets.DialogSpec{Name: "payables.product", Title: t("payables.product.choose", nil), Width: widgets.Narrow, Height: 560, Fills: true,
		Body: widgets.VBox(theme.GapCards, p.field, p.news, widgets.Grow(widgets.NewFlatCard(p.table))),
		Footer: widgets.Footer(theme.GapSmall, k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { p.d.Close() }),
			k.KeyButton(t("merchants.choose", nil), widgets.Primary, keys.Enter, p.onPick))})
	p.d.OnClosed = p.latest.Cancel
	p.d.Show(p.field.Focusable(), func(s *keys.Scope) {
		for key, by := range map[keys.Key]int{keys.Up: -1, keys.Down: 1, keys.PgUp: -10, keys.PgDn: 10} {
			s.BindKey(key, func() { p.table.Step(by) }, keys.Repeating())
		}
		s.BindKey(keys.Enter, p.onPick)
		s.OnScan = p.onScan
		s.Home = p.field.Focusable()
	})
	p.reload()
}

// reload shows what the text finds.
func (p *picker) reload() {
	text := strings.TrimSpace(p.field.Text())
	task.RunLatest(p.env.Ctx, p.latest, func(ctx context.Context) (pos.Found[pos.Product], error) {
		return p.env.Till.FindProducts(ctx, text, foundRows)
	},
		func(found pos.Found[pos.Product], err error) {
			p.rows = found.List
			p.table.SetFound(len(p.rows), p.env.Guess(found.Meant))
			p.say(err)
		})
}

func (p *picker) onPick() {
	if i := p.table.Selected(); i >= 0 && i < len(p.rows) {
		p.pick(p.rows[i])
	}
}

func (p *picker) pick(goods pos.Product) {
	p.d.Close()
	p.done(goods)
}

// onScan picks scanned goods.
func (p *picker) onScan(code string) {
	task.Run(p.env.Ctx, p.env.Runner, func(ctx context.Context) (*pos.Product, error) { return p.env.Till.GoodsOf(ctx, code) },
		func(goods *pos.Product, err error) {
			switch {
			case !p.d.Shown():
			case err != nil:
				p.say(err)
			default:
				p.pick(*goods)
			}
		})
}

func (p *picker) say(err error) {
	p.news.Set(p.env.Words.Error(err), widgets.Bad)
	p.d.Refresh()
	p.env.Shown("payables.product", "rows", strconv.Itoa(len(p.rows)), "error", string(pos.CodeOf(err)))
}
