package pos

import (
	"strings"
	"time"

	"kassa/pos/email"
	"kassa/pos/money"
)

// Customer is a person who may earn points and buy on credit.
type Customer struct {
	ID             CustomerID
	Name           string
	Phone          string // E.164, "" when unknown; one person per phone
	PhoneConfirmed bool   // a right code was entered for this very number
	Email          string
	Card           string          // loyalty card number, unique when not ""
	Language       string          // of messages: "ru", "en"…
	Group          CustomerGroupID // "" for none
	CreditLimit    money.Amount    // 0: that of the group, or no credit
	Birthday       string          // "MM-DD" or "YYYY-MM-DD", "" when unknown
	Note           string          // for those who work here
	CreatedAt      time.Time
	PhoneChangedAt time.Time
	PhoneHeldUntil time.Time  // before, nothing is spent by the number: nobody asked the one before it
	Archived       bool       // sold to nobody under this card
	MergedInto     CustomerID // the card that took this one's place, "" for none
	ErasedAt       time.Time  // when the person was made anonymous; zero: not
	Seal           Seal       // how the seal was found when the card was read
}

// MaxCustomerNoteRunes bounds a note on a customer.
const MaxCustomerNoteRunes = 500

// Anonymous stands in place of the name of somebody who asked to be forgotten.
const Anonymous = "—"

// PhoneHold is how long nothing may be spent by a number that was recorded
// without asking the one before it.
const PhoneHold = 24 * time.Hour

// CheckHold refuses with CodeWait and Args "Until" what spends a customer's
// points or credit while the number is too new to be trusted, and with
// CodeConflict what is asked of a card that was changed past the till.
func (c *Customer) CheckHold(now time.Time) error {
	if err := c.Seal.Guard(SealCustomer, c.Name); err != nil {
		return err
	}
	if c.PhoneHeldUntil.After(now) {
		return E(CodeWait, "customer.phone-held", Args{"Name": c.Name, "Until": c.PhoneHeldUntil})
	}
	return nil
}

// ParseBirthday reads a birthday as people write one, "7.3", "07.03.1990",
// "03-07" or "1990-03-07", into the form in which a customer keeps it. "" stays
// "". CodeInvalid for what is no day, and for a day after now.
func ParseBirthday(text string, now time.Time) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", nil
	}
	for _, layout := range []string{time.DateOnly, "2.1.2006"} {
		if d, err := time.Parse(layout, text); err == nil {
			if d.Year() < 1900 || d.After(now) {
				break
			}
			return d.Format(time.DateOnly), nil
		}
	}
	for _, layout := range []string{time.DateOnly, "2006-2.1"} {
		// A leap year: the 29th of February is a birthday too.
		if d, err := time.Parse(layout, "2000-"+strings.TrimSuffix(text, ".")); err == nil {
			return d.Format("01-02"), nil
		}
	}
	return "", E(CodeInvalid, "customer.birthday", nil)
}

// Check tells the first thing wrong with a customer as CodeInvalid. The phone
// must already be E.164 (package phone).
func (c *Customer) Check() error {
	switch {
	case strings.TrimSpace(c.Name) == "":
		return E(CodeInvalid, "customer.name-empty", nil)
	case len([]rune(c.Name)) > MaxNameRunes:
		return E(CodeInvalid, "customer.name-long", Args{"Max": MaxNameRunes})
	case HasControl(c.Name + c.Email + c.Card + c.Note):
		return E(CodeInvalid, "text.control", nil)
	case c.Email != "" && !email.Plausible(c.Email):
		return E(CodeInvalid, "customer.email", nil)
	case len([]rune(c.Card)) > MaxSKURunes:
		return E(CodeInvalid, "customer.card-long", Args{"Max": MaxSKURunes})
	case len([]rune(c.Note)) > MaxCustomerNoteRunes:
		return E(CodeInvalid, "customer.note-long", Args{"Max": MaxCustomerNoteRunes})
	case c.CreditLimit < 0 || c.CreditLimit > money.MaxAmount:
		return E(CodeInvalid, "customer.limit", nil)
	}
	return nil
}

// CustomerState is a customer with the figures a cashier asks about.
type CustomerState struct {
	Customer
	Points     int64        // usable now
	PointsSoon int64        // earned but not active yet
	Debt       money.Amount // owed in all
	Overdue    money.Amount // owed past its due date
	Limit      money.Amount // what may be owed in all: an own limit or that of the group
	Room       money.Amount // what may still be bought on credit
	GroupName  string       // "" for none
}

// NewCustomerState derives the figures from a customer's group (nil for none),
// lots and open debts.
func NewCustomerState(c Customer, g *CustomerGroup, lots []Lot, debts []Debt, now time.Time) CustomerState {
	s := CustomerState{Customer: c, Limit: c.Limit(g)}
	if g != nil {
		s.GroupName = g.Name
	}
	for _, l := range lots {
		switch {
		case l.Usable(now):
			s.Points += l.Left
		case l.ActiveFrom.After(now):
			s.PointsSoon += l.Left
		}
	}
	for _, d := range debts {
		s.Debt = s.Debt.Add(d.Left)
		if d.Overdue(now) {
			s.Overdue = s.Overdue.Add(d.Left)
		}
	}
	if room := s.Limit.Sub(s.Debt); room > 0 {
		s.Room = room
	}
	return s
}
