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
	held    map[fyne.KeyName]int
	touched time.Time
	pulse   pulse
	homing  bool // a character is on its way to the home of the scope
	capture func(Key)

	// OnDroppedScan is told of a scan that nobody takes.
	OnDroppedScan func(code string)
}

// Field is a text input as the router sees it.
type Field interface {
	// Held is the text in the field.
	Held() string
	// Restore puts back what was held before a scan landed in the field.
	Restore(text string)
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
	return &Router{
		now:     now,
		mods:    driverModifiers,
		actions: newRegistry(),
		held:    make(map[fyne.KeyName]int),
	}
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

// KeyDown notes a press, so that its repetitions can be told from it.
func (r *Router) KeyDown(ev *fyne.KeyEvent) {
	r.Touch()
	r.held[ev.Name] = 0
}

// KeyUp notes the release of a key.
func (r *Router) KeyUp(ev *fyne.KeyEvent) { delete(r.held, ev.Name) }

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
// the focused text input, nil when the focus is elsewhere.
func (r *Router) TypedKey(ev *fyne.KeyEvent, field Field) bool {
	r.Touch()
	defer r.pulse.beat(r.now)
	return r.Intercept(ev, field) || r.Dispatch(ev)
}

// Intercept takes only what belongs to a scan: the Enter that ends it and the
// second one that follows. A widget with a use of its own for Enter calls
// Intercept, then serves itself, then calls Dispatch.
func (r *Router) Intercept(ev *fyne.KeyEvent, field Field) bool {
	if FromEvent(ev.Name, r.mods()) != Enter {
		r.burst.other()
		return false
	}
	now := r.now()
	before, code, ok := r.burst.enter(now)
	switch {
	case !ok:
		return r.burst.secondEnd(now)
	case field != nil && field.TakesScan():
		field.Scanned(before, code)
	default:
		r.deliver(code)
	}
	return true
}

// deliver hands a scan that landed in no field to the scope in charge.
func (r *Router) deliver(code string) {
	for i := len(r.scopes) - 1; i >= 0; i-- {
		s := r.scopes[i]
		if s.OnScan != nil {
			s.OnScan(code)
			return
		}
		if s.modal {
			break
		}
	}
	if r.OnDroppedScan != nil {
		r.OnDroppedScan(code)
	}
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
// alone. It also watches for scans: as soon as a burst is one, a field that
// takes none gets back what it held before.
func (r *Router) TypedRune(char rune, field Field) bool {
	r.Touch()
	if field == nil {
		if r.typeAtHome(char) {
			return true
		}
		r.burst.add(r.stroke(char, ""))
		return r.press(Key(string(char)), false)
	}
	before, scanning := r.burst.add(r.stroke(char, field.Held()))
	if scanning {
		if field.TakesScan() {
			return false
		}
		if field.Held() != before {
			field.Restore(before)
		}
		return true
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
	return r.press(key, r.repeats(ks.Key()))
}

// groupSeparator is how a scanner types the sign between the parts of a marking
// code: no character comes of it.
const groupSeparator Key = "Ctrl+]"

// separate adds a group separator to a burst and tells whether there is one to add
// it to. One that comes before a code says nothing more than that a code comes.
func (r *Router) separate() bool {
	n := len(r.burst.strokes)
	if n == 0 || r.now().Sub(r.burst.strokes[n-1].at) > burstGap {
		return false
	}
	last := r.burst.strokes[n-1]
	r.burst.add(r.stroke('\x1d', last.before+string(last.r)))
	return true
}

// stroke notes a character with what the loop's pulse says of its time.
func (r *Router) stroke(char rune, before string) stroke {
	now := r.now()
	s := stroke{r: char, at: now, before: before, turn: r.pulse.turns, stall: r.pulse.stall(now)}
	if n := len(r.burst.strokes); n > 0 {
		last := r.burst.strokes[n-1]
		s.group = last.group
		if last.turn == s.turn && now.Sub(last.at) < frame {
			s.stall = last.stall // both waited for the same turn
		} else {
			s.group++
		}
	}
	r.pulse.beat(r.now)
	r.burst.other()
	return s
}

// Interrupt forgets a half-typed burst; fields call it when they lose the focus
// by a mouse click.
func (r *Router) Interrupt() { r.burst.reset() }

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
