package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Progress is a bar that fills from the left.
type Progress struct {
	widget.BaseWidget
	share float32
}

// NewProgress returns an empty bar.
func NewProgress() *Progress {
	p := &Progress{}
	p.ExtendBaseWidget(p)
	return p
}

// Set fills the bar to a share from 0 to 1.
func (p *Progress) Set(share float32) {
	if share = min(max(share, 0), 1); share != p.share {
		p.share = share
		p.Refresh()
	}
}

// progressHeight is how thick the bar is at scale 1.
const progressHeight = 8

// CreateRenderer implements fyne.Widget.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	groove := newBox(theme.ColorLine, theme.ColorNone, progressHeight/2)
	fill := newBox(theme.ColorAccent, theme.ColorNone, progressHeight/2)
	r := newRenderer(groove, fill)
	r.layout = func(size fyne.Size) {
		groove.Resize(size)
		fill.Resize(fyne.NewSize(size.Width*p.share, size.Height))
		fill.Hidden = p.share == 0
	}
	r.min = func() fyne.Size { return fyne.NewSize(theme.Px(progressHeight), theme.Px(progressHeight)) }
	r.refresh = func() { r.layout(p.Size()) }
	return r
}
