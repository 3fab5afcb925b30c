package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Panel is a rounded ground with a line around some content.
type Panel struct {
	widget.BaseWidget
	content    fyne.CanvasObject
	fill, line fyne.ThemeColorName
	radius     float32
	padX, padY float32

	// Floats says that the panel lies over other things on purpose, as the list
	// under a field does.
	Floats bool
}

// NewCard returns a card: rounded, with a line, and room around its content.
func NewCard(content fyne.CanvasObject) *Panel {
	return NewPanel(content, theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapInside, theme.GapInside)
}

// NewFlatCard returns a card without room inside, for a list or table.
func NewFlatCard(content fyne.CanvasObject) *Panel {
	return NewPanel(content, theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.LineWidth, theme.LineWidth)
}

// NewPanel returns a ground of any colours; measures are at scale 1.
func NewPanel(content fyne.CanvasObject, fill, line fyne.ThemeColorName, radius, padX, padY float32) *Panel {
	p := &Panel{content: content, fill: fill, line: line, radius: radius, padX: padX, padY: padY}
	p.ExtendBaseWidget(p)
	return p
}

// SetContent shows something else on the panel.
func (p *Panel) SetContent(content fyne.CanvasObject) {
	p.content = content
	p.Refresh()
}

func (p *Panel) pads() fyne.Size { return fyne.NewSize(2*theme.Px(p.padX), 2*theme.Px(p.padY)) }

// HeightFor implements Flowing.
func (p *Panel) HeightFor(width float32) float32 {
	return HeightFor(p.content, width-p.pads().Width) + p.pads().Height
}

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	ground := newSlab(p.fill, p.line, p.radius)
	r := newRenderer(ground, p.content)
	top := len(r.objects) - 1 // the content
	r.layout = func(size fyne.Size) {
		ground.put(fyne.Position{}, size)
		p.content.Resize(size.Subtract(p.pads()))
		p.content.Move(fyne.NewPos(theme.Px(p.padX), theme.Px(p.padY)))
	}
	r.min = func() fyne.Size {
		m := p.content.MinSize()
		if w := p.Size().Width; w > p.pads().Width {
			m.Height = HeightFor(p.content, w-p.pads().Width)
		}
		return m.Add(p.pads())
	}
	r.refresh = func() {
		ground.fill, ground.line = p.fill, p.line
		if r.objects[top] != p.content {
			r.objects[top] = p.content
			r.layout(p.Size())
		}
		p.content.Refresh()
	}
	return r
}

// Separator is a hairline.
type Separator struct{ widget.BaseWidget }

// NewSeparator returns a line that is as wide, or in an HBox as high, as it is laid out.
func NewSeparator() *Separator {
	s := &Separator{}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *Separator) CreateRenderer() fyne.WidgetRenderer {
	line := newBox(theme.ColorLine, theme.ColorNone, 0)
	r := newRenderer(line)
	r.min = func() fyne.Size { return fyne.NewSize(theme.LineWidth, theme.LineWidth) }
	return r
}
