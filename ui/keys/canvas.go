package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Attach feeds the router with the keys of a window in which nothing has the
// focus, and lets it give the focus back to the scope's Home.
func (r *Router) Attach(c fyne.Canvas) {
	r.focus = c.Focus
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) { r.TypedKey(ev, nil) })
	c.SetOnTypedRune(func(char rune) { r.TypedRune(char, nil) })
	if d, ok := c.(desktop.Canvas); ok {
		d.SetOnKeyDown(r.KeyDown)
		d.SetOnKeyUp(r.KeyUp)
	}
	for _, mod := range []fyne.KeyModifier{
		fyne.KeyModifierControl, fyne.KeyModifierAlt,
		fyne.KeyModifierControl | fyne.KeyModifierShift, fyne.KeyModifierAlt | fyne.KeyModifierShift,
	} {
		for _, name := range shortcutKeys() {
			c.AddShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: mod}, func(s fyne.Shortcut) { r.TypedShortcut(s) })
		}
	}
}

// shortcutKeys are the keys an unfocused window listens to together with a
// modifier; its canvas knows shortcuts only by their exact name.
func shortcutKeys() []fyne.KeyName {
	list := make([]fyne.KeyName, 0, 64)
	for name := range named {
		list = append(list, name)
	}
	for c := 'A'; c <= 'Z'; c++ {
		list = append(list, fyne.KeyName(c))
	}
	for c := '0'; c <= '9'; c++ {
		list = append(list, fyne.KeyName(c))
	}
	return append(list, fyne.KeyComma, fyne.KeyPeriod, fyne.KeySlash, fyne.KeyMinus, fyne.KeyEqual, fyne.KeyPlus, fyne.KeyRightBracket)
}

// home is the Home of the scope in charge, nil when it has none.
func (r *Router) home() fyne.Focusable {
	for i := len(r.scopes) - 1; i >= 0; i-- {
		if h := r.scopes[i].Home; h != nil {
			return h
		}
		if r.scopes[i].modal {
			return nil
		}
	}
	return nil
}

// GoHome gives the focus to the Home of the scope in charge and tells whether
// there is one.
func (r *Router) GoHome() bool {
	h := r.home()
	if h == nil || r.focus == nil {
		return false
	}
	r.focus(h)
	return true
}

// typeAtHome forwards a character typed outside of any field. A home that is no
// field, such as a table, hands it back here, where it is a key then. In a home that
// is switched off it would vanish, and a scan with it.
func (r *Router) typeAtHome(char rune) bool {
	h := r.home()
	if d, ok := h.(fyne.Disableable); ok && d.Disabled() {
		return false
	}
	if h == nil || char == ' ' || r.homing || !r.GoHome() {
		return false
	}
	r.homing = true
	defer func() { r.homing = false }()
	h.TypedRune(char)
	return true
}
