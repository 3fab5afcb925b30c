package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Typist is what a Numpad types into: an Entry or CodeBoxes.
type Typist interface {
	Type(r rune)
	Backspace()
	// refocus takes the focus back that a tap on the pad took away, and keeps
	// the cursor and selection as they were.
	refocus()
}

// Numpad returns 0–9, the mark of a fraction (unless digitsOnly) and a backspace. Its keys
// leave the focus with the field, so typing by finger and by keyboard can be mixed.
func (k *Kit) Numpad(into Typist, digitsOnly bool) fyne.CanvasObject {
	rows := make([]fyne.CanvasObject, 0, 4)
	for _, line := range []string{"789", "456", "123", ",0<"} {
		var row []fyne.CanvasObject
		for _, r := range line {
			switch {
			case r == '<':
				row = append(row, k.padKey("⌫", func() { into.refocus(); into.Backspace() }))
			case r == ',' && digitsOnly:
				row = append(row, container.NewWithoutLayout())
			case r == ',':
				row = append(row, k.padType(k.decimal(), into))
			default:
				row = append(row, k.padType(r, into))
			}
		}
		rows = append(rows, Grow(Equal(theme.GapSmall, row...)))
	}
	return VBox(theme.GapSmall, rows...)
}

// padType is a key that types a character.
func (k *Kit) padType(r rune, into Typist) *padKey {
	return k.padKey(string(r), func() { into.refocus(); into.Type(r) })
}

// padKey is a key of the Numpad.
type padKey struct {
	widget.BaseWidget
	text    string
	kit     *Kit
	tapped  func()
	hovered bool
}

func (k *Kit) padKey(text string, tapped func()) *padKey {
	p := &padKey{kit: k, text: text, tapped: tapped}
	p.ExtendBaseWidget(p)
	return p
}

// Tapped implements fyne.Tappable.
func (p *padKey) Tapped(*fyne.PointEvent) { p.tapped() }

// MouseIn implements desktop.Hoverable.
func (p *padKey) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (p *padKey) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *padKey) MouseOut() { p.hovered = false; p.Refresh() }

// CreateRenderer implements fyne.Widget.
func (p *padKey) CreateRenderer() fyne.WidgetRenderer {
	ground := newBox(theme.ColorCard, theme.ColorEdge, theme.RadiusField)
	text := newLabel(p.text, Style{Size: theme.SizeKeypad, Color: theme.ColorInk}.Center())
	r := newRenderer(ground, text)
	r.layout = func(size fyne.Size) {
		ground.Resize(size)
		place(text.Text, 0, size.Width, size.Height)
	}
	r.min = func() fyne.Size { return fyne.NewSize(theme.Px(theme.TouchHeight), theme.Px(theme.TouchHeight)) }
	r.refresh = func() {
		ground.fill = theme.ColorCard
		if p.hovered {
			ground.fill = theme.ColorHover
		}
	}
	return r
}
