package sale

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"kassa/ui/uitest"
)

// effort is what a picture of the screen asks of a processor that draws it.
type effort struct {
	shapes int     // that are drawn one by one
	pixels float32 // of rectangles, each of which is worked out by itself
}

func (a *effort) of(o fyne.CanvasObject) {
	if !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *canvas.Rectangle:
		if o.FillColor != nil && o.FillColor != color.Transparent || o.StrokeWidth > 0 { // nothing else is drawn
			a.shapes++
			a.pixels += o.Size().Width * o.Size().Height
		}
	case *canvas.Text:
		if o.Text != "" {
			a.shapes++
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			a.of(child)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			a.of(child)
		}
	default:
		a.shapes++
	}
}

// TestScreen_IsCheapToDraw holds the screen to what a till without a graphics card can
// draw beside an empty window (the bench measures it): the toolkit draws everything
// anew in each frame, and works out every pixel of a rectangle by itself.
func TestScreen_IsCheapToDraw(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.show()
	for i := range 30 {
		s.Scan(i % 12)
	}
	var got effort
	got.of(s.Fyne.Canvas().Content())
	window := uitest.Usual.Width * uitest.Usual.Height
	t.Logf("%d shapes, %.2f of the window are rectangles", got.shapes, got.pixels/window)
	assert.Less(t, got.pixels, 0.45*window, "pixels of rectangles")
	assert.Less(t, got.shapes, 320)
}
