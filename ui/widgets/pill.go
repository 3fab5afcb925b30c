package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Measures of a pill at scale 1: it is drawn lower than a finger needs, and takes
// taps on all of its height.
const (
	pillHeight = 32
	pillPad    = 14
	pillDot    = 10
)

// Pill is a word to press, one of a row of which one is chosen, with the colour
// of what it leads to. It takes no focus; whoever lays pills out moves the choice
// by keys.
type Pill struct {
	widget.BaseWidget
	PillFace
	OnTapped func()
}

// PillFace is what a pill shows.
type PillFace struct {
	Label    string
	Colour   fyne.ThemeColorName // of the dot, theme.ColorNone for none
	Selected bool
}

// NewPill returns a pill without a word.
func NewPill(tapped func()) *Pill {
	p := &Pill{PillFace: PillFace{Colour: theme.ColorNone}, OnTapped: tapped}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows something else; what is shown already is not drawn again.
func (p *Pill) Set(face PillFace) {
	if p.PillFace != face {
		p.PillFace = face
		p.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (p *Pill) Tapped(*fyne.PointEvent) {
	if p.OnTapped != nil {
		p.OnTapped()
	}
}

func (p *Pill) style() Style {
	if p.Selected {
		return Body.In(theme.ColorCard)
	}
	return Body
}

// textLeft is where the word begins.
func (p *Pill) textLeft() float32 {
	if p.Colour == theme.ColorNone {
		return theme.Px(pillPad)
	}
	return theme.Px(pillPad + pillDot + 6)
}

// CreateRenderer implements fyne.Widget.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	ground := newBox(theme.ColorCard, theme.ColorLine, pillHeight/2)
	dot := newBox(theme.ColorNone, theme.ColorNone, pillDot/2)
	text := newLabel("", p.style())
	r := newRenderer(ground, dot, text)
	r.layout = func(size fyne.Size) {
		h := theme.Px(pillHeight)
		ground.Resize(fyne.NewSize(size.Width, h))
		ground.Move(fyne.NewPos(0, (size.Height-h)/2))
		side := theme.Px(pillDot)
		dot.Resize(fyne.NewSquareSize(side))
		dot.Move(fyne.NewPos(theme.Px(pillPad), (size.Height-side)/2))
		room := max(0, size.Width-p.textLeft()-theme.Px(pillPad)+1)
		text.fit(room)
		place(text.Text, p.textLeft(), room, size.Height)
	}
	r.min = func() fyne.Size {
		touch := theme.Px(theme.TouchHeight)
		return fyne.NewSize(max(p.textLeft()+p.style().measure(p.Label).Width+theme.Px(pillPad), touch), touch)
	}
	r.refresh = func() {
		ground.fill, ground.line = theme.ColorCard, theme.ColorLine
		if p.Selected {
			ground.fill, ground.line = theme.ColorInk, theme.ColorInk
		}
		dot.fill, dot.Hidden = p.Colour, p.Colour == theme.ColorNone
		text.set(p.Label, p.style())
		r.layout(p.Size())
	}
	r.refresh()
	return r
}
