package uitest

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kassa/ui/keys"
	"kassa/ui/widgets"
)

// placed is a button and where it stands.
type placed struct {
	*widgets.Button
	at fyne.Position
}

func (p placed) beside(o placed) bool {
	middle := p.at.Y + p.Size().Height/2
	return middle > o.at.Y && middle < o.at.Y+o.Size().Height
}

// FrameFaults lists where the topmost dialog is not built as all are: the way back
// stands first in the footer, and what is blue last.
func FrameFaults(w *Window) []string {
	over := w.Fyne.Canvas().Overlays().List()
	if len(over) == 0 {
		return nil
	}
	var all []placed
	buttons(over[len(over)-1], fyne.Position{}, &all)
	var faults []string
	for _, back := range all {
		if back.Key != keys.Esc {
			continue
		}
		for _, b := range all {
			switch {
			case b.beside(back) && b.at.X < back.at.X:
				faults = append(faults, fmt.Sprintf("%q stands before the way back %q", b.Label, back.Label))
			case b.at.Y < back.at.Y || b.Kind != widgets.Primary && b.Kind != widgets.PrimaryWarn:
				continue // of the body, or quiet
			}
			for _, o := range all {
				if b.Kind == widgets.Primary && o.beside(b) && o.at.X > b.at.X {
					faults = append(faults, fmt.Sprintf("%q stands after the blue %q", o.Label, b.Label))
				}
			}
		}
	}
	return faults
}

// buttons collects the visible buttons of an object.
func buttons(o fyne.CanvasObject, at fyne.Position, all *[]placed) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *widgets.Button:
		*all = append(*all, placed{o, at})
	case *fyne.Container:
		for _, child := range o.Objects {
			buttons(child, at, all)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			buttons(child, at, all)
		}
	}
}
