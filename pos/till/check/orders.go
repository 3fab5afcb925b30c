package check

import (
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// paidBy is what a sale tells of an order that paid it.
type paidBy struct {
	sale   pos.SaleID
	number int64
	amount money.Amount
}

// soldByOrders remembers which orders paid a sale: each pays one (I9).
func (w *walk) soldByOrders(s *pos.Sale) {
	for i := range s.Tenders {
		t := &s.Tenders[i]
		if t.Order == "" {
			continue
		}
		if _, twice := w.orders[t.Order]; twice {
			w.broken("I9", "check.order-twice", pos.Args{"Number": s.Number, "Order": t.Order})
		}
		w.orders[t.Order] = paidBy{sale: s.ID, number: s.Number, amount: t.Amount}
	}
}

// awaited is I9 as the till sees it: what an order paid was approved for that sale
// and that sum, before anything was sold.
func (w *walk) awaited() error {
	err := w.EachAwaited(func(a *manual.Awaited) error {
		by, sold := w.orders[a.Order]
		delete(w.orders, a.Order)
		if sold && (by.sale != a.Sale || by.amount != a.Amount || a.Loose || a.Price < a.Amount || a.In != a.Currency || !a.State.Paid() && a.State != manual.Refunded) {
			w.broken("I9", "check.order-unpaid", pos.Args{"Number": by.number, "Order": a.Order})
		}
		return nil
	})
	for order, by := range w.orders {
		w.broken("I9", "check.order-unknown", pos.Args{"Number": by.number, "Order": order})
	}
	return err
}
