// Package receipts shows a sale as its receipt: right after it was made, and
// again as a copy from the list of sales.
package receipts

import (
	"context"
	"strings"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/receipt"
	"kassa/ui"
)

// Columns of the preview: what a narrow receipt printer writes.
const columns = 48

// text is a sale as lines of text, a copy marked as one. It asks the till what
// to tell, so call it where slow work may be done.
func text(ctx context.Context, env *ui.Env, w *words.Words, a pos.Actor, sale *pos.Sale, isCopy bool, width int) (string, error) {
	in, err := env.Till.ReceiptOf(ctx, a, sale, isCopy)
	if err != nil {
		return "", err
	}
	return strings.Join(receipt.Render(in, width, w), "\n"), nil
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
