package main

import (
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"kassa/cmd/internal/keytimes"
)

// This file tells the key router when keys were really pressed, where the window
// system lets a program know.

// hearKeys begins to listen. Without it, as under Wayland, the router goes by the
// time at which keys are handled.
func (w *window) hearKeys() {
	native, ok := w.win.(driver.NativeWindow)
	if !ok {
		return
	}
	native.RunNative(func(c any) {
		x, ok := c.(driver.X11WindowContext)
		if !ok || x.WindowHandle == 0 {
			return
		}
		heard, err := keytimes.Of(os.Getenv("DISPLAY"), uint32(x.WindowHandle))
		if err != nil {
			w.log.Warn("the times of keys are not known", "error", err)
			return
		}
		w.heard = heard
		w.env.Kit.Keys.SetPressed(func(ev *fyne.KeyEvent) (time.Time, bool) { return heard.When(ev.Physical.ScanCode) })
	})
}

// stopHearing ends that.
func (w *window) stopHearing() {
	if w.heard != nil {
		_ = w.heard.Close()
	}
}
