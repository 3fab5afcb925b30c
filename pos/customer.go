package pos

import (
	"strings"
	"time"

	"kassa/pos/money"
)

// Customer is a person who may earn points and buy on credit.
type Customer struct {
	ID             CustomerID
	Name           string
	Phone          string // E.164, "" when unknown; one person per phone
	PhoneConfirmed bool   // a right code was entered for this very number
	Email          string
	Card           string // loyalty card number, unique when not ""
	Language       string // of messages: "ru", "en"…
	Group          string
	CreditLimit    money.Amount // 0: no credit
	CreatedAt      time.Time
	PhoneChangedAt time.Time
}

// Check tells the first thing wrong with a customer as CodeInvalid. The phone
// must already be E.164 (package phone).
func (c *Customer) Check() error {
	switch {
	case strings.TrimSpace(c.Name) == "":
		return E(CodeInvalid, "customer.name-empty", nil)
	case len([]rune(c.Name)) > MaxNameRunes:
		return E(CodeInvalid, "customer.name-long", Args{"Max": MaxNameRunes})
	case HasControl(c.Name + c.Email + c.Card + c.Group):
		return E(CodeInvalid, "text.control", nil)
	case c.Email != "" && !plausibleEmail(c.Email):
		return E(CodeInvalid, "customer.email", nil)
	case len([]rune(c.Card)) > MaxSKURunes:
		return E(CodeInvalid, "customer.card-long", Args{"Max": MaxSKURunes})
	case c.CreditLimit < 0 || c.CreditLimit > money.MaxAmount:
		return E(CodeInvalid, "customer.limit", nil)
	}
	return nil
}

func plausibleEmail(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && local != "" && strings.Contains(domain, ".") &&
		!strings.ContainsAny(s, " <>,;\"") && len(s) <= 254 && !strings.Contains(domain, "@")
}

// CustomerState is a customer with the figures a cashier asks about.
type CustomerState struct {
	Customer
	Points     int64        // usable now
	PointsSoon int64        // earned but not active yet
	Debt       money.Amount // owed in all
	Overdue    money.Amount // owed past its due date
	Room       money.Amount // what may still be bought on credit
}

// NewCustomerState derives the figures from a customer's lots and open debts.
func NewCustomerState(c Customer, lots []Lot, debts []Debt, now time.Time) CustomerState {
	s := CustomerState{Customer: c}
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
	if room := c.CreditLimit.Sub(s.Debt); room > 0 {
		s.Room = room
	}
	return s
}
