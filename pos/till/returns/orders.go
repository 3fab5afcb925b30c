package returns

import (
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/wire"
)

// This file gives back what a manual payment paid: by a refund of its order, which
// the backend is asked for.

// mayGiveBack asks for the right to have money given back elsewhere.
func (o *op) mayGiveBack(r *pos.Return) error {
	if sum := r.Refunded(pos.Manual); sum > 0 {
		return o.DemandSum(pos.RightManualRefund, sum)
	}
	return nil
}

// ordersBack asks for a refund of each order that paid for what came back: of a sale
// that several paid, of the first until all of it went back.
func (o *op) ordersBack(r *pos.Return) error {
	for i := range r.Refunds {
		d := &r.Refunds[i]
		if !d.Method.NeedsApproval() {
			continue
		}
		s, err := o.Tx.Sale(d.Sale)
		if err != nil {
			return err
		}
		before, err := o.backBefore(r, d)
		if err != nil {
			return err
		}
		for order, sum := range portions(s, before, d.Amount) {
			by, may := manual.Person{ID: string(o.Actor.ID), Name: o.Actor.Name}, manual.Rights{Refund: true, Currency: r.Currency}
			ask := wire.OfOrderBack(o.NewID(), order, sum, r, by, may)
			if err := o.Tell(ask); err != nil {
				return err
			}
		}
	}
	return nil
}

// backBefore is what earlier returns had given back by the orders of a sale.
func (o *op) backBefore(r *pos.Return, d *pos.Refund) (money.Amount, error) {
	all, err := o.RefundsOf(d.Sale)
	var sum money.Amount
	for i := range all {
		if all[i].Method == d.Method {
			sum = sum.Add(all[i].Amount)
		}
	}
	for i := range r.Refunds { // which are among them
		if now := &r.Refunds[i]; now.Method == d.Method && now.Sale == d.Sale {
			sum = sum.Sub(now.Amount)
		}
	}
	return sum, err
}

// portions walks the orders that paid a sale with what goes back by each: amount,
// behind what went back before.
func portions(s *pos.Sale, before, amount money.Amount) func(yield func(order string, sum money.Amount) bool) {
	return func(yield func(string, money.Amount) bool) {
		for i := range s.Tenders {
			t := &s.Tenders[i]
			if !t.Method.NeedsApproval() {
				continue
			}
			gone := min(before, t.Amount)
			part := min(amount, t.Amount.Sub(gone))
			before, amount = before.Sub(gone), amount.Sub(part)
			if part > 0 && !yield(t.Order, part) {
				return
			}
		}
	}
}
