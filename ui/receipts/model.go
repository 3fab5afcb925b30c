// Package receipts shows a sale as its receipt: right after it was made, and
// again as a copy from the list of sales.
package receipts

import (
	"context"
	"strings"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/phone"
	"kassa/pos/receipt"
	"kassa/ui"
)

// Columns of the preview: what a narrow receipt printer writes.
const columns = 48

// text is a sale as lines of text, a copy marked as one. It asks the till who
// sold and how the customer stands, so call it where slow work may be done.
// What this employee may not see is left out.
func text(ctx context.Context, env *ui.Env, w *words.Words, a pos.Actor, sale *pos.Sale, isCopy bool, width int) string {
	in := receipt.Input{Sale: sale, Shop: env.Till.Settings(), Cashier: cashier(ctx, env, a, sale.Employee), Copy: isCopy}
	if sale.Customer != "" {
		if c, err := env.Till.CustomerCard(ctx, a, sale.Customer); err == nil {
			in.Customer = &receipt.CustomerInfo{Name: c.Name, PointsLeft: c.Points, Debt: c.Debt}
			if c.Phone != "" {
				in.Customer.MaskedPhone = phone.Mask(c.Phone)
			}
		}
	}
	if !isCopy { // a copy tells of the sale, not of today
		in.CertificatesLeft = certificatesLeft(ctx, env, a, sale)
	}
	return strings.Join(receipt.Render(in, width, w), "\n")
}

// certificatesLeft is what is left on the certificates that paid.
func certificatesLeft(ctx context.Context, env *ui.Env, a pos.Actor, sale *pos.Sale) map[string]money.Amount {
	var left map[string]money.Amount
	for i := range sale.Tenders {
		number := sale.Tenders[i].Certificate
		if number == "" {
			continue
		}
		if c, err := env.Till.Certificate(ctx, a, number); err == nil {
			if left == nil {
				left = map[string]money.Amount{}
			}
			left[number] = c.Left
		}
	}
	return left
}

func cashier(ctx context.Context, env *ui.Env, a pos.Actor, id pos.EmployeeID) string {
	if id == a.ID {
		return a.Name
	}
	people, err := env.Till.Employees(ctx)
	if err != nil {
		return ""
	}
	for _, p := range people {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

// fact is one line beside the receipt.
type fact struct {
	label, value string
	strong       bool
}

// facts are what the cashier says aloud after a sale.
func facts(env *ui.Env, s *pos.Sale) []fact {
	m := env.Words.Money()
	list := []fact{{label: env.T("receipts.total", nil), value: m.Amount(s.Total), strong: true}}
	for _, d := range s.Tenders {
		list = append(list, fact{label: env.Words.Value(d.Method), value: m.Amount(d.Amount)})
	}
	if s.PointsEarned > 0 {
		list = append(list, fact{label: env.T("receipts.earned", nil), value: m.Points(s.PointsEarned)})
	}
	if s.DebtAdded > 0 {
		list = append(list, fact{label: env.T("receipts.debt-due", nil), value: env.Words.DayMonth(s.DebtDue)})
	}
	return list
}
