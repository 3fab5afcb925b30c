package sale

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/quick"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// view is the screen as widgets.
type view struct {
	s      *Screen
	field  *widgets.Entry
	notice *widgets.Banner
	make   *widgets.Button // beside the notice of a code nobody knows
	strip  *exchangeStrip
	table  *widgets.Table // the one in sight of the next two
	wide   *widgets.Table
	folded *widgets.Table
	found  *widgets.Table
	list   *widgets.Panel // the search list, over the cheque
	hint   *widgets.Text  // its keys
	tools  *lineTools
	buyer  *buyerCard
	totals *totalsCard
	quick  *quick.Strip // nil in a shop without tiles
	card   *widgets.Button
	blue   *widgets.Button
	bar    *keyBar
	root   *fyne.Container
	lines  *fyne.Container // of the cheque
	lay    *screenLayout
	tall   map[look]bool // rows whose height was worked out, at this width
	drawn  int           // cells drawn so far, watched by a test
}

func newView(s *Screen) *view {
	k := s.env.Kit
	v := &view{s: s, tall: map[look]bool{}}
	v.field = k.Entry(widgets.SearchEntry, s.t("field", nil))
	v.field.Action = actField
	v.field.MaxLength = 160
	v.field.OnChanged = s.onChanged
	v.field.OnScan = s.onScan
	v.notice = widgets.NewBanner("", widgets.Bad)
	v.make = k.ActionButton(s.t("new-goods", nil), widgets.Secondary, actNewGoods)
	v.strip = newExchangeStrip(s)
	v.buildTables()
	v.buildFound()
	v.tools = newLineTools(s)
	v.buyer = newBuyerCard(s)
	if s.env.Till.Settings().Front.Tiles {
		v.quick = quick.New(s.env, s.onTile)
		v.quick.OnLoaded, v.quick.OnChanged = func() { v.lay.fit() }, func() { v.lay.fit(); v.field.Focus(); s.report() }
	}
	v.totals = newTotalsCard(s)
	v.card = k.ActionButton(s.t("card", nil), widgets.Secondary, actCard)
	v.card.Height = widgets.Large
	v.blue = k.ActionButton(s.t("pay", nil), widgets.Primary, actPay)
	v.blue.Height = widgets.Huge
	v.bar = newKeyBar(s)
	v.build()
	return v
}

// buildTables makes the two drawings of the cheque: with all columns, and where
// those would leave no room for the goods with the figures under the name.
func (v *view) buildTables() {
	s, right := v.s, fyne.TextAlignTrailing
	sum := widgets.Column{Title: s.t("col.sum", nil), Width: sumWidth, Align: right, Style: widgets.Strong}
	no := widgets.Column{Title: s.t("col.no", nil), Width: noWidth, Style: widgets.Muted}
	goods := widgets.Column{Title: s.t("col.goods", nil)}
	v.wide = s.env.Kit.Table([]widgets.Column{no, goods,
		{Title: s.t("col.price", nil), Width: priceWidth, Align: right},
		{Title: s.t("col.qty", nil), Width: qtyWidth, Align: right},
		{Title: s.t("col.discount", nil), Width: discountWidth, Align: right, Style: widgets.Body.In(theme.ColorGood)},
		sum}, v.cell)
	v.folded = s.env.Kit.Table([]widgets.Column{no, goods, sum}, func(i, col int) widgets.Cell {
		if col == 2 {
			col = colSum
		}
		return v.cell(i, col)
	})
	for _, t := range []*widgets.Table{v.wide, v.folded} {
		t.KeepsFocus = true
		t.Empty = s.t("empty", nil)
		t.Tall = v.isTall
		t.OnSelected = s.onLineSelected
		t.OnActivated = func(int) { s.soon(s.askQty) }
	}
	v.table = v.wide
	v.folded.Hide()
}

// colSum is the last column of the cheque.
const colSum = 5

