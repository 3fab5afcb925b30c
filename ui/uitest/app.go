package uitest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kassa/ui/theme"
)

// driver is the application all windows of a process stand on. Fyne forgets
// the fonts it has read and every text it has measured whenever an application
// of its own is made or changes its theme, so that neither is done here.
var driver = test.NewApp()

// app is what one window takes for the application: a theme and a clipboard of
// its own over what all share.
type app struct {
	fyne.App
	look *look
	clip fyne.Clipboard
}

func newApp(th *theme.Theme) *app {
	a := &app{App: driver, clip: test.NewClipboard()}
	a.look = &look{Settings: driver.Settings(), theme: th}
	return a
}

// Settings implements fyne.App.
func (a *app) Settings() fyne.Settings { return a.look }

// Clipboard implements fyne.App.
func (a *app) Clipboard() fyne.Clipboard { return a.clip }

// look is Fyne's test settings with a theme that changes nothing but what is
// drawn: all our themes have the same fonts.
type look struct {
	fyne.Settings
	theme fyne.Theme
}

// ShowAnimations implements fyne.Settings: as in the program, nothing moves by
// itself.
func (l *look) ShowAnimations() bool { return false }

// Theme implements fyne.Settings.
func (l *look) Theme() fyne.Theme { return l.theme }

// SetTheme implements fyne.Settings.
func (l *look) SetTheme(th fyne.Theme) {
	l.theme = th
	for _, w := range driver.Driver().AllWindows() {
		for _, root := range append([]fyne.CanvasObject{w.Canvas().Content()}, w.Canvas().Overlays().List()...) {
			rethemed(root)
		}
	}
}

// rethemed lays out and draws an object anew, what it is made of first.
func rethemed(o fyne.CanvasObject) {
	switch o := o.(type) {
	case nil:
		return
	case fyne.Widget:
		r := test.WidgetRenderer(o)
		for _, part := range r.Objects() {
			rethemed(part)
		}
		r.Layout(o.Size())
	case *fyne.Container:
		for _, part := range o.Objects {
			rethemed(part)
		}
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
	}
	o.Refresh()
}

// drawnIn is the theme of the picture drawn last. Fyne keeps icons by name, so
// that those of another theme are forgotten before the next picture.
var drawnIn fyne.Theme

func beforeDrawing() {
	current := fyne.CurrentApp()
	if now := current.Settings().Theme(); now != drawnIn {
		drawnIn = now
		test.NewApp()
		fyne.SetCurrentApp(current)
	}
}
