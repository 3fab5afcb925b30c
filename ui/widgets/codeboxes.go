package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/keys"
	"kassa/ui/theme"
)

// CodeBoxes take a code of a known length, one digit a box. A scan never lands
// in them; a paste does.
type CodeBoxes struct {
	widget.BaseWidget
	OnChanged  func(code string)
	OnComplete func(code string) // the last box was filled
	Secret     bool              // bullets instead of digits: a PIN

	kit      *Kit
	length   int
	code     []rune
	focused  bool
	disabled bool
	tone     Tone
}

var (
	_ keys.Field        = (*CodeBoxes)(nil)
	_ fyne.Focusable    = (*CodeBoxes)(nil)
	_ fyne.Disableable  = (*CodeBoxes)(nil)
	_ fyne.Tappable     = (*CodeBoxes)(nil)
	_ fyne.Shortcutable = (*CodeBoxes)(nil)
	_ desktop.Keyable   = (*CodeBoxes)(nil)
)

// CodeBoxes returns boxes for a code of length digits.
func (k *Kit) CodeBoxes(length int) *CodeBoxes {
	c := &CodeBoxes{kit: k, length: length}
	c.ExtendBaseWidget(c)
	return c
}

// SetLength makes the boxes fit a code of another length; what was entered of
// the one before is gone.
func (c *CodeBoxes) SetLength(length int) {
	if length == c.length {
		return
	}
	c.length = length
	c.Clear()
}

// Code returns the digits entered so far.
func (c *CodeBoxes) Code() string { return string(c.code) }

// Clear empties the boxes without calling OnChanged, after a wrong code.
func (c *CodeBoxes) Clear() { c.Restore("", false) }

// SetTone draws the boxes as refused (Bad) or accepted (Good); typing returns
// them to Neutral.
func (c *CodeBoxes) SetTone(t Tone) {
	c.tone = t
	c.Refresh()
}

// Type enters a digit, for a Numpad.
func (c *CodeBoxes) Type(r rune) {
	c.kit.Keys.Release()
	c.Put(r)
}

// Put implements keys.Field.
func (c *CodeBoxes) Put(r rune) {
	if c.disabled || r < '0' || r > '9' || len(c.code) >= c.length {
		return
	}
	c.code = append(c.code, r)
	c.tone = Neutral
	c.changed()
}

// Backspace takes the last digit away, for a Numpad.
func (c *CodeBoxes) Backspace() {
	c.kit.Keys.Release()
	if c.disabled || len(c.code) == 0 {
		return
	}
	c.code = c.code[:len(c.code)-1]
	c.tone = Neutral
	c.changed()
}

func (c *CodeBoxes) refocus() { c.kit.Focus(c) }

func (c *CodeBoxes) changed() {
	c.Refresh()
	code := c.Code()
	if c.OnChanged != nil {
		c.OnChanged(code)
	}
	if len(c.code) == c.length && c.OnComplete != nil {
		c.OnComplete(code)
	}
}

// Held implements keys.Field.
func (c *CodeBoxes) Held() string { return c.Code() }

// Whole implements keys.Field.
func (c *CodeBoxes) Whole() bool { return false }

// Takes implements keys.Field.
func (c *CodeBoxes) Takes(char rune) bool { return char >= '0' && char <= '9' }

// Restore implements keys.Field.
func (c *CodeBoxes) Restore(code string, _ bool) {
	c.code = []rune(code)
	c.tone = Neutral
	c.Refresh()
}

// TakesScan implements keys.Field.
func (c *CodeBoxes) TakesScan() bool { return false }

// Scanned implements keys.Field.
func (c *CodeBoxes) Scanned(string, string) {}

// Enable implements fyne.Disableable.
func (c *CodeBoxes) Enable() { c.disabled = false; c.Refresh() }

// Disable implements fyne.Disableable.
func (c *CodeBoxes) Disable() { c.disabled = true; c.Refresh() }

// Disabled implements fyne.Disableable.
func (c *CodeBoxes) Disabled() bool { return c.disabled }

// Tapped implements fyne.Tappable.
func (c *CodeBoxes) Tapped(*fyne.PointEvent) { c.kit.Focus(c) }

// FocusGained implements fyne.Focusable.
func (c *CodeBoxes) FocusGained() { c.focused = true; c.Refresh(); c.kit.reveal() }

