package sale

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// cataloguePage is how many goods are read at a time; the next page comes when
// the selection nears the end.
const cataloguePage = 200

// catalogue is the dialog of all goods by name, with a field that narrows them.
type catalogue struct {
	s        *Screen
	latest   *task.Latest
	goods    []pos.Product
	pictured bool // some of them have a picture
	whole    bool // goods holds the last of them
	asking   bool
	text     string
	field    *widgets.Entry
	table    *widgets.Table
	banner   *widgets.Banner
	dialog   *widgets.Dialog
}

// openCatalogue shows all goods, narrowed to a text; Enter adds one to the
// cheque.
func (s *Screen) openCatalogue(text string) {
	c := &catalogue{s: s, latest: task.NewLatest(s.env.Runner), banner: widgets.NewBanner("", widgets.Bad)}
	k, right := s.env.Kit, fyne.TextAlignTrailing
	c.field = k.Entry(widgets.SearchEntry, s.t("catalogue.field", nil))
	c.field.MaxLength = 160
	c.field.OnChanged = c.onChanged
	c.field.OnScan = func(_, code string) { c.take(entry{text: code}) }
	c.table = k.Table([]widgets.Column{
		{Title: s.t("col.goods", nil), Picture: s.env.Pictures.Ready()},
		{Title: s.t("catalogue.stock", nil), Width: 140, Align: right, Style: widgets.Muted},
		{Title: s.t("col.price", nil), Width: 130, Align: right, Style: widgets.Strong},
	}, c.cell)
	c.table.KeepsFocus = true
	c.table.Empty = s.t("found-none", nil)
	c.table.OnSelected = c.onSelected
	c.table.OnActivated = func(int) { c.onBlue() }
	back := k.KeyButton(s.env.T("word.close", nil), widgets.Secondary, keys.Esc, func() { c.dialog.Close() })
	back.Height = widgets.Large
	blue := k.KeyButton(s.t("catalogue.do", nil), widgets.Primary, keys.Enter, c.onBlue)
	blue.Height = widgets.Large
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "sale.catalogue", Title: s.t("catalogue.title", nil), Width: widgets.Middle, Height: 640, Fills: true,
		Body:   widgets.VBox(theme.GapCards, c.field, c.banner, widgets.Grow(widgets.NewFlatCard(c.table))),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(blue))})
	c.dialog.OnClosed = func() { c.latest.Cancel(); s.report() }
	c.dialog.Show(c.field.Focusable(), func(sc *keys.Scope) {
		sc.Home = c.field.Focusable()
		sc.BindKey(keys.Enter, c.onBlue)
		sc.BindKey(keys.Up, func() { c.table.Step(-1) }, keys.Repeating())
		sc.BindKey(keys.Down, func() { c.table.Step(1) }, keys.Repeating())
		sc.BindKey(keys.PgUp, func() { c.table.Step(-10) }, keys.Repeating())
		sc.BindKey(keys.PgDn, func() { c.table.Step(10) }, keys.Repeating())
	})
	c.field.SetText(text)
	c.onChanged(text)
}

// pictured tells whether some goods have a picture.
func pictured(goods []pos.Product) bool {
	return slices.ContainsFunc(goods, func(p pos.Product) bool { return p.Image != "" })
}

func (c *catalogue) cell(row, col int) widgets.Cell {
	cell := goodsCell(c.s, c.goods[row], col)
	if col == 0 {
		cell.Pictured = c.pictured
		cell.Picture = c.s.env.Pictures.Small(c.goods[row].Image, func() { c.table.RefreshRow(row) })
	}
	return cell
}

func (c *catalogue) onChanged(text string) {
	c.text = strings.TrimSpace(text)
	c.load()
}

// load begins the list anew.
func (c *catalogue) load() {
	c.goods, c.whole, c.pictured = nil, false, false
	c.more()
}

// more reads the next page.
func (c *catalogue) more() {
	s, a, text, have := c.s, c.s.env.Actor, c.text, c.goods
	c.asking = true
	task.RunLatest(s.env.Ctx, c.latest, func(ctx context.Context) (pos.Found[pos.Product], error) {
		if text != "" {
			return s.env.Till.FindProducts(ctx, text, cataloguePage)
		}
		var name string
		var id pos.ProductID
		if n := len(have); n > 0 {
			name, id = have[n-1].Name, have[n-1].ID
		}
		page, err := s.env.Till.Products(ctx, a, name, id, cataloguePage)
		return pos.Found[pos.Product]{List: page}, err
	}, c.onLoaded)
}

func (c *catalogue) onLoaded(f pos.Found[pos.Product], err error) {
	c.asking = false
	if err != nil {
		c.banner.Set(c.s.env.Words.Error(err), widgets.Bad)
		c.dialog.Refresh()
		c.report(err)
		return
	}
	first, page := len(c.goods) == 0, f.List
	c.whole = c.text != "" || len(page) < cataloguePage
	c.goods = append(c.goods, page...)
	c.pictured = c.pictured || pictured(page)
	if first {
		c.table.SetFound(len(c.goods), c.s.env.Guess(f.Meant))
	} else {
		c.table.SetRows(len(c.goods))
	}
	c.report(nil)
}

func (c *catalogue) report(err error) {
	c.s.env.Shown("sale.catalogue", "found", strconv.Itoa(len(c.goods)), "error", errorID(err))
}

func (c *catalogue) onSelected(row int) {
	if !c.whole && !c.asking && row > len(c.goods)-20 {
		c.more()
	}
}

func (c *catalogue) onBlue() {
	row := c.table.Selected()
	if row < 0 || row >= len(c.goods) {
		return
	}
	c.take(entry{product: c.goods[row].ID})
}

// take closes the catalogue and rings up.
func (c *catalogue) take(e entry) {
	c.dialog.Close()
	c.s.ring(e)
}
