package shell

import (
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/ui/settings"
)

// mend opens the place where something that is not well is put right.
func (s *Shell) mend(p health.Place) {
	if tab, ok := strings.CutPrefix(string(p), health.SettingsPage); ok {
		s.choose(place{"settings", pos.RightSettings}, func() { settings.Open(s.Env, s.Admin, tab, s.onSettings) }, s.sayRefusal)
		return
	}
	if p == health.Clock {
		s.choose(place{"clock", pos.RightSettings}, s.askClock, s.sayRefusal)
		return
	}
	if i := slices.IndexFunc(places, func(e place) bool { return e.id == string(p) }); i >= 0 {
		s.choose(places[i], func() { s.open(places[i].id) }, s.sayRefusal)
	}
}
