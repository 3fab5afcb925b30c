package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Fit is one line of text that steps down to smaller type until all of it fits:
// a total must never be cut.
type Fit struct {
	widget.BaseWidget
	text  string
	style Style
	sizes []fyne.ThemeSizeName
}

// NewFit returns a line of text in its style, which may fall back to the smaller
// sizes given, largest first.
func NewFit(text string, style Style, smaller ...fyne.ThemeSizeName) *Fit {
	f := &Fit{text: text, style: style, sizes: append([]fyne.ThemeSizeName{style.Size}, smaller...)}
	f.ExtendBaseWidget(f)
	return f
}

// Text returns the text.
func (f *Fit) Text() string { return f.text }

// SetText shows another text.
func (f *Fit) SetText(text string) {
	if f.text != text {
		f.text = text
		f.Refresh()
	}
}

// fitting is the largest style in which the text has room.
func (f *Fit) fitting(width float32) Style {
	s := f.style
	for _, s.Size = range f.sizes {
		if s.measure(f.text).Width <= width+0.5 {
			break
		}
	}
	return s
}

// CreateRenderer implements fyne.Widget. The height is that of the largest
// size, so that nothing jumps while the figure grows.
func (f *Fit) CreateRenderer() fyne.WidgetRenderer {
	l := newLabel("", f.style)
	r := newRenderer(l)
	r.min = func() fyne.Size {
		smallest := f.style
		smallest.Size = f.sizes[len(f.sizes)-1]
		return fyne.NewSize(smallest.measure(f.text).Width, f.style.measure("0").Height)
	}
	r.layout = func(size fyne.Size) {
		l.set(f.text, f.fitting(size.Width))
		l.fit(size.Width)
		place(l.Text, 0, size.Width, size.Height)
	}
	r.refresh = func() { r.layout(f.Size()) }
	return r
}
