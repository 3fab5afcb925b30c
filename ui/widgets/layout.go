package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"kassa/ui/theme"
)

// Flowing is an object whose height depends on its width.
type Flowing interface {
	HeightFor(width float32) float32
}

// HeightFor returns the height an object needs at a width.
func HeightFor(o fyne.CanvasObject, width float32) float32 {
	if f, ok := o.(Flowing); ok {
		return f.HeightFor(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if f, ok := c.Layout.(flowLayout); ok {
			return f.heightFor(c.Objects, width)
		}
	}
	return o.MinSize().Height
}

type flowLayout interface {
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

// VBox puts objects under one another with a gap (at scale 1) between them.
// Those in Grow share the room that is left.
func VBox(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{gap: gap}, objects...)
}

// HBox puts objects side by side with a gap (at scale 1) between them, each in
// the middle of the row's height. Those in Grow share the room that is left.
func HBox(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap}, objects...)
}

// Columns puts objects side by side in the full height, as the parts of a screen.
func Columns(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap, fill: true}, objects...)
}

// Equal puts objects side by side in equal widths and full height.
func Equal(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	grown := make([]fyne.CanvasObject, len(objects))
	for i, o := range objects {
		grown[i] = Grow(o)
	}
	return Columns(gap, grown...)
}

// Grow lets an object take the room an HBox or VBox has left.
func Grow(o fyne.CanvasObject) *fyne.Container { return GrowBy(1, o) }

// GrowBy is Grow with a share: 2 gets twice the room of 1.
func GrowBy(share float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&holdLayout{share: share}, o)
}

// Spring is empty room that grows.
func Spring() *fyne.Container {
	return container.New(&holdLayout{share: 1})
}

// Sized keeps an object at least as wide and high as given (at scale 1); zero
// leaves a direction to the object.
func Sized(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&holdLayout{width: width, height: height}, o)
}

// FixedWidth gives an object exactly a width (at scale 1), even when it would
// like to be wider.
func FixedWidth(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&holdLayout{width: width, exact: true}, o)
}

// Padded puts room (at scale 1) around an object.
func Padded(horizontal, vertical float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&holdLayout{padX: horizontal, padY: vertical}, o)
}

// Centered puts an object at its minimal size into the middle.
func Centered(o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCenterLayout(), o)
}

// holdLayout holds objects in one place, with padding and a size.
type holdLayout struct {
	share         float32
	width, height float32
	padX, padY    float32
	exact         bool
}

func (h *holdLayout) pads() fyne.Size {
	return fyne.NewSize(2*theme.Px(h.padX), 2*theme.Px(h.padY))
}

func (h *holdLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size.Subtract(h.pads()))
		o.Move(fyne.NewPos(theme.Px(h.padX), theme.Px(h.padY)))
	}
}

func (h *holdLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if o.Visible() {
			size = size.Max(o.MinSize())
		}
	}
	if h.exact {
		size.Width = 0
	}
	return size.Add(h.pads()).Max(fyne.NewSize(theme.Px(h.width), theme.Px(h.height)))
}

func (h *holdLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	pads, height := h.pads(), float32(0)
	for _, o := range objects {
		if o.Visible() {
			height = max(height, HeightFor(o, width-pads.Width))
		}
	}
	return max(height+pads.Height, theme.Px(h.height))
}

// shareOf returns the growing share of an object, zero when it does not grow.
func shareOf(o fyne.CanvasObject) float32 {
	if c, ok := o.(*fyne.Container); ok {
		if h, ok := c.Layout.(*holdLayout); ok {
			return h.share
		}
	}
	return 0
}

// spread distributes the room along a line: fixed lengths first, then shares,
// none of which becomes smaller than its minimum.
func spread(objects []fyne.CanvasObject, room, gap float32, minLength func(fyne.CanvasObject) float32) []float32 {
	lengths := make([]float32, len(objects))
	shares, visible := float32(0), 0
	growing := make([]bool, len(objects))
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		visible++
		lengths[i] = minLength(o)
		if s := shareOf(o); s > 0 {
			growing[i] = true
			shares += s
		} else {
			room -= lengths[i]
		}
	}
	room -= gap * float32(max(visible-1, 0))
	// A minimum larger than its share leaves the contest; repeat until none does.
	for again := true; again && shares > 0; {
		again = false
		for i, o := range objects {
			if growing[i] && lengths[i] > room*shareOf(o)/shares {
				growing[i], again = false, true
				room -= lengths[i]
				shares -= shareOf(o)
				break
			}
		}
	}
	for i, o := range objects {
		if growing[i] {
			lengths[i] = room * shareOf(o) / shares
		}
	}
	return lengths
}

