package keys

import (
	"fmt"
	"slices"
)

// ActionID names an action for good: it is what remapped keys are stored under.
type ActionID string

// Action is something a key does.
type Action struct {
	ID    ActionID
	Label string // translation key of its name
	Key   Key    // the key now; in Define, the default
}

type registry struct {
	byID     map[ActionID]*Action
	defaults map[ActionID]Key
	changed  []*func()
}

func newRegistry() registry {
	return registry{byID: map[ActionID]*Action{}, defaults: map[ActionID]Key{}}
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
		r.actions.byID[a.ID] = &a
		r.actions.defaults[a.ID] = a.Key
	}
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

// reserved keys edit text or move between fields and can mean nothing else.
var reserved = []Key{
	Tab, "Shift+Tab", Enter, Esc, Space, Backspace, Up, Down, Left, Right,
	"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Y", "Ctrl+Z",
}

// Remap gives an action another key; an empty one restores the default. It is an
// error when the action is unknown, the key is reserved, or another action of
// the same scope has it.
func (r *Router) Remap(id ActionID, key Key) error {
	a, ok := r.actions.byID[id]
	if !ok {
		return fmt.Errorf("keys: no action %q", id)
	}
	if key == None {
		key = r.actions.defaults[id]
	} else if slices.Contains(reserved, key) {
		return fmt.Errorf("keys: %s edits text and cannot be given to an action", key)
	}
	if other, taken := r.clash(id, key); taken {
		return fmt.Errorf("keys: %s is already the key of %q", key, other)
	}
	a.Key = key
	for _, f := range r.actions.changed {
		(*f)()
	}
	return nil
}

// clash looks for an action that is bound beside id in a scope and has the key.
func (r *Router) clash(id ActionID, key Key) (ActionID, bool) {
	for _, s := range r.scopes {
		if !slices.ContainsFunc(s.bindings, func(b *binding) bool { return b.action == id }) {
			continue
		}
		for _, b := range s.bindings {
			if b.action != id && b.action != "" && key != None && r.KeyOf(b.action) == key {
				return b.action, true
			}
		}
	}
	return "", false
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
