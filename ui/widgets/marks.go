package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// tick is a check mark of two lines; the font has none.
type tick struct{ left, right *canvas.Line }

func newTick() *tick {
	t := &tick{left: canvas.NewLine(nil), right: canvas.NewLine(nil)}
	t.show(false, theme.ColorOnAccent)
	return t
}

func (t *tick) place(at fyne.Position, size float32) {
	point := func(x, y float32) fyne.Position { return at.AddXY(x*size, y*size) }
	t.left.Position1, t.left.Position2 = point(0.22, 0.52), point(0.43, 0.72)
	t.right.Position1, t.right.Position2 = point(0.43, 0.72), point(0.78, 0.30)
}

// show draws the mark in an ink, or takes it away.
func (t *tick) show(on bool, ink fyne.ThemeColorName) {
	for _, l := range []*canvas.Line{t.left, t.right} {
		l.StrokeColor = theme.Color(ink)
		l.StrokeWidth = theme.Px(2.2)
		l.Hidden = !on
		l.Refresh()
	}
}

// Tick is a check mark beside words: something is done.
type Tick struct {
	widget.BaseWidget
	ink fyne.ThemeColorName
}

// NewTick returns a check mark as large as a small letter.
func NewTick(ink fyne.ThemeColorName) *Tick {
	t := &Tick{ink: ink}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements fyne.Widget.
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	mark := newTick()
	r := newRenderer(mark.left, mark.right)
	r.layout = func(size fyne.Size) {
		side := min(size.Width, size.Height)
		mark.place(fyne.NewPos(0, (size.Height-side)/2), side)
	}
	r.min = func() fyne.Size { return fyne.NewSquareSize(theme.Px(18)) }
	r.refresh = func() {
		mark.show(true, t.ink)
		r.layout(t.Size())
	}
	r.refresh()
	return r
}

// arrow is the mark of a list that opens.
type arrow struct{ left, right *canvas.Line }

func newArrow() *arrow {
	a := &arrow{left: canvas.NewLine(nil), right: canvas.NewLine(nil)}
	a.paint()
	return a
}

func (a *arrow) place(at fyne.Position, size float32) {
	point := func(x, y float32) fyne.Position { return at.AddXY(x*size, y*size) }
	a.left.Position1, a.left.Position2 = point(0.1, 0.3), point(0.5, 0.7)
	a.right.Position1, a.right.Position2 = point(0.5, 0.7), point(0.9, 0.3)
}

func (a *arrow) paint() {
	for _, l := range []*canvas.Line{a.left, a.right} {
		l.StrokeColor = theme.Color(theme.ColorMuted)
		l.StrokeWidth = theme.Px(1.8)
		l.Refresh()
	}
}
