package keys

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ActionID names an action for good: it is what remapped keys are stored under.
type ActionID string

// Action is something a key does.
type Action struct {
	ID    ActionID
	Label string // translation key of its name
	Key   Key    // the key now; in Define, the default
	// Place is the screen or dialog where the key works; two actions of one
	// place cannot share a key. Empty: what stands before the first dot of the
	// ID, and for an ID without a dot Everywhere.
	Place string
}

// Everywhere is the place of actions that work on every screen.
const Everywhere = "window"

func (a Action) place() string {
	if a.Place != "" {
		return a.Place
	}
	if before, _, found := strings.Cut(string(a.ID), "."); found {
		return before
	}
	return Everywhere
}

type registry struct {
	byID     map[ActionID]*Action
	order    []ActionID
	defaults map[ActionID]Key
	own      map[ActionID]Key // the shop's own keys, also of actions not defined yet
	changed  []*func()
}

func newRegistry() registry {
	return registry{byID: map[ActionID]*Action{}, defaults: map[ActionID]Key{}, own: map[ActionID]Key{}}
}

// Define makes actions known. Defining one again with the same default keeps
// its current key, so that a screen may define its actions each time it opens.
func (r *Router) Define(actions ...Action) {
	for _, a := range actions {
		if a.ID == "" {
			panic("keys: an action needs an id")
		}
		if old, ok := r.actions.byID[a.ID]; ok {
			old.Label = a.Label
			continue
		}
		a.Place = a.place()
		r.actions.byID[a.ID] = &a
		r.actions.order = append(r.actions.order, a.ID)
		r.actions.defaults[a.ID] = a.Key
		if own, ok := r.actions.own[a.ID]; ok {
			a.Key = own
		}
	}
}

// Actions lists everything that is defined, with its current key, in the order
// of definition.
func (r *Router) Actions() []Action {
	list := make([]Action, 0, len(r.actions.order))
	for _, id := range r.actions.order {
		list = append(list, *r.actions.byID[id])
	}
	return list
}

// Action returns a defined action with its current key; the zero Action when
// there is none.
func (r *Router) Action(id ActionID) Action {
	if a, ok := r.actions.byID[id]; ok {
		return *a
	}
	return Action{}
}

// KeyOf returns the current key of an action, None when it has none.
func (r *Router) KeyOf(id ActionID) Key { return r.Action(id).Key }

// DefaultOf returns the key an action was defined with.
func (r *Router) DefaultOf(id ActionID) Key { return r.actions.defaults[id] }

// reserved keys edit text or move between fields and can mean nothing else.
var reserved = []Key{
	Tab, "Shift+Tab", Enter, Esc, Space, Backspace, Up, Down, Left, Right,
	"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Y", "Ctrl+Z",
}

// Reserved tells whether a key edits text or moves the focus and so cannot be
// given to an action. Letters and digits are reserved too: they are what is
// typed.
func Reserved(k Key) bool {
	if slices.Contains(reserved, k) {
		return true
	}
	char, size := utf8.DecodeRuneInString(string(k))
	return size == len(k) && (unicode.IsLetter(char) || unicode.IsDigit(char))
}

// Clash returns the action that has the key where id works, and false when the
// key is free for it there.
func (r *Router) Clash(id ActionID, key Key) (ActionID, bool) {
	return r.clash(id, key, r.KeyOf)
}

func (r *Router) clash(id ActionID, key Key, keyOf func(ActionID) Key) (ActionID, bool) {
	a := r.Action(id)
	for _, other := range r.actions.order {
		o := r.actions.byID[other]
		if other == id || key == None || keyOf(other) != key {
			continue
		}
		if o.Place == a.Place || o.Place == Everywhere || a.Place == Everywhere {
			return other, true
		}
	}
	return "", false
}

// Remap gives an action another key; an empty one restores the default. It is an
// error when the action is unknown, the key is reserved, or another action has
// it where this one works.
func (r *Router) Remap(id ActionID, key Key) error {
	a, ok := r.actions.byID[id]
	if !ok {
		return fmt.Errorf("keys: no action %q", id)
	}
	if key == None {
		key = r.actions.defaults[id]
	} else if Reserved(key) {
		return fmt.Errorf("keys: %s edits text and cannot be given to an action", key)
	}
	if other, taken := r.Clash(id, key); taken {
		return fmt.Errorf("keys: %s is already the key of %q", key, other)
	}
	a.Key = key
	r.actions.own[id] = key
	r.remapped()
	return nil
}

// SetMap puts the shop's own keys in force at once and the default for every
// action it does not name. What cannot be (a reserved key, two actions with one
// key where both work) is left out, and the actions left out are returned.
func (r *Router) SetMap(own map[ActionID]Key) (refused []ActionID) {
	r.actions.own = map[ActionID]Key{}
	for id, key := range own {
		if Reserved(key) {
			refused = append(refused, id)
			continue
		}
		r.actions.own[id] = key
	}
	keyOf := func(id ActionID) Key {
		if key, ok := r.actions.own[id]; ok {
			return key
		}
		return r.actions.defaults[id]
	}
	for _, id := range r.actions.order {
		if _, ok := r.actions.own[id]; !ok {
			continue
		}
		if _, taken := r.clash(id, keyOf(id), keyOf); taken {
			delete(r.actions.own, id)
			refused = append(refused, id)
		}
	}
	for id, a := range r.actions.byID {
		a.Key = keyOf(id)
	}
	slices.Sort(refused)
	r.remapped()
	return refused
}

// Map returns the keys that differ from the defaults.
func (r *Router) Map() map[ActionID]Key {
	own := map[ActionID]Key{}
	for id, a := range r.actions.byID {
		if a.Key != r.actions.defaults[id] {
			own[id] = a.Key
		}
	}
	return own
}

func (r *Router) remapped() {
	for _, f := range r.actions.changed {
		(*f)()
	}
}

// OnRemap calls f after each change of a key until stop is called, so that key
// caps stay true.
func (r *Router) OnRemap(f func()) (stop func()) {
	p := &f
	r.actions.changed = append(r.actions.changed, p)
	return func() {
		r.actions.changed = slices.DeleteFunc(r.actions.changed, func(o *func()) bool { return o == p })
	}
}
