package widgets

import (
	"fyne.io/fyne/v2"

	"kassa/ui/theme"
)

// Field puts a small label over a control, as forms do.
func Field(label string, control fyne.CanvasObject) *fyne.Container {
	return VBox(theme.GapTiny, NewText(label, SmallMuted).Ellipsis(), control)
}

// KeyValue puts words at the left and a figure at the right of one line. Either
// text can be changed through the returned Pair.
func KeyValue(label, value string, style Style) *Pair {
	p := &Pair{Label: NewText(label, style.left()).Ellipsis(), Value: NewText(value, style.Right())}
	p.Box = HBox(theme.GapSmall, Grow(p.Label), p.Value)
	return p
}

// Pair is a line made by KeyValue or a block made by Stat.
type Pair struct {
	Box          *fyne.Container // what goes into a layout
	Label, Value *Text
}

// Stat puts a small label over a figure, as the customer's card does.
func Stat(label, value string, style Style) *Pair {
	p := &Pair{Label: NewText(label, SmallMuted).Ellipsis(), Value: NewText(value, style).Ellipsis()}
	p.Box = VBox(0, p.Label, p.Value)
	return p
}

func (s Style) left() Style { s.Align = fyne.TextAlignLeading; return s }

// NewMoney returns a figure: right-aligned, in the given style. The digits of
// the font are all of one width, so columns of figures stand in line.
func NewMoney(text string, style Style) *Text { return NewText(text, style.Right()) }
