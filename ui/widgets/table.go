package widgets

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/ui/theme"
)

// Column is one column of a Table.
type Column struct {
	Title string
	Width float32 // at scale 1; 0 shares the room that is left
	Share float32 // of that room, 1 by default
	From  float32 // the table's width at scale 1 below which the column is left out
	Align fyne.TextAlign
	Style Style // of its cells; the zero Style means Body
	// Picture says that the column shows the Picture of its cells, left of any
	// text.
	Picture bool
}

// shown tells whether a table of a width has room for the column.
func (c Column) shown(width float32) bool { return width >= theme.Px(c.From) }

// Cell is what stands in one place of a Table.
type Cell struct {
	Text  string
	Aside string // small words after the text, on the same line
	Sub   string // a second, small line; the row must be Tall
	Was   string // in place of Sub: the figure that was before, struck through; the row must be Tall
	Style Style  // the zero Style means the column's
	Chip  bool   // the text stands on a chip of Tone
	Tone  Tone
	// Picture is drawn in a column of pictures; nil for none. Pictured leaves room
	// for one also where there is none, so that texts begin under one another.
	Picture  image.Image
	Pictured bool

	Dot fyne.ThemeColorName // a dot of this colour before the text; "" for none
}

// Table is a list with columns that builds only the rows in sight, so that ten
// thousand rows cost what twenty do. Arrows, PgUp, PgDn, Home and End move the
// selection.
type Table struct {
	control
	OnSelected  func(row int)
	OnActivated func(row int) // Enter, or a second tap
	// Tall tells which rows have a second line; nil means none.
	Tall func(row int) bool
	// KeepsFocus leaves the focus where it is: the table is driven from a field.
	KeepsFocus bool
	// Whole makes the table as high as all its rows: a short list that never scrolls.
	Whole bool
	// Empty is shown in place of the rows while there are none.
	Empty string

	columns  []Column
	cell     func(row, col int) Cell
	rows     int
	tops     []float32 // top of each row, in units of scale 1; nil when all are equal
	selected int
	guess    string // what the rows are a guess at, see SetFound
	noHead   bool
	lastTap  time.Time
	onTap    func(row int) // a single tap, in lists that close

	body   *tableBody
	scroll *container.Scroll
}

// Row heights at scale 1.
const (
	rowHeight  = theme.TouchHeight
	tallHeight = 58
	headHeight = 34
	cellPad    = 12
)

// Table returns a table that asks cell for what it shows.
func (k *Kit) Table(columns []Column, cell func(row, col int) Cell) *Table {
	t := &Table{columns: columns, cell: cell, selected: -1}
	t.kit, t.own = k, t.key
	t.body = newTableBody(t)
	t.scroll = container.NewVScroll(t.body)
	t.scroll.OnScrolled = func(fyne.Position) { t.body.update(false) }
	t.ExtendBaseWidget(t)
	return t
}

// List returns a table without a head.
func (k *Kit) List(columns []Column, cell func(row, col int) Cell) *Table {
	t := k.Table(columns, cell)
	t.noHead = true
	return t
}

// SetRows tells how many rows there are, and draws what is in sight anew. The
// selection stays on its number, or moves to the last row.
func (t *Table) SetRows(n int) {
	t.rows = n
	t.measure()
	t.selected = min(t.selected, n-1)
	t.body.update(true)
	t.Refresh()
}

// Rows returns the number of rows.
func (t *Table) Rows() int { return t.rows }

// RefreshRow draws one row anew, if it is in sight.
func (t *Table) RefreshRow(row int) { t.body.refreshRow(row) }

// Selected returns the selected row, -1 for none.
func (t *Table) Selected() int { return t.selected }

// Select selects a row, brings it into sight and calls OnSelected when it is
// another one. -1 selects none.
func (t *Table) Select(row int) {
	row = min(max(row, -1), t.rows-1)
	t.reveal(row)
	if row == t.selected {
		return
	}
	old := t.selected
	t.selected = row
	t.body.refreshRow(old)
	t.body.refreshRow(row)
	if t.OnSelected != nil && row >= 0 {
		t.OnSelected(row)
	}
}

// Step moves the selection by a number of rows, as the arrows do.
func (t *Table) Step(by int) {
	if t.rows == 0 {
		return
	}
	if t.selected < 0 {
		if by < 0 {
			t.Select(t.rows - 1)
		} else {
			t.Select(0)
		}
		return
	}
	t.Select(min(max(t.selected+by, 0), t.rows-1))
}

// Activate calls OnActivated for the selected row.
func (t *Table) Activate() bool {
	if t.selected < 0 || t.OnActivated == nil {
		return false
	}
	t.OnActivated(t.selected)
	return true
}

// Disabled implements fyne.Disableable: Tab passes by a table that keeps out of
// the focus.
func (t *Table) Disabled() bool { return t.disabled || t.KeepsFocus }

func (t *Table) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyUp:
		t.Step(-1)
	case fyne.KeyDown:
		t.Step(1)
	case fyne.KeyPageUp:
		t.Step(-t.page())
	case fyne.KeyPageDown:
		t.Step(t.page())
	case fyne.KeyHome:
		t.Select(min(0, t.rows-1))
	case fyne.KeyEnd:
		t.Select(t.rows - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if t.OnActivated == nil || t.selected < 0 {
			return false
		}
		if !t.kit.Keys.Held(ev) {
			t.Activate()
		}
	default:
		return false
	}
	return true
}

func (t *Table) page() int {
	return max(int(t.scroll.Size().Height/theme.Px(rowHeight))-1, 1)
}

// doubleTap is how soon a second tap on a row activates it.
const doubleTap = 400 * time.Millisecond

