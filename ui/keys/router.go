package keys

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Router turns keys into actions. It holds a stack of scopes, the screen below
// and dialogs above; the topmost scope that binds a key gets it, and a modal
// scope hides those under it. It belongs to the window's goroutine.
//
// A focusable widget of ours calls KeyDown, KeyUp, TypedKey, TypedRune and
// TypedShortcut before it looks at an event itself, and leaves the event alone
// when the router answers true. Attach does the same for an unfocused window.
type Router struct {
	now     func() time.Time
	mods    func() fyne.KeyModifier
	focus   func(fyne.Focusable)
	actions registry
	scopes  []*Scope
	burst   burst
	kept    kept
	fresh   fresh
	hand    pressed
	when    func(ev *fyne.KeyEvent) (time.Time, bool)
	held    map[fyne.KeyName]int
	// repeated tells that the key in hand is only held.
	repeated bool
	touched  time.Time
	pulse    pulse
	homing   bool // a character is on its way to the home of the scope
	capture  func(Key)

	// OnDroppedScan is told of a scan that nobody takes.
	OnDroppedScan func(code string)
	// OnDoubt is told that a field which takes no scan got a long burst of which
	// nobody can say whose it is; its Enter did nothing.
	OnDoubt func()
}

// Field is a text input as the router sees it.
type Field interface {
	// Held is the text in the field.
	Held() string
	// Whole tells whether all of it is selected, so that typing replaces it.
	Whole() bool
	// Restore puts back what was held before a scan landed in the field, selected
	// when it was whole.
	Restore(text string, whole bool)
	// Takes tells whether a character may stand in the field.
	Takes(char rune) bool
	// Put types a character that was held back, as if by hand.
	Put(char rune)
	// TakesScan is false for quantities, codes and PINs.
	TakesScan() bool
	// Scanned receives a finished scan and what the field held before it.
	// It is only called where TakesScan is true.
	Scanned(before, code string)
}

// NewRouter returns a router without scopes. now is the clock that tells a
// scanner from a hand; nil means time.Now.
func NewRouter(now func() time.Time) *Router {
	if now == nil {
		now = time.Now
	}
	r := &Router{
		now:     now,
		mods:    driverModifiers,
		actions: newRegistry(),
		held:    make(map[fyne.KeyName]int),
	}
	r.pulse.turned, r.pulse.needed = r.onTurn, func() bool { return len(r.kept.chars) > 0 }
	return r
}

// SetModifiers replaces the source of the modifier state, for tests; the real
// window's driver is asked by default.
func (r *Router) SetModifiers(mods func() fyne.KeyModifier) { r.mods = mods }

func driverModifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// KeyDown notes a press, so that its repetitions can be told from it. A Tab is seen
// here alone: the toolkit moves the focus by it.
func (r *Router) KeyDown(ev *fyne.KeyEvent) {
	r.Touch()
	r.note(ev)
	r.held[ev.Name], r.repeated = 0, false
	if ev.Name == fyne.KeyTab && len(r.kept.chars) > 0 {
		at, earliest := r.enterTime(ev)
		r.endAside(at, earliest, r.kept.field)
	}
}

// KeyUp notes the release of a key.
func (r *Router) KeyUp(ev *fyne.KeyEvent) {
	delete(r.held, ev.Name)
	r.repeated = false
}

// repeats counts a typed key and tells whether it is one the person only holds.
func (r *Router) repeats(name fyne.KeyName) bool {
	count, known := r.held[name]
	if !known {
		return false
	}
	r.held[name] = count + 1
	return count > 0
}

// Held notes a key that a widget serves itself and tells whether it is only a
// repetition of a press already served.
func (r *Router) Held(ev *fyne.KeyEvent) bool { return r.repeats(ev.Name) }

// TypedKey offers a key to the router and tells whether it was taken. field is
// the focused text input, nil when the focus is elsewhere. A held Enter submits
// nothing.
func (r *Router) TypedKey(ev *fyne.KeyEvent, field Field) bool {
	r.Touch()
	defer r.pulse.beat(r.now)
	if r.Intercept(ev, field) {
		return true
	}
	held := r.repeated && r.hand.ev == ev && FromEvent(ev.Name, r.mods()) == Enter
	return r.Dispatch(ev) || held
}

// Dispatch runs the action bound to the key, and tells whether there is one.
func (r *Router) Dispatch(ev *fyne.KeyEvent) bool {
	key := FromEvent(ev.Name, r.mods())
	repeated := r.repeats(ev.Name)
	if key == None || key.prints() {
		return false
	}
	return r.press(key, repeated)
}

// TypedRune offers a typed character and tells whether the widget must leave it
// alone. It also watches for scans: a field that takes none does not get quick
// characters before it is known that they are no scan.
func (r *Router) TypedRune(char rune, field Field) bool {
	r.Touch()
	switch {
	case field == nil:
		if r.typeAtHome(char) {
			return true
		}
		r.Release()
		r.burst.add(r.stroke(char, nil))
	case field.TakesScan():
		r.Release()
		r.burst.add(r.stroke(char, field))
		if _, scanning := r.burst.start(burstLength, true); scanning {
			return false
		}
	default:
		return r.typeAside(char, field)
	}
	return r.press(Key(string(char)), false)
}

// TypedShortcut offers a key with Ctrl or Alt and tells whether it was taken.
func (r *Router) TypedShortcut(s fyne.Shortcut) bool {
	ks, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return false
	}
	key := FromEvent(ks.Key(), ks.Mod())
	if key == None {
		return false
	}
	if key == groupSeparator && r.separate() {
		return true
	}
	r.Release()
	return r.press(key, r.repeats(ks.Key()))
}

// press finds the binding of a key and runs it. A held key does not run an
// action twice, but it is not given to the widget either.
func (r *Router) press(key Key, repeated bool) bool {
	if r.capture != nil && !repeated && key != Esc && key != Enter && key != Tab {
		r.capture(key)
		return true
	}
	hidden := false // by a dialog
	for i := len(r.scopes) - 1; i >= 0; i-- {
		s := r.scopes[i]
		if b := s.find(key); b != nil && (b.always || !hidden) {
			if !repeated || b.repeats {
				b.run()
			}
			return true
		}
		hidden = hidden || s.modal
	}
	return false
}

// Capture hands every key that is pressed from now on to f instead of to its
// action, until release is called: how a shop shows the key it wants. Enter,
// Esc and Tab keep their meaning, so that the person can still leave.
func (r *Router) Capture(f func(Key)) (release func()) {
	r.capture = f
	return func() { r.capture = nil }
}

// Perform runs an action as if its key had been pressed, for buttons and the
// command palette. It answers false when no scope in reach binds it now.
func (r *Router) Perform(id ActionID) bool {
	for i := len(r.scopes) - 1; i >= 0; i-- {
		s := r.scopes[i]
		for _, b := range s.bindings {
			if b.action == id && b.applies() {
				b.run()
				return true
			}
		}
		if s.modal {
			return false
		}
	}
	return false
}
