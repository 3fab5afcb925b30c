package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Banner is a sentence on a soft ground: what happened, what happens next. A
// banner without text takes no room; a right click copies the text to the clipboard, so
// that an error can be sent to somebody.
type Banner struct {
	widget.BaseWidget
	text string
	tone Tone

	// Floats says that the banner lies over other things on purpose.
	Floats bool
}

// NewBanner returns a banner; an empty text hides it.
func NewBanner(text string, tone Tone) *Banner {
	b := &Banner{text: text, tone: tone}
	b.ExtendBaseWidget(b)
	b.Hidden = text == ""
	return b
}

// Set shows another sentence; an empty one hides the banner. The container
// around it must be refreshed when the banner's height changes.
func (b *Banner) Set(text string, tone Tone) {
	if b.text == text && b.tone == tone {
		return
	}
	b.text, b.tone = text, tone
	b.Hidden = text == ""
	b.Refresh()
}

// Text returns the sentence.
func (b *Banner) Text() string { return b.text }

// TappedSecondary copies the text to the clipboard.
func (b *Banner) TappedSecondary(*fyne.PointEvent) {
	fyne.CurrentApp().Clipboard().SetContent(b.text)
}

func (b *Banner) style() Style {
	ink, _ := b.tone.colors()
	return Small.In(ink)
}

// HeightFor implements Flowing.
func (b *Banner) HeightFor(width float32) float32 {
	p := Paragraph{text: b.text, style: b.style()}
	return p.HeightFor(width-2*theme.Px(theme.GapCards)) + 2*theme.Px(10)
}

// CreateRenderer implements fyne.Widget.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	_, soft := b.tone.colors()
	ground := newBox(soft, theme.ColorNone, theme.RadiusField)
	text := NewParagraph(b.text, b.style())
	r := newRenderer(ground, text)
	r.layout = func(size fyne.Size) {
		ground.Resize(size)
		x, y := theme.Px(theme.GapCards), theme.Px(10)
		text.Resize(size.SubtractWidthHeight(2*x, 2*y))
		text.Move(fyne.NewPos(x, y))
	}
	r.min = func() fyne.Size {
		width := b.Size().Width
		if width <= 0 {
			width = theme.Px(240)
		}
		return fyne.NewSize(theme.Px(120), b.HeightFor(width))
	}
	r.refresh = func() {
		_, ground.fill = b.tone.colors()
		text.Set(b.text, b.style())
		text.Refresh()
	}
	return r
}
