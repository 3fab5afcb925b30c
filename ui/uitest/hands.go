package uitest

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"kassa/ui/keys"
)

// The speeds of a person and of a scanner.
const (
	handGap    = 150 * time.Millisecond
	readGap    = 450 * time.Millisecond // before an Enter: what it answers was read
	scannerGap = 8 * time.Millisecond
)

var keyNames = map[keys.Key]fyne.KeyName{
	keys.Enter: fyne.KeyReturn, keys.Esc: fyne.KeyEscape, keys.Tab: fyne.KeyTab,
	keys.Space: fyne.KeySpace, keys.Backspace: fyne.KeyBackspace, keys.Del: fyne.KeyDelete,
	keys.Ins: fyne.KeyInsert, keys.Home: fyne.KeyHome, keys.End: fyne.KeyEnd,
	keys.PgUp: fyne.KeyPageUp, keys.PgDn: fyne.KeyPageDown,
	keys.Up: fyne.KeyUp, keys.Down: fyne.KeyDown, keys.Left: fyne.KeyLeft, keys.Right: fyne.KeyRight,
}

var modNames = map[string]struct {
	mod fyne.KeyModifier
	key fyne.KeyName
}{
	"Ctrl":  {fyne.KeyModifierControl, desktop.KeyControlLeft},
	"Alt":   {fyne.KeyModifierAlt, desktop.KeyAltLeft},
	"Shift": {fyne.KeyModifierShift, desktop.KeyShiftLeft},
}

// Press presses keys one after the other as a person does: "F6", "Shift+F8",
// "Ctrl+Enter", "+". It panics on a key it does not know.
func Press(w *Window, names ...keys.Key) {
	for _, name := range names {
		press(w, name)
	}
}

func press(w *Window, name keys.Key) {
	w.Clock.Advance(gapBefore(name))
	chord(w, name)
}

func gapBefore(name keys.Key) time.Duration {
	if name == keys.Enter {
		return readGap
	}
	return handGap
}

// Mash presses a key n times, each so long after the one before: a finger that
// hammers.
func Mash(w *Window, name keys.Key, n int, gap time.Duration) {
	for range n {
		w.Clock.Advance(gap)
		chord(w, name)
	}
}

// chord strikes a key with its modifiers held.
func chord(w *Window, name keys.Key) {
	rest := string(name)
	var held []fyne.KeyName
	for {
		before, after, ok := strings.Cut(rest, "+")
		m, known := modNames[before]
		if !ok || !known {
			break
		}
		w.mods |= m.mod
		held = append(held, m.key)
		keyDown(w, &fyne.KeyEvent{Name: m.key})
		rest = after
	}
	strike(w, rest)
	w.mods = 0
	for _, key := range held {
		keyUp(w, &fyne.KeyEvent{Name: key})
	}
}

// strike does what Fyne's desktop driver does with one key: down, then shortcut
// or key, then the character, then up.
func strike(w *Window, base string) {
	name, special := keyNames[keys.Key(base)]
	if !special {
		name = fyne.KeyName(base)
		if len(base) < 2 || base[0] != 'F' {
			name = charKey(base)
		}
	}
	ev := &fyne.KeyEvent{Name: name}
	keyDown(w, ev)
	defer func() { keyUp(w, ev) }()
	c := w.Fyne.Canvas()
	switch {
	case name == fyne.KeyTab && w.mods&^fyne.KeyModifierShift == 0:
		if w.mods == 0 {
			c.FocusNext()
		} else {
			c.FocusPrevious()
		}
		return
	case w.mods&^fyne.KeyModifierShift != 0:
		shortcut(w, name, w.mods)
		return
	}
	if f := c.Focused(); f != nil {
		f.TypedKey(ev)
	} else if on := c.OnTypedKey(); on != nil {
		on(ev)
	}
	if !special && (len(base) < 2 || base[0] != 'F') {
		for _, r := range base {
			typeRune(w, r)
		}
	}
}

