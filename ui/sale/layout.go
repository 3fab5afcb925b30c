package sale

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Measures of the screen at scale 1.
const (
	wideSide    = 426  // of the column at the right
	narrowSide  = 310  // the same in a small window
	narrowBelow = 1200 // a window less wide has the narrow one
	edge        = 16
	edgeTop     = 14
	edgeLow     = 6   // the same in a low window
	lowBelow    = 600 // a window less high is low
	listMost    = 8   // rows of the search list
	listRow     = theme.TouchHeight
	listFoot    = 38

	// The columns of the cheque, and the room around the text of a cell.
	noWidth, priceWidth, qtyWidth, discountWidth, sumWidth = 58, 94, 98, 90, 118
	cellPad                                                = 12
	leastGoods                                             = 150 // with less room the figures go under the name
)

func (v *view) build() {
	v.lines = container.NewStack(v.wide, v.folded)
	cheque := widgets.NewFlatCard(widgets.VBox(0, widgets.Grow(v.lines), v.tools.box))
	v.lay = &screenLayout{v: v, cheque: cheque, rule: widgets.NewSeparator()}
	v.root = container.New(v.lay, v.strip.panel, v.field, v.notice, v.make, cheque,
		v.buyer.wide, v.buyer.folded, v.totals.panel, v.card, v.blue, v.lay.rule, v.bar.panel)
	if v.quick != nil {
		v.root.Add(v.quick.Content())
	}
	if v.s.h.Next != nil {
		v.root.Add(v.s.h.Next.Object())
	}
	v.root.Add(v.list) // over all others
}

// screenLayout places the parts of the screen. What a small window has no room
// for folds: first the customer, then the smaller figures, then the heights of
// the buttons.
type screenLayout struct {
	v        *view
	cheque   fyne.CanvasObject
	rule     fyne.CanvasObject
	size     fyne.Size
	listRows int
	low      float32 // where the left column ends
	goods    float32 // room for the name of goods, 0 while not known
}

// goodsRoom is how wide the name of goods may be.
func (l *screenLayout) goodsRoom() float32 { return l.goods }

// MinSize lets the window be as small as it likes.
func (l *screenLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Px(640), theme.Px(400))
}

