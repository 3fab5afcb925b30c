// This file draws large grounds so that they cost little where a till's window is
// drawn in software.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"kassa/ui/theme"
)

// slab is a box that may be large. The toolkit asks of every pixel of a rectangle
// how far it is from the corners, the line and the shadow: without a graphics card
// the cards of the sale screen took a third of its picture. So of a large one only
// the ends with the corners are rectangles, and what lies between them is filled
// with the cheapest thing there is, a gradient from a colour to the same.
type slab struct {
	fill, line fyne.ThemeColorName
	radius     float32

	ends  [2]*canvas.Rectangle // top and bottom; the first is all of a slab in one piece
	sides [2]*canvas.Rectangle // the lines at the left and right
	body  *canvas.LinearGradient
	size  fyne.Size
	at    fyne.Position
}

// slabWorth is the area, in pixels, from which on the parts of a slab cost less
// than one rectangle.
const slabWorth = 16000

func newSlab(fill, line fyne.ThemeColorName, radius float32) *slab {
	s := &slab{fill: fill, line: line, radius: radius, body: canvas.NewVerticalGradient(nil, nil)}
	for i := range s.ends {
		s.ends[i], s.sides[i] = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	}
	s.paint()
	return s
}

// objects are the parts, in the order in which they are drawn.
func (s *slab) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{s.ends[0], s.ends[1], s.sides[0], s.sides[1], s.body}
}

// paint implements painter.
func (s *slab) paint() {
	s.arrange()
	fill, line, stroke := theme.Color(s.fill), theme.Color(s.line), float32(theme.LineWidth)
	if s.line == theme.ColorNone {
		line, stroke = nil, 0
	}
	for i := range s.ends {
		end, side := s.ends[i], s.sides[i]
		end.FillColor, end.StrokeColor, end.StrokeWidth = fill, line, stroke
		side.FillColor = line
		end.Refresh()
		side.Refresh()
	}
	s.body.StartColor, s.body.EndColor = fill, fill
	s.body.Refresh()
}

// put lays the slab out.
func (s *slab) put(at fyne.Position, size fyne.Size) {
	s.at, s.size = at, size
	s.arrange()
}

// arrange gives the parts their places and corners.
func (s *slab) arrange() {
	radius := theme.Px(s.radius)
	whole := s.whole()
	top, bottom := s.ends[0], s.ends[1]
	top.CornerRadius, top.TopLeftCornerRadius, top.TopRightCornerRadius = 0, radius, radius
	if whole {
		top.CornerRadius, top.TopLeftCornerRadius, top.TopRightCornerRadius = radius, 0, 0
	}
	bottom.BottomLeftCornerRadius, bottom.BottomRightCornerRadius = radius, radius
	flat := s.flat()
	top.Hidden = flat && !whole
	bottom.Hidden = flat || whole
	s.sides[0].Hidden, s.sides[1].Hidden = bottom.Hidden || s.line == theme.ColorNone, bottom.Hidden || s.line == theme.ColorNone
	s.body.Hidden = whole
	if whole {
		lay(top, s.at, s.size)
		return
	}
	// The parts meet at whole pixels, as one rectangle would be drawn.
	size, line := fyne.NewSize(round(s.size.Width), round(s.size.Height)), float32(0)
	if flat {
		lay(s.body, s.at, size)
		return
	}
	if s.line != theme.ColorNone {
		line = theme.LineWidth
	}
	end := s.end()
	lay(top, s.at, fyne.NewSize(size.Width, end))
	lay(bottom, s.at.AddXY(0, size.Height-end), fyne.NewSize(size.Width, end))
	between := size.Height - 2*end
	lay(s.sides[0], s.at.AddXY(0, end), fyne.NewSize(line, between))
	lay(s.sides[1], s.at.AddXY(size.Width-line, end), fyne.NewSize(line, between))
	// The body covers the inner line of the ends too.
	lay(s.body, s.at.AddXY(line, end-line), fyne.NewSize(size.Width-2*line, between+2*line))
}

// flat tells that the slab has neither corners nor a line.
func (s *slab) flat() bool { return s.radius == 0 && s.line == theme.ColorNone }

// end is how high the parts with the corners are.
func (s *slab) end() float32 { return round(theme.Px(s.radius)) + 4*theme.LineWidth }

// whole tells whether the slab is better drawn in one piece: one that is small, that
// is not filled, or whose parts might part on a screen with broken pixels.
func (s *slab) whole() bool {
	return s.fill == theme.ColorNone || s.size.Width*s.size.Height < slabWorth ||
		s.size.Height < 3*s.end() || !wholePixels()
}

// wholePixels tells whether every measure that is whole is so on the screen too.
func wholePixels() bool {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if scale := w.Canvas().Scale(); scale != round(scale) {
			return false
		}
	}
	return true
}

func round(v float32) float32 { return float32(int(v + 0.5)) }

func lay(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
	o.Move(at)
	o.Resize(size)
}
