package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/ui/theme"
)

// Tiles puts objects of equal width side by side, as many as fit when each is
// at least a width (at scale 1) wide, and the others in further rows.
func Tiles(gap, least float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&tileLayout{gap: gap, least: least}, objects...)
}

type tileLayout struct{ gap, least float32 }

// across returns how many tiles stand in one row, and their width. Rows are
// filled evenly: five tiles where four fit stand three and two.
func (t *tileLayout) across(n int, width float32) (int, float32) {
	gap := theme.Px(t.gap)
	fit := min(max(int((width+gap)/(theme.Px(t.least)+gap)), 1), max(n, 1))
	rows := (n + fit - 1) / fit
	if rows > 0 {
		fit = (n + rows - 1) / rows
	}
	return fit, (width - gap*float32(fit-1)) / float32(fit)
}

// rowHeight is the height of the row that begins with an object.
func (t *tileLayout) rowHeight(objects []fyne.CanvasObject, from, fit int, width float32) float32 {
	height := float32(0)
	for _, o := range objects[from:min(from+fit, len(objects))] {
		height = max(height, HeightFor(o, width))
	}
	return height
}

func (t *tileLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	fit, width := t.across(len(objects), size.Width)
	gap, y := theme.Px(t.gap), float32(0)
	for from := 0; from < len(objects); from += fit {
		height := t.rowHeight(objects, from, fit, width)
		for i, o := range objects[from:min(from+fit, len(objects))] {
			o.Resize(fyne.NewSize(width, height))
			o.Move(fyne.NewPos(float32(i)*(width+gap), y))
		}
		y += height + gap
	}
}

func (t *tileLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(theme.Px(t.least), 0)
	for _, o := range objects {
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size
}

func (t *tileLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	fit, width := t.across(len(objects), width)
	height := -theme.Px(t.gap)
	for from := 0; from < len(objects); from += fit {
		height += t.rowHeight(objects, from, fit, width) + theme.Px(t.gap)
	}
	return max(height, 0)
}
