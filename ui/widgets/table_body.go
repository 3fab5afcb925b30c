package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// tableBody is the scrolled part of a Table. It holds drawn rows only for what
// is in sight and gives them to other rows when the sight moves.
type tableBody struct {
	widget.BaseWidget
	t       *Table
	shown   map[int]*tableRow
	spare   []*tableRow
	objects []fyne.CanvasObject
	width   float32
}

func newTableBody(t *Table) *tableBody {
	b := &tableBody{t: t, shown: map[int]*tableRow{}}
	b.ExtendBaseWidget(b)
	return b
}

// Tapped implements fyne.Tappable.
func (b *tableBody) Tapped(ev *fyne.PointEvent) { b.t.tapped(ev.Position.Y) }

// MinSize implements fyne.CanvasObject: the height of all rows.
func (b *tableBody) MinSize() fyne.Size { return fyne.NewSize(0, b.t.top(b.t.rows)) }

// update shows the rows in sight. all draws them anew even when they were
// shown before.
func (b *tableBody) update(all bool) {
	t := b.t
	width := t.scroll.Size().Width
	if width != b.width {
		b.width, all = width, true
	}
	first, last := b.sight()
	changed := false
	for row, view := range b.shown {
		if row < first || row > last {
			b.spare = append(b.spare, view)
			delete(b.shown, row)
			changed = true
		}
	}
	for row := first; row <= last; row++ {
		view, ok := b.shown[row]
		if !ok {
			view = b.take()
			b.shown[row] = view
			changed = true
		}
		if !ok || all {
			view.show(t, row, width)
		}
	}
	if changed {
		b.collect()
	}
	if changed || all {
		canvas.Refresh(b)
	}
}

// sight returns the first and last row in sight; last < first when there is none.
func (b *tableBody) sight() (first, last int) {
	t := b.t
	offset, height := t.scroll.Offset.Y, t.scroll.Size().Height
	if t.rows == 0 || height <= 0 {
		return 0, -1
	}
	first = t.rowAt(offset)
	if first < 0 {
		first = max(t.rows-1, 0)
	}
	last = t.rowAt(offset + height)
	if last < 0 {
		last = t.rows - 1
	}
	return first, last
}

func (b *tableBody) take() *tableRow {
	if n := len(b.spare); n > 0 {
		view := b.spare[n-1]
		b.spare = b.spare[:n-1]
		return view
	}
	return newTableRow(b.t.columns)
}

func (b *tableBody) collect() {
	b.objects = b.objects[:0]
	for _, view := range b.shown {
		b.objects = append(b.objects, view.objects...)
	}
}

