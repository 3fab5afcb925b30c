// Package widgets holds the controls of the till. They show values and offer
// On… callbacks; what those mean is the screen's business. All texts come from
// the caller, translated.
//
// What can have the focus is made by a Kit, because it offers its keys to the
// router first; what only shows something is made by plain functions.
package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/ui/keys"
	"kassa/ui/task"
)

// Kit makes the controls of one window.
type Kit struct {
	Keys   *keys.Router
	Window fyne.Window
	Timers task.Timers

	// OnKeys shows the keys of whatever is in front; without it no dialog tells
	// them.
	OnKeys func()

	// OnNoPalette says why an action cannot be looked for over a dialog; nil: nobody
	// does.
	OnNoPalette func()

	// ToastOver is the part of the screen over whose lower end a toast lies; nil: the
	// screen has none.
	ToastOver fyne.CanvasObject

	// ToastUntil is how far to the right a toast over a dialog may lie in the line at the
	// top, since what stands there has to be seen; nil or 0: as far as it likes.
	ToastUntil func() float32

	// Decimal is the mark of a fraction in the language of the screen; nil: a comma.
	Decimal func() rune

	content fyne.CanvasObject // of the screen
	toasts  *toastLayer
	dialogs []*Dialog
	pages   *Pages // what surrounds pages; nil: there are none
	going   *going // where the person goes once a dialog was left; nil: nowhere
}

// NewKit returns the kit of a window and attaches the router to its canvas.
func NewKit(w fyne.Window, router *keys.Router, timers task.Timers) *Kit {
	router.Attach(w.Canvas())
	router.SetHop(func(f func()) { timers.After(10*time.Millisecond, f) })
	w.SetPadded(false)
	return &Kit{Keys: router, Window: w, Timers: timers}
}

// decimal is the mark figures are typed with.
func (k *Kit) decimal() rune {
	if k.Decimal == nil {
		return ','
	}
	return k.Decimal()
}

// SetContent shows a screen in the window, under a layer for toasts and over a
// ground that gives the focus back when somebody clicks beside the controls.
func (k *Kit) SetContent(content fyne.CanvasObject) {
	k.content, k.toasts = content, newToastLayer(k, screenToast{k})
	k.Window.SetContent(container.New(screenLayout{}, newGround(k), content, k.toasts.box))
}

// Focus gives the focus to a control of the window's topmost layer.
func (k *Kit) Focus(f fyne.Focusable) {
	if f != nil {
		k.Window.Canvas().Focus(focusTarget(f))
	}
}

// Focused returns what has the focus now, nil when nothing has.
func (k *Kit) Focused() fyne.Focusable { return k.Window.Canvas().Focused() }

// settle gives the focus to where it belongs when a tap left it nowhere.
func (k *Kit) settle() {
	if k.Focused() != nil || k.Keys.GoHome() {
		return
	}
	if n := len(k.dialogs); n > 0 {
		k.dialogs[n-1].focusFirst()
	}
}

// focusable is a composite whose inner part has the focus.
type focusable interface{ focusPart() fyne.Focusable }

func focusTarget(f fyne.Focusable) fyne.Focusable {
	if c, ok := f.(focusable); ok {
		return c.focusPart()
	}
	return f
}
