package refund

import (
	"maps"
	"slices"

	"kassa/pos"
	"kassa/pos/money"
)

// This file makes the cash of a return a whole number of the smallest coins.

// round moves what cash cannot be counted out in to Rounding, which later returns
// of the sale give back. Nothing but the cash changes, so the sum of the goods and
// its VAT stay what they are.
func (f *Facts) round(ret *pos.Return, step money.Amount) {
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
	if give > cash {
		f.payOut(ret, give.Sub(cash))
	}
	holdBack(ret, pos.ChangeMethod, max(cash.Sub(give), 0), pos.Rounding)
}

// completes reports that with this return all of the sale has come back.
func (f *Facts) completes(ret *pos.Return) bool {
	now := f.backWith(ret)
	for i := range f.Sale.Lines {
		if l := &f.Sale.Lines[i]; !l.Removed && l.Certificate == "" && now[l.Line.No] < l.Qty {
			return false
		}
	}
	return true
}

// backWith is how much of each line of the sale has come back with this return.
func (f *Facts) backWith(ret *pos.Return) Returned {
	now := make(Returned, len(f.Back)+len(ret.Lines))
	maps.Copy(now, f.Back)
	now.Add(ret)
	return now
}

// holdBack turns so much of what goes back by a method into what is kept as
// another, and tells how much is left to keep.
func holdBack(r *pos.Return, m pos.Method, sum money.Amount, as pos.Method) money.Amount {
	var held []pos.Refund
	for i := range r.Refunds {
		if d := &r.Refunds[i]; d.Method == m && sum != 0 {
			part := min(sum, d.Amount)
			sum, d.Amount = sum.Sub(part), d.Amount.Sub(part)
			held = append(held, pos.Refund{Sale: d.Sale, Of: d.Of, Certificate: d.Certificate, Method: as, Amount: part})
		}
	}
	r.Refunds = slices.DeleteFunc(append(r.Refunds, held...), func(d pos.Refund) bool { return d.Amount == 0 })
	return sum
}

// payOut gives so much of what waits in cash, to the payment it is of.
func (f *Facts) payOut(ret *pos.Return, sum money.Amount) {
	at := slices.IndexFunc(ret.Refunds, func(d pos.Refund) bool { return d.Method.InDrawer() })
	if at < 0 {
		of := f.Rounded[len(f.Rounded)-1]
		at = len(ret.Refunds)
		ret.Refunds = append(ret.Refunds, pos.Refund{Sale: of.Sale, Of: of.Of, Certificate: of.Certificate, Method: pos.ChangeMethod})
	}
	d := &ret.Refunds[at]
	d.Amount = d.Amount.Add(sum)
	ret.Refunds = append(ret.Refunds, pos.Refund{Sale: d.Sale, Of: d.Of, Certificate: d.Certificate, Method: pos.Rounding, Amount: sum.Neg()})
}
