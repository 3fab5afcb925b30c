// This file finds what cannot be told from its ground: texts, the frames of what
// takes something in, ticks and the focus.

package uitest

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// What counts as large text, at which less contrast is enough.
const (
	largeText = 24
	largeBold = 18.7
)

// Faint lists every text and mark whose contrast with what lies under it is less
// than a person needs, in the theme the window is drawn with now.
func Faint(w *Window) []string {
	c := w.Fyne.Canvas()
	p := &painting{window: rectOf(fyne.Position{}, c.Size())}
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		if root != nil {
			p.draw(root, fyne.Position{}, p.window, nil)
		}
	}
	slices.Sort(p.faint)
	return slices.Compact(p.faint)
}

// painting is a window drawn so far, the lowest first.
type painting struct {
	window Rect
	laid   []coat
	faint  []string
}

// coat is a filled part of the window; a nil colour is a picture.
type coat struct {
	Rect
	fill color.Color
}

// draw paints an object as Fyne would. takes is the control it belongs to, whose
// frame has to be seen; nil for none.
func (p *painting) draw(o fyne.CanvasObject, at fyne.Position, clip Rect, takes fyne.CanvasObject) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *canvas.Text:
		p.text(o, at, clip)
	case *canvas.Rectangle:
		p.rectangle(o, at, clip, takes)
	case *canvas.LinearGradient:
		if o.StartColor == o.EndColor { // the body of a card
			p.lay(rectOf(at, o.Size()).intersect(clip), o.StartColor)
		}
	case *canvas.Line:
		p.line(o, at, clip)
	case *canvas.Image, *canvas.Raster:
		p.lay(rectOf(at, o.Size()).intersect(clip), nil)
	case *fyne.Container:
		for _, child := range o.Objects {
			p.draw(child, at, clip, nil)
		}
	case fyne.Widget:
		switch o := o.(type) {
		case *widgets.Entry, *widgets.Select, *widgets.Check, *widgets.CodeBoxes:
			takes = nil
			if d, ok := o.(fyne.Disableable); !ok || !d.Disabled() {
				takes = o
			}
		case *container.Scroll, *widget.Entry:
			clip, takes = clip.intersect(rectOf(at, o.Size())), nil
		default:
			takes = nil
		}
		for _, child := range test.WidgetRenderer(o).Objects() {
			p.draw(child, at, clip, takes)
		}
	}
}

func (p *painting) lay(r Rect, fill color.Color) {
	if !r.empty() {
		p.laid = append(p.laid, coat{r, fill})
	}
}

func (p *painting) text(t *canvas.Text, at fyne.Position, clip Rect) {
	if strings.TrimSpace(t.Text) == "" {
		return
	}
	s := spotOf(t, at, clip, 0)
	ink := rectOf(s.Position, s.Size).intersect(clip)
	if ink.empty() {
		return
	}
	least := theme.LeastText
	if scale := theme.Px(1); t.TextSize >= largeText*scale || t.TextStyle.Bold && t.TextSize >= largeBold*scale {
		least = theme.LeastLarge
	}
	p.compare(fmt.Sprintf("%q", t.Text), t.Color, middle(ink), least)
}

func (p *painting) rectangle(r *canvas.Rectangle, at fyne.Position, clip Rect, takes fyne.CanvasObject) {
	part := rectOf(at, r.Size()).intersect(clip)
	if part.empty() {
		return
	}
	framed := r.StrokeWidth > 0 && r.StrokeColor != nil
	switch {
	case framed && r.StrokeWidth >= theme.FocusWidth:
		p.compare("the focus", r.StrokeColor, middle(part), theme.LeastMark)
	case framed && takes != nil:
		p.compare(fmt.Sprintf("the frame of %T", takes), r.StrokeColor, middle(part), theme.LeastMark)
	}
	if r.FillColor != nil {
		p.lay(part, r.FillColor)
	}
}

func (p *painting) line(l *canvas.Line, at fyne.Position, clip Rect) {
	// A line lies at its own position, which its ends are measured from.
	if part := rectOf(at, l.Size()).intersect(clip); !part.empty() {
		p.compare("a mark", l.StrokeColor, middle(part), theme.LeastMark)
	}
}

// compare holds an ink to what lies under a point.
func (p *painting) compare(what string, ink color.Color, at fyne.Position, least float64) {
	ground, known := p.under(at)
	if !known || ink == nil {
		return
	}
	if got := theme.Contrast(theme.Over(ink, ground), ground); got < least {
		p.faint = append(p.faint, fmt.Sprintf("%s at %.0f,%.0f stands out %.1f from its ground, %.1f is the least", what, at.X, at.Y, got, least))
	}
}

// under is the colour a point has so far, not known over a picture.
func (p *painting) under(at fyne.Position) (color.Color, bool) {
	seen, known := theme.Color(theme.ColorBackground), true
	for _, c := range p.laid {
		if at.X < c.Min.X || at.X > c.Max.X || at.Y < c.Min.Y || at.Y > c.Max.Y {
			continue
		}
		if c.fill == nil {
			known = false
			continue
		}
		if _, _, _, a := c.fill.RGBA(); a == 0xffff {
			known = true
		}
		seen = theme.Over(c.fill, seen)
	}
	return seen, known
}

func middle(r Rect) fyne.Position {
	return fyne.NewPos((r.Min.X+r.Max.X)/2, (r.Min.Y+r.Max.Y)/2)
}
