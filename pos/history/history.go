// Package history says how far a till's history has come, who outside its data
// remembers that, and what the data lacks when it is older than somebody remembers.
// It names documents by their numbers alone and knows nothing else of them.
package history

import (
	"maps"
	"strconv"
	"strings"
	"time"
)

// Series is a run of document numbers: what has one never gives a number twice.
type Series string

// The series, permanent words; each kind of stock documents has one of its own.
const (
	Sales   Series = "sale"
	Returns Series = "return"
	Shifts  Series = "shift"
)

// Stock is the series of a kind of stock documents.
func Stock[K ~string](kind K) Series { return Series("stock." + string(kind)) }

// Numbers are a document number for each series, or another count that never goes
// back; a series that has none is not there.
type Numbers map[Series]int64

// With is the higher of both for each series. Neither is changed.
func (n Numbers) With(other Numbers) Numbers {
	most := maps.Clone(n)
	if most == nil {
		most = Numbers{}
	}
	for s, k := range other {
		most.Raise(s, k)
	}
	return most
}

// Raise takes over a number that is higher.
func (n Numbers) Raise(s Series, k int64) {
	if k > n[s] {
		n[s] = k
	}
}

// firstKey begins the names under which an event tells the first numbers of an
// epoch.
const firstKey = "first."

// TellFirst writes into an event's detail which numbers follow those given: the
// ones an epoch begins with.
func (n Numbers) TellFirst(detail map[string]string) {
	for s, k := range n {
		if k > 0 {
			detail[firstKey+string(s)] = strconv.FormatInt(k+1, 10)
		}
	}
}

// FirstOf reads what TellFirst wrote; a series that begins with 1 is not there.
func FirstOf(detail map[string]string) Numbers {
	first := Numbers{}
	for key, text := range detail {
		if s, ok := strings.CutPrefix(key, firstKey); ok {
			if k, err := strconv.ParseInt(text, 10, 64); err == nil {
				first[Series(s)] = k
			}
		}
	}
	return first
}

// Standing is how far a till's history has come, as its own records tell. What
// somebody outside the data remembers of it shows later that the data went
// backwards.
type Standing struct {
	Origin  string    `json:"origin"` // hash of the first audit event: the same in all copies of one till
	Epoch   int64     `json:"epoch"`
	Entries int64     `json:"entries"` // number and hash of the journal's newest entry
	Journal string    `json:"journal"`
	Events  int64     `json:"events"` // number and hash of the newest audit event
	Head    string    `json:"head"`
	Sale    int64     `json:"sale"`   // the newest of the epoch, 0 for none
	Return  int64     `json:"return"` // likewise
	Most    Numbers   `json:"most"`   // the highest of each series in any epoch
	At      time.Time `json:"at,omitzero"`
	// Seals are, for each kind of records that guard money, how often the sum of
	// their seals was sealed: it never goes back within an epoch.
	Seals Numbers `json:"seals,omitempty"`
}

// After reports that a standing is a later one than another of the same till.
func (s *Standing) After(other *Standing) bool {
	if s.Epoch != other.Epoch {
		return s.Epoch > other.Epoch
	}
	return s.Events > other.Events
}

// SealsSince are the counts of seals that a witness remembers of a history and that
// hold for it as it is now: of the same epoch and no later than it.
func (s *Standing) SealsSince(w *Witness) Numbers {
	if w.Kind != ByFile || w.Origin != s.Origin || w.Epoch != s.Epoch {
		return nil
	}
	return w.Seals
}

// Kind says who remembers a standing.
type Kind string

// The kinds of witnesses, permanent words.
const (
	ByFile Kind = "file" // the till's own, beside its secrets
	ByCopy Kind = "copy" // a copy of the data
)

// Witness is a standing that somebody outside the data remembers.
type Witness struct {
	Kind  Kind   `json:"kind"`
	Where string `json:"where"` // the file
	Standing
}

// Gap is what shows that the data is not what it was: it is older than a
// witness, or another history.
type Gap struct {
	Known Witness  `json:"known"`
	Now   Standing `json:"now"`
	// Forked says that the data goes on where the witness stood, but otherwise.
	Forked bool `json:"forked"`
}

// Missing are the numbers of one kind that are known and not there; First is 0
// for none.
type Missing struct{ First, Last int64 }

func missing(now, known int64) Missing {
	if known <= now {
		return Missing{}
	}
	return Missing{First: now + 1, Last: known}
}

// Text is the numbers as they are told: "118–124", "7", "—".
func (m Missing) Text() string {
	switch {
	case m.First == 0:
		return "—"
	case m.First == m.Last:
		return strconv.FormatInt(m.First, 10)
	}
	return strconv.FormatInt(m.First, 10) + "–" + strconv.FormatInt(m.Last, 10)
}

// Of are the documents of a series that the data lacks.
func (g *Gap) Of(s Series) Missing {
	now, known := g.Now.Most[s], g.Known.Most[s]
	switch s {
	case Sales:
		return g.numbered(g.Now.Sale, g.Known.Sale, now, known)
	case Returns:
		return g.numbered(g.Now.Return, g.Known.Return, now, known)
	}
	return missing(now, known)
}

// numbered is of a series that epochs have of their own: within one epoch its
// newest numbers tell, else the highest of all.
func (g *Gap) numbered(now, known, mostNow, mostKnown int64) Missing {
	if g.Now.Epoch != g.Known.Epoch {
		return missing(mostNow, mostKnown)
	}
	if now == 0 && known > 0 && mostNow > 0 && mostNow < known {
		return missing(mostNow, known) // the epoch goes on above the ones before
	}
	return missing(now, known)
}

// Entries and Events are the records of the journal and of the audit trail that
// the data lacks.
func (g *Gap) Entries() Missing { return missing(g.Now.Entries, g.Known.Entries) }

// Events: see Entries.
func (g *Gap) Events() Missing { return missing(g.Now.Events, g.Known.Events) }

// ID is the permanent id of what is said: "history.behind", "history.forked".
func (g *Gap) ID() string {
	if g.Forked {
		return "history.forked"
	}
	return "history.behind"
}

// Args are what is told with ID; of what nothing is missing, nothing is said.
func (g *Gap) Args() map[string]any {
	args := map[string]any{"Epoch": g.Known.Epoch, "Where": g.Known.Where}
	for name, m := range map[string]Missing{"Sales": g.Of(Sales), "Returns": g.Of(Returns), "Shifts": g.Of(Shifts),
		"Entries": g.Entries(), "Events": g.Events()} {
		args[name] = ""
		if m.First != 0 {
			args[name] = m.Text()
		}
	}
	return args
}

// NextEpoch is the epoch in which a till goes on that must not repeat a number
// of any of these, and the highest number of each series in them.
func NextEpoch(all ...Standing) (epoch int64, most Numbers) {
	most = Numbers{}
	for i := range all {
		epoch = max(epoch, all[i].Epoch)
		most = most.With(all[i].Most)
	}
	return epoch + 1, most
}

// Place is a sale's or return's place among all of the till, by which lists go on:
// later epochs come after earlier ones, whatever their numbers.
func Place(epoch, number int64) int64 { return epoch<<placeShift | number }

// placeShift leaves numbers forty bits.
const placeShift = 40

// IsPlace tells a place from a bare number.
func IsPlace(n int64) bool { return n >= 1<<placeShift }