// fold changes between the drawings of the cheque, for another room for the
// names of goods.
func (v *view) fold(folded bool) {
	other := v.wide
	if folded {
		other = v.folded
	}
	if other != v.table {
		v.table.Hide()
		v.table.SetRows(0)
		v.table = other
		v.table.Show()
	}
	clear(v.tall)
	v.table.SetRows(len(v.s.m.rows))
	v.table.Select(v.s.m.rowOf(v.s.m.selected))
}

func (s *Screen) onLineSelected(i int) {
	if i < len(s.m.rows) && s.m.selected != s.m.rows[i].line.No {
		s.m.selected = s.m.rows[i].line.No
		s.v.tools.show(&s.m)
	}
}

// cell draws one place of the cheque.
func (v *view) cell(i, col int) widgets.Cell {
	v.drawn++
	r := v.s.m.rows[i]
	c := v.words(r, col)
	if r.line.Removed {
		c.Style = widgets.Muted
		if col == 1 {
			c.Style = c.Style.Struck()
		}
	}
	return c
}

func (v *view) words(r row, col int) widgets.Cell {
	m := v.s.env.Words.Money()
	switch col {
	case 0:
		return widgets.Cell{Text: strconv.Itoa(r.line.No)}
	case 1:
		return v.goods(r)
	case 2:
		return widgets.Cell{Text: m.Bare(r.line.Price)}
	case 3:
		return widgets.Cell{Text: v.quantity(r)}
	case 4:
		return v.discount(r)
	default:
		c := widgets.Cell{Text: m.Bare(r.sums.Sum)}
		if r.sums.Offered != 0 {
			c.Was = m.Bare(r.sums.Gross)
		}
		return c
	}
}

func (v *view) quantity(r row) string {
	text := v.s.env.Words.Money().Quantity(r.line.Qty)
	if r.line.Unit != "" {
		text += " " + r.line.Unit
	}
	return text
}

// goods is the name of a line with what is worth knowing about it. What has no
// room goes to a second, small line: no name is cut short.
func (v *view) goods(r row) widgets.Cell {
	s := v.s
	c := widgets.Cell{Text: r.line.Name}
	room := v.lay.goodsRoom()
	if r.line.Removed {
		aside := s.t("removed", nil)
		if r.line.Reason != "" {
			aside = s.t("removed-why", pos.Args{"Reason": r.line.Reason})
		}
		if textWidth(c.Text, theme.SizeText)+textWidth("  "+aside, theme.SizeSmall) <= room {
			c.Aside = aside
		} else {
			c.Sub = aside
		}
		return c
	}
	var notes []string
	first, rest := foldName(c.Text, room)
	if rest != "" {
		c.Text = first
		notes = append(notes, rest)
	}
	if v.table == v.folded {
		notes = append(notes, v.quantity(r)+" × "+s.env.Words.Money().Bare(r.line.Price))
		if off := v.discount(r).Text; off != "" {
			notes = append(notes, off)
		}
	}
	for _, g := range r.line.Offers {
		notes = append(notes, s.t("offered", pos.Args{"Name": g.Name, "Sum": g.Sum.Neg()}))
	}
	if r.repriced() {
		notes = append(notes, s.t("usual-price", pos.Args{"Price": r.line.ListPrice}))
	}
	switch {
	case r.short && r.shelf <= 0:
		notes = append(notes, s.t("shelf-none", nil))
	case r.short:
		notes = append(notes, s.t("shelf", pos.Args{"Qty": r.shelf, "Unit": r.line.Unit}))
	}
	c.Sub = strings.Join(notes, " · ")
	return c
}

// isTall tells whether a row has a second line. It is asked of all rows with
// every scan, so the answers are kept.
func (v *view) isTall(i int) bool {
	r := v.s.m.rows[i]
	key := r.look()
	tall, known := v.tall[key]
	if !known {
		if len(v.tall) > 2*pos.MaxLines {
			clear(v.tall)
		}
		tall = v.goods(r).Sub != ""
		v.tall[key] = tall
	}
	return tall
}

func textWidth(text string, size fyne.ThemeSizeName) float32 {
	return fyne.MeasureText(text, theme.Size(size), fyne.TextStyle{}).Width
}

