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
	Language    *string
	Points      *int64
	Debt        *money.Amount
	DebtDue     *time.Time // the day on which Debt has to be paid, midnight UTC
	CreditLimit *money.Amount
}

const (
	colPhone    column = "phone"
	colEmail    column = "email"
	colCard     column = "card"
	colGroup    column = "group"
	colLanguage column = "language"
	colPoints   column = "points"
	colDebt     column = "debt"
	colDebtDue  column = "debt_due"
	colLimit    column = "credit_limit"
)

var customerWords = headerWords(map[column][]string{
	colName:     {"name", "имя", "фио", "покупатель", "клиент", "customer"},
	colPhone:    {"phone", "телефон", "номер телефона", "тел"},
	colEmail:    {"email", "e-mail", "почта", "электронная почта"},
	colCard:     {"card", "карта", "номер карты", "карта лояльности"},
	colGroup:    {"group", "группа"},
	colLanguage: {"language", "язык", "lang"},
	colPoints:   {"points", "баллы", "бонусы"},
	colDebt:     {"debt", "долг"},
	colDebtDue:  {"debt due", "debt_due", "долг до", "срок долга", "вернуть до"},
	colLimit:    {"credit limit", "credit_limit", "лимит", "кредитный лимит"},
})

// Customers reads a file row by row, as Products does. Phones without a country
// code belong to region.
func Customers(r io.Reader, region string, fn func(Customer, []BadRow) error) (ignored []string, err error) {
	t, err := open(r, customerWords)
	if err != nil {
		return nil, err
	}
	if !t.has(colName) {
		return nil, pos.E(pos.CodeInvalid, "import.no-column", pos.Args{"Column": string(colName)})
	}
	if !t.has(colPhone) && !t.has(colCard) {
		return nil, pos.E(pos.CodeInvalid, "import.no-column", pos.Args{"Column": string(colPhone)})
	}
	phones, cards := map[string]int{}, map[string]int{}
	for {
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			return t.ignored(), nil
		}
		if err != nil {
			return nil, err
		}
		c := row.customer(region)
		row.once(phones, colPhone, c.Phone)
		row.once(cards, colCard, c.Card)
		if err := fn(c, row.bad); err != nil {
			return nil, err
		}
	}
}

func (r *row) customer(region string) Customer {
	c := Customer{
		Line: r.line, Name: r.name(colName), Card: r.cell(colCard), Phone: r.phone(region),
		Email: r.optional(colEmail), Group: r.optional(colGroup), Language: r.optional(colLanguage),
		Points: r.points(colPoints), Debt: r.amount(colDebt), DebtDue: r.day(colDebtDue), CreditLimit: r.amount(colLimit),
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
	}{{c.Email, &probe.Email}, {c.Group, &probe.Group}, {c.Language, &probe.Language}} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
	err := probe.Check()
	if err == nil {
		return
	}
	var e *pos.Error
	column := column("")
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
