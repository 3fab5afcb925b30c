package main

// This file gives the window the size of the screen it is on, less what the desktop
// keeps for itself: a till has one program, and a small screen has no room to waste.

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/go-gl/glfw/v3.4/glfw"

	"kassa/cmd/internal/maximise"
)

// askForAll asks the window manager, before the window is made, to give it all the
// room there is; the size it was given is what it goes back to. The toolkit has no
// word for that, the library under it has. On Windows and macOS the toolkit would
// take that back with the size it sets, so it is done there once the window is shown.
func askForAll() {
	if runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		glfw.WindowHint(glfw.Maximized, glfw.True)
	}
}

// takeAll gives the window that is shown the room the window manager did not: there
// is none, as on a till that runs nothing else, or it was not asked.
func takeAll(win fyne.Window) {
	glfw.WindowHint(glfw.Maximized, glfw.False) // that was for this window alone
	if done := maximised(win); done {
		return
	}
	scale := win.Canvas().Scale()
	if now := win.Canvas().Size(); !near(now, usual, scale) {
		return
	}
	m := glfw.GetPrimaryMonitor()
	if m == nil || scale <= 0 {
		return
	}
	_, _, width, height := m.GetWorkarea()
	if width <= 0 || height <= 0 {
		return
	}
	win.Resize(fyne.NewSize(float32(width)/scale, float32(height)/scale-titleBar()))
	win.CenterOnScreen()
}

// maximised asks the system to maximise the window, where that is done once it is
// shown, and tells whether it could.
func maximised(win fyne.Window) (done bool) {
	native, ok := win.(driver.NativeWindow)
	if !ok {
		return false
	}
	native.RunNative(func(c any) {
		if w, ok := c.(driver.WindowsWindowContext); ok {
			done = maximise.Window(w.HWND)
		}
	})
	return done
}

// near tells whether a size is the one the window was made with, a pixel more or
// less.
func near(a, b fyne.Size, scale float32) bool {
	d := a.Subtract(b)
	return max(d.Width, -d.Width)*scale < 2 && max(d.Height, -d.Height)*scale < 2
}

// titleBar is the height of what macOS puts above a window.
func titleBar() float32 {
	if runtime.GOOS == "darwin" {
		return 28
	}
	return 0
}
