package refund

import (
	"kassa/pos"
	"kassa/pos/money"
)

// Returned is how much of each line of a sale came back, by the line's number.
type Returned map[int]money.Quantity

// Add counts a return in.
func (r Returned) Add(ret *pos.Return) {
	for i := range ret.Lines {
		if no := ret.Lines[i].Origin; no != 0 {
			r[no] += ret.Lines[i].Qty
		}
	}
}

// worth is what of a sold line's sum the first qty that came back stand for. It
// grows with qty and is the whole sum for all of it, so the parts of a line sum
// to what was paid for it whichever way it is returned.
func worth(l *pos.SaleLine, qty money.Quantity) money.Amount {
	return share(l.Sum, money.Amount(qty), money.Amount(l.Qty))
}

// PartBack is what of a sum of a sold line qty stands for that comes back after
// before of it did. The parts of a line sum to the whole, whichever way it comes.
func PartBack(sum money.Amount, sold, before, qty money.Quantity) money.Amount {
	if sold <= 0 {
		return 0
	}
	now := share(sum, money.Amount(before+qty), money.Amount(sold))
	return now.Sub(share(sum, money.Amount(before), money.Amount(sold)))
}

// share is part ÷ whole of total, rounded to the nearest.
func share(total, part, whole money.Amount) money.Amount {
	return money.Allocate(total, []money.Amount{part, whole.Sub(part)})[0]
}

// Line is the figures of bringing qty of a sold line back after before of
// it came back.
func Line(l *pos.SaleLine, before, qty money.Quantity) pos.ReturnLine {
	was, now := worth(l, before), worth(l, before+qty)
	out := pos.ReturnLine{
		Origin: l.Line.No, Product: l.Product, SKU: l.SKU, Name: l.Name, Unit: l.Unit,
		Price: l.Price, Cost: l.Cost, Qty: qty, Rate: l.Line.VAT, Sum: now.Sub(was),
	}
	if l.Line.VAT > 0 {
		out.VAT = money.VATIncluded(now, l.Line.VAT).Sub(money.VATIncluded(was, l.Line.VAT))
	}
	return out
}

// WithoutReceipt is the figures of a line that no sale is known of.
func WithoutReceipt(l *pos.Line) (pos.ReturnLine, error) {
	sum, err := money.LineTotal(l.Price, l.Qty)
	if err != nil {
		return pos.ReturnLine{}, &pos.Error{Code: pos.CodeLimit, ID: "cheque.too-large", Args: pos.Args{"Max": money.MaxAmount}, Err: err}
	}
	out := pos.ReturnLine{Product: l.Product, SKU: l.SKU, Name: l.Name, Unit: l.Unit, Price: l.Price, Cost: l.Cost, Qty: l.Qty, Rate: l.VAT, Sum: sum}
	if l.VAT > 0 {
		out.VAT = money.VATIncluded(sum, l.VAT)
	}
	return out, nil
}

// earnedBack is how many of the points a sale earned are to be taken back when
// that much of it has come back. Only goods that earn count.
func earnedBack(s *pos.Sale, back Returned) int64 {
	if s.PointsEarned == 0 {
		return 0
	}
	var all, gone money.Amount
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Removed || l.Flags.NoEarn {
			continue
		}
		all = all.Add(l.Sum)
		gone = gone.Add(worth(l, back[l.Line.No]))
	}
	if all == 0 {
		return 0
	}
	return int64(share(money.Amount(s.PointsEarned), gone, all))
}
