package widgets

import (
	"fyne.io/fyne/v2"

	"kassa/ui/theme"
)

// Segments choose one of a few, all visible. Arrows move the choice.
type Segments struct {
	control
	OnChanged func(index int)
	options   []string
	selected  int
}

// Segments returns a control with the option at index selected chosen; -1 means none.
func (k *Kit) Segments(options []string, selected int, changed func(int)) *Segments {
	s := &Segments{options: options, selected: selected, OnChanged: changed}
	s.kit, s.own = k, s.key
	s.ExtendBaseWidget(s)
	return s
}

// Selected returns the index of the choice, -1 for none.
func (s *Segments) Selected() int { return s.selected }

// SetSelected chooses without calling OnChanged.
func (s *Segments) SetSelected(index int) {
	s.selected = index
	s.Refresh()
}

func (s *Segments) choose(index int) {
	index = min(max(index, 0), len(s.options)-1)
	if index == s.selected {
		return
	}
	s.SetSelected(index)
	if s.OnChanged != nil {
		s.OnChanged(index)
	}
}

func (s *Segments) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyLeft:
		s.choose(s.selected - 1)
	case fyne.KeyRight:
		s.choose(s.selected + 1)
	default:
		return false
	}
	return true
}

// Tapped implements fyne.Tappable.
func (s *Segments) Tapped(ev *fyne.PointEvent) {
	if s.disabled || len(s.options) == 0 {
		return
	}
	s.kit.Focus(s)
	s.choose(int(ev.Position.X / (s.Size().Width / float32(len(s.options)))))
}

// CreateRenderer implements fyne.Widget.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	frame := newBox(theme.ColorCard, theme.ColorEdge, theme.RadiusField)
	chosen := newBox(theme.ColorAccentSoft, theme.ColorNone, theme.RadiusField-2)
	labels := make([]*label, len(s.options))
	objects := []any{frame, chosen}
	for i := range labels {
		labels[i] = newLabel("", Body)
		objects = append(objects, labels[i])
	}
	r := newRenderer(objects...)
	n := float32(max(len(labels), 1))
	r.min = func() fyne.Size {
		widest := float32(0)
		for _, o := range s.options {
			widest = max(widest, Strong.measure(o).Width)
		}
		return fyne.NewSize(n*(widest+theme.Px(24)), theme.Px(theme.TouchHeight))
	}
	r.layout = func(size fyne.Size) {
		frame.Resize(size)
		w, inset := size.Width/n, theme.Px(3)
		chosen.Resize(fyne.NewSize(w-2*inset, size.Height-2*inset))
		chosen.Move(fyne.NewPos(float32(s.selected)*w+inset, inset))
		for i, l := range labels {
			l.fit(w - theme.Px(8))
			place(l.Text, float32(i)*w, w, size.Height)
		}
	}
	r.refresh = func() {
		frame.frame(s.focused, theme.ColorEdge)
		chosen.Hidden = s.selected < 0
		for i, l := range labels {
			style := Body.Center()
			switch {
			case s.disabled:
				style = style.In(theme.ColorMuted)
			case i == s.selected:
				style = style.In(theme.ColorAccent).InBold()
			}
			l.set(s.options[i], style)
		}
		r.layout(s.Size())
	}
	r.refresh()
	return r
}

// Nav is the list of pages at the side of a dialog or screen. Arrows move the
// choice, which shows its page at once.
type Nav struct {
	control
	OnChanged func(index int)
	pages     []string
	selected  int
}

// Nav returns a side list.
func (k *Kit) Nav(pages []string, selected int, changed func(int)) *Nav {
	n := &Nav{pages: pages, selected: selected, OnChanged: changed}
	n.kit, n.own = k, n.key
	n.ExtendBaseWidget(n)
	return n
}

// Selected returns the index of the page shown.
func (n *Nav) Selected() int { return n.selected }

// SetSelected marks a page without calling OnChanged.
func (n *Nav) SetSelected(index int) {
	n.selected = index
	n.Refresh()
}

func (n *Nav) choose(index int) {
	index = min(max(index, 0), len(n.pages)-1)
	if index == n.selected {
		return
	}
	n.SetSelected(index)
	if n.OnChanged != nil {
		n.OnChanged(index)
	}
}

func (n *Nav) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyUp:
		n.choose(n.selected - 1)
	case fyne.KeyDown:
		n.choose(n.selected + 1)
	case fyne.KeyHome:
		n.choose(0)
	case fyne.KeyEnd:
		n.choose(len(n.pages) - 1)
	default:
		return false
	}
	return true
}

const navRow = theme.TouchHeight

// Tapped implements fyne.Tappable.
func (n *Nav) Tapped(ev *fyne.PointEvent) {
	if i := int(ev.Position.Y / theme.Px(navRow)); i < len(n.pages) {
		n.kit.Focus(n)
		n.choose(i)
	}
}

// CreateRenderer implements fyne.Widget.
func (n *Nav) CreateRenderer() fyne.WidgetRenderer {
	chosen := newBox(theme.ColorAccentSoft, theme.ColorNone, theme.RadiusField)
	labels := make([]*label, len(n.pages))
	objects := []any{chosen}
	for i := range labels {
		labels[i] = newLabel("", Body)
		objects = append(objects, labels[i])
	}
	r := newRenderer(objects...)
	r.min = func() fyne.Size {
		widest := float32(0)
		for _, p := range n.pages {
			widest = max(widest, Strong.measure(p).Width)
		}
		return fyne.NewSize(widest+theme.Px(24), theme.Px(navRow)*float32(len(n.pages)))
	}
	r.layout = func(size fyne.Size) {
		h := theme.Px(navRow)
		chosen.Resize(fyne.NewSize(size.Width, h-theme.Px(4)))
		chosen.Move(fyne.NewPos(0, float32(n.selected)*h+theme.Px(2)))
		for i, l := range labels {
			l.fit(size.Width - theme.Px(24))
			place(l.Text, theme.Px(12), size.Width-theme.Px(24), h)
			l.Move(l.Position().AddXY(0, float32(i)*h))
		}
	}
	r.refresh = func() {
		chosen.Hidden = n.selected < 0
		chosen.frame(n.focused, theme.ColorNone)
		for i, l := range labels {
			style := Body
			if i == n.selected {
				style = style.In(theme.ColorAccent).InBold()
			}
			l.set(n.pages[i], style)
		}
		r.layout(n.Size())
	}
	r.refresh()
	return r
}
