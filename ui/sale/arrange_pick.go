package sale

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// tilePick is the dialog in which a product or a category for a tile is chosen.
type tilePick struct {
	s      *Screen
	chosen func(*pos.Product, *till.CategoryView)
	latest *task.Latest
	field  *widgets.Entry
	banner *widgets.Banner
	table  *widgets.Table
	dialog *widgets.Dialog
	found  picked
}

// picked is what a text found: categories first, then goods.
type picked struct {
	leads    []till.CategoryView
	goods    []pos.Product
	meant    string // what the text was taken for, see pos.Found
	pictured bool   // some of the goods have a picture
}

// pickTile asks what to put on a tile, beginning with a text.
func pickTile(s *Screen, text string, chosen func(*pos.Product, *till.CategoryView)) {
	p := &tilePick{s: s, chosen: chosen, latest: task.NewLatest(s.env.Runner), banner: widgets.NewBanner("", widgets.Bad)}
	k := s.env.Kit
	p.field = k.Entry(widgets.SearchEntry, s.t("arrange.pick.field", nil))
	p.field.MaxLength = 160
	p.field.OnChanged = func(string) { p.load() }
	p.field.OnScan = func(_, code string) { p.field.SetText(code); p.load() }
	p.table = k.List([]widgets.Column{{Share: 2, Picture: s.env.Pictures.Ready()}, {Width: 150, Style: widgets.Muted.Right(), Align: fyne.TextAlignTrailing}}, p.cell)
	p.table.KeepsFocus = true
	p.table.Empty = s.t("found-none", nil)
	p.table.OnActivated = func(int) { p.onTake() }
	p.dialog = k.Dialog(widgets.DialogSpec{Name: "sale.arrange.pick", Title: s.t("arrange.pick", nil), Width: widgets.Middle, Height: 600, Fills: true,
		Body: widgets.VBox(theme.GapCards, p.field, p.banner, widgets.Grow(widgets.NewFlatCard(p.table))),
		Footer: widgets.Footer(theme.GapSmall, k.KeyButton(s.env.T("word.close", nil), widgets.Secondary, keys.Esc, func() { p.dialog.Close() }),
			k.KeyButton(s.t("arrange.put", nil), widgets.Primary, keys.Enter, p.onTake))})
	p.dialog.OnClosed = p.latest.Cancel
	p.dialog.Show(p.field.Focusable(), func(sc *keys.Scope) {
		sc.Home = p.field.Focusable()
		sc.BindKey(keys.Enter, p.onTake)
		for key, by := range map[keys.Key]int{keys.Up: -1, keys.Down: 1, keys.PgUp: -10, keys.PgDn: 10} {
			sc.BindKey(key, func() { p.table.Step(by) }, keys.Repeating())
		}
	})
	p.field.SetText(text)
	p.load()
}

func (p *tilePick) load() {
	env, text := p.s.env, strings.TrimSpace(p.field.Text())
	a := env.Actor
	task.RunLatest(env.Ctx, p.latest, func(ctx context.Context) (picked, error) {
		var f picked
		all, err := env.Till.Categories(ctx, a)
		if err != nil {
			return f, err
		}
		for _, c := range all {
			if !c.Archived && strings.Contains(pos.Fold(c.Name), pos.Fold(text)) {
				f.leads = append(f.leads, c)
			}
		}
		if text == "" {
			f.goods, err = env.Till.Products(ctx, a, "", "", cataloguePage)
		} else {
			var found pos.Found[pos.Product]
			found, err = env.Till.FindProducts(ctx, text, cataloguePage)
			if f.goods = found.List; len(f.leads) == 0 {
				f.meant = found.Meant
			} else if found.Guessed() {
				f.goods = nil // what has the word as typed is not mixed with guesses
			}
		}
		f.pictured = pictured(f.goods)
		return f, err
	}, func(f picked, err error) {
		p.banner.Set(env.Words.Error(err), widgets.Bad)
		p.found = f
		p.table.SetFound(len(f.leads)+len(f.goods), env.Guess(f.meant))
		p.dialog.Refresh()
		env.Shown("sale.arrange.pick", "found", strconv.Itoa(p.table.Rows()), "error", errorID(err))
	})
}

func (p *tilePick) cell(row, col int) widgets.Cell {
	if row < len(p.found.leads) {
		c := &p.found.leads[row]
		if col == 1 {
			return widgets.Cell{Text: p.s.t("tiles.goods", pos.Args{"Count": c.Goods})}
		}
		return widgets.Cell{Text: c.Name, Style: widgets.Strong, Pictured: p.found.pictured}
	}
	goods := &p.found.goods[row-len(p.found.leads)]
	if col == 1 {
		return widgets.Cell{Text: p.s.env.Words.Money().Bare(goods.Price)}
	}
	return widgets.Cell{Text: goods.Name, Picture: p.s.env.Pictures.Small(goods.Image, func() { p.table.RefreshRow(row) }), Pictured: p.found.pictured}
}

func (p *tilePick) onTake() {
	row, f := p.table.Selected(), p.found
	switch {
	case row < 0:
		return
	case row < len(f.leads):
		p.dialog.Close()
		p.chosen(nil, &f.leads[row])
	case row-len(f.leads) < len(f.goods):
		p.dialog.Close()
		p.chosen(&f.goods[row-len(f.leads)], nil)
	}
}
