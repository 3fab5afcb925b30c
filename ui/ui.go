// Package ui is the till's window: the shell around the screens, and what
// every screen stands on.
package ui

import (
	"context"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/customerdisplay"
	"kassa/ui/sound"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// Env is what a screen or dialog stands on. It belongs to the window's
// goroutine; only what Runner runs is elsewhere.
type Env struct {
	Ctx    context.Context // ends with the window
	Kit    *widgets.Kit    // makes the controls; holds the window, the key router and the timers
	Till   *till.Till
	Runner task.Runner
	Words  *words.Words // in the language of the screen
	Actor  pos.Actor    // who is logged in; zero while locked

	// Tables reads and writes files of lists. It is there wherever somebody can
	// import or export.
	Tables Tables

	// Documents saves what is shown as PDF files.
	Documents Documents

	// OpenFile has the system's own program show a file; it is asked in the background.
	// nil where there is none.
	OpenFile func(path string) error

	// Training is nil unless the shop practises with the sandbox provider.
	Training Training

	// Pictures shows the pictures of goods; nil where there are none.
	Pictures *Pictures

	// Print is the way to the printer; nil prints nothing.
	Print *Paper

	// Exchange is the exchange with the backend behind the till; nil where nobody
	// carries the queue.
	Exchange *Exchange

	// Merchants lists the merchants of manual payments, archived ones too; nil where
	// nobody keeps any.
	Merchants func(context.Context) ([]manual.Merchant, error)

	// Payments are manual payments, kept by the backend behind the till; nil where
	// there is none.
	Payments Payments

	// Display is what customers see; nil shows nothing.
	Display *customerdisplay.Display

	// Sound is heard at the till; nil is silent.
	Sound *sound.Sounds

	spoken    *words.Words // of WordsFor, the last that were not Words
	spokenFor speech

	// Watch is told what the window shows once it is drawn: the screen or
	// dialog and the facts on it that matter. Tests and the demo wait on it; it
	// may be nil. Facts never hold a code, a PIN or a token.
	Watch func(screen string, facts map[string]string)
}

// T translates a message; args may be nil.
func (e *Env) T(id string, args pos.Args) string { return e.Words.T(id, args) }

// speech is what words differ by.
type speech struct {
	lang, symbol string
	currency     money.Currency
}

// Decimal is the mark of a fraction in the language of the screen, for what is
// typed there.
func (e *Env) Decimal() rune { return e.Words.Money().Decimal() }

// WordsFor speak a language and write the money of settings: the screen's own
// words where that is the same. They may be used in the background.
func (e *Env) WordsFor(lang string, set *pos.Settings) *words.Words {
	now := e.Till.Settings()
	if lang == e.Words.Lang() && set.Currency == now.Currency && set.CurrencySymbol == now.CurrencySymbol {
		return e.Words
	}
	want := speech{lang, set.CurrencySymbol, set.Currency}
	if e.spoken == nil || e.spokenFor != want {
		e.spoken, e.spokenFor = words.New(lang, set.Currency, set.CurrencySymbol), want
	}
	return e.spoken
}

// Shown reports to Watch what is on the screen now. Pairs are name, value,
// name, value…
func (e *Env) Shown(screen string, pairs ...string) {
	if e.Watch == nil {
		return
	}
	facts := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		facts[pairs[i]] = pairs[i+1]
	}
	e.Watch(screen, facts)
}

// Training returns the message that a practice provider kept under its id, so
// that the code window can show it as on the customer's telephone. It answers
// false when messages really go out.
type Training func(message string) (text string, ok bool)
