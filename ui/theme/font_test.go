package theme_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"kassa/ui/theme"
)

// inkAbove counts the dark points of a letter in the part above small letters.
func inkAbove(letter string, style fyne.TextStyle) (n int) {
	x := canvas.NewText(letter, color.Black)
	x.TextSize, x.TextStyle = 60, style
	w := test.NewWindow(x)
	defer w.Close()
	w.SetPadded(false)
	pic := w.Canvas().Capture()
	middle := pic.Bounds().Dy() * 2 / 5
	for y := range middle {
		for px := range pic.Bounds().Dx() {
			if r, _, _, _ := pic.At(px, y).RGBA(); r < 0x6000 {
				n++
			}
		}
	}
	return n
}

// The letters of our languages keep their dots.
func TestFont_LettersKeepTheirDots(t *testing.T) {
	test.NewApp().Settings().SetTheme(theme.New(theme.Light, 1))
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		assert.Zero(t, inkAbove("ı", style), "the measure")
		for _, letter := range []string{"i", "і", "ї", "ё", "й"} {
			assert.Positive(t, inkAbove(letter, style), letter)
		}
	}
}
