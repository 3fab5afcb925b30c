package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// tileStripe is how wide the coloured edge of a tile is.
const tileStripe = 6

// tilePicture is the side of the picture on a tile.
const tilePicture = 60

// Tile is a square to press: a name in two lines, a figure under it and a number
// that can be typed instead. It takes no focus; whoever lays tiles out moves the
// choice by keys.
type Tile struct {
	widget.BaseWidget
	Name, Figure, Number string
	Colour               fyne.ThemeColorName // of the edge
	Picture              image.Image         // nil for none
	Selected             bool
	OnTapped             func()
}

// NewTile returns a tile; set its fields and Refresh it to show something else.
func NewTile(tapped func()) *Tile {
	t := &Tile{Colour: theme.ColorNone, OnTapped: tapped}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped implements fyne.Tappable.
func (t *Tile) Tapped(*fyne.PointEvent) {
	if t.OnTapped != nil {
		t.OnTapped()
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	ground, edge := newBox(theme.ColorCard, theme.ColorLine, theme.RadiusCard), newBox(t.Colour, theme.ColorNone, 0)
	name := NewParagraph("", Strong)
	name.MaxLines = 2
	figure, number := NewText("", Muted).Ellipsis(), NewText("", SmallMuted)
	picture := newImage()
	r := newRenderer(ground, edge, name, figure, number, picture)
	r.layout = func(size fyne.Size) {
		pad, stripe := theme.Px(10), theme.Px(tileStripe)
		ground.Resize(size)
		edge.Move(fyne.NewPos(pad/2, pad))
		edge.Resize(fyne.NewSize(stripe/2, max(0, size.Height-2*pad)))
		left := pad + stripe
		width := max(0, size.Width-left-pad)
		number.Resize(number.MinSize())
		low := figure.MinSize().Height
		right := size.Width - pad
		// The picture takes what two lines of the name leave of the height.
		if side := min(theme.Px(tilePicture), size.Height-2*low-2*pad); t.Picture != nil && side > 0 {
			picture.Resize(fyne.NewSquareSize(side))
			picture.Move(fyne.NewPos(size.Width-pad/2-side, size.Height-pad/2-side))
			right = size.Width - pad - side
		}
		name.Move(fyne.NewPos(left, pad))
		name.Resize(fyne.NewSize(width, max(0, size.Height-low-2*pad)))
		n := number.MinSize()
		number.Move(fyne.NewPos(right-n.Width, size.Height-pad-n.Height))
		figure.Move(fyne.NewPos(left, size.Height-pad-low))
		figure.Resize(fyne.NewSize(max(0, right-n.Width-pad-left), low))
	}
	r.min = func() fyne.Size { return fyne.NewSize(theme.Px(96), theme.Px(96)) }
	r.refresh = func() {
		ground.fill, ground.line = theme.ColorCard, theme.ColorLine
		if t.Selected {
			ground.fill, ground.line = theme.ColorAccentSoft, theme.ColorAccent
		}
		edge.fill = t.Colour
		name.SetText(t.Name)
		figure.SetText(t.Figure)
		number.SetText(t.Number)
		showImage(picture, t.Picture)
		r.layout(t.Size())
	}
	r.refresh()
	return r
}
