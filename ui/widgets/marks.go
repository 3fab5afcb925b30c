package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

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