// foldName splits a name at the last space before the room ends; rest is empty
// when all of it fits, or when no word does.
func foldName(name string, room float32) (first, rest string) {
	if room <= 0 || textWidth(name, theme.SizeText) <= room {
		return name, ""
	}
	for i, r := range name {
		if r == ' ' && textWidth(name[:i], theme.SizeText) <= room {
			first, rest = name[:i], name[i+1:]
		}
	}
	if first == "" {
		return name, ""
	}
	return first, rest
}

func (v *view) discount(r row) widgets.Cell {
	m := v.s.env.Words.Money()
	d := r.line.Discount
	switch {
	case r.line.Removed:
		return widgets.Cell{}
	case d.Percent != 0:
		return widgets.Cell{Text: m.Percent(-d.Percent)}
	case r.sums.Discount != 0:
		return widgets.Cell{Text: m.Bare(r.sums.Discount.Neg())}
	}
	return widgets.Cell{}
}

func (v *view) buildFound() {
	s, right := v.s, fyne.TextAlignTrailing
	v.found = s.env.Kit.List([]widgets.Column{
		{},
		{Width: 130, Align: right, Style: widgets.Muted},
		{Width: 120, Align: right, Style: widgets.Strong},
	}, func(i, col int) widgets.Cell { return goodsCell(s, s.look.found[i], col) })
	v.found.KeepsFocus = true
	v.found.Empty = s.t("found-none", nil)
	v.found.ActivateOnTap()
	v.found.OnActivated = s.onFoundTapped
	v.hint = widgets.NewText(s.t("found-hint", nil), widgets.SmallMuted).Ellipsis()
	hint := widgets.Padded(12, 8, v.hint)
	v.list = widgets.NewPanel(widgets.VBox(0, widgets.Grow(v.found), widgets.NewSeparator(), hint),
		theme.ColorCard, theme.ColorAccent, theme.RadiusCard, theme.LineWidth, theme.LineWidth)
	v.list.Floats = true
	v.list.Hide()
}

// goodsCell draws goods in a list: name, what the shelf holds, price.
func goodsCell(s *Screen, p pos.Product, col int) widgets.Cell {
	m := s.env.Words.Money()
	switch {
	case col == 0:
		return widgets.Cell{Text: p.Name, Aside: " " + p.SKU}
	case col == 1 && !s.m.kept:
		return widgets.Cell{}
	case col == 1:
		c := widgets.Cell{Text: s.t("stock", pos.Args{"Qty": p.Stock, "Unit": p.Unit})}
		if p.Stock <= 0 {
			c.Style = widgets.Body.In(theme.ColorWarn)
		}
		return c
	case p.Flags.AskPrice:
		return widgets.Cell{Text: s.t("price-asked", nil), Style: widgets.Muted}
	}
	return widgets.Cell{Text: m.Amount(p.Price)}
}

// showFound draws the list under the field, or takes it away. Nothing else on
// the screen is drawn anew: this happens with every letter.
func (v *view) showFound() {
	l := &v.s.look
	v.found.SetFound(len(l.found), v.s.env.Guess(l.meant))
	v.found.Select(-1)
	if !l.open {
		if v.list.Visible() {
			v.list.Hide()
		}
		return
	}
	hint := "found-hint"
	if len(l.found) == 0 {
		hint = "found-none-hint" // Enter adds nothing
	}
	v.hint.SetText(v.s.t(hint, nil))
	v.lay.listRows = len(l.found)
	if l.meant != "" {
		v.lay.listRows = max(len(l.found), 2) + 1 // beside the strip that says so
	}
	v.lay.fit()
	if !v.list.Visible() {
		v.list.Show()
	}
	v.found.Select(l.row)
}

// show draws what changed.
func (s *Screen) show(c change) {
	v := s.v
	v.strip.show()
	v.showNotice()
	v.showLines(c)
	v.showEmpty()
	v.tools.show(&s.m)
	v.buyer.show()
	v.totals.show()
	v.bar.show()
	v.showBlue()
	v.lay.fit()
	s.env.Display.Cheque(s.m.view)
	s.report()
}

