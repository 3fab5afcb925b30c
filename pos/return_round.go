package pos

import "kassa/pos/money"

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
		ret.holdBack(cash.Sub(give))
	case give > cash:
		f.payOut(ret, give.Sub(cash))
	}
}

// completes reports that with this return all of the sale has come back.
func (f *ReturnFacts) completes(ret *Return) bool {
	now := make(Returned, len(f.Back)+len(ret.Lines))
	for no, qty := range f.Back {
		now[no] = qty
	}
	now.Add(ret)
	for i := range f.Sale.Lines {
		if l := &f.Sale.Lines[i]; !l.Removed && l.Certificate == "" && now[l.Line.No] < l.Qty {
			return false
		}
	}
	return true
}

// holdBack turns so much of the cash into Rounding, the last refund first.
func (r *Return) holdBack(sum money.Amount) {
	var held, left []Refund
	for i := len(r.Refunds) - 1; i >= 0; i-- {
		d := &r.Refunds[i]
		if !d.Method.InDrawer() || sum == 0 {
			continue
		}
		part := min(sum, d.Amount)
		sum, d.Amount = sum.Sub(part), d.Amount.Sub(part)
		held = append(held, Refund{Sale: d.Sale, Of: d.Of, Certificate: d.Certificate, Method: Rounding, Amount: part})
	}
	for _, d := range append(r.Refunds, held...) {
		if d.Amount != 0 {
			left = append(left, d)
		}
	}
	r.Refunds = left
}

// payOut gives so much of what waits in cash, to the payment it is of.
func (f *ReturnFacts) payOut(ret *Return, sum money.Amount) {
	at := -1
	for i := range ret.Refunds {
		if ret.Refunds[i].Method.InDrawer() {
			at = i
			break
		}
	}
	if at < 0 {
		of := f.Rounded[len(f.Rounded)-1]
		at = len(ret.Refunds)
		ret.Refunds = append(ret.Refunds, Refund{Sale: of.Sale, Of: of.Of, Certificate: of.Certificate, Method: ChangeMethod})
	}
	d := &ret.Refunds[at]
	d.Amount = d.Amount.Add(sum)
	ret.Refunds = append(ret.Refunds, Refund{Sale: d.Sale, Of: d.Of, Certificate: d.Certificate, Method: Rounding, Amount: sum.Neg()})
}
