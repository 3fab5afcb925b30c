package pos

import "kassa/pos/money"

// LineTotals are the figures of one line. Gross − Discount = Sum.
type LineTotals struct {
	No       int
	Gross    money.Amount // price × quantity, rounded half up once
	Offered  money.Amount // what automatic discounts took off
	Own      money.Amount // the line's own discount, on what those left
	Share    money.Amount // its share of the cheque's discount and of the rounding
	Discount money.Amount // Offered + Own + Share
	Sum      money.Amount
	VAT      money.Amount // contained in Sum
}

// Totals are the figures of a cheque. Gross − Discount = Total;
// Total = Paid − Change + Due − Excess.
type Totals struct {
	Lines    []LineTotals // of the lines that were not removed
	Gross    money.Amount
	Discount money.Amount // automatic and line discounts, cheque discount and rounding together
	Offered  money.Amount // the part of Discount that automatic discounts gave
	Rounding money.Amount // the part of Discount that is cash rounding
	Total    money.Amount
	Prepaid  money.Amount // the part of Total that buys gift certificates: money alone pays for it
	VAT      money.Amount
	Paid     money.Amount // sum of the tenders
	Due      money.Amount // still to be paid
	Change   money.Amount // given back, of what was put in by the tender that gives it
	Excess   money.Amount // non-cash beyond the total: the sale cannot be finished

	MaxPoints    int64 // the most points this cheque may take beyond those of an exchange, whoever pays
	Earn         int64 // points to be earned as it stands
	EarnUnspent  int64 // points to be earned if none were spent
	PointsAmount money.Amount
	EarnOn       money.Amount // the part of Total on which points are earned
}

// Price derives every figure of a cheque, in the order of the house: automatic
// discounts as they stand on the lines, line discount, cheque discount, rounding,
// points, tenders. A gift certificate is worth what it costs: nothing is taken
// off it. Price is pure and costs one pass over the lines.
func Price(c *Cheque, r Rules) Totals {
	t := Totals{Lines: make([]LineTotals, 0, len(c.Lines))}
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
		t.Gross = t.Gross.Add(gross)
		if l.Certificate != "" {
			t.Lines = append(t.Lines, LineTotals{No: l.No, Gross: gross})
			t.Prepaid = t.Prepaid.Add(gross)
			continue
		}
		offered := min(l.OfferSum(), gross)
		own := l.Discount.off(gross.Sub(offered))
		t.Lines = append(t.Lines, LineTotals{No: l.No, Gross: gross, Offered: offered, Own: own})
		t.Offered = t.Offered.Add(offered)
		netSum = netSum.Add(gross.Sub(offered).Sub(own))
	}
	off := c.Discount.off(netSum)
	total := money.RoundDown(netSum.Sub(off), r.RoundingStep)
	t.Rounding = netSum.Sub(off).Sub(total)
	t.share(c, off.Add(t.Rounding))
	j := 0
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Removed {
			continue
		}
		lt := &t.Lines[j]
		lt.Discount = money.Sum(lt.Offered, lt.Own, lt.Share)
		lt.Sum = lt.Gross.Sub(lt.Discount)
		if l.VAT > 0 {
			lt.VAT = money.VATIncluded(lt.Sum, l.VAT)
		}
		t.VAT = t.VAT.Add(lt.VAT)
		t.Discount = t.Discount.Add(lt.Discount)
		j++
	}
	t.Total = total.Add(t.Prepaid)
	t.price(c, r)
	t.pay(c)
	return t
}

// share gives every line its part of what the whole cheque is less, by what it
// comes to itself. Nothing is taken off a gift certificate.
func (t *Totals) share(c *Cheque, off money.Amount) {
	if off == 0 {
		return
	}
	nets := make([]money.Amount, len(t.Lines))
	j := 0
	for i := range c.Lines {
		if c.Lines[i].Removed {
			continue
		}
		if lt := &t.Lines[j]; c.Lines[i].Certificate == "" {
			nets[j] = lt.Gross.Sub(lt.Offered).Sub(lt.Own)
		}
		j++
	}
	for j, part := range money.Allocate(off, nets) {
		t.Lines[j].Share = part
	}
}

