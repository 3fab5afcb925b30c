package exchange

import (
	"encoding/json"
	"slices"
	"time"
)

// ChangeKind says what kind of thing changed at a backend. Words are permanent.
type ChangeKind string

// The kinds. The body of each is the JSON of its type in package manual; a
// merchant comes without its image.
const (
	ManualMerchant ChangeKind = "manual.merchant"
	ManualOffer    ChangeKind = "manual.offer"
	ManualOrder    ChangeKind = "manual.order"
)

var changeKinds = []ChangeKind{ManualMerchant, ManualOffer, ManualOrder}

// Known reports a kind this program knows. One of a later backend is passed over.
func (k ChangeKind) Known() bool { return slices.Contains(changeKinds, k) }

// ChangeKinds are all that this program knows, in one text.
func ChangeKinds() (all string) {
	for _, k := range changeKinds {
		all += string(k) + " "
	}
	return all
}

// Change is how something that is shared stands at a backend. It tells the whole
// thing and not what is new about it: whoever misses one in between misses nothing.
type Change struct {
	Kind    ChangeKind
	ID      string
	Version int64 // grows with each change of the thing
	Body    json.RawMessage
}

// Changes are a page of a backend's change feed, in the order in which they were
// committed; of a thing that changed several times the last alone.
type Changes struct {
	Changes []Change
	Next    string // cursor of what comes after them; says nothing to anybody but the backend
	More    bool   // there is more behind them now
	// Anew says that the page is the first of all there is: nothing was asked for, or
	// what was asked for is of another past than the backend's own, as when that was
	// restored from an old copy. What is known and is not in what follows, is not.
	Anew bool
}

// A till that has nothing to tell waits at a server for what others change: so long at
// a time, and so many tills at one program.
const (
	LongestWait = 25 * time.Second
	MostWaiting = 1000
)

// Limits of one page of changes.
const (
	MostChanges     = 200
	MostChangeBytes = 900 << 10 // of the bodies together; an answer of MostAnswer holds them with what is written around
)
