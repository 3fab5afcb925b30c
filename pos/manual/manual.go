// Package manual holds the rules of manual payments: money that moved outside the
// till, of which somebody says that it did and somebody else that it arrived. It
// knows who may take an order from one state to another and where, what a merchant
// keeps of a payment, how a refund goes back, and how all of it is booked.
//
// What was asked for and what was confirmed are kept apart: the first is never
// written over.
package manual

import (
	"strings"
	"time"

	"github.com/bojanz/currency"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/pan"
)

// Limits of what is typed, in runes.
const (
	MaxText    = 1000 // a comment, a description, a reason
	MaxHint    = 200
	MaxContact = 254
	MaxID      = 64
)

// Person is somebody who did something, as the till named them. The zero Person is
// nobody: the customer, or time.
type Person struct {
	ID   string `json:"id,omitempty" maxLength:"64"`
	Name string `json:"name,omitempty" maxLength:"100"`
}

// Check refuses a name that cannot be kept.
func (p *Person) Check() error {
	if err := checkText("by", p.ID, MaxID); err != nil {
		return err
	}
	return checkText("by", p.Name, MaxText)
}

// Terms are what a payment came to, as somebody said.
type Terms struct {
	Price    money.Amount   `json:"price" doc:"Minor units of the currency"`
	Currency money.Currency `json:"currency"`
	Date     time.Time      `json:"date" doc:"When it was paid; never in the future"`
	Comment  string         `json:"comment,omitempty"`
}

// Check refuses terms that cannot be, at a time.
func (t *Terms) Check(now time.Time) error {
	switch {
	case t.Price <= 0:
		return pos.E(pos.CodeInvalid, "manual.price-low", nil)
	case t.Price > money.MaxAmount:
		return pos.E(pos.CodeInvalid, "manual.price-high", nil)
	case !KnownCurrency(t.Currency):
		return checkCurrency(t.Currency)
	case t.Date.IsZero() || t.Date.After(now):
		return pos.E(pos.CodeInvalid, "manual.future", nil)
	}
	return checkText("comment", t.Comment, MaxText)
}

// same compares terms but for the comment.
func (t *Terms) same(o *Terms) bool {
	return t.Price == o.Price && t.Currency == o.Currency && t.Date.Equal(o.Date)
}

// KnownCurrency reports a code of ISO 4217. The library takes none at all for one.
func KnownCurrency(c money.Currency) bool {
	return c != "" && c != money.Points && currency.IsValid(string(c))
}

func checkCurrency(c money.Currency) error {
	if !KnownCurrency(c) {
		return pos.E(pos.CodeInvalid, "manual.currency", pos.Args{"Currency": short(string(c))})
	}
	return nil
}

// Wrong is what is wrong with one field of what somebody fills in.
type Wrong struct {
	Field string
	Err   error // a *pos.Error
}

// Wrongs is all that is wrong, at most one thing of a field, in the order in which it
// was found.
type Wrongs []Wrong

// Of is what is wrong with a field, nil for nothing.
func (w Wrongs) Of(field string) error {
	for i := range w {
		if w[i].Field == field {
			return w[i].Err
		}
	}
	return nil
}

// add keeps the first thing wrong with a field.
func (w *Wrongs) add(field string, err error) {
	if err != nil && w.Of(field) == nil {
		*w = append(*w, Wrong{field, err})
	}
}

func firstWrong(all Wrongs) error {
	if len(all) > 0 {
		return all[0].Err
	}
	return nil
}

// checkText refuses what is too long, has control characters or the number of a
// card: a backend has no business with those.
func checkText(field, text string, most int) error {
	switch {
	case len([]rune(text)) > most:
		return pos.E(pos.CodeInvalid, "manual.text-long", pos.Args{"Field": field, "Most": most})
	case pos.HasControl(text):
		return pos.E(pos.CodeInvalid, "text.control", nil)
	}
	return NoCard(text)
}

// NoCard refuses a text with the number of a card.
func NoCard(text string) error {
	if masked, had := pan.Mask(text); had {
		return pos.E(pos.CodeInvalid, "text.card-number", pos.Args{"Text": masked})
	}
	return nil
}

// checkName is checkText for what must be there.
func checkName(field, text string) error {
	if strings.TrimSpace(text) == "" {
		return pos.E(pos.CodeInvalid, "manual.name-empty", pos.Args{"Field": field})
	}
	return checkText(field, text, pos.MaxNameRunes)
}

func checkID(id string) error {
	if id == "" || len(id) > MaxID || pos.HasControl(id) || strings.Contains(id, " ") {
		return pos.E(pos.CodeInvalid, "manual.id", nil)
	}
	return NoCard(id)
}

// short makes a piece of input fit for a sentence.
func short(s string) string {
	if r := []rune(s); len(r) > 8 {
		return string(r[:8]) + "…"
	}
	return s
}
