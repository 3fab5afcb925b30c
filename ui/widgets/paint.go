package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"kassa/ui/theme"
)

// box is a rectangle that remembers its colours by name.
type box struct {
	*canvas.Rectangle
	fill, line fyne.ThemeColorName
	radius     float32
	stroke     float32
}

func newBox(fill, line fyne.ThemeColorName, radius float32) *box {
	b := &box{Rectangle: canvas.NewRectangle(nil), fill: fill, line: line, radius: radius, stroke: theme.LineWidth}
	b.paint()
	return b
}

func (b *box) paint() {
	b.FillColor = theme.Color(b.fill)
	b.CornerRadius = theme.Px(b.radius)
	if b.line == theme.ColorNone {
		b.StrokeWidth, b.StrokeColor = 0, nil
	} else {
		b.StrokeWidth, b.StrokeColor = b.stroke, theme.Color(b.line)
	}
	b.Rectangle.Refresh()
}

// frame draws the focus: two pixels of accent, or the quiet line.
func (b *box) frame(focused bool, quiet fyne.ThemeColorName) {
	b.line, b.stroke = quiet, theme.LineWidth
	if focused {
		b.line, b.stroke = theme.ColorAccent, theme.FocusWidth
	}
	b.paint()
}

// painter is what a renderer repaints when the theme changes.
type painter interface{ paint() }

// renderer is the renderer of all simple widgets: objects that fill the widget
// unless layout says otherwise, repainted on refresh.
type renderer struct {
	objects []fyne.CanvasObject
	painted []painter
	layout  func(fyne.Size)
	min     func() fyne.Size
	refresh func()
}

func newRenderer(objects ...any) *renderer {
	r := &renderer{}
	for _, o := range objects {
		if p, ok := o.(painter); ok {
			r.painted = append(r.painted, p)
		}
		switch o := o.(type) {
		case *box:
			r.objects = append(r.objects, o.Rectangle)
		case *slab:
			r.objects = append(r.objects, o.objects()...)
		case *label:
			r.objects = append(r.objects, o.Text)
		case fyne.CanvasObject:
			r.objects = append(r.objects, o)
		}
	}
	return r
}

func (r *renderer) Destroy() {}

func (r *renderer) Layout(size fyne.Size) {
	if r.layout != nil {
		r.layout(size)
		return
	}
	for _, o := range r.objects {
		o.Resize(size)
		o.Move(fyne.Position{})
	}
}

func (r *renderer) MinSize() fyne.Size {
	if r.min != nil {
		return r.min()
	}
	var size fyne.Size
	for _, o := range r.objects {
		size = size.Max(o.MinSize())
	}
	return size
}

func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) Refresh() {
	if r.refresh != nil {
		r.refresh()
	}
	for _, p := range r.painted {
		p.paint()
	}
}

// place puts an object at its minimal size, or the given width, into the middle
// of a row of the given height.
func place(o fyne.CanvasObject, x, width, rowHeight float32) {
	h := o.MinSize().Height
	o.Resize(fyne.NewSize(width, h))
	o.Move(fyne.NewPos(x, (rowHeight-h)/2))
}
