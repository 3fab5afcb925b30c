package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Swatch shows a colour as a small block.
type Swatch struct {
	widget.BaseWidget
	colour fyne.ThemeColorName
}

// NewSwatch returns a block of a colour; theme.ColorNone leaves its frame empty.
func NewSwatch(colour fyne.ThemeColorName) *Swatch {
	s := &Swatch{colour: colour}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows another colour.
func (s *Swatch) Set(colour fyne.ThemeColorName) {
	s.colour = colour
	s.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *Swatch) CreateRenderer() fyne.WidgetRenderer {
	block := newBox(s.colour, theme.ColorLine, theme.RadiusCard)
	r := newRenderer(block)
	r.min = func() fyne.Size { return fyne.NewSquareSize(theme.Px(theme.TouchHeight)) }
	r.refresh = func() { block.fill = s.colour }
	return r
}
