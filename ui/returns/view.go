package returns

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Measures of the screen at scale 1.
const (
	wideSide, sideShare = 400, 0.34 // of the column at the right
	noWidth, noFrom     = 50, 700
	priceFrom           = 800
	figureWidth         = 90
	sumWidth            = 106
	backWidth           = 104
)

// view is the screen as widgets.
type view struct {
	s           *Screen
	about, hint *widgets.Text // in the head: which sale, and what to do
	field       *widgets.Entry
	notice      *widgets.Banner
	found       *widgets.Table
	lines       *widgets.Table
	left        *fyne.Container
	foundCard   fyne.CanvasObject
	linesCard   fyne.CanvasObject
	help        fyne.CanvasObject // beside the sales
	ways        *fyne.Container   // beside the lines: where it all goes
	waysCard    fyne.CanvasObject
	total       *widgets.Text
	off         *widgets.Text // what discounts took from it
	blue        *widgets.Button
	bare        *widgets.Button
	bars        [2]*widgets.Panel // keys while a sale is looked for, and while goods are picked
	exchange    *widgets.Button
	shelf       *widgets.Button // says what pressing it does to the selected line
	root        *fyne.Container
}

func newView(s *Screen) *view {
	k := s.env.Kit
	v := &view{s: s, about: widgets.NewText("", widgets.Strong.In(theme.InkOn(theme.ColorWarn))).Ellipsis(),
		hint: widgets.NewText("", widgets.Body.In(theme.InkOn(theme.ColorWarn))).Ellipsis()}
	v.field = k.Entry(widgets.SearchEntry, "")
	v.field.Action, v.field.MaxLength = actField, 160
	v.field.OnChanged, v.field.OnScan = s.onChanged, s.onScan
	v.notice = widgets.NewBanner("", widgets.Bad)
	v.buildTables()
	v.blue = k.KeyButton("", widgets.PrimaryWarn, keys.Enter, s.onEnter)
	v.blue.Height = widgets.Huge
	v.total = widgets.NewText("", widgets.Total).Shrink()
	v.off = widgets.NewText("", widgets.SmallMuted).Ellipsis()
	v.ways = widgets.VBox(theme.GapSmall)
	v.build()
	v.show()
	return v
}

func (v *view) buildTables() {
	s, right := v.s, fyne.TextAlignTrailing
	v.found = s.env.Kit.Table([]widgets.Column{
		{Title: s.t("col.number", nil), Width: 80},
		{Title: s.t("col.at", nil), Width: 170},
		{Title: s.t("col.how", nil), Style: widgets.Muted},
		{Title: s.t("col.total", nil), Width: 130, Align: right, Style: widgets.Strong},
	}, v.foundCell)
	v.found.KeepsFocus = true
	v.found.Empty = s.t("found-none", nil)
	v.found.OnActivated = func(row int) { s.soon(func() { s.openSale(row) }) }
	v.lines = s.env.Kit.Table([]widgets.Column{
		{Title: s.t("col.no", nil), Width: noWidth, From: noFrom, Style: widgets.Muted},
		{Title: s.t("col.goods", nil)},
		{Title: s.t("col.price", nil), Width: figureWidth, From: priceFrom, Align: right},
		{Title: s.t("col.sold", nil), Width: figureWidth, Align: right},
		{Title: s.t("col.returned", nil), Width: figureWidth, Align: right},
		{Title: s.t("col.now", nil), Width: backWidth, Align: right},
		{Title: s.t("col.sum", nil), Width: sumWidth, Align: right, Style: widgets.Strong},
	}, v.lineCell)
	v.lines.KeepsFocus = true
	v.lines.Empty = s.t("bare-empty", nil)
	v.lines.Tall = func(row int) bool { return v.lineCell(row, 1).Sub != "" }
	v.lines.OnSelected = s.onSelected
	v.lines.OnActivated = func(int) { s.onQty() }
}

