package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// How long a toast stays.
const (
	toastTime    = 4 * time.Second
	toastTimeBad = 8 * time.Second
)

// toastLayer shows one sentence without taking the focus.
type toastLayer struct {
	kit    *Kit
	banner *Banner
	box    *fyne.Container
	stop   func()
}

func newToastLayer(k *Kit, place fyne.Layout) *toastLayer {
	t := &toastLayer{kit: k, banner: NewBanner("", Neutral)}
	t.banner.Floats = true
	t.box = container.New(place, t.banner)
	return t
}

func (t *toastLayer) show(text string, tone Tone, d time.Duration) {
	if t.stop != nil {
		t.stop()
	}
	t.banner.Set(text, tone)
	t.box.Refresh()
	t.stop = t.kit.Timers.After(d, t.hide)
}

func (t *toastLayer) hide() {
	t.stop = nil
	t.banner.Set("", Neutral)
	t.box.Refresh()
}

// Toast shows a sentence for some seconds over whatever is on the screen. It
// takes neither the focus nor a key.
func (k *Kit) Toast(text string, tone Tone) {
	layer := k.toasts
	if n := len(k.dialogs); n > 0 {
		layer = k.dialogs[n-1].toasts
	}
	if layer == nil {
		return
	}
	d := toastTime
	if tone == Bad || tone == Warn {
		d = toastTimeBad
	}
	layer.show(text, tone, d)
}
