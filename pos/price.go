package pos

import "kassa/pos/money"

// LineTotals are the figures of one line. Gross − Discount = Sum.
type LineTotals struct {
	No       int
	Gross    money.Amount // price × quantity, rounded half up once
	Own      money.Amount // the line's own discount
	Share    money.Amount // its share of the cheque's discount and of the rounding
	Discount money.Amount // Own + Share
	Sum      money.Amount
	VAT      money.Amount // contained in Sum
}

// Totals are the figures of a cheque. Gross − Discount = Total;
// Total = Paid − Change + Due − Excess.
type Totals struct {
	Lines    []LineTotals // of the lines that were not removed
	Gross    money.Amount
	Discount money.Amount // line discounts, cheque discount and rounding together
	Rounding money.Amount // the part of Discount that is cash rounding
	Total    money.Amount
	VAT      money.Amount
	Paid     money.Amount // sum of the tenders
	Due      money.Amount // still to be paid
	Change   money.Amount // given back, from cash only
	Excess   money.Amount // non-cash beyond the total: the sale cannot be finished

	MaxPoints    int64 // the most points this cheque may take, whoever pays
	Earn         int64 // points to be earned as it stands
	EarnUnspent  int64 // points to be earned if none were spent
	PointsAmount money.Amount
}

// Price derives every figure of a cheque, in the order of the house: line
// discount, cheque discount, rounding, points, tenders. It is pure and costs
// one pass over the lines.
func Price(c *Cheque, r Rules) Totals {
	t := Totals{Lines: make([]LineTotals, 0, len(c.Lines))}
	nets := make([]money.Amount, 0, len(c.Lines))
	var netSum money.Amount
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Removed {
			continue
		}
		gross, err := money.LineTotal(l.Price, l.Qty)
		if err != nil {
			gross = money.MaxAmount // refused before it was stored; kept bounded all the same
		}
		own := l.Discount.off(gross)
		t.Lines = append(t.Lines, LineTotals{No: l.No, Gross: gross, Own: own})
		t.Gross = t.Gross.Add(gross)
		nets = append(nets, gross.Sub(own))
		netSum = netSum.Add(gross.Sub(own))
	}
	off := c.Discount.off(netSum)
	total := money.RoundDown(netSum.Sub(off), r.RoundingStep)
	t.Rounding = netSum.Sub(off).Sub(total)
	shares := money.Allocate(off.Add(t.Rounding), nets)
	j := 0
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Removed {
			continue
		}
		lt := &t.Lines[j]
		lt.Share = shares[j]
		lt.Discount = lt.Own.Add(lt.Share)
		lt.Sum = lt.Gross.Sub(lt.Discount)
		if l.VAT > 0 {
			lt.VAT = money.VATIncluded(lt.Sum, l.VAT)
		}
		t.VAT = t.VAT.Add(lt.VAT)
		t.Discount = t.Discount.Add(lt.Discount)
		j++
	}
	t.Total = total
	t.price(c, r)
	t.pay(c)
	return t
}

// price derives the points: what may be paid with them and what is earned.
func (t *Totals) price(c *Cheque, r Rules) {
	var payable money.Amount
	weights := make([]money.Amount, len(t.Lines))
	j := 0
	for i := range c.Lines {
		if c.Lines[i].Removed {
			continue
		}
		if !c.Lines[i].Flags.NoPoints {
			weights[j] = t.Lines[j].Sum
			payable = payable.Add(t.Lines[j].Sum)
		}
		j++
	}
	if r.PointValue > 0 {
		t.MaxPoints = int64(min(r.MaxPointsShare.FloorOf(t.Total), payable)) / int64(r.PointValue)
	}
	for _, d := range c.Tenders {
		if d.Method == Points {
			t.PointsAmount = t.PointsAmount.Add(d.Amount)
		}
	}
	paid := money.Allocate(min(t.PointsAmount, payable), weights)
	var earn, unspent money.Amount
	j = 0
	for i := range c.Lines {
		if c.Lines[i].Removed {
			continue
		}
		if !c.Lines[i].Flags.NoEarn {
			unspent = unspent.Add(t.Lines[j].Sum)
			earn = earn.Add(t.Lines[j].Sum.Sub(paid[j]))
		}
		j++
	}
	if r.PointValue > 0 {
		t.Earn = int64(r.EarnRate.FloorOf(earn)) / int64(r.PointValue)
		t.EarnUnspent = int64(r.EarnRate.FloorOf(unspent)) / int64(r.PointValue)
	}
}

func (t *Totals) pay(c *Cheque) {
	var cash money.Amount
	for _, d := range c.Tenders {
		t.Paid = t.Paid.Add(d.Amount)
		if d.Method == Cash {
			cash = cash.Add(d.Amount)
		}
	}
	switch over := t.Paid.Sub(t.Total); {
	case over < 0:
		t.Due = over.Neg()
	default:
		t.Change = min(over, cash)
		t.Excess = over.Sub(t.Change)
	}
}
