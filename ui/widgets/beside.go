package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/ui/theme"
)

// Beside puts aside next to main where the window is at least width (at scale
// 1) wide, as high as each needs, and under it elsewhere. share is the part of
// the room that main gets, between 0 and 1.
func (k *Kit) Beside(width, share float32, main, aside fyne.CanvasObject) *fyne.Container {
	return container.New(&besideLayout{kit: k, width: width, share: share}, main, aside)
}

type besideLayout struct {
	kit          *Kit
	width, share float32
}

// widths returns the width of both, and whether they stand side by side.
func (b *besideLayout) widths(width float32) (main, aside float32, wide bool) {
	if b.kit.windowSize().Width < b.width {
		return width, width, false
	}
	main = (width - theme.Px(theme.GapInside)) * b.share
	return main, width - theme.Px(theme.GapInside) - main, true
}

func (b *besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	main, aside, wide := b.widths(size.Width)
	at := fyne.NewPos(main+theme.Px(theme.GapInside), 0)
	height := HeightFor(objects[0], main)
	if !wide {
		at = fyne.NewPos(0, height+theme.Px(theme.GapCards))
	}
	objects[0].Resize(fyne.NewSize(main, height))
	objects[0].Move(fyne.Position{})
	objects[1].Resize(fyne.NewSize(aside, HeightFor(objects[1], aside)))
	objects[1].Move(at)
}

func (b *besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	main, aside := objects[0].MinSize(), objects[1].MinSize()
	if _, _, wide := b.widths(0); wide {
		return fyne.NewSize(main.Width+aside.Width+theme.Px(theme.GapInside), max(main.Height, aside.Height))
	}
	return fyne.NewSize(max(main.Width, aside.Width), main.Height+aside.Height+theme.Px(theme.GapCards))
}

func (b *besideLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	main, aside, wide := b.widths(width)
	if wide {
		return max(HeightFor(objects[0], main), HeightFor(objects[1], aside))
	}
	return HeightFor(objects[0], main) + HeightFor(objects[1], aside) + theme.Px(theme.GapCards)
}
