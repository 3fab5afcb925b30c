package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ground is what lies behind a screen: a place to click. Its colour is the window's
// own, with which every picture begins.
type ground struct {
	widget.BaseWidget
	kit *Kit
}

func newGround(k *Kit) *ground {
	g := &ground{kit: k}
	g.ExtendBaseWidget(g)
	return g
}

// Tapped gives the focus back: a click beside all controls must not lose it.
func (g *ground) Tapped(*fyne.PointEvent) {
	g.kit.Keys.Touch()
	g.kit.settle()
}

// CreateRenderer implements fyne.Widget.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	return newRenderer()
}
