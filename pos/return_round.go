package pos

import (
	"maps"
	"slices"

	"kassa/pos/money"
)

// This file makes the cash of a return a whole number of the smallest coins in
// use, so that all returns of a sale together give back exactly what was paid.

// round moves what cash cannot be counted out in to Rounding, which later returns
// of the sale give back. Nothing but the cash changes, so the sum of the goods and
// its VAT stay what they are.
func (f *ReturnFacts) round(ret *Return, step money.Amount) {
	var waits money.Amount
	for i := range f.Rounded {
		waits = waits.Add(f.Rounded[i].Amount)
	}
	cash := ret.OutOfDrawer()
	due := cash.Add(waits)
	give := money.RoundDown(due, step)
	if f.Sale != nil && f.completes(ret) {
		give = due // nothing comes after that could give the rest
	} else if cash == 0 {
		return
	}
	switch {
	case give < cash:
		ret.holdBack(ChangeMethod, cash.Sub(give), Rounding)
	case give > cash:
		f.payOut(ret, give.Sub(cash))
	}
}

// completes reports that with this return all of the sale has come back.
func (f *ReturnFacts) completes(ret *Return) bool {
	now := f.backWith(ret)
	for i := range f.Sale.Lines {
		if l := &f.Sale.Lines[i]; !l.Removed && l.Certificate == "" && now[l.Line.No] < l.Qty {
			return false
		}
	}
	return true
}

// backWith is how much of each line of the sale has come back with this return.
func (f *ReturnFacts) backWith(ret *Return) Returned {
	now := make(Returned, len(f.Back)+len(ret.Lines))
	maps.Copy(now, f.Back)
	now.Add(ret)
	return now
}

// holdBack turns so much of what goes back by a method into what is kept as
// another, and tells how much is left to keep.
func (r *Return) holdBack(m Method, sum money.Amount, as Method) money.Amount {
	var held []Refund
	for i := range r.Refunds {
		if d := &r.Refunds[i]; d.Method == m && sum != 0 {
			part := min(sum, d.Amount)
			sum, d.Amount = sum.Sub(part), d.Amount.Sub(part)
			held = append(held, Refund{Sale: d.Sale, Of: d.Of, Certificate: d.Certificate, Method: as, Amount: part})
		}
	}
	r.Refunds = slices.DeleteFunc(append(r.Refunds, held...), func(d Refund) bool { return d.Amount == 0 })
	return sum
}

// payOut gives so much of what waits in cash, to the payment it is of.
func (f *ReturnFacts) payOut(ret *Return, sum money.Amount) {
	at := slices.IndexFunc(ret.Refunds, func(d Refund) bool { return d.Method.InDrawer() })
	if at < 0 {
		of := f.Rounded[len(f.Rounded)-1]
		at = len(ret.Refunds)
		ret.Refunds = append(ret.Refunds, Refund{Sale: of.Sale, Of: of.Of, Certificate: of.Certificate, Method: ChangeMethod})
	}
	d := &ret.Refunds[at]
	d.Amount = d.Amount.Add(sum)
	ret.Refunds = append(ret.Refunds, Refund{Sale: d.Sale, Of: d.Of, Certificate: d.Certificate, Method: Rounding, Amount: sum.Neg()})
}
