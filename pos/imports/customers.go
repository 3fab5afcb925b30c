package imports

import (
	"io"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
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
	Note        *string
	More        string // what stood in the cell of the phone beside it: other numbers, a name
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
	return c, Raw{row.line, row.cells, row.notes}, row.bad, nil
}

func (r *row) customer(region string) Customer {
	c := Customer{
		Line: r.line, Name: r.fullName(), Card: r.code(colCard, r.filled(colCard)),
		Email: r.optional(colEmail), Group: r.optional(colGroup), Language: r.optional(colLanguage), Note: r.optional(colNote),
		Points: r.points(colPoints), Debt: r.amount(colDebt), DebtDue: r.day(colDebtDue), CreditLimit: r.amount(colLimit), Birthday: r.birthday(colBirthday),
	}
	asked := false
	c.Phone, c.More, asked = r.phones(region)
	if c.Name == "" {
		r.refuse(colName, "customer.name-empty", nil)
	}
	if c.Phone == "" && c.Card == "" && !asked {
		r.refuse("", "import.no-phone-or-card", nil)
	}
	if len(r.bad) == 0 {
		r.checkCustomer(c)
	}
	return c
}

// fullName is the name in one column or in three.
func (r *row) fullName() string {
	var parts []string
	for _, c := range []Field{colSurname, colName, colPatronymic} {
		if text := r.name(c); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}

// checkCustomer asks the rules of a customer about the row's texts.
func (r *row) checkCustomer(c Customer) {
	probe := pos.Customer{Name: c.Name, Card: c.Card, Note: c.More}
	for _, f := range []struct {
		from *string
		to   *string
	}{{c.Email, &probe.Email}, {c.Language, &probe.Language}, {c.Note, &probe.Note}} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
	err := probe.Check()
	if err == nil && c.Group != nil && pos.HasControl(*c.Group) {
		err = pos.E(pos.CodeInvalid, "text.control", nil)
	}
	if err != nil {
		r.refuseError(r.culprit(err, colName, colSurname, colPatronymic, colEmail, colCard, colGroup, colNote), err)
	}
}
