package maximise

// This file speaks to Windows.

import "syscall"

const showMaximized = 3 // SW_SHOWMAXIMIZED

var showWindow = syscall.NewLazyDLL("user32.dll").NewProc("ShowWindow")

// Window maximises a window that is shown and tells whether the system could.
func Window(handle uintptr) bool {
	if handle == 0 || showWindow.Find() != nil {
		return false
	}
	_, _, _ = showWindow.Call(handle, showMaximized) // it answers whether the window was visible before
	return true
}