func (t *Table) tapped(y float32) {
	row := t.rowAt(y)
	if row < 0 {
		t.kit.settle()
		return
	}
	now := t.kit.Timers.Now()
	again := row == t.selected && now.Sub(t.lastTap) < doubleTap
	t.lastTap = now
	t.Select(row)
	if t.KeepsFocus {
		t.kit.settle()
	} else {
		t.kit.Focus(t)
	}
	switch {
	case t.onTap != nil:
		t.onTap(row)
	case again:
		t.Activate()
	}
}

// measure computes where the rows begin.
func (t *Table) measure() {
	t.tops = nil
	if t.Tall == nil {
		return
	}
	t.tops = make([]float32, t.rows+1)
	for i := range t.rows {
		h := float32(rowHeight)
		if t.Tall(i) {
			h = tallHeight
		}
		t.tops[i+1] = t.tops[i] + h
	}
}

// top returns where a row begins; top(rows) is the height of all.
func (t *Table) top(row int) float32 {
	if t.tops != nil {
		return theme.Px(t.tops[row])
	}
	return theme.Px(float32(row) * rowHeight)
}

// rowAt returns the row at a height, -1 below the last.
func (t *Table) rowAt(y float32) int {
	if y < 0 || y >= t.top(t.rows) {
		return -1
	}
	low, high := 0, t.rows-1
	for low < high {
		mid := (low + high + 1) / 2
		if t.top(mid) <= y {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return low
}

// reveal scrolls so that a row is in sight.
func (t *Table) reveal(row int) {
	if row < 0 || row >= t.rows {
		return
	}
	from, to, height := t.top(row), t.top(row+1), t.scroll.Size().Height
	offset := t.scroll.Offset.Y
	switch {
	case from < offset:
		offset = from
	case to > offset+height && height > 0:
		offset = to - height
	default:
		return
	}
	t.scroll.Content.Resize(t.scroll.Content.MinSize().Max(t.scroll.Size()))
	t.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	t.body.update(false)
}

// columnSpans returns the left edge and width of each column, padding inside;
// a column that is left out has no width.
func (t *Table) columnSpans(width float32) (left, room []float32) {
	left, room = make([]float32, len(t.columns)), make([]float32, len(t.columns))
	free, shares := width, float32(0)
	for _, c := range t.columns {
		if !c.shown(width) {
			continue
		}
		free -= theme.Px(c.Width)
		if c.Width == 0 {
			shares += max(c.Share, 1)
		}
	}
	x := float32(0)
	for i, c := range t.columns {
		if !c.shown(width) {
			continue
		}
		w := theme.Px(c.Width)
		if c.Width == 0 {
			w = max(free*max(c.Share, 1)/shares, 0)
		}
		left[i], room[i] = x+theme.Px(cellPad), max(w-2*theme.Px(cellPad), 0)
		x += w
	}
	return left, room
}

// CreateRenderer implements fyne.Widget.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	frame := newBox(theme.ColorNone, theme.ColorNone, theme.RadiusCard)
	line := newBox(theme.ColorLine, theme.ColorNone, 0)
	empty := newLabel("", Muted.Center())
	objects := []any{t.scroll, line, empty}
	guess := newGuessHead()
	heads := make([]*label, len(t.columns))
	for i, c := range t.columns {
		style := SmallMuted
		style.Align = c.Align
		heads[i] = newLabel(c.Title, style)
		objects = append(objects, heads[i])
	}
	r := newRenderer(append(objects, guess.ground, guess.text, frame)...)
	head := t.headSize
	r.layout = func(size fyne.Size) {
		frame.Resize(size)
		left, room := t.columnSpans(size.Width)
		for i, h := range heads {
			h.Hidden = t.noHead || t.guess != "" || room[i] == 0
			h.fit(room[i])
			place(h.Text, left[i], room[i], head())
		}
		guess.show(t.guess, size.Width, head())
		line.Hidden = t.noHead
		line.Resize(fyne.NewSize(size.Width, theme.LineWidth))
		line.Move(fyne.NewPos(0, head()-theme.LineWidth))
		before := t.scroll.Size().Height
		t.scroll.Resize(fyne.NewSize(size.Width, max(size.Height-head(), 0)))
		t.scroll.Move(fyne.NewPos(0, head()))
		if t.scroll.Size().Height != before {
			t.reveal(t.selected) // it was selected before there was room, or the room changed
		}
		place(empty.Text, theme.Px(cellPad), size.Width-2*theme.Px(cellPad), size.Height+head())
		t.body.update(false)
	}
	r.min = t.least
	r.refresh = func() {
		text := ""
		if t.rows == 0 {
			text = t.Empty
		}
		empty.set(text, Muted.Center())
		frame.line, frame.stroke = theme.ColorNone, theme.FocusWidth
		if t.focused {
			frame.line = theme.ColorAccent
		}
		if t.guess != guess.said {
			r.layout(t.Size())
		}
		t.scroll.Refresh()
		t.body.update(true)
	}
	return r
}

// headSize is the height of the head, none where there is none.
func (t *Table) headSize() float32 {
	if t.noHead && t.guess == "" {
		return 0
	}
	return theme.Px(headHeight)
}

// least is the room a table cannot do without.
func (t *Table) least() fyne.Size {
	width := float32(0)
	for _, c := range t.columns {
		if c.From == 0 {
			width += max(c.Width, 60)
		}
	}
	height := theme.Px(2 * rowHeight)
	if t.Whole {
		height = t.top(t.rows)
	}
	return fyne.NewSize(theme.Px(width), t.headSize()+height)
}
