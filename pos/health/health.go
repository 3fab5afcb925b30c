// Package health is how a till stands: lines that say what was looked at, how it
// is and what to do, and the parcel of facts a helper far away can judge by.
package health

import "kassa/pos"

// State says how something stands.
type State string

// States, in the order of their weight. They are permanent: other programs read
// them.
const (
	Good State = "ok"
	Warn State = "note" // works, but somebody should know
	Bad  State = "bad"  // must be put right
)

// Place is where in the window a line is mended: an entry of the menu, or a page
// of the settings after SettingsPage; "" for nowhere in the window.
type Place string

// Places.
const (
	Copies       Place = "backup"
	Prints       Place = "prints"
	SelfCheck    Place = "selfcheck"
	People       Place = "people"
	Seals        Place = "seals"
	Queue        Place = "queue"
	ServerPage   Place = SettingsPage + "server"
	Clock        Place = "clock" // where somebody says that it is right
	SettingsPage       = "settings:"
	ShopPage     Place = SettingsPage + "shop"
	SMSPage      Place = SettingsPage + "integrations"
	PrinterPage  Place = SettingsPage + "printer"
)

// Line is one thing that was looked at.
type Line struct {
	Name  string // permanent: "disk", "database"; its words are "health.<name>"
	State State
	ID    string // of the sentence that says how it is and what to do
	Args  pos.Args
	Err   error // what an adapter answered; says the sentence where ID is ""
	Place Place
}

// Words turn messages and errors into sentences.
type Words interface {
	T(id string, args pos.Args) string
	Error(err error) string
}

// Say is the line's sentence.
func (l Line) Say(w Words) string {
	if l.ID == "" && l.Err != nil {
		return w.Error(l.Err)
	}
	return w.T(l.ID, l.Args)
}

// Worst is the weightiest state among lines; Good for none.
func Worst(lines []Line) State {
	worst := Good
	for _, l := range lines {
		switch {
		case l.State == Bad:
			return Bad
		case l.State == Warn:
			worst = Warn
		}
	}
	return worst
}

// Count is how many lines stand so.
func Count(lines []Line, s State) int {
	n := 0
	for _, l := range lines {
		if l.State == s {
			n++
		}
	}
	return n
}

// File is one file of a parcel.
type File struct {
	Name string
	Body []byte
}

// Bundle is the parcel for support: what is needed to judge a fault from afar,
// without secrets and without anything about a person.
type Bundle struct{ Files []File }
