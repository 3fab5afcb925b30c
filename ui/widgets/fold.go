package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/ui/theme"
)

// Fold shows one of two drawings of the same thing: wide where the window is at
// least width (at scale 1) wide, narrow below.
func (k *Kit) Fold(width float32, wide, narrow fyne.CanvasObject) *fyne.Container {
	return k.FoldAt(func(window fyne.Size) bool { return window.Width >= width }, wide, narrow)
}

// FoldAt shows wide where fits answers true for the window's size at scale 1,
// and narrow elsewhere.
func (k *Kit) FoldAt(fits func(window fyne.Size) bool, wide, narrow fyne.CanvasObject) *fyne.Container {
	return container.New(&foldLayout{kit: k, fits: fits}, wide, narrow)
}

// Width gives an object the width (at scale 1) that follows from the window's:
//
//	k.Width(func(window float32) float32 { return min(426, window*0.36) }, side)
func (k *Kit) Width(of func(window float32) float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&widthLayout{kit: k, of: of}, o)
}

// windowSize is the size of the window at scale 1.
func (k *Kit) windowSize() fyne.Size {
	size, one := k.Window.Canvas().Size(), theme.Px(1)
	return fyne.NewSize(size.Width/one, size.Height/one)
}

type foldLayout struct {
	kit  *Kit
	fits func(fyne.Size) bool
}

// chosen shows the drawing that fits and hides the other.
func (f *foldLayout) chosen(objects []fyne.CanvasObject) fyne.CanvasObject {
	show, hide := objects[0], objects[1]
	if !f.fits(f.kit.windowSize()) {
		show, hide = hide, show
	}
	if hide.Visible() {
		hide.Hide()
	}
	if !show.Visible() {
		show.Show()
	}
	return show
}

func (f *foldLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := f.chosen(objects)
	o.Resize(size)
	o.Move(fyne.Position{})
}

func (f *foldLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return f.chosen(objects).MinSize()
}

func (f *foldLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightFor(f.chosen(objects), width)
}

type widthLayout struct {
	kit *Kit
	of  func(float32) float32
}

func (w *widthLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[0].Move(fyne.Position{})
}

func (w *widthLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Px(w.of(w.kit.windowSize().Width)), objects[0].MinSize().Height)
}

func (w *widthLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightFor(objects[0], width)
}

// screenLayout fills the window and asks for little, so that Fyne never makes
// the window larger than the display because of a long text.
type screenLayout struct{}

func (screenLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(640, 400) }

func (screenLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
		o.Move(fyne.Position{})
	}
}
