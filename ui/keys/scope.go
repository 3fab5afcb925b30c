package keys

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Scope is what the keys mean on one screen or in one dialog.
type Scope struct {
	// Name identifies the scope in tests and logs.
	Name string
	// Empty tells whether the scan field is empty; WhenEmpty asks it. A scope
	// without a scan field leaves it nil and counts as empty.
	Empty func() bool
	// OnScan receives scans that landed in no field that takes them.
	OnScan func(code string)
	// Home is where the focus belongs when nothing has it; what is typed then
	// lands there. Nil means nowhere.
	Home fyne.Focusable

	router   *Router
	modal    bool
	bindings []*binding
}

type binding struct {
	action  ActionID // empty for a fixed key
	key     Key      // used when action is empty
	run     func()
	when    []func() bool
	repeats bool
	always  bool // dialogs above do not hide it
}

func (b *binding) applies() bool {
	for _, ok := range b.when {
		if !ok() {
			return false
		}
	}
	return true
}

// Option refines a binding.
type Option func(*Scope, *binding)

// When lets the key through to the widget unless ok answers true.
func When(ok func() bool) Option {
	return func(_ *Scope, b *binding) { b.when = append(b.when, ok) }
}

// WhenEmpty binds a key only while the scan field is empty, for keys that names
// need too: + − * Del Home.
func WhenEmpty() Option {
	return func(s *Scope, b *binding) {
		b.when = append(b.when, func() bool { return s.Empty == nil || s.Empty() })
	}
}

// Always keeps the key's meaning while dialogs lie over the scope: locking the
// till must not wait for one to be left.
func Always() Option { return func(_ *Scope, b *binding) { b.always = true } }

// Repeating lets a held key run the action again and again.
func Repeating() Option {
	return func(_ *Scope, b *binding) { b.repeats = true }
}

// Push puts a scope on the stack: a screen. Scopes below stay in reach for keys
// it does not bind.
func (r *Router) Push(name string) *Scope { return r.push(name, false) }

// PushModal puts a dialog's scope on the stack; it hides all scopes below.
func (r *Router) PushModal(name string) *Scope { return r.push(name, true) }

func (r *Router) push(name string, modal bool) *Scope {
	r.Release() // to the field they were typed into
	s := &Scope{Name: name, router: r, modal: modal}
	r.scopes = append(r.scopes, s)
	r.burst.reset()
	r.AskFresh()
	r.pulse.beat(r.now) // what is shown now is drawn first
	return s
}

// Pop takes the scope off the stack, wherever it is; popping twice is harmless.
func (s *Scope) Pop() {
	r := s.router
	if !slices.Contains(r.scopes, s) {
		return
	}
	r.Release()
	if s.modal {
		r.AskFresh()
	}
	r.scopes = slices.DeleteFunc(r.scopes, func(o *Scope) bool { return o == s })
	r.burst.reset()
}

// Bind gives the action's key, whatever it is at the moment, a meaning in the
// scope. The action must be defined.
func (s *Scope) Bind(id ActionID, run func(), opts ...Option) {
	if _, ok := s.router.actions.byID[id]; !ok {
		panic("keys: action " + string(id) + " is bound but not defined")
	}
	s.add(&binding{action: id, run: run}, opts)
}

// BindKey gives a fixed key a meaning: Enter, Esc, arrows, F1…F8 of the tenders.
func (s *Scope) BindKey(key Key, run func(), opts ...Option) {
	s.add(&binding{key: key, run: run}, opts)
}

func (s *Scope) add(b *binding, opts []Option) {
	for _, o := range opts {
		o(s, b)
	}
	s.bindings = append(s.bindings, b)
}

// find returns the binding that applies to the key now; later ones win.
func (s *Scope) find(key Key) *binding {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		b := s.bindings[i]
		k := b.key
		if b.action != "" {
			// A shop may give an action a key that types: it must still be
			// possible to type it.
			if k = s.router.KeyOf(b.action); k.prints() && s.Empty != nil && !s.Empty() {
				continue
			}
		}
		if k != None && k == key && b.applies() {
			return b
		}
	}
	return nil
}

// Reachable lists the defined actions that a key press could run now, topmost
// scope first, for the keys overlay and the command palette. A condition that
// does not hold at the moment does not hide an action.
func (r *Router) Reachable() []Action { return r.reachable(func(*binding) bool { return true }) }

// Working lists those of Reachable whose conditions hold at the moment.
func (r *Router) Working() []Action { return r.reachable((*binding).applies) }

func (r *Router) reachable(counts func(*binding) bool) []Action {
	var list []Action
	seen := map[ActionID]bool{}
	for i := len(r.scopes) - 1; i >= 0; i-- {
		for _, b := range r.scopes[i].bindings {
			if b.action == "" || seen[b.action] || !counts(b) {
				continue
			}
			seen[b.action] = true
			list = append(list, r.Action(b.action))
		}
		if r.scopes[i].modal {
			break
		}
	}
	return list
}

// Top returns the topmost scope, nil when there is none.
func (r *Router) Top() *Scope {
	if len(r.scopes) == 0 {
		return nil
	}
	return r.scopes[len(r.scopes)-1]
}

// Stack names the scopes there are, the lowest first, for tests and logs.
func (r *Router) Stack() []string {
	names := make([]string, len(r.scopes))
	for i, s := range r.scopes {
		names[i] = s.Name
	}
	return names
}
