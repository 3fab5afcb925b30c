package widgets

import (
	"image"
	"regexp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Measures of a tile at scale 1.
const (
	TileHeight  = 96 // where the tile is not given more
	tileStripe  = 4  // the coloured edge
	tilePad     = 12
	tilePicture = 56 // the side of a picture, where there is room for it
)

// Tile is a square to press: a name in two lines, a figure under it and a number
// that can be typed instead. It takes no focus; whoever lays tiles out moves the
// choice by keys. It is drawn from few objects of its own: a screen may hold
// many.
type Tile struct {
	widget.BaseWidget
	TileFace
	OnTapped func()
}

// TileFace is what a tile shows.
type TileFace struct {
	Name, Figure, Number string
	Colour               fyne.ThemeColorName // of the edge
	Picture              image.Image         // nil for none
	Selected             bool
}

// NewTile returns a tile; set its fields and Refresh it to show something else.
func NewTile(tapped func()) *Tile {
	t := &Tile{TileFace: TileFace{Colour: theme.ColorNone}, OnTapped: tapped}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows something else; what is shown already is not drawn again.
func (t *Tile) Set(face TileFace) {
	if t.TileFace != face {
		t.TileFace = face
		t.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (t *Tile) Tapped(*fyne.PointEvent) {
	if t.OnTapped != nil {
		t.OnTapped()
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	d := &tileDrawing{t: t,
		edge:   newBox(theme.ColorNone, theme.ColorNone, theme.RadiusCard),
		ground: newBox(theme.ColorCard, theme.ColorLine, theme.RadiusCard),
		lines:  [2]*label{newLabel("", Strong), newLabel("", Strong)},
		figure: newLabel("", Body),
		cap:    newBox(theme.ColorCap, theme.ColorLine, 4),
		number: newLabel("", (&KeyCap{}).style()),
		image:  newImage(),
	}
	r := newRenderer(d.edge, d.ground, d.lines[0], d.lines[1], d.figure, d.cap, d.number, d.image)
	r.layout = d.layout
	r.min = func() fyne.Size { return fyne.NewSize(theme.Px(TileHeight), theme.Px(TileHeight)) }
	r.refresh = d.refresh
	r.refresh()
	return r
}

// tileDrawing are the objects a tile is drawn from.
type tileDrawing struct {
	t                 *Tile
	edge, ground, cap *box
	lines             [2]*label
	figure, number    *label
	image             *canvas.Image
}

func (d *tileDrawing) refresh() {
	d.edge.fill = d.t.Colour
	d.edge.Hidden = d.t.Colour == theme.ColorNone
	d.ground.fill, d.ground.line = theme.ColorCard, theme.ColorLine
	if d.t.Selected {
		d.ground.fill, d.ground.line = theme.ColorAccentSoft, theme.ColorAccent
	}
	d.number.set(d.t.Number, d.number.style)
	d.cap.Hidden = d.t.Number == ""
	showImage(d.image, d.t.Picture)
	d.layout(d.t.Size())
}

func (d *tileDrawing) layout(size fyne.Size) {
	pad, stripe := theme.Px(tilePad), theme.Px(tileStripe)
	d.edge.Resize(fyne.NewSize(2*theme.Px(theme.RadiusCard), size.Height))
	d.ground.Move(fyne.NewPos(stripe, 0))
	d.ground.Resize(fyne.NewSize(max(0, size.Width-stripe), size.Height))
	left, right := pad+stripe, size.Width-pad
	line, low := Strong.measure("Щ").Height, Body.measure("Щ").Height
	foot := size.Height - pad - low

	// The number keeps its place; the figure takes what is left, smaller where
	// the unit would not fit.
	room := right
	if d.t.Number != "" {
		n := d.number.style.measure(d.t.Number)
		w := max(n.Width+theme.Px(12), n.Height+theme.Px(4))
		d.cap.Resize(fyne.NewSize(w, n.Height+theme.Px(2)))
		d.cap.Move(fyne.NewPos(right-w, foot+(low-n.Height)/2-theme.Px(1)))
		d.number.Resize(fyne.NewSize(w, n.Height))
		d.number.Move(fyne.NewPos(right-w, foot+(low-n.Height)/2))
		room -= w + theme.Px(theme.GapTiny)
	}
	style := Body
	if style.measure(d.t.Figure).Width > room-left {
		style = Small
	}
	d.figure.set(d.t.Figure, style)
	d.figure.fit(max(0, room-left))
	d.figure.Move(fyne.NewPos(left, foot+low-style.measure("Щ").Height))
	d.figure.Resize(fyne.NewSize(max(0, room-left), style.measure("Щ").Height))

	// A picture stands in the upper corner, and the name beside it.
	if side := min(theme.Px(tilePicture), foot-pad-theme.Px(theme.GapTiny)); d.t.Picture != nil && side > 0 {
		d.image.Resize(fyne.NewSquareSize(side))
		d.image.Move(fyne.NewPos(size.Width-pad/2-side, pad/2))
		right = size.Width - pad - side
	}
	style, lines := d.name(max(right-left, 1))
	for i, l := range d.lines {
		text := ""
		if i < len(lines) {
			text = lines[i]
		}
		l.set(text, style)
		l.Hidden = text == ""
		l.Move(fyne.NewPos(left, pad-theme.Px(2)+float32(i)*line))
		l.Resize(fyne.NewSize(max(0, right-left), line))
	}
}

// amount is a number with its unit, as at the end of "Flour, 2 kg".
var amount = regexp.MustCompile(`(\d) (%|\p{L}{1,4}(?:[ ,.)]|$))`)

// keepUnits ties a number to its unit, so that no line begins with a unit.
func keepUnits(name string) string { return amount.ReplaceAllString(name, "$1\u00a0$2") }

// name is the name in its lines, in smaller letters where it needs more of them
// otherwise.
func (d *tileDrawing) name(width float32) (Style, []string) {
	text := keepUnits(d.t.Name)
	for _, style := range []Style{Strong, Small.InBold()} {
		if lines := wrap(text, style, width); len(lines) <= len(d.lines) {
			return style, lines
		}
	}
	name := Paragraph{text: text, style: Small.InBold(), MaxLines: len(d.lines)}
	return name.style, name.lines(width)
}
