package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/keys"
	"kassa/ui/theme"
)

// Select chooses one of many from a list that opens under it. Up and Down
// change the choice while it is closed; Enter, Space or a tap opens it.
type Select struct {
	control
	OnChanged   func(index int)
	Placeholder string // shown while nothing is chosen
	EnterPasses bool   // Enter goes on in the window while the list is closed; Space opens it
	options     []string
	selected    int
}

// Select returns a closed list with the option at index selected chosen; -1 means none.
func (k *Kit) Select(options []string, selected int, changed func(int)) *Select {
	s := &Select{options: options, selected: selected, OnChanged: changed}
	s.kit, s.own = k, s.key
	s.ExtendBaseWidget(s)
	return s
}

// Selected returns the index of the choice, -1 for none.
func (s *Select) Selected() int { return s.selected }

// SetSelected chooses without calling OnChanged.
func (s *Select) SetSelected(index int) {
	s.selected = index
	s.Refresh()
}

// SetOptions replaces the options and the choice, without calling OnChanged.
func (s *Select) SetOptions(options []string, selected int) {
	s.options, s.selected = options, selected
	s.Refresh()
}

func (s *Select) choose(index int) {
	if index < 0 || index >= len(s.options) || index == s.selected {
		return
	}
	s.SetSelected(index)
	if s.OnChanged != nil {
		s.OnChanged(index)
	}
}

func (s *Select) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyUp:
		s.choose(s.selected - 1)
	case fyne.KeyDown:
		s.choose(s.selected + 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if s.EnterPasses && ev.Name != fyne.KeySpace {
			return false
		}
		if !s.kit.Keys.Held(ev) {
			s.open()
		}
	default:
		return false
	}
	return true
}

// Tapped implements fyne.Tappable.
func (s *Select) Tapped(*fyne.PointEvent) {
	if !s.disabled {
		s.kit.Focus(s)
		s.open()
	}
}

func (s *Select) open() {
	if len(s.options) == 0 {
		return
	}
	list := s.kit.List([]Column{{}}, func(row, _ int) Cell { return Cell{Text: s.options[row]} })
	list.SetRows(len(s.options))
	list.selected = max(s.selected, 0)
	p := &popup{kit: s.kit, list: list, anchor: s, scope: s.kit.Keys.PushModal("select")}
	p.ExtendBaseWidget(p)
	list.OnActivated = func(row int) {
		p.close()
		s.choose(row)
	}
	list.onTap = list.OnActivated
	p.scope.BindKey(keys.Esc, p.close)
	s.kit.Window.Canvas().Unfocus()
	s.kit.Window.Canvas().Overlays().Add(p)
	s.kit.Focus(list)
	list.reveal(list.selected)
}

// CreateRenderer implements fyne.Widget.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	frame := newBox(theme.ColorCard, theme.ColorFrame, theme.RadiusField)
	text := newLabel("", Body)
	mark := newArrow()
	r := newRenderer(frame, text, mark.left, mark.right)
	r.layout = func(size fyne.Size) {
		frame.Resize(size)
		pad, arrowSize := theme.Px(12), theme.Px(12)
		room := size.Width - 2*pad - arrowSize - theme.Px(theme.GapSmall)
		text.fit(room)
		place(text.Text, pad, room, size.Height)
		mark.place(fyne.NewPos(size.Width-pad-arrowSize, (size.Height-arrowSize)/2), arrowSize)
	}
	r.min = func() fyne.Size {
		widest := float32(60)
		for _, o := range s.options {
			widest = max(widest, Body.measure(o).Width)
		}
		return fyne.NewSize(min(widest+theme.Px(48), theme.Px(220)), theme.Px(theme.TouchHeight))
	}
	r.refresh = func() {
		frame.fill = theme.ColorCard
		quiet := theme.ColorFrame
		if s.disabled {
			frame.fill, quiet = theme.ColorBackground, theme.ColorEdge
		}
		frame.frame(s.focused, quiet)
		words, style := s.Placeholder, Muted
		if s.selected >= 0 && s.selected < len(s.options) {
			words, style = s.options[s.selected], Body
		}
		if s.disabled {
			style = Muted
		}
		text.set(words, style)
		mark.paint()
		r.layout(s.Size())
	}
	r.refresh()
	return r
}

// popup is an open list over the window. A tap beside it closes it.
type popup struct {
	widget.BaseWidget
	kit    *Kit
	list   *Table
	anchor *Select
	scope  *keys.Scope
}

// Tapped implements fyne.Tappable.
func (p *popup) Tapped(*fyne.PointEvent) { p.close() }

func (p *popup) close() {
	p.scope.Pop()
	p.kit.Window.Canvas().Overlays().Remove(p)
	p.kit.Focus(p.anchor)
}

const popupRows = 8

// CreateRenderer implements fyne.Widget.
func (p *popup) CreateRenderer() fyne.WidgetRenderer {
	card := NewFlatCard(p.list)
	r := newRenderer(card)
	r.layout = func(size fyne.Size) {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.anchor)
		field := p.anchor.Size()
		height := theme.Px(float32(min(p.list.rows, popupRows))*rowHeight + 2)
		y := at.Y + field.Height + theme.Px(2)
		if y+height > size.Height {
			y = max(at.Y-height-theme.Px(2), theme.Px(4))
		}
		card.Resize(fyne.NewSize(field.Width, min(height, size.Height-y)))
		card.Move(fyne.NewPos(at.X, y))
	}
	r.min = func() fyne.Size { return fyne.Size{} }
	return r
}
