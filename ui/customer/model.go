package customer

import (
	"slices"
	"strings"
	"unicode"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/phone"
	"kassa/pos/till"
)

// searchLimit is how many customers a search shows, and a page of all of them.
const searchLimit = 50

// nearEnd is how near to the last row the next page is fetched.
const nearEnd = 15

// search is what the search dialog knows.
type search struct {
	rows     []pos.CustomerState
	text     string // what rows were found by
	guessed  bool   // rows are what text may have been meant for
	needs    bool   // only somebody with a phone will do
	wantsOne bool   // Enter or a scan came before the answer: take it if it is the only one
}

// choice is the customer to take when a wanted answer arrives: the only one, or
// the one whose card was read.
func (s *search) choice() (pos.CustomerState, bool) {
	if !s.wantsOne || s.guessed {
		return pos.CustomerState{}, false
	}
	if len(s.rows) == 1 {
		return s.rows[0], true
	}
	for _, c := range s.rows {
		if c.Card != "" && c.Card == strings.TrimSpace(s.text) {
			return c, true
		}
	}
	return pos.CustomerState{}, false
}

// check refuses a customer who will not do, as CodeInvalid.
func (s *search) check(c *pos.Customer) error {
	if s.needs && c.Phone == "" {
		return pos.E(pos.CodeInvalid, "credit.no-phone", pos.Args{"Name": c.Name})
	}
	return nil
}

// Masked is how a customer's number is shown, "" for none.
func Masked(c *pos.Customer) string {
	if c.Phone == "" {
		return ""
	}
	return phone.Mask(c.Phone)
}

// prefill puts what was typed into the search where it belongs: a number into
// the phone, anything else into the name.
func prefill(typed string) till.NewCustomer {
	typed = strings.TrimSpace(typed)
	digits := len(phone.Digits(typed))
	letters := strings.IndexFunc(typed, unicode.IsLetter) >= 0
	switch {
	case !letters && digits >= 7:
		return till.NewCustomer{Phone: typed}
	case letters:
		return till.NewCustomer{Name: typed}
	}
	return till.NewCustomer{}
}

// edited is a customer as the form takes it.
func edited(c pos.Customer) till.NewCustomer {
	return till.NewCustomer{Name: c.Name, Phone: c.Phone, Email: c.Email, Card: c.Card, Language: c.Language,
		Group: c.Group, CreditLimit: c.CreditLimit, Birthday: c.Birthday, Note: c.Note}
}

// shownBirthday is a stored birthday as people write it: "07.03" or
// "07.03.1990".
func shownBirthday(stored string) string {
	parts := strings.Split(stored, "-")
	slices.Reverse(parts)
	return strings.Join(parts, ".")
}

// fieldOf names the field of the form an error is about, "" for none of them.
func fieldOf(id string) string {
	for prefix, field := range map[string]string{
		"customer.name": "name", "phone.": "phone", "customer.phone": "phone", "customer.card": "card",
		"customer.email": "email", "customer.limit": "limit", "number.": "limit", "customer.birthday": "birthday", "customer.note": "note",
	} {
		if strings.HasPrefix(id, prefix) {
			return field
		}
	}
	return ""
}

// repayment is what the repayment dialog knows.
type repayment struct {
	card   *till.CardView
	method pos.Method
	typed  string
	busy   bool
}

// left is what would still be owed; ok is false while no sensible sum is typed.
func (r *repayment) left() (left money.Amount, ok bool) {
	amount, err := money.ParseAmount(r.typed)
	if err != nil || r.card == nil || amount <= 0 || amount > r.card.Debt {
		return 0, false
	}
	return r.card.Debt.Sub(amount), true
}

// room is what a customer may still buy on credit now: nothing while a debt is
// overdue.
func room(c *pos.CustomerState) money.Amount {
	if c.Overdue > 0 {
		return 0
	}
	return c.Room
}
