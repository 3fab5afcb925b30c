package manual

import (
	"strconv"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/wire"
)

// Heard notes of a sale which orders paid it, each one sale, in the transaction that
// takes the sale. What does not fit becomes a case: the sale has happened.
func (m *Manual) Heard(o *desk.Op, till string, p wire.Payload) error {
	sale, ok := p.(*wire.Sale)
	if !ok {
		return nil
	}
	for i := range sale.Tenders {
		if t := &sale.Tenders[i]; t.Order != "" {
			if err := use(o, till, sale, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// use notes one order as used by a sale.
func use(o *desk.Op, till string, sale *wire.Sale, t *wire.Tender) error {
	odd := pay.OddUnknown
	var order *pay.Order
	if !pos.HasControl(t.Order) { // else no order has such an id
		found, err := o.OrderAlone(t.Order)
		if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
			return err
		}
		order = found
	}
	if order != nil {
		was := order.Version
		var event *pay.Event
		odd, event = order.Use(sale.ID, money.Amount(t.Amount), money.Currency(sale.Currency), o.At)
		if event != nil {
			if err := save(o, order, was, event); err != nil {
				return err
			}
		}
	}
	if odd == "" {
		return nil
	}
	return o.OpenCase(&store.Case{ID: o.IDs.NewID(), Till: till, Kind: store.CaseOrder, About: strconv.QuoteToGraphic(sale.ID + " " + t.Order), At: o.At,
		Detail: pos.Args{"why": odd, "sale": sale.ID, "number": sale.Number, "order": t.Order, "sum": t.Amount, "currency": sale.Currency}})
}
