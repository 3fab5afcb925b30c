package shop

import (
	"context"

	"kassa/pos"
	"kassa/pos/health"
)

// keysHealth tells whether the keys of this computer belong to the data, and
// whether the owner has a way in without them. A demo shows its PINs to everybody
// and needs none.
func (s *Shop) keysHealth(ctx context.Context) []health.Line {
	l := health.Line{Name: "keys", State: health.Good, ID: "health.keys-ok", Args: pos.Args{"Dir": s.Home.Secrets()}}
	if s.Keys != nil {
		return []health.Line{{Name: l.Name, State: health.Bad, Err: s.Keys}}
	}
	mark, err := s.keysMark(ctx)
	switch {
	case err != nil:
		return []health.Line{{Name: l.Name, State: health.Bad, Err: err}}
	case mark == "":
		l.ID = "health.keys-unproved"
		nobody, err := s.unstaffed(ctx)
		if err != nil {
			return []health.Line{{Name: l.Name, State: health.Bad, Err: err}}
		}
		if nobody { // of a copy the PINs are lost with its keys
			l.State, l.ID = health.Warn, "login.nobody"
		}
	}
	if s.Settings().Demo {
		return []health.Line{l}
	}
	r := health.Line{Name: "recovery", State: health.Warn, ID: "health.recovery-none", Place: health.People}
	at, err := s.Till.RecoveryMade(ctx)
	switch {
	case err != nil:
		r.ID, r.Err = "", err
	case !at.IsZero():
		r.State, r.ID, r.Args = health.Good, "health.recovery-made", pos.Args{"At": at}
	}
	return []health.Line{l, r}
}
