// Package keys is the one place where key presses become actions. Every widget
// that can have the focus offers its keys here first, because in Fyne a focused
// widget hides the window's own keys; see Router.
package keys

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// Key is a key with its modifiers, as it is written on a button: "F6",
// "Shift+F8", "Ctrl+Enter", "Ctrl+K", "Del", "PgUp", "+". Modifiers stand in
// the order Ctrl, Alt, Shift, Super. Letters are the ones of a Latin keyboard,
// whatever layout is active.
type Key string

// Keys without modifiers that screens name often.
const (
	None      Key = ""
	Enter     Key = "Enter"
	Esc       Key = "Esc"
	Tab       Key = "Tab"
	Space     Key = "Space"
	Backspace Key = "Backspace"
	Del       Key = "Del"
	Ins       Key = "Ins"
	Home      Key = "Home"
	End       Key = "End"
	PgUp      Key = "PgUp"
	PgDn      Key = "PgDn"
	Up        Key = "Up"
	Down      Key = "Down"
	Left      Key = "Left"
	Right     Key = "Right"
)

// named maps Fyne's names of keys that print nothing to ours.
var named = map[fyne.KeyName]Key{
	fyne.KeyReturn: Enter, fyne.KeyEnter: Enter, fyne.KeyEscape: Esc,
	fyne.KeyTab: Tab, fyne.KeySpace: Space, fyne.KeyBackspace: Backspace,
	fyne.KeyDelete: Del, fyne.KeyInsert: Ins, fyne.KeyHome: Home, fyne.KeyEnd: End,
	fyne.KeyPageUp: PgUp, fyne.KeyPageDown: PgDn,
	fyne.KeyUp: Up, fyne.KeyDown: Down, fyne.KeyLeft: Left, fyne.KeyRight: Right,
	fyne.KeyF1: "F1", fyne.KeyF2: "F2", fyne.KeyF3: "F3", fyne.KeyF4: "F4",
	fyne.KeyF5: "F5", fyne.KeyF6: "F6", fyne.KeyF7: "F7", fyne.KeyF8: "F8",
	fyne.KeyF9: "F9", fyne.KeyF10: "F10", fyne.KeyF11: "F11", fyne.KeyF12: "F12",
}

var modifiers = []struct {
	mod  fyne.KeyModifier
	name string
}{
	{fyne.KeyModifierControl, "Ctrl"},
	{fyne.KeyModifierAlt, "Alt"},
	{fyne.KeyModifierShift, "Shift"},
	{fyne.KeyModifierSuper, "Super"},
}

// FromEvent names the pressed key. It is None for keys that print a character
// and have no modifier beyond Shift: those arrive as runes.
func FromEvent(name fyne.KeyName, mod fyne.KeyModifier) Key {
	base, known := named[name]
	if !known || base == Space && mod&^fyne.KeyModifierShift == 0 {
		if mod&^fyne.KeyModifierShift == 0 || name == fyne.KeyUnknown {
			return None
		}
		if !known {
			base = Key(strings.ToUpper(string(name)))
		}
	}
	return withModifiers(base, mod)
}

func withModifiers(base Key, mod fyne.KeyModifier) Key {
	var b strings.Builder
	for _, m := range modifiers {
		if mod&m.mod != 0 {
			b.WriteString(m.name)
			b.WriteByte('+')
		}
	}
	b.WriteString(string(base))
	return Key(b.String())
}

// Parse reads a key as a person writes it in the settings: any case, modifiers
// in any order, a Cyrillic letter for the Latin one on the same key.
func Parse(s string) (Key, error) {
	rest := strings.TrimSpace(s)
	var mod fyne.KeyModifier
	for {
		cut := strings.IndexByte(rest, '+')
		if cut <= 0 || cut == len(rest)-1 {
			break
		}
		m, ok := modifierNamed(rest[:cut])
		if !ok {
			return None, fmt.Errorf("keys: %q: unknown modifier %q", s, rest[:cut])
		}
		mod |= m
		rest = rest[cut+1:]
	}
	base, ok := baseNamed(rest)
	if !ok {
		return None, fmt.Errorf("keys: %q: unknown key", s)
	}
	if utf8.RuneCountInString(string(base)) == 1 && mod == fyne.KeyModifierShift {
		return None, fmt.Errorf("keys: %q: write the character that Shift makes", s)
	}
	return withModifiers(base, mod), nil
}

func modifierNamed(s string) (fyne.KeyModifier, bool) {
	for _, m := range modifiers {
		if strings.EqualFold(m.name, s) {
			return m.mod, true
		}
	}
	return 0, false
}

func baseNamed(s string) (Key, bool) {
	for _, k := range named {
		if strings.EqualFold(string(k), s) {
			return k, true
		}
	}
	if utf8.RuneCountInString(s) != 1 {
		return None, false
	}
	return Key(strings.ToUpper(ToLatin(s))), true
}

// Cap is the key as it is drawn on a key cap.
func (k Key) Cap() string {
	switch k {
	case Up:
		return "↑"
	case Down:
		return "↓"
	case Left:
		return "←"
	case Right:
		return "→"
	case "-":
		return "–"
	}
	return string(k)
}

// prints tells whether the key alone types a character into a field.
func (k Key) prints() bool { return utf8.RuneCountInString(string(k)) == 1 }