// charKey is the driver's name of a key that prints; a Cyrillic one has none.
func charKey(s string) fyne.KeyName {
	if len(s) != 1 {
		return fyne.KeyUnknown
	}
	return fyne.KeyName(strings.ToUpper(s))
}

func shortcut(w *Window, name fyne.KeyName, mods fyne.KeyModifier) {
	s := fyne.Shortcut(&desktop.CustomShortcut{KeyName: name, Modifier: mods})
	if mods == fyne.KeyModifierControl {
		switch name {
		case fyne.KeyV:
			s = &fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()}
		case fyne.KeyC:
			s = &fyne.ShortcutCopy{Clipboard: fyne.CurrentApp().Clipboard()}
		case fyne.KeyX:
			s = &fyne.ShortcutCut{Clipboard: fyne.CurrentApp().Clipboard()}
		case fyne.KeyA:
			s = &fyne.ShortcutSelectAll{}
		}
	}
	if f, ok := w.Fyne.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	w.Keys.TypedShortcut(s) // as the real canvas does; the test canvas has no such door
}

func keyDown(w *Window, ev *fyne.KeyEvent) {
	switch f := w.Fyne.Canvas().Focused().(type) {
	case desktop.Keyable:
		f.KeyDown(ev)
	case nil:
		w.Keys.KeyDown(ev)
	}
}

func keyUp(w *Window, ev *fyne.KeyEvent) {
	switch f := w.Fyne.Canvas().Focused().(type) {
	case desktop.Keyable:
		f.KeyUp(ev)
	case nil:
		w.Keys.KeyUp(ev)
	}
}

func typeRune(w *Window, r rune) {
	c := w.Fyne.Canvas()
	if f := c.Focused(); f != nil {
		f.TypedRune(r)
	} else if on := c.OnTypedRune(); on != nil {
		on(r)
	}
}

// Type types a text at a person's speed.
func Type(w *Window, text string) {
	TypeAt(w, text, handGap)
}

// TypeAt types a text with so much time before each character: none, for a window
// that stood still meanwhile.
func TypeAt(w *Window, text string, gap time.Duration) {
	for _, r := range text {
		w.Clock.Advance(gap)
		strike(w, string(r))
	}
}

// Scan sends a code the way a scanner does: fast, with Enter at its end, and a group
// separator as Ctrl+].
func Scan(w *Window, code string) {
	w.Clock.Advance(time.Second)
	for _, r := range code {
		w.Clock.Advance(scannerGap)
		if r == '\x1d' {
			chord(w, "Ctrl+]")
			continue
		}
		strike(w, string(r))
	}
	w.Clock.Advance(scannerGap)
	strike(w, string(keys.Enter))
}

// Hold presses a key and keeps it down while it repeats n times.
func Hold(w *Window, name keys.Key, n int) {
	w.Clock.Advance(gapBefore(name))
	key, ok := keyNames[name]
	if !ok {
		key = fyne.KeyName(name)
	}
	ev := &fyne.KeyEvent{Name: key}
	keyDown(w, ev)
	for range n + 1 {
		if f := w.Fyne.Canvas().Focused(); f != nil {
			f.TypedKey(ev)
		} else if on := w.Fyne.Canvas().OnTypedKey(); on != nil {
			on(ev)
		}
	}
	keyUp(w, ev)
}

// Tap taps what is at a place of the window, and as the real driver does takes
// the focus from what is not under the finger.
func Tap(w *Window, at fyne.Position) { test.TapCanvas(w.Fyne.Canvas(), at) }

// TapText taps the first text on the screen that reads so. It panics when there
// is none, since the test cannot go on.
func TapText(w *Window, text string) {
	for _, s := range Spots(w) {
		if s.Text == drawn(text) {
			Tap(w, s.Position.AddXY(s.Size.Width/2, s.Size.Height/2))
			return
		}
	}
	panic("uitest: no text on the screen reads " + text)
}
