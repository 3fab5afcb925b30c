package widgets

import (
	"strings"

	"fyne.io/fyne/v2"

	"kassa/ui/icons"
	"kassa/ui/keys"
	"kassa/ui/theme"
)

// buttonRenderer draws a button: its ground, the focus inside it, label and key.
type buttonRenderer struct {
	b      *Button
	ground *box
	ring   *box // the focus inside a filled button, where the outer frame would not show
	label  *label
	value  *label
	cap    *KeyCap
	icon   *icon
}

func (r *buttonRenderer) filled() bool {
	return !r.b.disabled && (r.b.Kind == Primary || r.b.Kind == PrimaryWarn)
}

func (r *buttonRenderer) Destroy() {
	if r.b.stopKeys != nil {
		r.b.stopKeys()
	}
}

func (r *buttonRenderer) gap() float32 {
	if r.b.key() == keys.None {
		return 0
	}
	return theme.Px(theme.GapSmall)
}

func (r *buttonRenderer) padding() float32 {
	if r.b.Height == Compact {
		return theme.Px(5)
	}
	return theme.Px(14)
}

func (r *buttonRenderer) capWidth() float32 {
	if r.b.key() == keys.None {
		return 0
	}
	return r.cap.MinSize().Width
}

func (r *buttonRenderer) valueStyle() Style {
	if r.b.ValueIn == (Style{}) {
		return Strong.Right()
	}
	return r.b.ValueIn.Right()
}

func (r *buttonRenderer) iconWidth() float32 {
	if r.b.Icon == icons.None {
		return 0
	}
	return theme.Px(iconSide + 12)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	inset := theme.Px(3)
	r.ring.Resize(size.SubtractWidthHeight(2*inset, 2*inset))
	r.ring.Move(fyne.NewPos(inset, inset))

	pad, gap, capW := r.padding(), r.gap(), r.capWidth()
	room, iconW := size.Width-2*pad, r.iconWidth()
	if iconW > 0 {
		r.icon.place(pad, size.Height)
		room -= iconW
	}
	if r.b.Value != "" {
		style, value := r.valueStyle(), r.b.Value
		tight := func() bool {
			return style.measure(value).Width+r.label.style.measure(r.b.Label).Width+capW+2*gap > room
		}
		if tight() {
			style.Size = Small.Size // what the button does comes first
		}
		if _, last, two := strings.Cut(value, " · "); two && tight() {
			value = last // of a sum and how it stands, the sum is told elsewhere too
		}
		r.value.set(value, style)
		w := min(style.measure(value).Width, room)
		place(r.value.Text, size.Width-pad-w, w, size.Height)
		room -= w + theme.Px(theme.GapSmall)
	}
	labelW := min(r.label.style.measure(r.b.Label).Width, max(room-capW-gap, 0))
	r.label.fit(labelW)
	x := pad + iconW
	if !r.b.Leading {
		x += max((room-labelW-gap-capW)/2, 0)
	}
	capX, labelX := x+labelW+gap, x
	if r.b.CapFirst {
		capX, labelX = x, x+capW+gap
	}
	place(r.label.Text, labelX, labelW, size.Height)
	place(r.cap, capX, capW, size.Height)
	// Letters sit a little below the middle of their line; the cap follows them.
	r.cap.Move(r.cap.Position().AddXY(0, theme.Px(1)))
}

func (r *buttonRenderer) MinSize() fyne.Size {
	width := 2*r.padding() + r.iconWidth() + r.label.style.measure(r.b.Label).Width + r.gap() + r.capWidth()
	if r.b.Value != "" {
		width += theme.Px(theme.GapSmall) + r.value.style.measure(r.b.Value).Width
	}
	return fyne.NewSize(max(width, theme.Px(theme.TouchHeight)), theme.Px(r.b.height()))
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground.Rectangle, r.ring.Rectangle, r.label.Text, r.value.Text, r.icon.Image, r.cap}
}

func (r *buttonRenderer) Refresh() {
	fill, line, text := r.b.look()
	r.ground.fill = fill
	r.ground.frame(r.b.focused && !r.filled(), line)
	r.ring.stroke, r.ring.line = theme.FocusWidth, theme.ColorNone
	if r.b.focused && r.filled() {
		r.ring.line = theme.ColorOnAccent
	}
	r.ring.paint()
	r.label.set(r.b.Label, text)
	r.label.paint()
	r.value.set(r.b.Value, r.valueStyle())
	r.value.paint()
	r.icon.set(r.b.Icon, text.Color)
	r.cap.onAccent, r.cap.flat = r.filled(), r.b.disabled
	r.cap.SetKey(r.b.key())
	r.Layout(r.b.Size())
}
