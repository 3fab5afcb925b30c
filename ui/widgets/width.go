package widgets

// How wide dialogs are: three widths, so that one looks like the other, each made
// for a window of 1366 by 768 and growing with larger ones.

// Width is how wide a dialog is. A number is none: there are these three.
type Width struct{ step int }

// The widths.
var (
	Narrow = Width{1} // a question, a field or two
	Middle = Width{2} // a form, a short list
	Wide   = Width{3} // a table, a card with much on it
)

// The window the widths are made for.
const (
	usualWidth  = 1366
	usualHeight = 768
)

// in is the width at scale 1 in a window of a width. What fills its height with a
// table takes more of a larger window than a form, whose fields would only be long.
func (w Width) in(window float32, fills bool) float32 {
	more := max(window-usualWidth, 0)
	switch {
	case w == Wide && fills:
		return 1200 + 0.85*more
	case w == Wide:
		return 1080 + 0.35*more
	case w == Middle && fills:
		return 860 + 0.35*more
	case w == Middle:
		return 860 + 0.15*more
	}
	return 640
}

// tallerBy is how much higher a dialog that fills its height is in a high window.
func tallerBy(window float32) float32 { return 0.9 * max(window-usualHeight, 0) }
