// Package uitest drives screens without a display: it opens a window of Fyne's
// test driver in our theme, presses keys the way the real driver delivers them,
// reads what is written on the screen, and takes pictures.
package uitest

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Start is the time at which the clock of every test window stands.
var Start = time.Date(2026, time.November, 21, 12, 1, 0, 0, time.UTC)

// Window is a window under test with all a screen is given.
type Window struct {
	Fyne   fyne.Window
	Kit    *widgets.Kit
	Keys   *keys.Router
	Clock  *task.Manual // the router's clock and the kit's timers
	Runner task.Runner  // task.Inline, unless the test puts another one here
	mods   fyne.KeyModifier
	app    fyne.App
}

// Sizes the window must hold at.
var (
	Small  = fyne.NewSize(1024, 768)
	Usual  = fyne.NewSize(1366, 768)
	Wide   = fyne.NewSize(1920, 1080)
	Screen = []fyne.Size{Small, Usual, Wide}
)

// Open returns a light window of the given size that is closed with the test.
func Open(t testing.TB, size fyne.Size) *Window {
	t.Helper()
	w := New(size, theme.New(theme.Light, 1))
	t.Cleanup(w.Close)
	return w
}

// New returns a window outside of a test, for the storybook. Close it.
func New(size fyne.Size, th *theme.Theme) *Window {
	// Fyne looks at the clock only when it draws, and throws away what was made
	// more than a minute before: a window opened late in a long test would lose
	// all its widgets with its first picture.
	test.NewCanvas().Capture()
	app := newApp(th)
	fyne.SetCurrentApp(app)
	w := &Window{Clock: task.NewManual(Start), Runner: task.Inline{}, app: app}
	w.Fyne = app.NewWindow("")
	w.Keys = keys.NewRouter(w.Clock.Now)
	w.Keys.SetModifiers(func() fyne.KeyModifier { return w.mods })
	w.Kit = widgets.NewKit(w.Fyne, w.Keys, w.Clock)
	w.Fyne.Resize(size)
	return w
}

// Close ends the window and its application.
func (w *Window) Close() { w.Fyne.Close() }

// Show puts a screen into the window.
func (w *Window) Show(content fyne.CanvasObject) {
	size := w.Fyne.Canvas().Size()
	w.Kit.SetContent(content)
	w.Fyne.Resize(size) // the test canvas grows to its content; a real screen does not
}

// SetTheme changes the look of everything shown.
func (w *Window) SetTheme(th *theme.Theme) { w.app.Settings().SetTheme(th) }

// Resize gives the window another size.
func (w *Window) Resize(size fyne.Size) { w.Fyne.Resize(size) }

// Image draws the window as it is.
func (w *Window) Image() image.Image {
	beforeDrawing()
	return w.Fyne.Canvas().Capture()
}

// Shot writes a picture of the window to a PNG file, whose folder it makes.
func Shot(w *Window, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, w.Image()); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
