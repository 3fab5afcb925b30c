package main

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kassa/pos"
	"kassa/print"
	"kassa/ui/customerdisplay"
	"kassa/ui/task"
)

// displaySize is the customer display where it has no monitor of its own.
var displaySize = fyne.NewSize(800, 480)

// showDisplay opens or closes the customers' window as the shop has it. It is
// called once the window system runs, and whenever settings changed.
func (w *window) showDisplay() {
	set := w.shop.Settings().Front
	shown := w.display != nil
	switch {
	case shown && set.Display && set.DisplayOn == w.displayOn:
		w.env.Display.Refresh()
	case shown:
		w.display.Close()
		fallthrough
	default:
		if set.Display {
			w.openDisplay(set.DisplayOn)
		}
	}
}

func (w *window) openDisplay(on pos.Monitor) {
	d := customerdisplay.New(customerdisplay.Params{
		Timers: task.SystemTimers{}, Words: w.env.Print.Words, Tapped: w.win.RequestFocus,
		Shop: func() string { return w.shop.Settings().Shop }, Logo: func() image.Image { return print.LogoPicture(w.shop.Home.Images()) },
	})
	win := w.app.NewWindow(w.env.T("display.title", nil))
	win.SetPadded(false)
	win.SetContent(d.Content())
	win.Resize(displaySize)
	// It closes for itself: the till goes on, and the setting opens it again.
	win.SetOnClosed(func() {
		d.Close()
		if w.display == win {
			w.display, w.env.Display = nil, nil
		}
	})
	// Somebody clicked into it: the next key belongs to the till again.
	// Esc alone closes it: two monitors of one name may be taken for each other,
	// and nothing may stay over the till.
	win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			win.Close()
		}
		w.win.RequestFocus()
	})
	win.Canvas().SetOnTypedRune(func(rune) { w.win.RequestFocus() })
	w.display, w.displayOn, w.env.Display = win, on, d
	if second(w.app) && on == pos.DisplaySecond {
		if dw, ok := win.(desktop.Window); ok {
			dw.RequestFullScreenSecondary()
		}
	}
	win.Show()
	w.win.RequestFocus()
}

// second reports whether there is another monitor than the till's.
func second(a fyne.App) bool {
	d, ok := a.Driver().(desktop.Driver)
	return ok && d.HasSecondaryDisplay()
}
