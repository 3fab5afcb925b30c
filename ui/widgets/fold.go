package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/ui/theme"
)

// Fold shows one of two drawings of the same thing: wide where the window is at
// least width (at scale 1) wide, narrow below.
func (k *Kit) Fold(width float32, wide, narrow fyne.CanvasObject) *fyne.Container {
	return container.New(&foldLayout{kit: k, width: width}, wide, narrow)
}

type foldLayout struct {
	kit   *Kit
	width float32
}

// chosen shows the drawing that fits and hides the other.
func (f *foldLayout) chosen(objects []fyne.CanvasObject) fyne.CanvasObject {
	show, hide := objects[0], objects[1]
	if f.kit.Window.Canvas().Size().Width < theme.Px(f.width) {
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
