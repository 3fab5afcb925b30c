// Package refund computes what a return gives back: to which payment, in money, points
// or debt, and what it keeps. It has no I/O; the returns of the till give it the facts.
package refund

import (
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Facts is everything that decides what a return gives back.
type Facts struct {
	Sale     *pos.Sale      // nil without a receipt
	Owner    pos.CustomerID // whose points the sale earned, as they are known now; "" for nobody
	Back     Returned       // what came back before
	Settled  int64          // points earned by the sale that returns before dealt with
	Payments []Payment
	Points   map[pos.SaleID]*Points // by the sale they were spent on
	Credit   map[pos.SaleID]*Credit // by the sale that was bought on credit
	Earned   []pos.Lot              // out of which earned points are taken, in this order
	Rounded  []pos.Refund           // Rounding of the returns before
}

// Payment is one part of what a sale was paid with. What was exchanged for
// the sale is told as the payments of the sale before it, so that money, points
// and debt find their way back however often goods were exchanged.
type Payment struct {
	Sale        pos.SaleID
	Of          pos.Method
	Certificate string
	Paid        money.Amount
	Back        money.Amount // given back by returns before
}

// Points are the points that paid for a sale.
type Points struct {
	Customer   pos.CustomerID // whose they are, as known now
	Points     int64
	Amount     money.Amount // what they were worth
	BackPoints int64        // given back by returns before
	BackAmount money.Amount
	Lots       []Lot // in the order in which they were spent
}

// Lot is what one lot gave to a sale.
type Lot struct {
	Lot   pos.Lot
	Spent int64
	Back  int64 // came back to it, or in a fresh lot for it
}

// Credit is the debt a sale left.
type Credit struct {
	Debt   pos.Debt
	Repaid map[pos.Method]money.Amount // by CounterMethods, less what went back of that
}

// Settle tells what a return of those lines gives back. exchanged is how much of
// it is turned over to a new sale instead. fresh makes the ids of lots for points
// whose own lot has expired.
//
//   - The sum is split over the payments in proportion to what is left of them,
//     so that all returns of a sale together give back exactly what was paid.
//   - A payment goes back as the table of tenders tells. A debt is lowered as far as it is
//     open; what was repaid of it goes back by the methods it was repaid by.
//   - Points go back to the lots they were spent from, the last one spent first.
//     Points of a lot that has expired come back in a fresh one that lives for
//     RestoredLife.
//   - Points the sale earned are taken out of their lot. What the customer has
//     spent of them is withheld from the points that go back, then kept in money.
//     What even that does not cover stays with the customer.
//   - Where a rounding step is set, cash goes back in whole steps. What is beyond
//     them waits for the returns after, and the last one gives all that waits.
func (f *Facts) Settle(lines []pos.ReturnLine, exchanged money.Amount, r pos.Rules, at time.Time, fresh func() pos.LotID) *pos.Return {
	ret := &pos.Return{At: at, Lines: lines}
	for i := range lines {
		lines[i].No = i + 1
		ret.Total = ret.Total.Add(lines[i].Sum)
		ret.VAT = ret.VAT.Add(lines[i].VAT)
	}
	if f.Sale != nil {
		ret.Sale, ret.SaleNo, ret.Customer = f.Sale.ID, f.Sale.Number, f.Sale.Customer
	}
	f.split(ret, exchanged)
	short := f.takeEarned(ret)
	withheld := f.withhold(ret, short)
	f.keep(ret, short-withheld, r.PointValue)
	f.round(ret, r.RoundingStep)
	f.restore(ret, withheld, at, fresh)
	for i := range ret.Refunds {
		ret.Refunds[i].No = i + 1
	}
	return ret
}

// split shares the sum over the payments.
func (f *Facts) split(ret *pos.Return, exchanged money.Amount) {
	if ret.Total == 0 {
		return
	}
	left := make([]money.Amount, len(f.Payments))
	for i := range f.Payments {
		left[i] = f.Payments[i].Paid.Sub(f.Payments[i].Back)
	}
	parts := money.Allocate(ret.Total, left)
	turned := money.Allocate(min(exchanged, ret.Total), parts)
	for i := range f.Payments {
		p := &f.Payments[i]
		base := pos.Refund{Sale: p.Sale, Of: p.Of, Certificate: p.Certificate}
		give(ret, base, pos.Exchange, turned[i])
		rest := parts[i].Sub(turned[i])
		switch points, credit := f.Points[p.Sale], f.Credit[p.Sale]; {
		case rest == 0:
		case p.Of == pos.Points && points != nil:
			base.Customer, base.Points = points.Customer, points.back(rest)
			give(ret, base, pos.Points, rest)
		case p.Of == pos.Credit && credit != nil:
			giveCredit(ret, base, credit, rest)
		default:
			give(ret, base, p.Of.ComesBackAs(), rest)
		}
	}
}

// give adds a refund unless it gives nothing.
func give(r *pos.Return, base pos.Refund, m pos.Method, amount money.Amount) {
	if amount == 0 {
		return
	}
	base.Method, base.Amount = m, amount
	if m == pos.Points {
		r.PointsBack += base.Points
	}
	r.Refunds = append(r.Refunds, base)
}

// giveCredit lowers the debt, and gives back as money what was repaid of it.
func giveCredit(r *pos.Return, base pos.Refund, c *Credit, amount money.Amount) {
	lowers := min(amount, c.Debt.Left)
	owed := base
	owed.Customer, owed.Debt = c.Debt.Customer, c.Debt.ID
	give(r, owed, pos.Credit, lowers)
	weights := make([]money.Amount, len(pos.CounterMethods))
	for i, m := range pos.CounterMethods {
		weights[i] = c.Repaid[m]
	}
	for i, part := range money.Allocate(amount.Sub(lowers), weights) {
		give(r, base, pos.CounterMethods[i], part)
	}
}

// back is how many points a further sum stands for, rounded to whole points so
// that all of the sum is all of the points.
func (s *Points) back(amount money.Amount) int64 {
	now := min(s.BackAmount.Add(amount), s.Amount)
	return max(0, int64(share(money.Amount(s.Points), now, s.Amount))-s.BackPoints)
}

// takeEarned takes the points the sale earned for these lines out of their lots
// and tells how many are missing there.
func (f *Facts) takeEarned(ret *pos.Return) int64 {
	if f.Sale == nil {
		return 0
	}
	due := earnedBack(f.Sale, f.backWith(ret)) - f.Settled
	for i := range f.Earned {
		l := &f.Earned[i]
		take := min(due, l.Left)
		if take <= 0 {
			continue
		}
		due -= take
		ret.PointsTaken += take
		ret.Points = append(ret.Points, pos.PointsMove{Lot: l.ID, Sale: l.Sale, Customer: l.Customer, Points: -take})
	}
	return max(due, 0)
}

// withhold keeps missing points out of those that go back to the same customer.
func (f *Facts) withhold(ret *pos.Return, missing int64) int64 {
	var back int64
	for i := range ret.Refunds {
		if d := &ret.Refunds[i]; d.Method == pos.Points && d.Customer == f.Owner {
			back += d.Points
		}
	}
	ret.PointsWithheld = min(missing, back)
	return ret.PointsWithheld
}

// keep pays for points that are missing still with what goes back in money, cash
// first, and then with what the debt is lowered by. Whole points only.
func (f *Facts) keep(ret *pos.Return, missing int64, value money.Amount) {
	if missing <= 0 || value <= 0 {
		return
	}
	order := append(slices.Clone(pos.CounterMethods), pos.Credit)
	var room money.Amount
	for _, m := range order {
		room = room.Add(ret.Refunded(m))
	}
	ret.PointsKept = min(missing, int64(room/value))
	due := money.Amount(ret.PointsKept) * value
	for _, m := range order {
		due = holdBack(ret, m, due, pos.Withheld)
	}
}

// restore puts the points that go back into their lots.
func (f *Facts) restore(ret *pos.Return, withheld int64, at time.Time, fresh func() pos.LotID) {
	for i := range ret.Refunds {
		d := &ret.Refunds[i]
		if d.Method != pos.Points {
			continue
		}
		back := d.Points
		if d.Customer == f.Owner {
			less := min(withheld, back)
			withheld -= less
			back -= less
		}
		lots := f.Points[d.Sale].Lots
		for j := len(lots) - 1; j >= 0 && back > 0; j-- {
			l := &lots[j]
			put := min(back, l.Spent-l.Back)
			if put <= 0 {
				continue
			}
			back -= put
			ret.PointsRestored += put
			m := pos.PointsMove{Lot: l.Lot.ID, Sale: d.Sale, Customer: l.Lot.Customer, Points: put}
			if !l.Lot.Expires.IsZero() && !l.Lot.Expires.After(at) {
				m.Fresh, m.Expires = fresh(), at.Add(pos.RestoredLife)
			}
			ret.Points = append(ret.Points, m)
		}
	}
}