// FocusLost implements fyne.Focusable.
func (c *CodeBoxes) FocusLost() { c.kit.Keys.Release(); c.focused = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *CodeBoxes) TypedRune(r rune) {
	if !c.kit.Keys.TypedRune(r, c) {
		c.Put(r)
	}
}

// TypedKey implements fyne.Focusable.
func (c *CodeBoxes) TypedKey(ev *fyne.KeyEvent) {
	if c.kit.Keys.TypedKey(ev, c) {
		return
	}
	switch ev.Name {
	case fyne.KeyBackspace:
		c.Backspace()
	case fyne.KeyDelete:
		c.Clear()
		c.changed()
	}
}

// TypedShortcut implements fyne.Shortcutable: a pasted text gives its digits.
func (c *CodeBoxes) TypedShortcut(s fyne.Shortcut) {
	if c.kit.Keys.TypedShortcut(s) {
		return
	}
	paste, ok := s.(*fyne.ShortcutPaste)
	if !ok || c.disabled || paste.Clipboard == nil {
		return
	}
	c.code = c.code[:0]
	for _, r := range paste.Clipboard.Content() {
		if r >= '0' && r <= '9' && len(c.code) < c.length {
			c.code = append(c.code, r)
		}
	}
	c.tone = Neutral
	c.changed()
}

// KeyDown implements desktop.Keyable.
func (c *CodeBoxes) KeyDown(ev *fyne.KeyEvent) { c.kit.Keys.KeyDown(ev) }

// KeyUp implements desktop.Keyable.
func (c *CodeBoxes) KeyUp(ev *fyne.KeyEvent) { c.kit.Keys.KeyUp(ev) }

const (
	codeBoxWidth  = 62
	codeBoxHeight = 76
	codeBoxGap    = 10
)

// CreateRenderer implements fyne.Widget.
func (c *CodeBoxes) CreateRenderer() fyne.WidgetRenderer {
	var boxes []*box
	var digits []*label
	style := Style{Size: theme.SizeCode, Color: theme.ColorInk}.Center()
	r := newRenderer()
	fit := func() {
		for len(boxes) < c.length {
			b, d := newBox(theme.ColorCard, theme.ColorFrame, theme.RadiusField), newLabel("", style)
			boxes, digits = append(boxes, b), append(digits, d)
			r.painted = append(r.painted, b, d)
			r.objects = append(r.objects, b.Rectangle, d.Text)
		}
		for i := range boxes {
			boxes[i].Hidden, digits[i].Hidden = i >= c.length, i >= c.length
		}
	}
	r.min = func() fyne.Size {
		n := float32(c.length)
		return fyne.NewSize(theme.Px(n*codeBoxWidth+(n-1)*codeBoxGap), theme.Px(codeBoxHeight))
	}
	r.layout = func(size fyne.Size) {
		x := (size.Width - r.min().Width) / 2
		w := theme.Px(codeBoxWidth)
		for i := range boxes[:min(c.length, len(boxes))] {
			boxes[i].Resize(fyne.NewSize(w, size.Height))
			boxes[i].Move(fyne.NewPos(x, 0))
			h := digits[i].style.measure("0").Height
			digits[i].Resize(fyne.NewSize(w, h))
			digits[i].Move(fyne.NewPos(x, (size.Height-h)/2))
			x += w + theme.Px(codeBoxGap)
		}
	}
	laid := c.length
	r.refresh = func() {
		fit()
		c.paint(boxes[:c.length], digits, style)
		if laid != c.length {
			laid = c.length
			r.layout(c.Size())
		}
	}
	r.refresh()
	return r
}

func (c *CodeBoxes) paint(boxes []*box, digits []*label, style Style) {
	quiet := theme.ColorFrame
	if c.tone != Neutral {
		quiet, _ = c.tone.colors()
	}
	cursor := min(len(c.code), c.length-1)
	for i := range boxes {
		text := ""
		if i < len(c.code) {
			text = string(c.code[i])
			if c.Secret {
				text = "•"
			}
		}
		digits[i].set(text, style)
		boxes[i].fill = theme.ColorCard
		if c.disabled {
			boxes[i].fill = theme.ColorBackground
		}
		boxes[i].frame(c.focused && !c.disabled && i == cursor, quiet)
	}
}
