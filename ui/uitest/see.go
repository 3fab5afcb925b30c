package uitest

import (
	"fmt"
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

// Spot is a text and where it is drawn.
type Spot struct {
	Text     string
	Position fyne.Position // of its glyphs, in the window
	Size     fyne.Size     // of its glyphs
	Box      fyne.Size     // the room it was given
	Clip     Rect          // what of the window shows it: a scrolled area, or all
	layer    int
}

// Rect is a part of the window.
type Rect struct {
	Min, Max fyne.Position
}

func (r Rect) intersect(o Rect) Rect {
	return Rect{
		Min: fyne.NewPos(max(r.Min.X, o.Min.X), max(r.Min.Y, o.Min.Y)),
		Max: fyne.NewPos(min(r.Max.X, o.Max.X), min(r.Max.Y, o.Max.Y)),
	}
}

func (r Rect) empty() bool { return r.Max.X <= r.Min.X || r.Max.Y <= r.Min.Y }

func rectOf(at fyne.Position, size fyne.Size) Rect {
	return Rect{Min: at, Max: at.Add(size)}
}

// Spots lists all visible texts, those of the screen first, then those of the
// dialogs over it.
func Spots(w *Window) []Spot {
	c := w.Fyne.Canvas()
	window := rectOf(fyne.Position{}, c.Size())
	var spots []Spot
	for layer, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		if root != nil {
			collect(root, fyne.Position{}, window, layer, &spots)
		}
	}
	return spots
}

func collect(o fyne.CanvasObject, at fyne.Position, clip Rect, layer int, spots *[]Spot) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *canvas.Text:
		if strings.TrimSpace(o.Text) != "" {
			*spots = append(*spots, spotOf(o, at, clip, layer))
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			collect(child, at, clip, layer, spots)
		}
	case fyne.Widget:
		switch o := o.(type) {
		case *widgets.Panel:
			if o.Floats {
				layer += floating
			}
		case *widgets.Banner:
			if o.Floats {
				layer += floating
			}
		case *container.Scroll, *widget.Entry:
			own := rectOf(at, o.Size())
			if part := clip.intersect(own); part.empty() && !clip.empty() && !own.empty() {
				return // a field that is scrolled away whole
			}
			clip = clip.intersect(own)
		}
		for _, child := range test.WidgetRenderer(o).Objects() {
			collect(child, at, clip, layer, spots)
		}
	}
}

func spotOf(t *canvas.Text, at fyne.Position, clip Rect, layer int) Spot {
	size := t.MinSize()
	s := Spot{Text: t.Text, Position: at, Size: size, Box: t.Size(), Clip: clip, layer: layer}
	switch t.Alignment {
	case fyne.TextAlignCenter:
		s.Position.X += (t.Size().Width - size.Width) / 2
	case fyne.TextAlignTrailing:
		s.Position.X += t.Size().Width - size.Width
	}
	return s
}

// Texts lists all visible texts in the order they are drawn.
func Texts(w *Window) []string {
	var list []string
	for _, s := range Spots(w) {
		list = append(list, s.Text)
	}
	return list
}

// HasText tells whether some visible text contains part. A wrapped sentence is
// also found across its lines.
func HasText(w *Window, part string) bool {
	part = drawn(part)
	texts := Texts(w)
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, part) }) ||
		strings.Contains(strings.Join(texts, " "), part)
}

// drawn is a text as the window draws it: its font has no minus sign.
func drawn(text string) string { return strings.ReplaceAll(text, "\u2212", theme.Minus) }

// floating is how far above its surroundings a floating panel is taken to be.
const floating = 1000

// slack is how many units texts may touch before it is a fault: the measured
// height of a line holds room above and below its letters.
const slack = 1

// Faults lists what a person would call a broken picture: text wider than its
// room or outside of the window, texts that lie over one another, and what
// cannot be told from its ground. Texts that only scrolling hides are no fault.
func Faults(w *Window) []string {
	var faults []string
	spots := Spots(w)
	window := rectOf(fyne.Position{}, w.Fyne.Canvas().Size())
	var seen []Spot
	for _, s := range spots {
		ink := rectOf(s.Position, s.Size)
		visible := ink.intersect(s.Clip)
		if visible.empty() && !s.Clip.empty() && s.Clip != window {
			continue // scrolled away
		}
		if s.Size.Width > s.Box.Width+slack {
			faults = append(faults, fmt.Sprintf("%q needs %.0f but has a width of %.0f", s.Text, s.Size.Width, s.Box.Width))
		}
		if ink.Min.X < -slack || ink.Min.Y < -slack || ink.Max.X > window.Max.X+slack ||
			(ink.Max.Y > window.Max.Y+slack && s.Clip == window) {
			faults = append(faults, fmt.Sprintf("%q at %.0f,%.0f leaves the window", s.Text, ink.Min.X, ink.Min.Y))
		}
		if s.Clip != window && (ink.Min.X < s.Clip.Min.X-slack || ink.Max.X > s.Clip.Max.X+slack) {
			faults = append(faults, fmt.Sprintf("%q is cut off at the side of its area", s.Text))
		}
		seen = append(seen, s)
	}
	return append(append(faults, overlaps(seen)...), Faint(w)...)
}

func overlaps(spots []Spot) []string {
	var faults []string
	for i, a := range spots {
		for _, b := range spots[i+1:] {
			if a.layer != b.layer {
				continue
			}
			// A line's box is higher than its letters by a fifth at each side.
			both := shrink(a).intersect(shrink(b))
			if !both.empty() {
				faults = append(faults, fmt.Sprintf("%q and %q overlap at %.0f,%.0f", a.Text, b.Text, both.Min.X, both.Min.Y))
			}
		}
	}
	return faults
}

func shrink(s Spot) Rect {
	r := rectOf(s.Position, s.Size)
	trim := s.Size.Height / 5
	r.Min = r.Min.AddXY(slack, trim)
	r.Max = r.Max.SubtractXY(slack, trim)
	return r.intersect(s.Clip)
}

// Caps are the keys on the visible buttons of the dialog in front.
func Caps(w *Window) (list []string) {
	roots := w.Fyne.Canvas().Overlays().List()
	if len(roots) == 0 {
		return nil
	}
	var look func(o fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *widgets.Button:
			if key := o.Cap(); key != "" {
				list = append(list, string(key))
			}
		case *fyne.Container:
			for _, child := range o.Objects {
				look(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				look(child)
			}
		}
	}
	look(roots[len(roots)-1])
	return list
}
