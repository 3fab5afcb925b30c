package customerdisplay

import (
	"strings"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/till"
)

// Scene is what the display shows as a whole.
type Scene string

// The scenes.
const (
	Idle     Scene = "idle"
	Ringing  Scene = "ringing"
	Paying   Scene = "paying"
	Code     Scene = "code"
	Sold     Scene = "sold"
	Returned Scene = "returned"
)

// Line is goods on the cheque.
type Line struct {
	Name  string
	Unit  string
	Qty   money.Quantity
	Price money.Amount
	Sum   money.Amount // what it costs after every discount
}

// model is all the display knows: nothing that is not the customer's own
// business, and no phone, debt, surname or code.
type model struct {
	lines    []Line
	customer string // first name; "" for nobody
	total    money.Amount
	paid     money.Amount
	due      money.Amount
	change   money.Amount
	earn     int64

	paying bool
	coding confirm.Operation // "" while no code is asked for

	thanks   Scene // Sold or Returned, until it has been seen long enough; "" for none
	given    money.Amount
	earned   int64
	greeting string // first name of who is thanked
}

// scene is what is shown now. What the customer must do comes first.
func (m *model) scene() Scene {
	switch {
	case m.coding != "":
		return Code
	case m.paying:
		return Paying
	case len(m.lines) > 0:
		return Ringing
	case m.thanks != "":
		return m.thanks
	}
	return Idle
}

// cheque takes over what the sale screen shows.
func (m *model) cheque(v *till.ChequeView) {
	m.lines = m.lines[:0]
	live := 0
	for i := range v.Cheque.Lines {
		l := &v.Cheque.Lines[i]
		if l.Removed || live >= len(v.Totals.Lines) {
			continue
		}
		t := &v.Totals.Lines[live]
		live++
		m.lines = append(m.lines, Line{Name: l.Name, Unit: l.Unit, Qty: l.Qty, Price: l.Price, Sum: t.Sum})
	}
	t := &v.Totals
	m.total, m.paid, m.due, m.change, m.earn = t.Total, t.Paid, t.Due, t.Change, t.Earn
	m.customer = ""
	if v.Customer != nil {
		m.customer = firstName(v.Customer.Name)
	}
	if len(m.lines) > 0 {
		m.thanks = ""
	}
}

// sold takes over a stored sale.
func (m *model) sold(s *pos.Sale) {
	greeting := m.customer
	*m = model{thanks: Sold, given: s.Change, earned: s.PointsEarned, greeting: greeting}
}

// returned takes over what is given back for a return.
func (m *model) returned(sum money.Amount) { *m = model{thanks: Returned, given: sum} }

// firstName is the name a customer is called by: the first word, or the middle
// one of surname, name and patronymic.
func firstName(name string) string {
	words := strings.Fields(name)
	switch {
	case len(words) == 0:
		return ""
	case len(words) >= 3 && patronymic(words[2]):
		return words[1]
	}
	return words[0]
}

func patronymic(word string) bool {
	for _, end := range []string{"вич", "ьич", "кич", "мич", "вна", "чна", "шна", "улы", "ұлы", "кызы", "қызы"} {
		if strings.HasSuffix(strings.ToLower(word), end) {
			return true
		}
	}
	return false
}