// price derives the points: what may be paid with them and what is earned.
func (t *Totals) price(c *Cheque, r Rules) {
	var payable, goods, certified, earn money.Amount
	j := 0
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Removed {
			continue
		}
		sum := t.Lines[j].Sum
		j++
		if l.Certificate != "" {
			continue
		}
		goods = goods.Add(sum)
		if !l.Flags.NoPoints {
			payable = payable.Add(sum)
		}
		if !l.Flags.NoEarn {
			earn = earn.Add(sum)
		}
	}
	if r.PointValue > 0 {
		// Points that paid for what was brought in exchange are among them.
		room := min(r.MaxPointsShare.FloorOf(goods), payable).Sub(c.Brought.Points)
		t.MaxPoints = int64(max(room, 0)) / int64(r.PointValue)
	}
	certified = c.Brought.Points.Add(c.Brought.Gifts)
	for _, d := range c.Tenders {
		switch {
		case d.Method == Points:
			t.PointsAmount = t.PointsAmount.Add(d.Amount)
		case d.Method.NoEarn():
			certified = certified.Add(d.Amount)
		}
	}
	unspent := earn
	if t.PointsAmount != 0 || certified != 0 {
		earn, unspent = t.earning(c, min(t.PointsAmount, payable), min(certified, goods))
	}
	t.EarnOn = earn
	if r.PointValue > 0 {
		t.Earn = int64(r.EarnRate.FloorOf(earn)) / int64(r.PointValue)
		t.EarnUnspent = int64(r.EarnRate.FloorOf(unspent)) / int64(r.PointValue)
	}
}

// earning is on what points are earned where a part is paid with points and a
// part with certificates, or with goods that had been; and on what if no points
// were spent.
func (t *Totals) earning(c *Cheque, points, certified money.Amount) (earn, unspent money.Amount) {
	weights := make([]money.Amount, len(t.Lines)) // payable with points
	rests := make([]money.Amount, len(t.Lines))   // payable with certificates
	j := 0
	for i := range c.Lines {
		if c.Lines[i].Removed {
			continue
		}
		if c.Lines[i].Certificate == "" {
			rests[j] = t.Lines[j].Sum
			if !c.Lines[i].Flags.NoPoints {
				weights[j] = t.Lines[j].Sum
			}
		}
		j++
	}
	paid := money.Allocate(points, weights)
	plain := money.Allocate(certified, rests) // by certificates, if no points were spent
	gifts := plain
	if t.PointsAmount != 0 && certified != 0 {
		for j := range rests {
			rests[j] = rests[j].Sub(paid[j])
		}
		gifts = money.Allocate(min(certified, money.Sum(rests...)), rests)
	}
	j = 0
	for i := range c.Lines {
		if c.Lines[i].Removed {
			continue
		}
		if !c.Lines[i].Flags.NoEarn && c.Lines[i].Certificate == "" {
			unspent = unspent.Add(t.Lines[j].Sum.Sub(plain[j]))
			earn = earn.Add(t.Lines[j].Sum.Sub(paid[j]).Sub(gifts[j]))
		}
		j++
	}
	return earn, unspent
}

func (t *Totals) pay(c *Cheque) {
	var changed money.Amount
	for _, d := range c.Tenders {
		t.Paid = t.Paid.Add(d.Amount)
		if d.Method.GivesChange() {
			changed = changed.Add(d.Amount)
		}
	}
	switch over := t.Paid.Sub(t.Total); {
	case over < 0:
		t.Due = over.Neg()
	default:
		t.Change = min(over, changed)
		t.Excess = over.Sub(t.Change)
	}
}
