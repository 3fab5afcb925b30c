package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/icons"
	"kassa/ui/keys"
	"kassa/ui/theme"
)

// Kind is the weight of a button. A screen has one Primary.
type Kind int

// The kinds.
const (
	Secondary   Kind = iota // a card with a line
	Primary                 // filled with the accent
	WarnKind                // secondary with amber ink: allowed, but worth a thought
	DangerKind              // secondary with red ink: takes something away
	Quiet                   // only ink, until the pointer is over it
	PrimaryWarn             // filled with amber: the main action, worth a thought
)

// ButtonSize is the height and type of a button.
type ButtonSize int

// The sizes.
const (
	Normal  ButtonSize = iota // 44 high
	Large                     // 56 high, the footer of a dialog
	Huge                      // 84 high with the largest label: payment
	Compact                   // 44 high with small type: the key bar
)

// Button is something to press. Set its exported fields before it is shown, or
// call Refresh after.
type Button struct {
	widget.BaseWidget
	Label    string
	Kind     Kind
	Height   ButtonSize
	Action   keys.ActionID // whose key is drawn and which a tap performs
	Key      keys.Key      // a fixed key to draw, when there is no Action
	OnTapped func()        // what a tap does; nil performs Action

	CapFirst bool       // the cap stands before the label
	Leading  bool       // the content stands at the left, not in the middle
	Value    string     // a figure at the right end
	ValueIn  Style      // the style of Value; the zero Style means Strong
	Selected bool       // drawn as the chosen one of several
	Icon     icons.Icon // before everything else

	kit      *Kit
	disabled bool
	focused  bool
	hovered  bool
	stopKeys func()
}

var (
	_ fyne.Focusable    = (*Button)(nil)
	_ fyne.Tappable     = (*Button)(nil)
	_ fyne.Disableable  = (*Button)(nil)
	_ desktop.Keyable   = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
	_ fyne.Shortcutable = (*Button)(nil)
)

// Button returns a button that calls tapped.
func (k *Kit) Button(label string, kind Kind, tapped func()) *Button {
	b := &Button{kit: k, Label: label, Kind: kind, OnTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// ActionButton returns a button that performs an action and shows its live key.
func (k *Kit) ActionButton(label string, kind Kind, action keys.ActionID) *Button {
	b := k.Button(label, kind, nil)
	b.Action = action
	return b
}

// KeyButton returns a button with a fixed key on it; the key itself is bound by
// the scope.
func (k *Kit) KeyButton(label string, kind Kind, key keys.Key, tapped func()) *Button {
	b := k.Button(label, kind, tapped)
	b.Key = key
	return b
}

// SetLabel changes the label.
func (b *Button) SetLabel(label string) {
	if b.Label != label {
		b.Label = label
		b.Refresh()
	}
}

// SetValue changes the figure at the right end.
func (b *Button) SetValue(value string, style Style) {
	if b.Value != value || b.ValueIn != style {
		b.Value, b.ValueIn = value, style
		b.Refresh()
	}
}

// SetSelected draws the button as the chosen one, or not.
func (b *Button) SetSelected(on bool) {
	if b.Selected != on {
		b.Selected = on
		b.Refresh()
	}
}

// Enable implements fyne.Disableable.
func (b *Button) Enable() { b.setDisabled(false) }

// Disable implements fyne.Disableable.
func (b *Button) Disable() { b.setDisabled(true) }

// SetEnabled enables or disables the button.
func (b *Button) SetEnabled(on bool) { b.setDisabled(!on) }

func (b *Button) setDisabled(off bool) {
	if b.disabled == off {
		return
	}
	b.disabled = off
	b.Refresh()
}

// Disabled implements fyne.Disableable.
func (b *Button) Disabled() bool { return b.disabled }

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	b.kit.Keys.Touch()
	if b.disabled {
		return
	}
	b.press()
	b.kit.settle()
}

func (b *Button) press() {
	switch {
	case b.disabled:
	case b.OnTapped != nil:
		b.OnTapped()
	case b.Action != "":
		b.kit.Keys.Perform(b.Action)
	}
}

// key returns what the cap shows.
func (b *Button) key() keys.Key {
	if b.Action != "" {
		return b.kit.Keys.KeyOf(b.Action)
	}
	return b.Key
}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.focused = true; b.Refresh(); b.kit.reveal() }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune implements fyne.Focusable.
func (b *Button) TypedRune(r rune) { b.kit.Keys.TypedRune(r, nil) }