type columnLayout struct{ gap float32 }

func (c *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Px(c.gap)
	heights := spread(objects, size.Height, gap, func(o fyne.CanvasObject) float32 { return HeightFor(o, size.Width) })
	y := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Resize(fyne.NewSize(size.Width, heights[i]))
		o.Move(fyne.NewPos(0, y))
		y += heights[i] + gap
	}
}

func (c *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	visible := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		visible++
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height
	}
	size.Height += theme.Px(c.gap) * float32(max(visible-1, 0))
	return size
}

func (c *columnLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height, visible := float32(0), 0
	for _, o := range objects {
		if o.Visible() {
			visible++
			height += HeightFor(o, width)
		}
	}
	return height + theme.Px(c.gap)*float32(max(visible-1, 0))
}

type rowLayout struct {
	gap  float32
	fill bool
}

func (r *rowLayout) widths(objects []fyne.CanvasObject, width float32) []float32 {
	return spread(objects, width, theme.Px(r.gap), func(o fyne.CanvasObject) float32 { return o.MinSize().Width })
}

func (r *rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, w := range r.widths(objects, size.Width) {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		h, y := size.Height, float32(0)
		if !r.fill {
			h = min(HeightFor(o, w), size.Height)
			y = (size.Height - h) / 2
		}
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, y))
		x += w + theme.Px(r.gap)
	}
}

func (r *rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	visible := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		visible++
		m := o.MinSize()
		size.Width += m.Width
		size.Height = max(size.Height, m.Height)
	}
	size.Width += theme.Px(r.gap) * float32(max(visible-1, 0))
	return size
}

func (r *rowLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for i, w := range r.widths(objects, width) {
		if objects[i].Visible() {
			height = max(height, HeightFor(objects[i], w))
		}
	}
	return height
}

// Measures of a toast over a screen at scale 1.
const (
	toastWidth  = 560
	toastAbove  = 188 // the foot of the screen: two lines of keys and the tools of the cheque
	toastBeside = 458 // the column at the right, with the total and what is blue
)

// screenToast puts its object over the lower end of what the screen names: there it
// covers neither the field nor the total, nor a tile or key. On a screen that names
// nothing it lies where the lower lines of a cheque are.
type screenToast struct{ kit *Kit }

func (screenToast) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (t screenToast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	at, room := fyne.NewPos(0, 0), fyne.NewSize(max(size.Width-theme.Px(toastBeside), size.Width*0.55), size.Height-theme.Px(toastAbove))
	beside := theme.Px(dialogMargin)
	if over := t.kit.ToastOver; over != nil && over.Size().Height > 0 {
		at, room = fyne.CurrentApp().Driver().AbsolutePositionForObject(over), over.Size()
		room.Height -= theme.Px(theme.GapSmall)
		beside = theme.Px(theme.GapInside)
	}
	for _, o := range objects {
		width := min(theme.Px(toastWidth), room.Width-2*beside)
		height := HeightFor(o, width)
		o.Resize(fyne.NewSize(width, height))
		o.Move(at.AddXY((room.Width-width)/2, max(room.Height-height, theme.Px(theme.GapTiny))))
	}
}

// toastLeast is the least width of a toast, at scale 1, that still reads well.
const toastLeast = 320

// toastLayout puts its object at the upper edge, in the middle: in a dialog its
// keys are below. The marks of the line at the top stay in sight: it lies beside them.
type toastLayout struct{ kit *Kit }

func (toastLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (t toastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	margin := theme.Px(dialogMargin)
	for _, o := range objects {
		width := min(theme.Px(toastWidth), size.Width-2*margin)
		x := (size.Width - width) / 2
		if t.kit.ToastUntil != nil {
			if end := t.kit.ToastUntil(); end > 0 && x+width > end && end-margin >= theme.Px(toastLeast) {
				width = min(width, end-margin)
				x = end - width
			}
		}
		height := HeightFor(o, width)
		o.Resize(fyne.NewSize(width, height))
		o.Move(fyne.NewPos(x, theme.Px(theme.GapTiny)))
	}
}
