package figures

// This file takes what came back off the sums of what was sold.

import (
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/refund"
)

// Back is a return with what is known of the sale of each of its lines.
type Back struct {
	pos.Return
	Seller string     // who made the sale; "" without a receipt
	Sold   []SoldLine // of each line, in their order
}

// SoldLine is a line of a sale of which a part comes back after Before of it did.
// It is empty without a receipt.
type SoldLine struct {
	Qty, Before money.Quantity
	Gross       money.Amount
	Own, Spread money.Amount // as of Sums
	Offers      []pos.Given
}

// part is what of a sum of the line qty of it stands for.
func (l *SoldLine) part(sum money.Amount, qty money.Quantity) money.Amount {
	return refund.PartBack(sum, l.Qty, l.Before, qty)
}

// Return takes goods brought back off what was sold, on the day they came; only
// the count of sales stays what it was. What employees gave away is taken off
// whoever had given it.
func (t *Tally) Return(r *Back) {
	day := DayOf(r.At, t.zone)
	whole := Sums{Returned: r.Total, VAT: r.VAT.Neg(), PointsSpent: -r.PointsBack, PointsEarned: -r.PointsTaken - r.PointsWithheld}
	var given Sums
	for i := range r.Lines {
		l, sold := &r.Lines[i], &r.Sold[i]
		one := Sums{Returned: l.Sum, Qty: -l.Qty, VAT: l.VAT.Neg()}
		if cost, err := money.LineTotal(l.Cost, l.Qty); l.Cost > 0 && err == nil {
			one.Cost, one.Costed = cost.Neg(), l.Sum.Neg()
		}
		off := Sums{Gross: sold.part(sold.Gross, l.Qty).Neg(), Own: sold.part(sold.Own, l.Qty).Neg(), Spread: sold.part(sold.Spread, l.Qty).Neg()}
		given.Add(&off)
		one.Add(&off)
		t.both(ByProduct, day, string(l.Product), &one)
		whole.Qty -= l.Qty
		whole.Cost, whole.Costed = whole.Cost.Add(one.Cost), whole.Costed.Add(one.Costed)
	}
	t.both(ByEmployee, day, string(r.Employee), &whole)
	if r.Seller != "" {
		t.both(ByEmployee, day, r.Seller, &given)
	}
	whole.Add(&given)
	t.both(ByDay, day, "", &whole)
	t.both(ByHour, day, hour(r.At.In(t.zone).Hour()), &whole)
	for _, f := range r.Refunds {
		if !f.Method.Kept() { // kept, so nothing went back
			t.both(ByTender, day, string(f.Method), &Sums{Returned: f.Amount})
		}
	}
}

// Given is what automatic discounts had given on what comes back, by their ids.
func (r *Back) Given() map[string]Given {
	all := map[string]Given{}
	for i := range r.Lines {
		l := &r.Sold[i]
		for _, g := range l.Offers {
			sum := all[string(g.Offer)]
			sum.Offer, sum.Name = string(g.Offer), g.Name
			sum.Sum += int64(l.part(g.Sum, r.Lines[i].Qty))
			all[sum.Offer] = sum
		}
	}
	return all
}
