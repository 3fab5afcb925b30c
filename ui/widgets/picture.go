package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

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