func (b *tableBody) refreshRow(row int) {
	if view, ok := b.shown[row]; ok && row < b.t.rows {
		view.show(b.t, row, b.width)
		canvas.Refresh(b)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *tableBody) CreateRenderer() fyne.WidgetRenderer { return &bodyRenderer{b} }

type bodyRenderer struct{ b *tableBody }

func (r *bodyRenderer) Destroy()                     {}
func (r *bodyRenderer) Layout(fyne.Size)             { r.b.update(false) }
func (r *bodyRenderer) MinSize() fyne.Size           { return r.b.MinSize() }
func (r *bodyRenderer) Objects() []fyne.CanvasObject { return r.b.objects }
func (r *bodyRenderer) Refresh()                     { r.b.update(true) }

// tableRow is a drawn row.
type tableRow struct {
	ground, bar, line *box
	cells             []*tableCell
	objects           []fyne.CanvasObject
}

type tableCell struct {
	chip             *box
	text, aside, sub *label
	picture          *canvas.Image // nil but in a column of pictures
}

func newTableRow(columns []Column) *tableRow {
	v := &tableRow{
		ground: newBox(theme.ColorNone, theme.ColorNone, 0),
		bar:    newBox(theme.ColorAccent, theme.ColorNone, 0),
		line:   newBox(theme.ColorLine, theme.ColorNone, 0),
	}
	v.objects = []fyne.CanvasObject{v.ground.Rectangle, v.line.Rectangle, v.bar.Rectangle}
	for _, col := range columns {
		c := &tableCell{
			chip: newBox(theme.ColorNone, theme.ColorNone, 11),
			text: newLabel("", Body), aside: newLabel("", SmallMuted), sub: newLabel("", SmallMuted),
		}
		v.cells = append(v.cells, c)
		v.objects = append(v.objects, c.chip.Rectangle, c.text.Text, c.aside.Text, c.sub.Text)
		if col.Picture {
			c.picture = newImage()
			v.objects = append(v.objects, c.picture)
		}
	}
	return v
}

func (v *tableRow) show(t *Table, row int, width float32) {
	top := t.top(row)
	height := t.top(row+1) - top
	selected := row == t.selected
	v.ground.fill = theme.ColorNone
	if selected {
		v.ground.fill = theme.ColorAccentSoft
	}
	v.ground.paint()
	v.bar.paint()
	v.line.paint()
	v.ground.Resize(fyne.NewSize(width, height))
	v.ground.Move(fyne.NewPos(0, top))
	v.bar.Hidden = !selected
	v.bar.Resize(fyne.NewSize(theme.Px(3), height))
	v.bar.Move(fyne.NewPos(0, top))
	v.line.Hidden = t.Whole && row == t.rows-1 // the card around it has a line there
	v.line.Resize(fyne.NewSize(width, theme.LineWidth))
	v.line.Move(fyne.NewPos(0, top+height-theme.LineWidth))
	left, room := t.columnSpans(width)
	for i, c := range v.cells {
		cell := Cell{}
		if room[i] > 0 {
			cell = t.cell(row, i)
		}
		c.show(cell, t.columns[i], left[i], room[i], top, height)
	}
}

func (c *tableCell) show(cell Cell, col Column, left, room, top, height float32) {
	style := cell.Style
	if style == (Style{}) {
		style = col.Style
	}
	if style == (Style{}) {
		style = Body
	}
	style.Align = col.Align
	if c.picture != nil {
		pad := theme.Px(3)
		side := max(0, min(height-2*pad, room))
		showImage(c.picture, cell.Picture)
		c.picture.Resize(fyne.NewSquareSize(side))
		c.picture.Move(fyne.NewPos(left, top+(height-side)/2))
		if cell.Pictured || cell.Picture != nil {
			left, room = left+side+theme.Px(cellPad)/2, max(0, room-side-theme.Px(cellPad)/2)
		}
	}
	c.chip.Hidden = (!cell.Chip || cell.Text == "") && cell.Dot == ""
	if cell.Dot != "" {
		left, room = c.showDot(cell.Dot, left, room, top, height)
	}
	if cell.Chip {
		c.showChip(cell, col, left, room, top, height)
	} else {
		c.text.set(cell.Text, style)
		c.text.paint()
		c.text.fit(room)
		place(c.text.Text, left, room, height)
	}
	sub := SmallMuted
	sub.Align = col.Align
	second := cell.Sub
	if cell.Was != "" {
		second, sub.Strike = cell.Was, true
	}
	c.sub.set(second, sub)
	c.sub.paint()
	c.sub.fit(room)
	subLeft, subRoom := left, room
	if col.Align == fyne.TextAlignTrailing && sub.Strike {
		// The toolkit strikes from the left end of a text's place, so the place is
		// made as wide as the text.
		subRoom = min(sub.measure(c.sub.Text.Text).Width, room)
		subLeft += room - subRoom
	}
	place(c.sub.Text, subLeft, subRoom, height)
	if second != "" {
		shift := theme.Px(subShift)
		c.text.Move(c.text.Position().SubtractXY(0, shift))
		c.sub.Move(c.sub.Position().AddXY(0, shift+theme.Px(1)))
	}
	c.showAside(cell.Aside, style, left, room, height)
	for _, o := range []fyne.CanvasObject{c.text.Text, c.sub.Text, c.aside.Text} {
		o.Move(o.Position().AddXY(0, top))
	}
}

// showAside puts a remark behind the text, as far as there is room.
func (c *tableCell) showAside(text string, beside Style, left, room, height float32) {
	style := SmallMuted
	style.Strike = beside.Strike
	textWidth := min(beside.measure(c.text.full).Width, room)
	c.aside.set(text, style)
	c.aside.paint()
	asideRoom := max(room-textWidth-theme.Px(4), 0)
	c.aside.fit(asideRoom)
	c.aside.Hidden = text == "" || asideRoom < theme.Px(30)
	place(c.aside.Text, left+textWidth+theme.Px(4), asideRoom, height)
	c.aside.Move(c.aside.Position().AddXY(0, theme.Px(1)))
}

// showDot draws the cell's colour, and tells the room that is left beside it.
func (c *tableCell) showDot(colour fyne.ThemeColorName, left, room, top, height float32) (float32, float32) {
	side := theme.Px(14)
	c.chip.fill = colour
	c.chip.paint()
	c.chip.Resize(fyne.NewSquareSize(side))
	c.chip.Move(fyne.NewPos(left, top+(height-side)/2))
	side += theme.Px(theme.GapSmall)
	return left + side, max(room-side, 0)
}

// subShift is how far the first line of a cell goes up where there is a second.
const subShift = 10

func (c *tableCell) showChip(cell Cell, col Column, left, room, top, height float32) {
	ink, soft := cell.Tone.colors()
	style := Small.In(ink)
	c.text.set(cell.Text, style)
	c.text.paint()
	pad := theme.Px(10)
	m := style.measure(cell.Text)
	w := min(m.Width, max(room-2*pad, 0))
	c.text.fit(w)
	x := left
	if col.Align == fyne.TextAlignTrailing {
		x = left + room - w - 2*pad
	}
	h := m.Height + theme.Px(4)
	if cell.Sub != "" {
		top -= theme.Px(subShift)
	}
	c.chip.fill = soft
	c.chip.paint()
	c.chip.Resize(fyne.NewSize(w+2*pad, h))
	c.chip.Move(fyne.NewPos(x, top+(height-h)/2))
	place(c.text.Text, x+pad, w, height)
}
