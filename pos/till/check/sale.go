package check

import (
	"kassa/pos"
	"kassa/pos/money"
)

// OfSale checks one sale by itself (I1, I7): its lines, its sums, its tenders.
func OfSale(s *pos.Sale) []Problem {
	c := &saleCheck{sale: s}
	if !bounded(s) {
		c.broken("I7", "check.sale-range", nil)
		return c.problems
	}
	c.lines()
	c.tenders()
	c.points()
	return c.problems
}

// bounded reports a sale whose figures lie within what the till accepts. Beyond
// it sums overflow, and the arithmetic of package money rightly panics.
func bounded(s *pos.Sale) bool {
	in := func(all ...money.Amount) bool {
		for _, a := range all {
			if a < -money.MaxAmount*pos.MaxLines || a > money.MaxAmount*pos.MaxLines {
				return false
			}
		}
		return true
	}
	ok := in(s.Gross, s.Discount, s.Rounding, s.Total, s.VAT, s.Change, s.DebtAdded)
	for i := range s.Lines {
		l := &s.Lines[i]
		ok = ok && in(l.Offered, l.Price, l.Gross, l.Own, l.Share, l.LineTotals.Discount, l.Sum, l.LineTotals.VAT)
	}
	for _, d := range s.Tenders {
		ok = ok && in(d.Amount)
	}
	if t := s.Terms; t != nil {
		share := func(p money.Percent) bool { return p >= 0 && p <= 10_000 }
		ok = ok && share(t.EarnRate) && share(t.MaxPointsShare) && in(t.PointValue, t.CreditLimit, t.GroupLimit) && t.PointValue >= 0
	}
	return ok
}

type saleCheck struct {
	sale     *pos.Sale
	problems []Problem
}

func (c *saleCheck) broken(invariant, id string, args pos.Args) {
	if args == nil {
		args = pos.Args{}
	}
	args["Number"] = c.sale.Number
	c.problems = append(c.problems, Problem{Invariant: invariant, ID: id, Args: args})
}

// lines: price × quantity − discounts = sum for each, and the sums add up to
// the head of the sale.
func (c *saleCheck) lines() {
	s := c.sale
	var gross, discount, vat, sum money.Amount
	live := 0
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Removed {
			if l.Gross != 0 || l.Sum != 0 || l.LineTotals.Discount != 0 || l.LineTotals.VAT != 0 {
				c.broken("I7", "check.sale-removed", pos.Args{"Line": l.Line.No})
			}
			continue
		}
		live++
		want, err := money.LineTotal(l.Price, l.Qty)
		switch {
		case err != nil || want != l.Gross, l.Offered+l.Own+l.Share != l.LineTotals.Discount, l.Gross-l.LineTotals.Discount != l.Sum, l.Sum < 0:
			c.broken("I7", "check.sale-line", pos.Args{"Line": l.Line.No})
		case !plainCertificate(l), offeredBelowZero(l):
			c.broken("I7", "check.sale-line", pos.Args{"Line": l.Line.No})
		case l.LineTotals.VAT != lineVAT(l):
			c.broken("I7", "check.sale-vat", pos.Args{"Line": l.Line.No})
		}
		gross, discount, vat, sum = gross+l.Gross, discount+l.LineTotals.Discount, vat+l.LineTotals.VAT, sum+l.Sum
	}
	if live == 0 {
		c.broken("I1", "check.sale-empty", nil)
	}
	if gross != s.Gross || discount != s.Discount || sum != s.Total || s.Gross-s.Discount != s.Total || vat != s.VAT {
		c.broken("I7", "check.sale-total", nil)
	}
}

// plainCertificate reports a line that sells no gift certificate, or one whole,
// for its price and without tax or discount.
func plainCertificate(l *pos.SaleLine) bool {
	return l.Certificate == "" || (l.Qty == money.One && l.Line.VAT == pos.NoVAT && l.LineTotals.Discount == 0 && l.Gross == l.Price)
}

// offeredBelowZero reports automatic discounts that took nothing or gave money.
func offeredBelowZero(l *pos.SaleLine) bool {
	for _, g := range l.Offers {
		if g.Sum <= 0 {
			return true
		}
	}
	return false
}

func lineVAT(l *pos.SaleLine) money.Amount {
	if l.Line.VAT <= 0 {
		return 0
	}
	return money.VATIncluded(l.Sum, l.Line.VAT)
}

// tenders: payments − change = total, change from what gives it, points and debt
// as the head tells.
func (c *saleCheck) tenders() {
	s := c.sale
	var paid, changed, credit money.Amount
	var spent int64
	for _, d := range s.Tenders {
		if !d.Method.InSale() || d.Amount <= 0 || d.Method.NeedsCertificate() == (d.Certificate == "") || d.Method.NeedsApproval() == (d.Order == "") {
			c.broken("I7", "check.sale-tender", pos.Args{"Tender": d.No})
		}
		paid += d.Amount
		if d.Method.GivesChange() {
			changed += d.Amount
		}
		switch d.Method {
		case pos.Credit:
			credit += d.Amount
		case pos.Points:
			spent += d.Points
		}
		if d.Method.NeedsCustomer() && s.Customer == "" {
			c.broken("I7", "check.sale-nobody", pos.Args{"Tender": d.No})
		}
	}
	if paid-s.Change != s.Total || s.Change < 0 || s.Change > changed {
		c.broken("I7", "check.sale-paid", nil)
	}
	if credit != s.DebtAdded || spent != s.PointsSpent {
		c.broken("I7", "check.sale-customer", nil)
	}
}

// points is what a sale gave and took in points, by its own terms.
func (c *saleCheck) points() {
	s := c.sale
	if s.Terms == nil || s.Exchanged() != 0 {
		return // the return tells what had paid for what was exchanged: exchangePoints
	}
	earned, most := s.PointsBy(pos.Brought{})
	worth := money.Amount(s.PointsSpent) * s.Terms.PointValue
	if earned != s.PointsEarned || s.PointsSpent > most || worth != s.Paid(pos.Points) {
		c.broken("I7", "check.sale-points", nil)
	}
}
