package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// control is what all our small focusable controls share: the focus, the
// pointer, being enabled, and offering keys to the router.
type control struct {
	widget.BaseWidget
	kit      *Kit
	focused  bool
	hovered  bool
	disabled bool
	// own serves a key the control has a use for and tells whether it did.
	own func(ev *fyne.KeyEvent) bool
}

// FocusGained implements fyne.Focusable.
func (c *control) FocusGained() { c.focused = true; c.Refresh(); c.kit.reveal() }

// FocusLost implements fyne.Focusable.
func (c *control) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *control) TypedRune(r rune) { c.kit.Keys.TypedRune(r, nil) }

// TypedKey implements fyne.Focusable: the control's own keys first, since Enter
// and the arrows mean the control while it has the focus.
func (c *control) TypedKey(ev *fyne.KeyEvent) {
	if c.kit.Keys.Intercept(ev, nil) {
		return
	}
	if !c.disabled && c.own(ev) {
		return
	}
	c.kit.Keys.Dispatch(ev)
}

// TypedShortcut implements fyne.Shortcutable.
func (c *control) TypedShortcut(s fyne.Shortcut) { c.kit.Keys.TypedShortcut(s) }

// KeyDown implements desktop.Keyable.
func (c *control) KeyDown(ev *fyne.KeyEvent) { c.kit.Keys.KeyDown(ev) }

// KeyUp implements desktop.Keyable.
func (c *control) KeyUp(ev *fyne.KeyEvent) { c.kit.Keys.KeyUp(ev) }

// MouseIn implements desktop.Hoverable.
func (c *control) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *control) MouseOut() { c.hovered = false; c.Refresh() }

// Enable implements fyne.Disableable.
func (c *control) Enable() { c.disabled = false; c.Refresh() }

// Disable implements fyne.Disableable.
func (c *control) Disable() { c.disabled = true; c.Refresh() }

// Disabled implements fyne.Disableable.
func (c *control) Disabled() bool { return c.disabled }

// Check is a box to tick, with its words beside it.
type Check struct {
	control
	OnChanged func(on bool)
	label     string
	on        bool
}

// Check returns a tick box.
func (k *Kit) Check(label string, on bool, changed func(bool)) *Check {
	c := &Check{label: label, on: on, OnChanged: changed}
	c.kit, c.own = k, c.key
	c.ExtendBaseWidget(c)
	return c
}

// On tells whether the box is ticked.
func (c *Check) On() bool { return c.on }

// SetOn ticks the box or not, without calling OnChanged.
func (c *Check) SetOn(on bool) {
	if c.on != on {
		c.on = on
		c.Refresh()
	}
}

func (c *Check) toggle() {
	c.SetOn(!c.on)
	if c.OnChanged != nil {
		c.OnChanged(c.on)
	}
}

func (c *Check) key(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeySpace {
		return false
	}
	if !c.kit.Keys.Held(ev) {
		c.toggle()
	}
	return true
}

// Tapped implements fyne.Tappable.
func (c *Check) Tapped(*fyne.PointEvent) {
	if c.disabled {
		return
	}
	c.kit.Focus(c)
	c.toggle()
}

// HeightFor implements Flowing: the words wrap.
func (c *Check) HeightFor(width float32) float32 {
	p := Paragraph{text: c.label, style: Body}
	return max(p.HeightFor(width-theme.Px(checkRoom)), theme.Px(theme.TouchHeight))
}

const (
	checkSize = 22
	checkRoom = checkSize + 10 + 8
)

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	frame := newBox(theme.ColorCard, theme.ColorFrame, 5)
	mark := newTick()
	words := NewParagraph(c.label, Body)
	r := newRenderer(frame, mark.left, mark.right, words)
	r.layout = func(size fyne.Size) {
		s := theme.Px(checkSize)
		at := fyne.NewPos(theme.Px(2), (size.Height-s)/2)
		frame.Resize(fyne.NewSquareSize(s))
		frame.Move(at)
		mark.place(at, s)
		x := theme.Px(checkSize + 12)
		h := words.HeightFor(size.Width - x)
		words.Resize(fyne.NewSize(size.Width-x, h))
		words.Move(fyne.NewPos(x, (size.Height-h)/2))
	}
	r.min = func() fyne.Size {
		width := Body.measure(c.label).Width + theme.Px(checkRoom)
		if w := c.Size().Width; w > 0 {
			return fyne.NewSize(min(width, theme.Px(200)), c.HeightFor(w))
		}
		return fyne.NewSize(min(width, theme.Px(200)), theme.Px(theme.TouchHeight))
	}
	r.refresh = func() {
		frame.fill = theme.ColorCard
		if c.on {
			frame.fill = theme.ColorAccent
		}
		style := Body
		if c.disabled {
			style = Muted
			frame.fill = theme.ColorCap
			if c.on { // what is set has to be read also where it cannot be changed
				frame.fill = theme.ColorMuted
			}
		}
		frame.frame(c.focused, theme.ColorFrame)
		if c.on && c.focused {
			frame.line = theme.ColorInk
		}
		mark.show(c.on, theme.InkOn(frame.fill))
		words.Set(c.label, style)
		words.Refresh()
	}
	r.refresh()
	return r
}