// TypedKey implements fyne.Focusable: Enter and Space press the focused button.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	if b.kit.Keys.Intercept(ev, nil) {
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if !b.kit.Keys.Held(ev) {
			b.press()
		}
	case fyne.KeyLeft, fyne.KeyUp:
		if !b.kit.Keys.Dispatch(ev) {
			b.kit.Window.Canvas().FocusPrevious()
		}
	case fyne.KeyRight, fyne.KeyDown:
		if !b.kit.Keys.Dispatch(ev) {
			b.kit.Window.Canvas().FocusNext()
		}
	default:
		b.kit.Keys.Dispatch(ev)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (b *Button) TypedShortcut(s fyne.Shortcut) { b.kit.Keys.TypedShortcut(s) }

// KeyDown implements desktop.Keyable.
func (b *Button) KeyDown(ev *fyne.KeyEvent) { b.kit.Keys.KeyDown(ev) }

// KeyUp implements desktop.Keyable.
func (b *Button) KeyUp(ev *fyne.KeyEvent) { b.kit.Keys.KeyUp(ev) }

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() { b.hovered = false; b.Refresh() }

// look is how the button is drawn in its present state.
func (b *Button) look() (fill, line fyne.ThemeColorName, text Style) {
	text = b.labelStyle()
	switch b.Kind {
	case Primary, PrimaryWarn:
		fill, line = theme.ColorAccent, theme.ColorNone
		if b.Kind == PrimaryWarn {
			fill = theme.ColorWarn
		} else if b.hovered {
			fill = theme.ColorAccentDown
		}
		text = text.In(theme.InkOn(fill)).InBold()
	case Quiet:
		fill, line = theme.ColorNone, theme.ColorNone
	default:
		fill, line = theme.ColorCard, theme.ColorEdge
	}
	switch b.Kind {
	case WarnKind:
		text = text.In(theme.ColorWarn)
	case DangerKind:
		text = text.In(theme.ColorBad)
	}
	if b.hovered && b.Kind != Primary && b.Kind != PrimaryWarn {
		fill = theme.ColorHover
	}
	if b.Selected {
		fill = theme.ColorAccentSoft
	}
	if b.disabled {
		return b.lookOff(text.In(theme.ColorMuted))
	}
	return fill, line, text
}

// lookOff is how a button is drawn that cannot be pressed: it keeps its shape and
// lies flat, as its key does. Nothing that can be pressed looks so.
func (b *Button) lookOff(text Style) (fill, line fyne.ThemeColorName, _ Style) {
	switch b.Kind {
	case Primary, PrimaryWarn:
		return theme.ColorCap, theme.ColorNone, text
	case Quiet:
		return theme.ColorNone, theme.ColorNone, text
	default:
		return theme.ColorNone, theme.ColorLine, text
	}
}

func (b *Button) labelStyle() Style {
	s := Body
	switch {
	case b.Height == Compact:
		s = Small
	case b.Height == Huge:
		s.Size = theme.SizeLarge
	case b.Height == Large && b.Kind == Primary:
		s.Size = theme.SizeFigure
	}
	return s
}

// lowWindow is the height (at scale 1) below which screens have to save room.
const lowWindow = 700

func (b *Button) height() float32 {
	switch b.Height {
	case Large:
		return 56
	case Huge:
		if b.kit.windowSize().Height < lowWindow {
			return 60
		}
		return 84
	default:
		return theme.TouchHeight
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		b:      b,
		ground: newBox(theme.ColorCard, theme.ColorEdge, theme.RadiusField),
		ring:   newBox(theme.ColorNone, theme.ColorNone, theme.RadiusField-2),
		label:  newLabel("", Body),
		value:  newLabel("", Strong),
		cap:    NewKeyCap(keys.None),
		icon:   newIcon(),
	}
	b.stopKeys = b.kit.Keys.OnRemap(b.Refresh)
	r.Refresh()
	return r
}
