package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/icons"
	"kassa/ui/theme"
)

// picturePad is the room around a picture in its frame, at scale 1.
const picturePad = 4

// Picture shows an image whole in a square frame, which is empty without one.
type Picture struct {
	widget.BaseWidget
	side  float32
	image image.Image
}

// NewPicture returns a frame of a side at scale 1.
func NewPicture(side float32) *Picture {
	p := &Picture{side: side}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows another image, nil for none.
func (p *Picture) Set(img image.Image) {
	p.image = img
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Picture) CreateRenderer() fyne.WidgetRenderer {
	ground, img := newBox(theme.ColorBackground, theme.ColorLine, theme.RadiusCard), newImage()
	r := newRenderer(ground, img)
	r.layout = func(size fyne.Size) {
		side, pad := min(size.Width, size.Height), theme.Px(picturePad)
		at := fyne.NewPos((size.Width-side)/2, (size.Height-side)/2)
		ground.Resize(fyne.NewSquareSize(side))
		ground.Move(at)
		img.Resize(fyne.NewSquareSize(max(0, side-2*pad)))
		img.Move(at.AddXY(pad, pad))
	}
	r.min = func() fyne.Size { return fyne.NewSquareSize(theme.Px(p.side)) }
	r.refresh = func() { showImage(img, p.image) }
	r.refresh()
	return r
}

func newImage() *canvas.Image {
	img := &canvas.Image{FillMode: canvas.ImageFillContain, ScaleMode: canvas.ImageScaleSmooth}
	img.Hide()
	return img
}

// showImage puts an image on the canvas; one that is there already is not
// uploaded again.
func showImage(on *canvas.Image, img image.Image) {
	if on.Image == img {
		return
	}
	on.Image, on.Hidden = img, img == nil
	on.Refresh()
}

// iconSide is the side of an icon beside words, at scale 1.
const iconSide = 20

// icon is an icon in the colour of the words beside it.
type icon struct {
	*canvas.Image
	shown icons.Icon
	ink   color.Color
}

func newIcon() *icon {
	i := &icon{Image: newImage()}
	i.ScaleMode = canvas.ImageScaleFastest // it is drawn anew in each size
	return i
}

// set draws another icon, or the same in another colour.
func (i *icon) set(what icons.Icon, in fyne.ThemeColorName) {
	ink := theme.Color(in)
	i.Hidden = what == icons.None
	if i.Hidden || what == i.shown && ink == i.ink {
		return
	}
	i.shown, i.ink = what, ink
	i.Resource = what.In(ink)
	i.Refresh()
}

// place puts the icon into the middle of a row.
func (i *icon) place(x, rowHeight float32) {
	side := theme.Px(iconSide)
	i.Resize(fyne.NewSquareSize(side))
	i.Move(fyne.NewPos(x, (rowHeight-side)/2))
}
