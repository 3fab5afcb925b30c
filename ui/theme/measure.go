package theme

// How wide a text is. Fyne forgets the sizes of all texts whenever some part of
// the screen gets a theme of its own, and every field is such a part.

import (
	"sync"

	"fyne.io/fyne/v2"
)

// mostMeasured bounds the texts whose sizes are kept: several screens full.
const mostMeasured = 8192

// measured keeps the sizes of texts in the one font all our themes have, so
// that a size depends on its key alone.
var measured = struct {
	sync.Mutex
	sizes map[measure]fyne.Size
}{sizes: map[measure]fyne.Size{}}

type measure struct {
	text  string
	size  float32
	style fyne.TextStyle
}

// Measure tells how much room a text takes in the theme in use.
func Measure(text string, size fyne.ThemeSizeName, style fyne.TextStyle) fyne.Size {
	of := measure{text, Size(size), style}
	if !ours() {
		return fyne.MeasureText(of.text, of.size, of.style)
	}
	measured.Lock()
	defer measured.Unlock()
	room, known := measured.sizes[of]
	if !known {
		if len(measured.sizes) >= mostMeasured {
			clear(measured.sizes)
		}
		room = fyne.MeasureText(of.text, of.size, of.style)
		measured.sizes[of] = room
	}
	return room
}

// ours tells whether the application has our font.
func ours() bool {
	app := fyne.CurrentApp()
	if app == nil {
		return false
	}
	_, ok := app.Settings().Theme().(*Theme)
	return ok
}