func (v *view) showNotice() {
	n := v.s.m.notice
	text := ""
	switch {
	case n.err != nil && idOf(n.err) == "scan.unknown":
		code, _ := argOf[string](n.err, "Code")
		id, add, make := "unknown", "unknown.add", "unknown.make"
		if aName(code) {
			id, add, make = "unknown-word", "unknown-word.add", "unknown-word.make"
		}
		text = v.s.t(id, pos.Args{"Code": code})
		if e := v.s.env; e.Actor.Can(pos.RightProducts) {
			text = v.s.t(add, pos.Args{"Code": code, "Menu": e.Kit.Keys.KeyOf(actMenu).Cap(), "Goods": e.T("menu.goods", nil)})
		}
		if v.s.offersNewGoods() {
			text = v.s.t(make, pos.Args{"Code": code})
		}
	case n.err != nil:
		text = v.s.env.Words.Error(n.err)
	case n.id != "":
		text = v.s.t(n.id, n.args)
	case v.s.m.shift != nil && v.s.m.shift.Stale(v.s.now()):
		text, n.tone = v.s.t("stale", pos.Args{"Number": v.s.m.shift.Number, "Day": v.s.env.Words.DayMonth(v.s.m.shift.OpenedAt)}), warn
	}
	v.make.Hidden = !v.s.offersNewGoods()
	v.notice.Set(text, n.tone)
}

// showEmpty says what comes first while the cheque is empty.
func (v *view) showEmpty() {
	text := v.s.t("empty", nil)
	if v.s.m.shift == nil {
		text = v.s.t("empty-closed", nil)
	}
	if v.s.tellsNext() {
		text = "" // the card says it
	}
	if v.table.Empty == text {
		return
	}
	v.wide.Empty, v.folded.Empty = text, text
	v.table.Refresh()
}

func (v *view) showLines(c change) {
	rows := v.s.m.rows
	switch {
	case c.all || len(rows) < v.table.Rows():
		v.table.SetRows(len(rows))
	case len(rows) > v.table.Rows():
		v.table.SetCount(len(rows))
	}
	if !c.all {
		for _, i := range c.rows {
			v.table.RefreshRow(i)
		}
	}
	v.table.Select(v.s.m.rowOf(v.s.m.selected))
}

func (v *view) showBlue() {
	s := v.s
	switch s.m.blue(s.now()) {
	case openShift:
		v.blue.Action = actShift
		v.blue.SetLabel(s.t("open-shift", nil))
	case closeStale:
		v.blue.Action = actShift
		v.blue.SetLabel(s.t("close-stale", nil))
	default:
		v.blue.Action = actPay
		v.blue.SetLabel(s.t("pay", nil))
	}
	v.card.SetEnabled(s.m.blue(s.now()) == pay && s.m.live() > 0)
}

// report tells what the screen shows.
func (s *Screen) report() {
	if s.v == nil || s.scope == nil {
		return
	}
	shift := map[action]string{openShift: "closed", closeStale: "stale"}[s.m.blue(s.now())]
	if shift == "" {
		shift = "open"
	}
	last, _ := s.m.last()
	focus := "elsewhere"
	if s.v.field.Focused() {
		focus = "field"
	}
	var tiles []string
	if s.v.quick != nil {
		tiles = s.v.quick.Facts()
	}
	t := s.m.view.Totals
	s.env.Shown("sale", append(tiles,
		"total", t.Total.String(), "due", t.Due.String(), "change", t.Change.String(),
		"lines", strconv.Itoa(s.m.live()), "customer", string(s.m.view.Cheque.Customer),
		"qty", last.Qty.String(), "sku", last.SKU, "selected", strconv.Itoa(s.m.selected),
		"tenders", strconv.Itoa(len(s.m.view.Cheque.Tenders)), "parked", strconv.Itoa(s.m.parked),
		"exchange", strconv.FormatBool(s.m.back != nil), "found", strconv.Itoa(len(s.look.found)), "meant", s.look.meant, "shift", shift, "focus", focus, "error", idOf(s.m.notice.err))...)
}
