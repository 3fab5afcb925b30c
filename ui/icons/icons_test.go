package icons_test

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"kassa/ui/icons"
)

func TestIcon_In(t *testing.T) {
	assert.Nil(t, icons.None.In(color.Black))
	red := color.NRGBA{R: 0xc4, G: 0x30, B: 0x2b, A: 0xff}
	for _, i := range icons.All() {
		t.Run(string(i), func(t *testing.T) {
			assert.NotEqual(t, i.In(red).Name(), i.In(color.Black).Name(), "kept apart by the toolkit")
			assert.Greater(t, inked(i, red), 30, "something is drawn, and in the colour asked for")
		})
	}
}

// inked counts the pixels of an icon that are as red as they can be.
func inked(i icons.Icon, c color.NRGBA) int {
	test.NewTempApp(&testing.T{})
	img := canvas.NewImageFromResource(i.In(c))
	w := test.NewWindow(img)
	defer w.Close()
	w.SetPadded(false)
	w.Resize(img.MinSize().AddWidthHeight(48, 48))
	n := 0
	shot := w.Canvas().Capture()
	for y := range shot.Bounds().Dy() {
		for x := range shot.Bounds().Dx() {
			if near(shot, x, y, c) {
				n++
			}
		}
	}
	return n
}

func near(shot image.Image, x, y int, c color.NRGBA) bool {
	got := color.NRGBAModel.Convert(shot.At(x, y)).(color.NRGBA)
	return max(got.R, c.R)-min(got.R, c.R) < 12 && max(got.G, c.G)-min(got.G, c.G) < 12
}
