package shell

import (
	"strings"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/ui/settings"
)

// mend opens the place where something that is not well is put right.
func (s *Shell) mend(p health.Place) {
	if tab, ok := strings.CutPrefix(string(p), health.SettingsPage); ok {
		s.choose(place{id: "settings", right: pos.RightSettings}, func() { settings.Open(s.Env, s.Admin, tab, s.onSettings) }, s.sayRefusal)
		return
	}
	if p == health.Clock {
		s.choose(place{id: "clock", right: pos.RightSettings}, s.askClock, s.sayRefusal)
		return
	}
	if e, ok := placeOf(string(p)); ok {
		s.choose(e, func() { s.open(e.id) }, s.sayRefusal)
	}
}
