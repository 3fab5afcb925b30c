package exchange

import (
	"time"

	"kassa/pos"
)

// State says what carries the queue does. Words are permanent.
type State string

// The states.
const (
	Resting State = "resting" // all was told
	Sending State = "sending"
	Waiting State = "waiting" // until it tries again; Trouble says why
	Paused  State = "paused"  // by somebody
)

// Status is how the exchange stands.
type Status struct {
	State   State
	Server  string     // address of the backend; "" for the one carried in the till
	Since   time.Time  // when Trouble began
	Tries   int        // in vain, since then
	Next    time.Time  // the next try, while Waiting
	Trouble *pos.Error // for a person; nil while there is none
	Stands  bool       // time does not mend Trouble: somebody has to do something
	Contact time.Time  // when the backend answered last
	Queue   int64      // waited when the queue was read last
	Aside   int64      // was put aside then
}

// Look is how a status is shown to a person.
type Look string

// The looks.
const (
	Nothing Look = ""        // nothing to tell
	Told    Look = "told"    // all is told
	Telling Look = "telling" // a long queue is on its way
	Late    Look = "late"    // it waits, and goes on by itself
	Halted  Look = "halted"  // by somebody
	Stuck   Look = "stuck"   // somebody has to do something
)

// patience is how long a till that carries its backend is given before it tells
// that something waits.
const patience = time.Minute

// Look says what of a status a person is to see at a time: of a shop with a server
// always something, of a till that carries its backend only what is not well.
func (s *Status) Look(now time.Time) Look {
	switch {
	case s.Aside > 0, s.Trouble != nil && s.Stands:
		return Stuck
	case s.State == Paused:
		return Halted
	case s.Trouble != nil && (s.Server != "" || now.Sub(s.Since) >= patience):
		return Late
	case s.Server == "" || s.Contact.IsZero():
		return Nothing
	case s.State == Sending && s.Queue > MostCommands:
		return Telling
	}
	return Told
}
