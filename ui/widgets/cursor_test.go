package widgets_test

import (
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"

	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

// TestEntry_ItsMarkIsSeenAndComesToRest: what blinks is drawn anew for ever, with all
// of the window.
func TestEntry_ItsMarkIsSeenAndComesToRest(t *testing.T) {
	w := uitest.Open(t, fyne.NewSize(400, 120))
	e := w.Kit.Entry(widgets.SearchEntry, "")
	w.Show(widgets.VBox(8, e))
	still := w.Clock.Waiting()
	e.Focus()
	uitest.Type(w, "12")
	assert.Positive(t, marked(w), "while somebody types")
	w.Clock.Advance(600 * time.Millisecond)
	assert.Zero(t, marked(w), "it blinks")
	w.Clock.Advance(10 * time.Second)
	assert.Equal(t, still, w.Clock.Waiting(), "nothing is drawn any more")
	at := marked(w)
	assert.Positive(t, at, "and it stands")
	uitest.Press(w, keys.Home)
	assert.Less(t, marked(w), at, "it is where typing goes on")
	w.Fyne.Canvas().Unfocus()
	assert.Zero(t, marked(w))
	w.Clock.Advance(10 * time.Second)
	assert.Equal(t, still, w.Clock.Waiting(), "and it does not come back")
}

// marked is how far from the left of the window a line of the mark's colour stands in
// the middle of the first field, 0 where there is none.
func marked(w *uitest.Window) int {
	img := w.Image()
	want := image.NewUniform(theme.Color(theme.ColorAccent)).C
	wr, wg, wb, _ := want.RGBA()
	b := img.Bounds()
	for x := b.Min.X + 6; x < b.Max.X-6; x++ {
		if r, g, bl, _ := img.At(x, 24).RGBA(); r == wr && g == wg && bl == wb {
			return x
		}
	}
	return 0
}
