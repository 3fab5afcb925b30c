package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Style is how a text is drawn.
type Style struct {
	Size   fyne.ThemeSizeName
	Color  fyne.ThemeColorName
	Bold   bool
	Strike bool
	Align  fyne.TextAlign
}

// The styles of the till.
var (
	Body       = Style{Size: theme.SizeText, Color: theme.ColorInk}
	Strong     = Style{Size: theme.SizeText, Color: theme.ColorInk, Bold: true}
	Muted      = Style{Size: theme.SizeText, Color: theme.ColorMuted}
	Small      = Style{Size: theme.SizeSmall, Color: theme.ColorInk}
	SmallMuted = Style{Size: theme.SizeSmall, Color: theme.ColorMuted}
	Heading    = Style{Size: theme.SizeHeading, Color: theme.ColorInk, Bold: true}
	Figure     = Style{Size: theme.SizeFigure, Color: theme.ColorInk, Bold: true}
	Amount     = Style{Size: theme.SizeAmount, Color: theme.ColorInk, Align: fyne.TextAlignTrailing}
	Total      = Style{Size: theme.SizeTotal, Color: theme.ColorInk, Bold: true, Align: fyne.TextAlignTrailing}
	Missing    = Style{Size: theme.SizeMissing, Color: theme.ColorBad, Bold: true, Align: fyne.TextAlignTrailing}
)

// In returns the style in another colour.
func (s Style) In(color fyne.ThemeColorName) Style { s.Color = color; return s }

// Right returns the style aligned to the right, as figures are.
func (s Style) Right() Style { s.Align = fyne.TextAlignTrailing; return s }

// Center returns the style centred.
func (s Style) Center() Style { s.Align = fyne.TextAlignCenter; return s }

// InBold returns the style in bold.
func (s Style) InBold() Style { s.Bold = true; return s }

// Struck returns the style struck through.
func (s Style) Struck() Style { s.Strike = true; return s }

func (s Style) textStyle() fyne.TextStyle {
	return fyne.TextStyle{Bold: s.Bold, Strikethrough: s.Strike}
}

func (s Style) measure(text string) fyne.Size {
	return theme.Measure(drawable(text), s.Size, s.textStyle())
}

// drawable replaces the minus sign, which the bundled font lacks: a machine
// without other fonts would show a box.
func drawable(text string) string { return strings.ReplaceAll(text, "\u2212", theme.Minus) }

// label is a canvas.Text that remembers its style and its full text.
type label struct {
	*canvas.Text
	style Style
	full  string
}

func newLabel(text string, style Style) *label {
	text = drawable(text)
	l := &label{Text: canvas.NewText(text, nil), style: style, full: text}
	l.paint()
	return l
}

func (l *label) set(text string, style Style) {
	text = drawable(text)
	if l.full == text && l.style == style {
		return
	}
	l.full, l.style = text, style
	l.Text.Text = text
	l.paint()
}

func (l *label) paint() {
	l.Color = theme.Color(l.style.Color)
	l.TextSize = theme.Size(l.style.Size)
	l.TextStyle = l.style.textStyle()
	l.Alignment = l.style.Align
	l.Text.Refresh()
}

// fit shows as much of the text as the width holds, ending in an ellipsis.
func (l *label) fit(width float32) {
	shown := ellipsis(l.full, l.style, width)
	if shown != l.Text.Text {
		l.Text.Text = shown
		l.Text.Refresh()
	}
}

// leastShrink is how small a figure may become to fit.
const leastShrink = 0.5

// shrink makes the type as much smaller as the width asks for.
func (l *label) shrink(size fyne.Size) {
	full := theme.Size(l.style.Size)
	factor := min(max(size.Width/max(l.style.measure(l.full).Width, 1), leastShrink), 1)
	// Glyphs are placed on whole pixels, so half the size is not half the width.
	for factor > leastShrink && fyne.MeasureText(l.full, full*factor, l.style.textStyle()).Width > size.Width {
		factor -= 0.01
	}
	if l.TextSize != full*factor {
		l.TextSize = full * factor
		l.Text.Refresh()
	}
}

// ellipsis cuts a text at the width. Nothing is cut that fits.
func ellipsis(text string, style Style, width float32) string {
	if text == "" || style.measure(text).Width <= width+0.5 {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if style.measure(strings.TrimRight(string(runes[:mid]), " ")+"…").Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}

// Text is one line of text. It takes the room its text needs, unless it may be
// cut with Ellipsis.
type Text struct {
	widget.BaseWidget
	text  string
	style Style
	cut   bool
	scale bool
}

// NewText returns a line of text.
func NewText(text string, style Style) *Text {
	t := &Text{text: text, style: style}
	t.ExtendBaseWidget(t)
	return t
}

// Ellipsis lets the text be cut where there is no room for all of it.
func (t *Text) Ellipsis() *Text { t.cut = true; return t }

// Shrink lets a large figure become smaller where there is no room for all of
// it, down to half its size.
func (t *Text) Shrink() *Text { t.scale = true; return t }

// Text returns the whole text.
func (t *Text) Text() string { return t.text }

// SetText shows another text.
func (t *Text) SetText(text string) { t.Set(text, t.style) }

// SetStyle draws the text in another style.
func (t *Text) SetStyle(style Style) { t.Set(t.text, style) }

// Set shows another text in another style.
func (t *Text) Set(text string, style Style) {
	if t.text == text && t.style == style {
		return
	}
	t.text, t.style = text, style
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	l := newLabel(t.text, t.style)
	r := newRenderer(l)
	r.min = func() fyne.Size {
		size := t.style.measure(t.text)
		switch {
		case t.cut:
			size.Width = min(size.Width, t.style.measure("…").Width)
		case t.scale:
			size.Width *= leastShrink
		}
		return size
	}
	r.layout = func(size fyne.Size) {
		l.Resize(size)
		switch {
		case t.cut:
			l.fit(size.Width)
		case t.scale:
			l.shrink(size)
		}
	}
	r.refresh = func() {
		l.set(t.text, t.style)
		l.paint()
		r.layout(t.Size())
	}
	r.painted = nil // painting restores the full size, so refresh does it before it fits
	return r
}
