// Package keymap is the window in which a shop gives its actions other keys.
package keymap

import (
	"maps"
	"slices"

	"kassa/ui/keys"
)

// Preset is a set of keys somebody is used to.
type Preset struct {
	ID   string // the translation id is "keymap.preset.<ID>"
	Keys map[keys.ActionID]keys.Key
}

// Presets are the sets a shop may begin with, the one of a new shop first.
var Presets = []Preset{
	{ID: "modern"},
	// The habit of the tills that came before windows: Insert picks goods,
	// Delete strikes a line out, the asterisk asks how many, End sums up.
	{ID: "classic", Keys: map[keys.ActionID]keys.Key{
		"sale.catalogue": keys.Ins,
		"sale.remove":    keys.Del,
		"sale.qty":       "*",
		"sale.pay":       keys.End,
	}},
}

// model is the draft of a shop's keys: a router that no window listens to.
type model struct {
	draft *keys.Router
	kept  map[keys.ActionID]keys.Key
}

func newModel(live *keys.Router) *model {
	m := &model{draft: keys.NewRouter(nil), kept: live.Map()}
	for _, a := range live.Actions() {
		a.Key = live.DefaultOf(a.ID)
		m.draft.Define(a)
	}
	m.draft.SetMap(m.kept)
	return m
}

// rows are the actions with their keys, those of one place together, the places
// that work everywhere first.
func (m *model) rows() []keys.Action {
	all := m.draft.Actions()
	order := map[string]int{keys.Everywhere: -2, "sale": -1}
	for i, a := range all {
		if _, known := order[a.Place]; !known {
			order[a.Place] = i
		}
	}
	slices.SortStableFunc(all, func(a, b keys.Action) int { return order[a.Place] - order[b.Place] })
	return all
}

// own tells whether the action has another key than a new shop's.
func (m *model) own(id keys.ActionID) bool { return m.draft.KeyOf(id) != m.draft.DefaultOf(id) }

func (m *model) dirty() bool { return !maps.Equal(m.draft.Map(), m.kept) }

// give puts a key on an action. When another action has it where both work, the
// two change keys, so that none is left without.
func (m *model) give(id keys.ActionID, key keys.Key) {
	own := m.draft.Map()
	if other, taken := m.draft.Clash(id, key); taken {
		own[other] = m.draft.KeyOf(id)
	}
	own[id] = key
	m.draft.SetMap(own)
}

// swappable tells whether give can do what it says: with a third action on the
// key that the other would get, nothing can be changed.
func (m *model) swappable(id, other keys.ActionID) bool {
	third, taken := m.draft.Clash(other, m.draft.KeyOf(id))
	return !taken || third == id
}

// usual gives an action its default key back; it answers the action that has it
// now when that cannot be.
func (m *model) usual(id keys.ActionID) (keys.ActionID, bool) {
	if other, taken := m.draft.Clash(id, m.draft.DefaultOf(id)); taken {
		return other, false
	}
	own := m.draft.Map()
	delete(own, id)
	m.draft.SetMap(own)
	return "", true
}

// preset returns the preset the draft agrees with, -1 for none.
func (m *model) preset() int {
	return slices.IndexFunc(Presets, func(p Preset) bool {
		fresh := keys.NewRouter(nil)
		for _, a := range m.draft.Actions() {
			a.Key = m.draft.DefaultOf(a.ID)
			fresh.Define(a)
		}
		fresh.SetMap(p.Keys)
		return maps.Equal(fresh.Map(), m.draft.Map())
	})
}