func (v *view) build() {
	s, k := v.s, v.s.env.Kit
	head := widgets.NewPanel(widgets.HBox(theme.GapInside+theme.GapSmall,
		widgets.NewText(s.t("title", nil), widgets.Amount.In(theme.InkOn(theme.ColorWarn)).InBold()),
		widgets.Grow(widgets.VBox(2, v.about, v.hint))), theme.ColorWarn, theme.ColorNone, 0, theme.GapInside, theme.GapSmall)
	v.foundCard, v.linesCard = widgets.NewFlatCard(v.found), widgets.NewFlatCard(v.lines)
	v.left = widgets.VBox(theme.GapCards, v.field, v.notice, widgets.Grow(container.NewStack(v.foundCard, v.linesCard)))
	v.bare = k.ActionButton(s.t("bar.bare", nil), widgets.WarnKind, actBare)
	v.bare.Height = widgets.Large
	v.help = widgets.VBox(theme.GapCards, widgets.Grow(widgets.NewCard(k.Scroll(widgets.VBox(theme.GapCards,
		widgets.NewText(s.t("help.title", nil), widgets.Strong),
		widgets.NewParagraph(s.t("help.scan", nil), widgets.Body),
		widgets.NewParagraph(s.t("help.find", nil), widgets.Body),
		widgets.NewParagraph(s.t("help.bare", nil), widgets.Muted))))), v.bare)
	v.waysCard = widgets.NewCard(widgets.VBox(theme.GapSmall, widgets.NewText(s.t("gives", nil), widgets.Muted), v.total,
		v.off, widgets.NewSeparator(), widgets.Grow(container.NewVScroll(v.ways))))
	side := widgets.VBox(theme.GapCards, widgets.Grow(container.NewStack(v.help, v.waysCard)), v.blue)
	bar := func(buttons ...fyne.CanvasObject) *widgets.Panel {
		return widgets.NewPanel(widgets.KeyBar(6, buttons...), theme.ColorWarnSoft, theme.ColorNone, 0, 12, 7)
	}
	add := func(label string, act keys.ActionID) *widgets.Button {
		b := k.ActionButton(s.t("bar."+label, nil), widgets.Secondary, act)
		b.Height, b.CapFirst = widgets.Compact, true
		return b
	}
	v.exchange, v.shelf = add("exchange", actExchange), add("unshelve", actShelf)
	v.bars[0] = bar(add("back", actBack), add("keys", actKeys), add("bare", actBare), add("menu", actMenu))
	v.bars[1] = bar(add("back", actBack), add("keys", actKeys), add("all", actAll), add("qty", actQty), add("reason", actReason),
		v.shelf, add("drop", actDrop), v.exchange, add("finish", actFinish))
	body := widgets.Padded(16, 14, widgets.Columns(theme.GapInside, widgets.Grow(v.left),
		k.Width(func(window float32) float32 { return min(wideSide, window*sideShare) }, side)))
	v.root = container.NewStack(widgets.VBox(0, head, widgets.Grow(body), v.bars[0], v.bars[1]))
}

// table is the one in sight.
func (v *view) table() *widgets.Table {
	if v.s.m.picking() {
		return v.lines
	}
	return v.found
}

func (s *Screen) onSelected(row int) {
	if s.m.picking() && row < len(s.m.view.Lines) && s.m.selected != s.m.view.Lines[row].No {
		s.m.selected = s.m.view.Lines[row].No
		s.v.showHead()
		s.v.showBlue()
		s.report()
	}
}

