package widgets

import (
	"fyne.io/fyne/v2"

	"kassa/ui/keys"
	"kassa/ui/theme"
)

// entrySlack is room under a line of text: at some scales its letters are a hair higher
// than Fyne's entry says, which would then show a bar to scroll with.
const entrySlack = 3

// cursorWidth is how wide the mark is at which typing goes on.
const cursorWidth = 2

// entryRenderer draws a field: its ground, the placeholder, the note at its end,
// the message under it and the key that leads there.
type entryRenderer struct {
	e       *Entry
	ground  *box
	hint    *label // the placeholder of a right-aligned field
	note    *label
	message *label
	cap     *KeyCap
	cursor  *cursor
}

func (e *Entry) rightAligned() bool { return e.kind == AmountEntry }

// HeightFor implements Flowing.
func (e *Entry) HeightFor(float32) float32 {
	h := e.fieldHeight()
	if e.message != "" {
		h += theme.Px(theme.GapTiny) + SmallMuted.measure(e.message).Height
	}
	return h
}

// CreateRenderer implements fyne.Widget.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	r := &entryRenderer{
		e:       e,
		ground:  newBox(theme.ColorCard, theme.ColorFrame, theme.RadiusField),
		hint:    newLabel("", Amount.In(theme.ColorMuted)),
		note:    newLabel("", SmallMuted.Right()),
		message: newLabel("", SmallMuted),
		cap:     NewKeyCap(keys.None),
		cursor:  newCursor(e.kit.Timers),
	}
	e.inner.OnCursorChanged = r.cursorMoved
	e.relayout = r.textChanged
	e.stopKeys = e.kit.Keys.OnRemap(e.Refresh)
	r.Refresh()
	return r
}

func (r *entryRenderer) Destroy() {
	if r.e.stopKeys != nil {
		r.e.stopKeys()
	}
	r.e.relayout = nil
	r.e.inner.OnCursorChanged = nil
	r.cursor.rest()
}

// cursorMoved puts the mark where typing goes on now, or takes it away with the
// focus.
func (r *entryRenderer) cursorMoved() {
	e := r.e
	if !e.focused || e.Disabled() {
		r.cursor.rest()
		return
	}
	r.placeCursor()
	r.cursor.wake()
}

func (r *entryRenderer) placeCursor() {
	width := theme.Px(cursorWidth)
	at := r.e.inner.CursorPosition().Subtract(r.e.inner.scrolled()).Add(r.e.inner.Position())
	r.cursor.Resize(fyne.NewSize(width, Style{Size: r.e.textSize()}.measure("M").Height))
	r.cursor.Move(at.SubtractXY(width, 0))
}

func (r *entryRenderer) Layout(size fyne.Size) {
	e := r.e
	height := e.fieldHeight()
	if e.message == "" && e.kind == AreaEntry {
		height = max(height, size.Height)
	}
	field := fyne.NewSize(size.Width, height)
	r.ground.Resize(field)

	inner := theme.Size("innerPadding") // Fyne's entry keeps this room around its text
	pad := theme.Px(12)
	left, right := pad-inner, size.Width-pad
	if e.key() != keys.None {
		w := r.cap.MinSize().Width
		place(r.cap, right-w, w, height)
		right -= w + theme.Px(theme.GapSmall)
	}
	if e.Note != "" {
		w := min(r.note.style.measure(e.Note).Width, size.Width/2)
		r.note.fit(w)
		place(r.note.Text, right-w, w, height)
		right -= w + theme.Px(theme.GapSmall)
	}
	right += inner
	r.placeText(left, right, height, inner)
	r.placeCursor()

	r.message.fit(size.Width)
	r.message.Move(fyne.NewPos(0, height+theme.Px(theme.GapTiny)))
	r.message.Resize(fyne.NewSize(size.Width, r.message.MinSize().Height))
}

// placeText puts Fyne's entry into the field; at the right end it is only as
// wide as its text, since Fyne's entry cannot align text itself.
func (r *entryRenderer) placeText(left, right, height, inner float32) {
	e := r.e
	if e.kind == AreaEntry {
		e.inner.Resize(fyne.NewSize(right-left, height-2*theme.Px(4)))
		e.inner.Move(fyne.NewPos(left, theme.Px(4)))
		return
	}
	h := e.inner.MinSize().Height
	y := (height - h) / 2
	h += theme.Px(entrySlack)
	width := right - left
	if e.rightAligned() {
		style := Style{Size: e.textSize()}
		cursor := theme.Px(3)
		width = min(width, style.measure(e.inner.Text).Width+2*inner+cursor)
		left = right - width + cursor
		place(r.hint.Text, theme.Px(12), right-inner-theme.Px(12), height)
	}
	e.inner.Resize(fyne.NewSize(width, h))
	e.inner.Move(fyne.NewPos(left, y))
}

func (r *entryRenderer) MinSize() fyne.Size {
	width := float32(120)
	if r.e.kind == PINEntry {
		width = 80
	}
	return fyne.NewSize(theme.Px(width), r.e.HeightFor(0))
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground.Rectangle, r.hint.Text, r.e.inner, r.cursor.Rectangle, r.note.Text, r.cap, r.message.Text}
}

func (r *entryRenderer) Refresh() {
	e := r.e
	quiet := theme.ColorFrame
	if e.Disabled() {
		quiet = theme.ColorEdge
	}
	if e.tone == Bad {
		quiet = theme.ColorBad
	}
	r.ground.fill = theme.ColorCard
	if e.Disabled() {
		r.ground.fill = theme.ColorBackground
	}
	r.ground.frame(e.focused, quiet)
	r.hint.paint()
	if !e.rightAligned() && e.inner.PlaceHolder != e.placeholder {
		e.inner.SetPlaceHolder(e.placeholder)
	}
	r.note.set(e.Note, SmallMuted.Right())
	r.note.paint()
	ink, _ := e.tone.colors()
	r.message.set(e.message, Small.In(ink))
	r.message.paint()
	r.cap.SetKey(e.key())
	e.inner.Refresh()
	r.textChanged()
}

// textChanged follows the text: the hint shows while there is none, and a
// right-aligned text moves.
func (r *entryRenderer) textChanged() {
	hint := ""
	if r.e.rightAligned() && r.e.inner.Text == "" {
		hint = r.e.placeholder
	}
	r.hint.set(hint, Amount.In(theme.ColorMuted))
	r.Layout(r.e.Size())
}
