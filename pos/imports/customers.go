package imports

import (
	"errors"
	"io"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/phone"
)

// Customer is one row of a file of customers. A nil field stood empty or has no
// column; at least one of Phone and Card is not empty.
type Customer struct {
	Line        int
	Name        string
	Phone       string // E.164
	Card        string
	Email       *string
	Group       *string
	Birthday    *string // "MM-DD" or "YYYY-MM-DD"
	Language    *string
	Points      *int64
	Debt        *money.Amount
	DebtDue     *time.Time // the day on which Debt has to be paid, midnight UTC
	CreditLimit *money.Amount
}

// Customers is Products for customers. Phones without a country code belong to
// region.
func Customers(r io.Reader, region string, fn func(Customer, []BadRow) error) (ignored []string, err error) {
	return each(r, KindCustomers, region, func(t *Reader) error {
		c, _, bad, err := t.Customer()
		if err != nil {
			return err
		}
		return fn(c, bad)
	})
}

// Customer reads the next row, with what is wrong with it; a row with something
// wrong must not be stored. io.EOF after the last.
func (t *Reader) Customer() (Customer, Raw, []BadRow, error) {
	row, err := t.next()
	if err != nil {
		return Customer{}, Raw{}, nil, err
	}
	c := row.customer(t.region)
	row.once(colPhone, c.Phone)
	row.once(colCard, c.Card)
	return c, Raw{row.line, row.cells}, row.bad, nil
}

func (r *row) customer(region string) Customer {
	c := Customer{
		Line: r.line, Name: r.name(colName), Card: r.cell(colCard), Phone: r.phone(region),
		Email: r.optional(colEmail), Group: r.optional(colGroup), Language: r.optional(colLanguage),
		Points: r.points(colPoints), Debt: r.amount(colDebt), DebtDue: r.day(colDebtDue), CreditLimit: r.amount(colLimit), Birthday: r.birthday(colBirthday),
	}
	if c.Name == "" {
		r.refuse(colName, "customer.name-empty", nil)
	}
	if c.Phone == "" && c.Card == "" && r.cell(colPhone) == "" {
		r.refuse("", "import.no-phone-or-card", nil)
	}
	if len(r.bad) == 0 {
		r.checkCustomer(c)
	}
	return c
}

func (r *row) phone(region string) string {
	text := r.cell(colPhone)
	if text == "" {
		return ""
	}
	number, err := phone.Parse(text, region)
	var bad *phone.ParseError
	switch {
	case errors.As(err, &bad):
		r.refuse(colPhone, "phone.reason."+string(bad.Reason), nil)
	case err != nil:
		r.refuse(colPhone, "import.bad-value", nil)
	}
	return number
}

// checkCustomer asks the rules of a customer about the row's texts.
func (r *row) checkCustomer(c Customer) {
	probe := pos.Customer{Name: c.Name, Card: c.Card}
	for _, f := range []struct {
		from *string
		to   *string
	}{{c.Email, &probe.Email}, {c.Language, &probe.Language}} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
	err := probe.Check()
	if err == nil && c.Group != nil && pos.HasControl(*c.Group) {
		err = pos.E(pos.CodeInvalid, "text.control", nil)
	}
	if err == nil {
		return
	}
	var e *pos.Error
	column := Field("")
	if errors.As(err, &e) {
		switch {
		case strings.HasPrefix(e.ID, "customer.name"):
			column = colName
		case strings.HasPrefix(e.ID, "customer.email"):
			column = colEmail
		case strings.HasPrefix(e.ID, "customer.card"):
			column = colCard
		}
	}
	r.refuseError(column, err)
}