// show draws the model whole.
func (v *view) show() {
	picking := v.s.m.picking()
	// The tables first: what is shown or hidden below may draw them at once.
	v.found.SetRows(len(v.s.m.find.hits))
	if picking {
		v.lines.SetRows(len(v.s.m.view.Lines))
	} else {
		v.lines.SetRows(0)
	}
	for o, on := range map[fyne.CanvasObject]bool{v.foundCard: !picking, v.help: !picking, v.bars[0]: !picking,
		v.linesCard: picking, v.waysCard: picking, v.bars[1]: picking} {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	v.showHead()
	if picking {
		v.lines.Select(v.s.m.row())
		v.showWays()
	}
	v.showBlue()
	v.showNotice()
	v.root.Refresh()
}

func (v *view) showHead() {
	s := v.s
	about, hint, place := s.t("head.find", nil), s.t("head.find-hint", nil), s.t("field.find", nil)
	if s.m.picking() {
		hint, place = s.t("head.pick-hint", pos.Args{"Step": s.stepText()}), s.t("field.pick", nil)
		if sale := s.m.view.Sale; sale != nil {
			about = s.t("head.sale", pos.Args{"Number": sale.Number, "At": sale.At, "Total": sale.Total})
			if c := s.m.view.Customer; c != nil {
				about += " · " + c.Name
			}
		} else {
			about, hint, place = s.t("head.bare", nil), s.t("head.bare-hint", nil), s.t("field.bare", nil)
		}
		if s.m.view.Needs == pos.RightReturnOtherDay {
			hint = s.t("head.other-day", nil)
		}
		if s.m.view.Sale != nil && s.m.view.Needs == pos.RightReturnNoProof {
			hint = s.t("head.old", nil)
		}
	}
	v.about.SetText(about)
	v.hint.SetText(hint)
	v.field.SetPlaceholder(place)
	label := s.t("bar.exchange", nil)
	if s.m.exchanging() {
		label = s.t("bar.goods", nil)
	}
	v.exchange.SetLabel(label)
	label = s.t("bar.unshelve", nil)
	if s.m.shelves() {
		label = s.t("bar.shelve", nil)
	}
	v.shelf.SetLabel(label)
}

// stepText is how much + and − change the selected line by.
func (s *Screen) stepText() string {
	l := s.m.line()
	if l == nil {
		return "1"
	}
	return s.amountOf(l, step(l))
}

// amountOf is a quantity of a line with its unit.
func (s *Screen) amountOf(l *till.ReturnLineView, q money.Quantity) string {
	return strings.TrimSpace(s.env.Words.Money().Quantity(q) + " " + l.Line.Unit)
}

func (v *view) showFound() {
	f := &v.s.m.find
	v.found.SetFound(len(f.hits), v.s.env.Guess(f.meant))
	v.showBlue()
}

func (v *view) showNotice() {
	n := v.s.m.notice
	switch {
	case n.err != nil:
		v.notice.Set(v.s.env.Words.Error(n.err), widgets.Bad)
	case n.id != "":
		v.notice.Set(v.s.env.T(n.id, nil), widgets.Warn)
	default:
		v.notice.Set("", widgets.Neutral)
	}
	v.left.Refresh()
}

func (v *view) showWays() {
	m := v.s.m.view
	v.total.SetText(v.s.env.Words.Money().Amount(m.Preview.Total))
	if text := v.s.offText(m.Preview); text != "" {
		v.off.SetText(text)
		v.off.Show()
	} else {
		v.off.Hide()
	}
	v.ways.Objects = nil
	for _, w := range waysOf(v.s.env, m) {
		v.ways.Add(w.row())
	}
	v.ways.Refresh()
}

// offText tells what discounts took from a return; "" where nothing did.
func (s *Screen) offText(r *pos.Return) string {
	off := r.Off()
	if off <= 1 { // a coin is a share that was rounded
		return ""
	}
	return s.t("off", pos.Args{"Gross": r.Total.Add(off), "Off": off})
}

func (v *view) showBlue() {
	s := v.s
	label := ""
	switch b := s.m.blue(); b {
	case blueFinish:
		label = s.t("blue.finish-sum", pos.Args{"Sum": s.m.view.Preview.Total})
	case blueTyped:
		qty, _ := s.m.typedQty()
		label = s.t("blue.typed", pos.Args{"Qty": s.amountOf(s.m.line(), qty)})
		if qty == 0 {
			label = s.t("bar.drop", nil)
		}
	default:
		label = s.t("blue."+string(b), nil)
	}
	v.blue.SetLabel(label)
	v.blue.SetEnabled(s.m.blue() != blueNone)
}

func (v *view) foundCell(row, col int) widgets.Cell {
	h, w := &v.s.m.find.hits[row], v.s.env.Words
	switch col {
	case 0:
		return widgets.Cell{Text: strconv.FormatInt(h.sale.Number, 10)}
	case 1:
		return widgets.Cell{Text: w.DateTime(h.sale.At)}
	case 2:
		if h.how == "" {
			return widgets.Cell{}
		}
		return widgets.Cell{Text: w.T(h.how, pos.Args{"Name": h.name})}
	}
	return widgets.Cell{Text: w.Money().Amount(h.sale.Total)}
}

func (v *view) lineCell(row, col int) widgets.Cell {
	l, w := &v.s.m.view.Lines[row], v.s.env.Words
	m := w.Money()
	c := widgets.Cell{}
	switch col {
	case 0:
		c.Text = strconv.Itoa(row + 1)
	case 1:
		return v.goods(l)
	case 2:
		c.Text = m.Bare(l.Line.Price)
	case 3:
		if v.s.m.view.Sale != nil {
			c.Text = v.s.amountOf(l, l.Line.Qty)
		}
	case 4:
		if l.Returned > 0 {
			c.Text = v.s.amountOf(l, l.Returned)
		}
	case 5:
		if l.Pick > 0 {
			c = widgets.Cell{Text: v.s.amountOf(l, l.Pick), Chip: true, Tone: widgets.Warn}
		}
	case 6:
		if l.Pick > 0 {
			c.Text = m.Bare(l.PickSum)
		}
	}
	if l.Left == 0 && !c.Chip {
		c.Style = widgets.Muted
	}
	return c
}

// goods is the name of a line and what was decided about it.
func (v *view) goods(l *till.ReturnLineView) widgets.Cell {
	c := widgets.Cell{Text: l.Line.Name}
	switch {
	case l.Left == 0:
		c.Style, c.Sub = widgets.Muted, v.s.t("line.gone", nil)
	case l.Pick > 0:
		var notes []string
		if gross, off := off(l); off > 1 {
			notes = append(notes, v.s.t("off", pos.Args{"Gross": gross, "Off": off}))
		}
		if l.Reason != "" {
			notes = append(notes, l.Reason)
		}
		place := "line.shelf"
		if !l.Restock {
			place = "line.spoiled"
		}
		c.Sub = strings.Join(append(notes, v.s.t(place, nil)), " · ")
	}
	return c
}

// report tells what the screen shows.
func (s *Screen) report() {
	if s.scope == nil {
		return
	}
	facts := []string{"mode", "find", "error", errorID(s.m.notice.err), "notice", s.m.notice.id,
		"found", strconv.Itoa(len(s.m.find.hits)), "blue", string(s.m.blue())}
	if v := s.m.view; s.m.picking() {
		facts[1] = "pick"
		sale := ""
		if v.Sale != nil {
			sale = strconv.FormatInt(v.Sale.Number, 10)
		}
		pick := "0"
		if l := s.m.line(); l != nil {
			pick = l.Pick.String()
		}
		facts = append(facts, "sale", sale, "total", v.Preview.Total.String(), "picked", strconv.Itoa(len(v.Draft.Lines)),
			"selected", strconv.Itoa(s.m.selected), "pick", pick, "needs", string(v.Needs))
	}
	s.env.Shown("returns", facts...)
}