// fit lays the parts out anew after their content changed.
func (l *screenLayout) fit() {
	if l.size.Width > 0 {
		l.Layout(nil, l.size)
	}
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// Layout implements fyne.Layout.
func (l *screenLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.size = size
	px, v := theme.Px, l.v
	barHeight := v.bar.heightFor(size.Width)
	bottom := size.Height - barHeight - px(theme.LineWidth)
	put(l.rule, 0, bottom, size.Width, px(theme.LineWidth))
	put(v.bar.panel, 0, bottom+px(theme.LineWidth), size.Width, barHeight)

	side := px(wideSide)
	if size.Width < px(narrowBelow) {
		side = px(narrowSide)
	}
	side = min(side, size.Width*0.42)
	rim := px(edgeTop)
	if size.Height < px(lowBelow) {
		rim = px(edgeLow)
	}
	top, low := rim, bottom-rim
	if v.strip.panel.Visible() {
		h := widgets.HeightFor(v.strip.panel, size.Width)
		put(v.strip.panel, 0, 0, size.Width, h)
		top += h
	}
	left := size.Width - side - 3*px(edge)
	l.placeLeft(px(edge), top, left, low)
	l.placeSide(size.Width-side-px(edge), top, side, low, size.Width >= px(narrowBelow))
}

func (l *screenLayout) placeLeft(x, y, w, low float32) {
	v, gap := l.v, theme.Px(theme.GapCards)
	l.setGoodsRoom(w)
	v.tools.fit(w)
	h := v.field.HeightFor(w)
	put(v.field, x, y, w, h)
	y += h
	low -= l.placeQuick(x, y+gap, w, low)
	under := y + theme.Px(theme.GapTiny)
	if v.notice.Visible() {
		room := w
		if v.make.Visible() {
			room -= v.make.MinSize().Width + theme.Px(theme.GapSmall)
		}
		h = v.notice.HeightFor(room)
		put(v.notice, x, y+theme.Px(theme.GapSmall), room, h)
		if room < w {
			h = max(h, v.make.MinSize().Height)
			put(v.make, x+room+theme.Px(theme.GapSmall), y+theme.Px(theme.GapSmall), w-room-theme.Px(theme.GapSmall), h)
		}
		y += theme.Px(theme.GapSmall) + h
		under = y + theme.Px(theme.GapTiny)
	}
	y += gap
	put(l.cheque, x, y, w, max(low-y, 0))
	l.placeNext(x, y, w, low)
	rows := min(max(l.listRows, 2), listMost) // no list is lower, not even one that says there is nothing
	need := theme.Px(float32(rows)*listRow + listFoot + 2)
	put(v.list, x, under, w, min(need, max(l.low-under, 0)))
}

// leastRows is how many lines of the cheque are in sight before tiles take room, and
// leastLarge how many before one row of tiles goes where all is drawn larger.
const leastRows, leastLarge = 5, 3

// placeQuick puts the tiles under the cheque, as many rows of them as it leaves
// room for, and returns what they take of the height. A sentence over the cheque
// takes its room from the cheque: the tiles stay where a hand has found them.
func (l *screenLayout) placeQuick(x, y, w, low float32) float32 {
	v, gap := l.v, theme.Px(theme.GapCards)
	l.low = low
	if v.quick == nil {
		return 0
	}
	room := func(lines int) float32 {
		return low - y - v.table.Wants(lines) - v.tools.height() - theme.Px(2*theme.LineWidth) - gap
	}
	rows := v.quick.Rows(w)
	for rows > 0 && v.quick.HeightFor(rows) > room(leastRows) {
		rows--
	}
	if one := min(v.quick.Rows(w), 1); rows == 0 && theme.Px(1) > 1 && v.quick.HeightFor(one) <= room(leastLarge) {
		rows = one
	}
	height := v.quick.HeightFor(rows)
	v.quick.Place(fyne.NewPos(x, low-height), w, rows)
	if rows == 0 {
		return 0
	}
	return height + theme.Px(theme.GapSmall)
}

// setGoodsRoom draws the cheque for a width.
func (l *screenLayout) setGoodsRoom(width float32) {
	px := theme.Px
	beside := px(2*cellPad + 2*theme.LineWidth)
	room := width - beside - px(noWidth+priceWidth+qtyWidth+discountWidth+sumWidth)
	folded := room < px(leastGoods)
	if folded {
		room = width - beside - px(noWidth+sumWidth)
	}
	if room != l.goods {
		l.goods = room
		l.v.fold(folded)
	}
}

// sides are the drawings of the right column, the roomiest first.
var sides = []struct {
	wide       bool // the customer's whole card
	figures    figures
	card, blue widgets.ButtonSize
}{
	{true, allFigures, widgets.Large, widgets.Huge},
	{false, allFigures, widgets.Large, widgets.Huge},
	{false, allFigures, widgets.Normal, widgets.Large},
	{false, fewFigures, widgets.Normal, widgets.Large},
	{false, takenFigures, widgets.Normal, widgets.Large},
	{false, onlyFigures, widgets.Normal, widgets.Large},
}

// placeSide tries one drawing after the other until one has room.
func (l *screenLayout) placeSide(x, y, w, low float32, wide bool) {
	v, gap := l.v, theme.Px(theme.GapCards)
	room, tight := low-y, false
	v.card.Hidden = false
	for _, try := range sides {
		if try.wide && !wide {
			continue
		}
		v.buyer.wide.Hidden, v.buyer.folded.Hidden = !try.wide, try.wide
		v.totals.fit(try.figures)
		v.setHeights(try.card, try.blue)
		need := v.buyer.heightFor(w) + v.totals.heightFor(w) + v.card.MinSize().Height + v.blue.MinSize().Height + 3*gap
		if tight = need > room; !tight {
			break
		}
	}
	v.card.Hidden = tight // its key does the same
	h := v.buyer.heightFor(w)
	put(v.buyer.shown(), x, y, w, h)
	y += h + gap
	blueHeight := v.blue.MinSize().Height
	put(v.blue, x, low-blueHeight, w, blueHeight)
	cardHeight := v.card.MinSize().Height
	cardTop := low - blueHeight - gap - cardHeight
	if tight {
		cardTop = low - blueHeight
	}
	put(v.card, x, cardTop, w, cardHeight)
	put(v.totals.panel, x, y, w, max(cardTop-gap-y, 0))
	v.totals.arranged()
}

func (v *view) setHeights(card, blue widgets.ButtonSize) {
	for b, h := range map[*widgets.Button]widgets.ButtonSize{v.card: card, v.blue: blue} {
		if b.Height != h {
			b.Height = h
			b.Refresh()
		}
	}
}

// keyBar is the row of keys at the bottom; what one row cannot hold becomes two.
type keyBar struct {
	s       *Screen
	buttons []fyne.CanvasObject
	parked  *widgets.Button
	shift   *widgets.Button
	row     *fyne.Container
	panel   *widgets.Panel
}

const (
	barGap = 6
	barPad = 7
)

func newKeyBar(s *Screen) *keyBar {
	b := &keyBar{s: s}
	add := func(label string, act keys.ActionID) *widgets.Button {
		button := s.env.Kit.ActionButton(s.t("bar."+label, nil), widgets.Secondary, act)
		button.Height, button.CapFirst = widgets.Compact, true
		b.buttons = append(b.buttons, button)
		return button
	}
	add("keys", actKeys)
	add("customer", actCustomer)
	add("park", actPark)
	b.parked = add("parked", actParked)
	add("points", actPoints)
	add("drawer", actDrawer)
	add("discount", actDiscount)
	add("catalogue", actCatalogue)
	add("menu", actMenu)
	add("return", actReturn)
	add("x", actXReport)
	b.shift = add("shift", actShift)
	b.row = widgets.KeyBar(barGap, b.buttons...)
	b.panel = widgets.NewPanel(b.row, theme.ColorCard, theme.ColorNone, 0, 12, barPad)
	return b
}

func (b *keyBar) heightFor(width float32) float32 { return widgets.HeightFor(b.panel, width) }

func (b *keyBar) show() {
	label := b.s.t("bar.parked", nil)
	if n := b.s.m.parked; n > 0 {
		label = b.s.t("bar.parked-some", map[string]any{"Number": n})
	}
	b.parked.SetLabel(label)
	b.row.Layout.Layout(b.row.Objects, b.row.Size()) // a longer label wants its room
}
