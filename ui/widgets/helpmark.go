package widgets

// The sign beside a field's name that opens help about it.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Measures of the sign at scale 1. It is drawn small and takes taps around it: the
// rest of the height a finger needs is the room between two fields, see Named.
const (
	helpSign = 22
	helpRow  = 24
)

// HelpMark is a «?» that is tapped. It takes no focus: a hand at the keys has F1, and
// Tab leads from field to field.
type HelpMark struct {
	widget.BaseWidget
	OnTapped func()

	kit     *Kit
	hovered bool
}

var (
	_ fyne.Tappable     = (*HelpMark)(nil)
	_ desktop.Hoverable = (*HelpMark)(nil)
)

// HelpMark returns a «?» that calls tapped.
func (k *Kit) HelpMark(tapped func()) *HelpMark {
	m := &HelpMark{kit: k, OnTapped: tapped}
	m.ExtendBaseWidget(m)
	return m
}

// Tapped implements fyne.Tappable.
func (m *HelpMark) Tapped(*fyne.PointEvent) {
	m.kit.Keys.Touch()
	m.OnTapped()
}

// MouseIn implements desktop.Hoverable.
func (m *HelpMark) MouseIn(*desktop.MouseEvent) { m.hovered = true; m.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (m *HelpMark) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (m *HelpMark) MouseOut() { m.hovered = false; m.Refresh() }

// CreateRenderer implements fyne.Widget.
func (m *HelpMark) CreateRenderer() fyne.WidgetRenderer {
	circle := newBox(theme.ColorNone, theme.ColorEdge, helpSign/2)
	style := SmallMuted.InBold().Center()
	sign := newLabel("?", style)
	r := newRenderer(circle, sign)
	r.min = func() fyne.Size { return fyne.NewSquareSize(theme.Px(theme.TouchHeight)) }
	r.layout = func(size fyne.Size) {
		side := theme.Px(helpSign)
		// In the middle of the name's row, which is at the lower end of what takes taps.
		y := size.Height - theme.Px(theme.GapTiny) - (theme.Px(helpRow)+side)/2
		circle.Resize(fyne.NewSquareSize(side))
		circle.Move(fyne.NewPos(theme.Px(2), y))
		h := style.measure("?").Height
		sign.Resize(fyne.NewSize(side, h))
		sign.Move(fyne.NewPos(theme.Px(2), y+(side-h)/2))
	}
	r.refresh = func() {
		circle.fill, circle.line = theme.ColorNone, theme.ColorEdge
		ink := style
		if m.hovered {
			circle.fill, circle.line, ink = theme.ColorAccentSoft, theme.ColorAccent, style.In(theme.ColorAccent)
		}
		sign.set("?", ink)
	}
	return r
}

// Named is the row of a field's name with the sign of its help behind it, nil for
// none. The sign takes taps in the empty room above the row and below it.
func Named(name fyne.CanvasObject, mark *HelpMark) *fyne.Container {
	if mark == nil {
		return container.New(namedLayout{}, name)
	}
	return container.New(namedLayout{}, name, mark)
}

type namedLayout struct{}

func (namedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[0].MinSize()
	if len(objects) > 1 {
		m.Height = max(m.Height, theme.Px(helpRow))
		m.Width += theme.Px(theme.TouchHeight)
	}
	return m
}

func (l namedLayout) heightFor(objects []fyne.CanvasObject, _ float32) float32 {
	return l.MinSize(objects).Height
}

func (namedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	name, room := objects[0], size.Width
	if len(objects) > 1 {
		room -= theme.Px(theme.TouchHeight)
	}
	h := name.MinSize().Height
	name.Resize(fyne.NewSize(max(room, 0), h))
	name.Move(fyne.NewPos(0, (size.Height-h)/2))
	if len(objects) == 1 {
		return
	}
	wide := min(wholeWidth(name), max(room, 0))
	touch := theme.Px(theme.TouchHeight)
	objects[1].Resize(fyne.NewSquareSize(touch))
	middle := size.Height / 2
	objects[1].Move(fyne.NewPos(wide+theme.Px(theme.GapTiny), middle+theme.Px(helpRow/2+theme.GapTiny)-touch))
}

// wholeWidth is how wide an object is with all its words.
func wholeWidth(o fyne.CanvasObject) float32 {
	if t, ok := o.(*Text); ok {
		return t.style.measure(t.text).Width
	}
	return o.MinSize().Width
}
